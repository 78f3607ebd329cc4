import Foundation
import Glibc

/// A process of `wire-echo`, which ends with its owner.
final class EchoProcess: @unchecked Sendable {
    private let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    /// `MARTLET_WIRE_ECHO` names another build than the one beside the tests.
    private static let program: URL = {
        if let path = getenv("MARTLET_WIRE_ECHO") { return URL(filePath: String(cString: path)) }
        let tests = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: tests ?? "").deletingLastPathComponent().appending(path: "wire-echo")
    }()

    /// - Parameters:
    ///   - descriptorsMax: how many descriptors it may have; nil leaves that to the system.
    ///   - environment: on top of that of the tests.
    init(
        _ words: [String], descriptorsMax: Int? = nil, environment: [String: String] = [:]
    ) throws {
        if let descriptorsMax {
            process.executableURL = URL(filePath: "/bin/sh")
            process.arguments =
                ["-c", "ulimit -n \(descriptorsMax) && exec \"$0\" \"$@\"", Self.program.path] + words
        } else {
            process.executableURL = Self.program
            process.arguments = words
        }
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    deinit {
        // A signal that cannot be blocked: threads of the tests hand their masks down.
        if process.isRunning { kill(number, SIGKILL) }
        process.waitUntilExit()
    }

    var number: Int32 { process.processIdentifier }

    /// A server that listens, and its port.
    static func server(
        _ words: [String] = [], descriptorsMax: Int? = nil, environment: [String: String] = [:]
    ) throws -> (EchoProcess, port: UInt16) {
        let process = try EchoProcess(
            ["server", "0"] + words, descriptorsMax: descriptorsMax, environment: environment)
        var text = ""
        while !text.contains("\n"), case let data = process.output.fileHandleForReading.availableData,
            !data.isEmpty
        {
            text += String(decoding: data, as: UTF8.self)
        }
        guard let port = text.split(whereSeparator: { ":\n".contains($0) }).last.flatMap({ UInt16($0) })
        else {
            throw RawPeer.Failure.handshake("wire-echo says: \(text)")
        }
        return (process, port)
    }

    /// Waits for its end; what it wrote about that.
    func end() -> (code: Int32, text: String) {
        let data = errors.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    /// Processor time so far, in ticks of the system.
    var ticks: Int {
        let text = (try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)) ?? ""
        // Behind the name in parentheses: the 12th and the 13th.
        let words = (text.split(separator: ")").last ?? "").split(separator: " ")
        return words.count > 12 ? (Int(words[11]) ?? 0) + (Int(words[12]) ?? 0) : 0
    }

    /// Bytes of memory that it has in use; nil where the system does not tell.
    var residentBytes: Int? {
        let text = (try? String(contentsOfFile: "/proc/\(number)/statm", encoding: .utf8)) ?? ""
        return text.split(separator: " ").dropFirst().first.flatMap { Int($0) }.map {
            $0 * Int(getpagesize())
        }
    }

    var descriptorCount: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(number)/fd").count) ?? 0
    }
}

/// Runs what waits in system calls on a thread that the tests can spare.
func waiting<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result { try body() }) }.start()
    }
}
