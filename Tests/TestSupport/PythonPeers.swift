import Foundation

/// Peers written by others, in an environment of Python that is made at first use.
package enum PythonPeers {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    package static let scripts = root.appending(path: "Tests/Interop")
    private static let environment = root.appending(path: ".build/interop")

    /// The interpreter with all requirements; nil, with a message, where it cannot be had.
    package static let interpreter: URL? = {
        let python = environment.appending(path: "bin/python")
        let requirements = scripts.appending(path: "requirements.txt")
        // Written last, so that an environment that was left half-made is made again.
        let mark = environment.appending(path: "requirements.txt")
        let wanted = try? Data(contentsOf: requirements)
        if let wanted, wanted == (try? Data(contentsOf: mark)) { return python }
        guard
            run(["python3", "-m", "venv", "--clear", environment.path]),
            run([
                python.path, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                "--requirement", requirements.path,
            ])
        else {
            print("skipped: python3 with the packages of \(requirements.path) cannot be had")
            return nil
        }
        try? wanted?.write(to: mark)
        return python
    }()

    private static func run(_ words: [String]) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }

    package static func process(_ script: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = interpreter
        process.arguments = [scripts.appending(path: script).path] + arguments
        return process
    }

    /// Waits for the end of a process without holding a thread of the tests.
    package static func output(_ process: Process) async throws -> (code: Int32, text: String) {
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let data = pipe.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                continuation.resume(
                    returning: (process.terminationStatus, String(decoding: data, as: UTF8.self)))
            }
        }
    }
}
