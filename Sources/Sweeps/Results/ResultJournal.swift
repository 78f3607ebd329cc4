import Glibc
import Journal

/// The file of a sweep's results: a line per finished trial, appended at once.
///
/// A kill at any byte loses at most the line that was being written: what is behind the last whole line is cut off
/// when the file is opened again, and a line whose checksum does not hold is computed again. One process at a
/// time writes; the lock ends with it.
struct ResultJournal: ~Copyable {
    static let name = "journal"
    private static let title = "martlet-sweep 1 "

    /// Closes itself, and ends the lock with that.
    private struct Descriptor: ~Copyable {
        let number: Int32
        deinit {
            // A process that is being started elsewhere has all descriptors for a moment, and would keep it so long.
            _ = flock(number, LOCK_UN)
            _ = Glibc.close(number)
        }
    }

    private let path: String
    private let file: Descriptor
    /// Whole lines with a wrong checksum.
    private(set) var damagedLines = 0
    private(set) var results: [String: TrialResult] = [:]

    private init(_ path: String, _ file: consuming Descriptor, _ lines: [ArraySlice<UInt8>]) {
        self.path = path
        self.file = file
        for line in lines {
            if let (key, result) = ResultLine.read(String(decoding: line, as: UTF8.self)) {
                results[key] = result
            } else {
                damagedLines += 1
            }
        }
    }

    /// Opens the journal of a sweep, or makes it.
    ///
    /// - Parameter identity: what the folder belongs to; nil is returned when it belongs to something else.
    static func open(_ path: String, identity: String) throws(SweepError) -> ResultJournal? {
        let number = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard number >= 0 else { throw .file(FileError(.create, path, code: errno)) }
        let file = Descriptor(number: number)
        let lockCode = flock(number, LOCK_EX | LOCK_NB) == 0 ? 0 : errno
        let bytes = try read(number, path)
        let whole = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        let lines = bytes[..<whole].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .dropLast()
        if let title = lines.first, !title.elementsEqual((Self.title + identity).utf8) { return nil }
        guard lockCode == 0 else {
            throw lockCode == EWOULDBLOCK ? .inUse(path) : .file(FileError(.lock, path, code: lockCode))
        }
        guard ftruncate(number, whole) == 0, lseek(number, 0, SEEK_END) >= 0 else {
            throw .file(FileError(.truncate, path, code: errno))
        }
        let journal = ResultJournal(path, file, Array(lines.dropFirst()))
        if lines.isEmpty { try journal.write(Self.title + identity + "\n") }
        return journal
    }

    /// Keeps a result.
    mutating func append(_ key: String, _ result: TrialResult) throws(SweepError) {
        try write(ResultLine.text(key, result) + "\n")
        results[key] = result
    }

    private func write(_ text: String) throws(SweepError) {
        var text = text
        let code = text.withUTF8 { bytes in
            var written = 0
            while written < bytes.count {
                let count = Glibc.write(file.number, bytes.baseAddress! + written, bytes.count - written)
                if count > 0 {
                    written += count
                } else if count == 0 || errno != EINTR {
                    return count == 0 ? EIO : errno
                }
            }
            return 0
        }
        guard code == 0 else { throw .file(FileError(.write, path, code: code)) }
    }

    private static func read(_ descriptor: Int32, _ path: String) throws(SweepError) -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            if count > 0 {
                bytes += buffer[..<count]
            } else if errno != EINTR {
                throw .file(FileError(.read, path, code: errno))
            }
        }
    }
}
