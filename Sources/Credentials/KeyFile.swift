import Glibc
import Signing

/// A file with a key: lines such as `access_id = …` and `secret_key = …`, and comments after `#`.
///
/// It is opened once, and what is open is looked at: nobody can put another file in its place between the look
/// and the reading.
enum KeyFile {
    /// More is no key.
    static let bytesMax = 4_096

    /// Who may be able to read a file beside its owner.
    enum Privacy {
        /// Nobody: a file of our own.
        case ownerOnly
        /// The service that systemd has put it there for: mode 0440 by an access list.
        case service
    }

    /// Nil when there is no such file.
    static func read(
        _ path: String, _ privacy: Privacy
    ) throws(KeyFault) -> (id: String, secret: Secret)? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        try check(descriptor, path, privacy)
        var bytes = [UInt8](repeating: 0, count: bytesMax + 1)
        defer {
            bytes.withUnsafeMutableBytes { room in
                if let start = room.baseAddress { explicit_bzero(start, room.count) }
            }
        }
        var count = 0
        while count < bytes.count {
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress.map { $0 + count }, $0.count - count)
            }
            if got == 0 { break }
            if got < 0 {
                if errno == EINTR { continue }
                throw .unreadable(path: path, reason: String(cString: strerror(errno)))
            }
            count += got
        }
        guard count <= bytesMax else { throw .tooLarge(path: path) }
        return try parse(bytes[..<count], path)
    }

    private static func check(
        _ descriptor: Int32, _ path: String, _ privacy: Privacy
    ) throws(KeyFault) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .unreadable(path: path, reason: String(cString: strerror(errno)))
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .noFile(path: path) }
        let mode = status.st_mode & 0o7777
        let isOwn = status.st_uid == geteuid()
        let isGood: Bool
        switch privacy {
        case .ownerOnly:
            guard isOwn else { throw .foreign(path: path, owner: status.st_uid) }
            isGood = mode & 0o077 == 0
        case .service:
            guard isOwn || status.st_uid == 0 else { throw .foreign(path: path, owner: status.st_uid) }
            isGood = mode & 0o037 == 0
        }
        guard isGood else { throw .notPrivate(path: path, mode: octal(mode)) }
    }

    private static func octal(_ mode: UInt32) -> String {
        let digits = String(mode, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    // MARK: - The text

    private static let names = ["access_id", "secret_key"]

    static func parse(
        _ bytes: ArraySlice<UInt8>, _ path: String
    ) throws(KeyFault) -> (id: String, secret: Secret) {
        // Parts of the file's bytes, which are overwritten; nothing of the secret is copied but into its own memory.
        var values: [ArraySlice<UInt8>?] = [nil, nil]
        var number = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            number += 1
            let text = trimmed(line)
            if text.isEmpty || text.first == UInt8(ascii: "#") { continue }
            guard let equals = text.firstIndex(of: UInt8(ascii: "=")) else {
                throw .malformed(
                    path: path, line: number, reason: "expected 'access_id = …' or 'secret_key = …'")
            }
            let name = String(decoding: trimmed(text[..<equals]), as: UTF8.self)
            guard let index = names.firstIndex(of: name) else {
                throw .malformed(
                    path: path, line: number,
                    reason: "a key file has 'access_id' and 'secret_key', nothing else")
            }
            guard values[index] == nil else {
                throw .malformed(path: path, line: number, reason: "'\(name)' is there twice")
            }
            let value = trimmed(text[text.index(after: equals)...])
            guard KeyText.isGood(value) else {
                throw .malformed(
                    path: path, line: number, reason: "'\(name)' is empty, or has blanks or odd characters")
            }
            values[index] = value
        }
        for (name, value) in zip(names, values) where value == nil {
            throw .malformed(path: path, line: number, reason: "'\(name)' is missing")
        }
        let secret = (values[1] ?? []).withUnsafeBytes { Secret(copying: $0) }
        return (String(decoding: values[0] ?? [], as: UTF8.self), secret)
    }

    private static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0D }
        var text = text
        while let first = text.first, isBlank(first) { text.removeFirst() }
        while let last = text.last, isBlank(last) { text.removeLast() }
        return text
    }
}

/// What halves of a key are made of.
enum KeyText {
    static let lengthMax = 256

    /// Printable characters without blanks, at least one.
    static func isGood(_ bytes: some Collection<UInt8>) -> Bool {
        (1...lengthMax).contains(bytes.count) && bytes.allSatisfy { (0x21..<0x7F).contains($0) }
    }
}
