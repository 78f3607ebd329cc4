import Glibc
import Locks
import Signing

/// What a server of archives has, and how it fails: each request takes the next of the failures of its path.
package final class ArchiveShelf: Sendable {
    package enum Failure: Sendable {
        case status(Int, retryAfter: Int? = nil)
        /// The connection ends after so many bytes of the body.
        case cut(after: Int)
        /// All of the file, whatever was asked for.
        case whole
        /// Bytes other than those that were asked for.
        case shifted
    }

    struct Answer: Sendable {
        var status: Int
        var fields: [(name: String, value: String)] = []
        var body: [UInt8] = []
        var cutAfter: Int?
    }

    private struct State {
        var files: [String: [UInt8]] = [:]
        var failures: [String: [Failure]] = [:]
        var requests: [String] = []
    }

    private let state = Lock(State())

    package init() {}

    /// The requests so far: their paths, with the range that was asked for.
    package var requests: [String] { state.withLock { $0.requests } }

    /// Adds a file and the text with its checksum.
    package func add(_ path: String, _ content: [UInt8], digest: String? = nil) {
        var digester = Digester(.sha256)
        content.withUnsafeBytes { digester.add($0) }
        let right = digester.finish { Hexadecimal.text($0, .lower) }
        let name = path.split(separator: "/").last ?? ""
        let text = "\(digest ?? right)  \(name)\n"
        state.withLock {
            $0.files[path] = content
            $0.files[path + ".CHECKSUM"] = Array(text.utf8)
        }
    }

    package func fail(_ path: String, _ failures: Failure...) {
        state.withLock { $0.failures[path] = failures }
    }

    package func forget() { state.withLock { $0.requests = [] } }

    func answer(_ path: String, range: String?) -> Answer {
        state.withLock { state in
            state.requests.append(path + (range.map { " " + $0 } ?? ""))
            var failure: Failure?
            if var failures = state.failures[path], !failures.isEmpty {
                failure = failures.removeFirst()
                state.failures[path] = failures
            }
            if case .status(let status, let retryAfter) = failure {
                return Answer(status: status, fields: retryAfter.map { [("Retry-After", "\($0)")] } ?? [])
            }
            guard let file = state.files[path] else { return Answer(status: 404) }
            guard let range, range.hasPrefix("bytes=") else { return Answer(status: 200, body: file) }
            if case .whole = failure { return Answer(status: 200, body: file) }
            let ends = range.dropFirst(6).split(separator: "-").compactMap { Int($0) }
            var start = ends[0]
            guard start < file.count else {
                return Answer(status: 416, fields: [("Content-Range", "bytes */\(file.count)")])
            }
            if case .shifted = failure { start += 1 }
            let end = min(ends[1], file.count - 1)
            var answer = Answer(
                status: 206, fields: [("Content-Range", "bytes \(start)-\(end)/\(file.count)")],
                body: Array(file[start...end]))
            if case .cut(let count) = failure { answer.cutAfter = count }
            return answer
        }
    }
}

/// A server without TLS that can end its answers in the middle; one request per connection.
package final class CuttingServer: Sendable {
    package let port: UInt16
    private let listener: Int32
    private let shelf: ArchiveShelf

    package init(_ shelf: ArchiveShelf) {
        self.shelf = shelf
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                precondition(bind(descriptor, $0, length) == 0, "a port is free")
                precondition(getsockname(descriptor, $0, &length) == 0, "it has a name")
            }
        }
        precondition(listen(listener, 16) == 0, "it listens")
        port = UInt16(bigEndian: address.sin_port)
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self).toOpaque()
        let isStarted = pthread_create(
            &thread, nil,
            { context in
                Unmanaged<CuttingServer>.fromOpaque(context!).takeRetainedValue().run()
                return nil
            }, argument)
        precondition(isStarted == 0, "a thread for the server")
        pthread_detach(thread)
    }

    package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func run() {
        while true {
            let client = accept(listener, nil, nil)
            if client < 0 { break }
            serve(client)
            close(client)
        }
        close(listener)
    }

    private func serve(_ client: Int32) {
        var head: [UInt8] = []
        var byte: UInt8 = 0
        while !head.suffix(4).elementsEqual("\r\n\r\n".utf8) {
            guard read(client, &byte, 1) == 1 else { return }
            head.append(byte)
        }
        let lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n")
        let range = lines.first { $0.hasPrefix("Range: ") }.map { String($0.dropFirst(7)) }
        let answer = shelf.answer(String(lines[0].split(separator: " ")[1]), range: range)
        var text =
            "HTTP/1.1 \(answer.status) So\r\nContent-Length: \(answer.body.count)\r\nConnection: close\r\n"
        for field in answer.fields { text += "\(field.name): \(field.value)\r\n" }
        let bytes = Array((text + "\r\n").utf8) + answer.body.prefix(answer.cutAfter ?? answer.body.count)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(client, $0.baseAddress, $0.count, Int32(truncatingIfNeeded: MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            sent += count
        }
    }
}
