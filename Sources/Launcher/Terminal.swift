import Glibc
import Runtime

/// The program's voice: lines on standard output, a live status line on a terminal only.
final class Terminal: RunConsole {
    let output: Int32
    private let errors: Int32
    /// Whether somebody watches: status lines are shown.
    let isLive: Bool
    private var statusLength = 0
    let isQuiet: Bool

    init(isQuiet: Bool = false, output: Int32 = STDOUT_FILENO, errors: Int32 = STDERR_FILENO) {
        self.output = output
        self.errors = errors
        self.isQuiet = isQuiet
        isLive = isatty(output) == 1
    }

    /// A line of a run: left out when only the result is wanted.
    func line(_ text: String) {
        if isQuiet { return }
        result(text)
    }

    /// A line of the result: said always.
    func result(_ text: String) {
        clearStatus()
        write(text + "\n", to: output)
    }

    /// A line that tells how far long work is, beside the result: whoever reads the output has the result alone.
    func progress(_ text: String) {
        if isQuiet { return }
        error(text)
    }

    func error(_ text: String) {
        clearStatus()
        write(text + "\n", to: errors)
    }

    func status(_ text: String) {
        guard isLive, !isQuiet else { return }
        let width = max(20, columns - 1)
        let shown = String(text.prefix(width))
        write("\r\u{1B}[2K" + dim(shown), to: output)
        statusLength = shown.count
    }

    /// Whether tones may be shown: somebody watches who has not asked for none (no-color.org).
    var hasColours: Bool { isLive && (getenv("NO_COLOR").map { $0.pointee == 0 } ?? true) }

    /// Empties the screen.
    func clear() { write("\u{1B}[H\u{1B}[2J", to: output) }

    func bold(_ text: String) -> String { isLive ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

    private func dim(_ text: String) -> String { "\u{1B}[2m\(text)\u{1B}[0m" }

    private func clearStatus() {
        guard statusLength > 0 else { return }
        write("\r\u{1B}[2K", to: output)
        statusLength = 0
    }

    private var columns: Int {
        var size = winsize()
        guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    private func write(_ text: String, to file: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR { continue }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }
}
