import Glibc
import TestSupport
import Testing

@Suite struct TerminalTests {
    private let scratch = ScratchFolder()

    /// What a program writes to a terminal of 80 columns.
    private func onTerminal(_ words: [String]) throws -> String {
        let master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
        try #require(master >= 0)
        defer { close(master) }
        // TIOCSPTLCK and TIOCGPTN: unlocks the other side, and asks for its number.
        var (lock, number) = (Int32(0), Int32(0))
        try #require(ioctl(master, 0x4004_5431, &lock) == 0)
        try #require(ioctl(master, 0x8004_5430, &number) == 0)
        var size = winsize(ws_row: 24, ws_col: 80, ws_xpixel: 0, ws_ypixel: 0)
        try #require(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
        let terminal = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        let child = ChildProcess(BuiltPrograms.martlet, words, in: scratch, terminal: terminal)
        close(terminal)
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 4_096)
        // Reading fails when nobody has the other side any more.
        while true {
            let count = read(master, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        #expect(child.wait() == .exit(0))
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test func `on a terminal a status line is renewed in place and leaves nothing behind`() throws {
        let path = scratch.write(Configurations.text(), "paper.yaml")
        let text = try onTerminal(["paper", path, "--no-journal"])
        let renewals = text.components(separatedBy: "\r\u{1B}[2K")
        #expect(renewals.count > 100)
        for renewal in renewals where renewal.hasPrefix("\u{1B}[2m") {
            let status = renewal.dropFirst(4).prefix { $0 != "\u{1B}" }
            #expect(status.count <= 79)
            #expect(status.hasPrefix("00:0"))
            #expect(renewal.hasSuffix("\u{1B}[0m"), "nothing but the next renewal follows a status")
        }
        #expect(text.hasSuffix("\r\n"))
        #expect(try #require(renewals.last).contains("decisions "))
    }

    @Test func `in a pipe there is plain text and no status`() {
        let path = scratch.write(Configurations.text(), "paper.yaml")
        let saying = Saying(["paper", path, "--no-journal"], in: scratch)
        #expect(!saying.output.contains("\u{1B}"))
        #expect(!saying.output.contains("\r"))
        #expect(saying.output.hasPrefix("market-maker in BTCUSDT, paper, seed 1\n"))
    }

    @Test func `a quiet run says its summary alone`() {
        let path = scratch.write(Configurations.text(), "paper.yaml")
        let saying = Saying(["paper", path, "--quiet"], in: scratch)
        #expect(saying.errors == "")
        #expect(
            saying.outputLines.map { $0.split(separator: " ").first } == [
                "market-maker", "profit", "fills", "orders", "drawdown", "time", "written", "report",
                "decisions",
            ])
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [Substring] {
        split(separator: separator, omittingEmptySubsequences: false)
    }
}
