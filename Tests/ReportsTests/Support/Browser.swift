import Foundation

/// Chromium without a window: opens a page from a file and tells what became of it.
struct Browser {
    /// Nil where there is no Chromium.
    static let path: String? = ["chromium", "chromium-browser", "google-chrome", "chrome"].lazy
        .flatMap { name in ["/usr/bin", "/usr/local/bin", "/snap/bin"].map { "\($0)/\(name)" } }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    struct Visit {
        /// The document as it stands when its scripts have run.
        var document: String
        /// What the browser and the page's script complained of.
        var complaints: [String]
        /// Whether it ended by itself.
        var isFinished: Bool
    }

    /// Opens a file; `fragment` begins with `#` or is empty.
    static func visit(_ file: String, _ fragment: String = "", in scratch: Scratch) throws -> Visit {
        guard let path else { throw CocoaError(.fileNoSuchFile) }
        let (output, errors) = (scratch.file("dom.html"), scratch.file("log.txt"))
        for name in [output, errors] { _ = FileManager.default.createFile(atPath: name, contents: nil) }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update",
            "--user-data-dir=" + scratch.file("profile"),
            "--allow-file-access-from-files", "--virtual-time-budget=4000", "--enable-logging=stderr",
            "--v=0",
            "--window-size=1200,900", "--dump-dom", "file://\(file)\(fragment)",
        ]
        process.standardOutput = try FileHandle(forWritingTo: URL(filePath: output))
        process.standardError = try FileHandle(forWritingTo: URL(filePath: errors))
        let hasEnded = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in hasEnded.signal() }
        try process.run()
        let isFinished = hasEnded.wait(timeout: .now() + 120) == .success
        if !isFinished { process.terminate() }
        let log = String(decoding: try Data(contentsOf: URL(filePath: errors)), as: UTF8.self)
        let complaints = log.split(separator: "\n").map(String.init).filter { $0.contains(":CONSOLE") }
        return Visit(
            document: String(decoding: try Data(contentsOf: URL(filePath: output)), as: UTF8.self),
            complaints: complaints, isFinished: isFinished)
    }
}
