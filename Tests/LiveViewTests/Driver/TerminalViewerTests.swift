import Glibc
import TestSupport
import Testing

/// The program on a terminal: what it shows, and that it leaves everything as it was.
@Suite struct TerminalViewerTests {
    private let scratch = ScratchFolder()

    private func configuration(
        duration: String? = nil, pace: String = "100", markets: [String] = ["BTC"],
        journal: String = "{tape: false, ledger: false}"
    ) -> String {
        let lines = markets.map {
            "  - {name: \($0)USDT, base: \($0), quote: USDT, tick: 0.01, lot: 0.00001, minimum: 0.0001}"
        }
        let strategies = markets.map {
            "  - {strategy: market-maker, name: maker-\($0), markets: [\($0)USDT]}"
        }
        let text = """
            mode: paper
            \(duration.map { "duration: \($0)" } ?? "# no duration")
            pace: \(pace)
            data: {source: synthetic, synthetic: {price: 60000, events_per_second: 40}}
            markets:
            \(lines.joined(separator: "\n"))
            balances: {\(markets.map { "\($0): 1, " }.joined())USDT: 100000}
            strategies:
            \(strategies.joined(separator: "\n"))
            journal: \(journal)
            """
        return scratch.write(text, "session.yaml")
    }

    private func start(
        _ words: [String] = [], duration: String? = nil, pace: String = "100", markets: [String] = ["BTC"],
        columns: UInt16 = 80, rows: UInt16 = 24, environment: [String] = PseudoTerminal.environment
    ) -> PseudoTerminal {
        let path = configuration(duration: duration, pace: pace, markets: markets)
        return PseudoTerminal(
            [Programs.martlet, "paper", path] + words, in: scratch, columns: columns, rows: rows,
            environment: environment)
    }

    /// A session that has a picture with a book in it.
    private func shown(_ terminal: PseudoTerminal) throws {
        let isShown = terminal.wait { $0.hasPicture || $0.hasEnded }
        try #require(isShown && !terminal.hasEnded, "\(terminal.state) \(terminal.screen.log)")
        #expect(terminal.screen.isOtherScreen)
        #expect(!terminal.screen.isCursorShown)
        #expect(!terminal.areModesBack)
    }

    private func expectRestored(_ terminal: PseudoTerminal) {
        #expect(terminal.isRestored)
        #expect(terminal.screen.unknown.isEmpty)
    }

    // MARK: - Shown

