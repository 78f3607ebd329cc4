import Foundation

/// Peers written by others, in an environment of Python that is made at first use.
enum PythonPeers {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    static let scripts = root.appending(path: "Tests/Interop")
    private static let environment = root.appending(path: ".build/interop")

    /// The interpreter with all requirements; nil, with a message, where it cannot be had.
    static let interpreter: URL? = {
        let python = environment.appending(path: "bin/python")
        let requirements = scripts.appending(path: "requirements.txt")
        // Written last, so that an environment that was left half-made is made again.
        let mark = environment.appending(path: "requirements.txt")
        let wanted = try? Data(contentsOf: requirements)
        if let wanted, wanted == (try? Data(contentsOf: mark)) { return python }
        let reason =
            run(["python3", "-m", "venv", "--clear", environment.path])
            ?? run([
                python.path, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries",
                "1",
                "--timeout", "15", "--requirement", requirements.path,
            ])
        if let reason {
            let packages = wanted.map { String(decoding: $0, as: UTF8.self) } ?? ""
            print(
                "skipped: InteropTests, both roles against foreign peers.",
                "They want python3 with \(packages.split(separator: "\n").joined(separator: " and ")): \(reason)"
            )
            return nil
        }
        try? wanted?.write(to: mark)
        return python
    }()

    /// Runs a program to its end; why that failed, or nil.
    private static func run(_ words: [String]) -> String? {
        let process = Process()
        let errors = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.standardError = errors
        do { try process.run() } catch { return "\(error)" }
        let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus != 0 else { return nil }
        let last = text.split(separator: "\n").last.map(String.init)
        return last ?? "'\(words.joined(separator: " "))' ends with \(process.terminationStatus)"
    }

    static func process(_ script: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = interpreter
        process.arguments = [scripts.appending(path: script).path] + arguments
        return process
    }
}