    @Test(arguments: [(UInt16(80), UInt16(24)), (200, 50), (60, 16)])
    func `a session is shown in any size and gives way to its summary`(columns: UInt16, rows: UInt16) throws {
        let terminal = start(duration: "3m", columns: columns, rows: rows)
        try shown(terminal)
        let lines = terminal.screen.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == Int(rows))
        #expect(lines[0].hasPrefix(" paper maker"))
        #expect(lines[1].hasPrefix(" profit "))
        #expect(lines[2].contains("─ BTCUSDT ─"))
        #expect(lines.last?.hasPrefix(" q quit  p pause  +/- pace  ? help") == true)
        #expect(terminal.end() == .exit(0))
        expectRestored(terminal)
        #expect(terminal.screen.log.contains("\r\nmaker-BTC in BTCUSDT\r\nprofit "))
        #expect(terminal.screen.log.contains("\r\ndecisions "))
    }

    @Test func `the picture follows the size of the terminal`() throws {
        let terminal = start()
        try shown(terminal)
        for (columns, rows) in [(UInt16(200), UInt16(50)), (60, 16), (30, 5), (132, 40)] {
            terminal.resize(columns: columns, rows: rows)
            let isAdapted = terminal.wait(seconds: 20) {
                let lines = $0.screen.text.split(separator: "\n", omittingEmptySubsequences: false)
                guard !$0.screen.text.contains("@") else { return false }
                return columns < 60
                    ? lines[0] == "60 x 16 needed," : lines[Int(rows) - 1].hasPrefix(" q quit")
            }
            #expect(isAdapted, "\(columns) x \(rows)\n\(terminal.screen.text)")
        }
        terminal.type("q")
        #expect(terminal.end() == .exit(130))
        expectRestored(terminal)
    }

    @Test func `without a locale of UTF-8 the picture is ASCII, without colours it has none`() throws {
        let terminal = start(environment: ["TERM=xterm", "NO_COLOR=1"])
        try shown(terminal)
        #expect(terminal.screen.text.utf8.allSatisfy { $0 < 0x80 })
        for cell in terminal.screen.cells {
            #expect(["0", "0;1", "0;2", "0;4", "0;7", "0;1;7"].contains(cell.rendition))
        }
        terminal.type("q")
        #expect(terminal.end() == .exit(130))
    }

    @Test(arguments: [
        (["--no-view"], "300", "TERM=xterm"), (["--quiet"], "300", "TERM=xterm"), ([], "max", "TERM=xterm"),
        ([], "300", "TERM=dumb"), (["--view"], "300", "TERM=dumb"),
    ])
    func `where there is no view the first screen is not left`(
        words: [String], pace: String, name: String
    ) {
        let terminal = start(words, duration: "1m", pace: pace, environment: [name, "LANG=C.UTF-8"])
        var wasLeft = false
        _ = terminal.wait {
            wasLeft = wasLeft || $0.screen.isOtherScreen
            return $0.hasEnded
        }
        #expect(terminal.state == .exit(0))
        #expect(!wasLeft)
        #expect(terminal.screen.log.contains("decisions "))
    }

    @Test func `a session as fast as it goes is shown on request`() throws {
        let terminal = start(["--view"], pace: "max")
        try shown(terminal)
        terminal.type("q")
        #expect(terminal.end() == .exit(130))
        expectRestored(terminal)
    }

    // MARK: - Keys

    @Test func `keys choose, hold and hasten`() throws {
        let terminal = start(markets: ["BTC", "ETH"])
        try shown(terminal)
        #expect(terminal.screen.text.contains("─ BTCUSDT  1/2 ─"))
        terminal.type("\u{1B}[C")
        #expect(terminal.wait { $0.screen.text.contains("─ ETHUSDT  2/2 ─") })
        terminal.type("+")
        #expect(terminal.wait { $0.screen.text.contains("×200") })
        terminal.type("p")
        #expect(terminal.wait { $0.screen.text.contains(" PAUSED") && $0.hasPicture })
        let held = terminal.firstLine
        #expect(!terminal.wait(seconds: 1) { $0.firstLine != held }, "time stands still")
        terminal.type("p")
        #expect(terminal.wait { !$0.screen.text.contains(" PAUSED") })
        terminal.type("?")
        #expect(terminal.wait { $0.screen.text.contains("end the session in good order") })
        terminal.type("?")
        #expect(terminal.wait { !$0.screen.text.contains("end the session in good order") })
        terminal.type("q")
        #expect(terminal.end() == .exit(130))
        expectRestored(terminal)
        #expect(terminal.screen.log.contains("\r\nended       on request, before the data did\r\n"))
    }

    @Test func `holding and hastening change nothing that is decided`() throws {
        let plain = start(["--no-view"], duration: "5m", pace: "max")
        #expect(plain.end() == .exit(0))
        let terminal = start(duration: "5m", pace: "20")
        try shown(terminal)
        terminal.type("p")
        #expect(terminal.wait { $0.screen.text.contains(" PAUSED") })
        terminal.type("p++")
        #expect(terminal.wait { $0.screen.text.contains("×100") })
        #expect(terminal.end() == .exit(0))
        let decisions = plain.screen.log.split(separator: "\r\n").last { $0.hasPrefix("decisions ") }
        #expect(terminal.screen.log.hasSuffix(try #require(decisions) + "\r\n"))
    }

    // MARK: - Every way out

    @Test(arguments: [SIGINT, SIGTERM])
    func `a signal ends the session in good order and leaves the terminal as it was`(signal: Int32) throws {
        let terminal = start()
        try shown(terminal)
        terminal.send(signal)
        #expect(terminal.end() == .exit(130))
        expectRestored(terminal)
        #expect(terminal.screen.log.contains("\r\nended       on request, before the data did\r\n"))
    }

    @Test func `Ctrl-C at the keyboard is SIGINT`() throws {
        let terminal = start()
        try shown(terminal)
        terminal.type("\u{3}")
        #expect(terminal.end() == .exit(130))
        expectRestored(terminal)
    }

    @Test(arguments: [SIGSEGV, SIGABRT, SIGILL, SIGQUIT, SIGHUP])
    func `what kills the program leaves the terminal as it was`(signal: Int32) throws {
        let terminal = start()
        try shown(terminal)
        terminal.send(signal)
        #expect(terminal.end() == .signal(signal))
        expectRestored(terminal)
    }

    @Test func `a second signal ends the program at once and leaves the terminal as it was`() throws {
        let terminal = start()
        try shown(terminal)
        // Stopped, it gets both at the moment in which it goes on.
        terminal.send(SIGSTOP)
        #expect(terminal.wait { $0.state == .stopped })
        for signal in [SIGINT, SIGTERM, SIGCONT] { terminal.send(signal) }
        #expect([.exit(128 + SIGINT), .exit(128 + SIGTERM)].contains(terminal.end()))
        expectRestored(terminal)
        #expect(!terminal.screen.log.contains("decisions "))
    }

    @Test func `what the program writes meanwhile spoils nothing and is told afterwards`() throws {
        let terminal = start()
        try shown(terminal)
        let errors = open("/proc/\(terminal.id)/fd/2", O_WRONLY | O_APPEND)
        try #require(errors >= 0)
        #expect(write(errors, "a reason\n", 9) == 9)
        close(errors)
        #expect(!terminal.wait(seconds: 1) { $0.screen.text.contains("a reason") })
        terminal.type("q")
        #expect(terminal.end() == .exit(130))
        #expect(terminal.screen.log.contains("\r\na reason\r\n"))
    }

    @Test func `a run that fails tells why on the first screen`() {
        let path = configuration(journal: "{folder: /proc/none}")
        let terminal = PseudoTerminal(
            [Programs.martlet, "paper", path], in: scratch, columns: 80, rows: 24)
        #expect(terminal.end() == .exit(74))
        expectRestored(terminal)
        #expect(terminal.screen.log.contains("/proc/none"))
    }

    @Test func `stopped it gives the terminal back, continued it takes it again`() throws {
        let terminal = start()
        try shown(terminal)
        terminal.type("\u{1A}")
        #expect(terminal.wait { $0.state == .stopped && $0.isRestored })
        terminal.send(SIGCONT)
        #expect(terminal.wait { $0.state == .running && $0.screen.isOtherScreen })
        #expect(terminal.wait { $0.hasPicture })
        #expect(!terminal.areModesBack)
        terminal.type("q")
        #expect(terminal.end() == .exit(130))
        expectRestored(terminal)
    }

    // MARK: - Not on a terminal

    @Test(arguments: [[], ["--view"]])
    func `in a pipe there is nothing of it`(words: [String]) throws {
        let path = configuration(duration: "30s")
        func output(_ words: [String], _ name: String) throws -> String {
            let command = ([Programs.martlet, "paper", path] + words).joined(separator: " ")
            let terminal = PseudoTerminal(
                ["sh", "-c", "\(command) | cat > \(name)"], in: scratch, columns: 80, rows: 24)
            #expect(terminal.end() == .exit(0))
            #expect(!terminal.screen.isOtherScreen)
            return String(decoding: ScratchFolder.read(scratch.file(name)), as: UTF8.self)
        }
        func untimed(_ text: String) -> [Substring] {
            text.split(separator: "\n").filter { !$0.hasPrefix("time ") }
        }
        let shown = try output(words, "with")
        #expect(!shown.contains("\u{1B}"))
        #expect(shown.contains("decisions "))
        #expect(untimed(shown) == untimed(try output(["--no-view"], "without")))
    }
}

extension PseudoTerminal {
    /// Whether a picture with a book in it has come to its last line.
    fileprivate var hasPicture: Bool {
        screen.text.contains(" spread ") && screen.text.contains("? help")
    }

    fileprivate var firstLine: Substring { screen.text.prefix { $0 != "\n" } }
}
