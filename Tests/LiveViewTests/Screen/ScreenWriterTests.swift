import Quantities
import Runtime
import Testing
import TradingCore

@testable import LiveView

@Suite struct ScreenWriterTests {
    /// What a terminal shows that was sent this picture alone.
    private func fresh(_ screen: Screen, _ palette: Palette) -> TerminalEmulator {
        var writer = ScreenWriter(palette)
        var terminal = opened(screen.size)
        terminal.take(writer.bytes(for: screen))
        return terminal
    }

    private func opened(_ size: ScreenSize) -> TerminalEmulator {
        var terminal = TerminalEmulator(columns: size.columns, rows: size.rows)
        terminal.take(ScreenLease.enter.utf8)
        return terminal
    }

    @Test(arguments: [Palette.colours, .plain])
    func `pictures that follow one another look as each would alone`(palette: Palette) {
        for seed in UInt64(1)...25 {
            var sessions = RandomSessions(seed: seed)
            var size = sessions.size()
            var writer = ScreenWriter(palette)
            var terminal = opened(size)
            var state = ViewState()
            for step in 0..<20 {
                if sessions.chance(20) {
                    size = sessions.size()
                    terminal.resize(columns: size.columns, rows: size.rows)
                }
                if sessions.chance(10) { writer.forget() }
                let session = sessions.session()
                let keys: [Key] = [.down, .right, .character("?"), .up, .tab, .left, .escape]
                state.take(keys[sessions.below(keys.count)], session)
                let glyphs = sessions.chance(50) ? Glyphs.unicode : .ascii
                let screen = SessionPicture(session, state, RateMeter(), glyphs).screen(size)
                #expect(screen.size == size)
                terminal.take(writer.bytes(for: screen))
                let alone = fresh(screen, palette)
                #expect(terminal.cells == alone.cells, "seed \(seed), step \(step)")
                #expect(terminal.text == screen.text, "seed \(seed), step \(step)")
                #expect(terminal.unknown.isEmpty, "seed \(seed), step \(step)")
                #expect(writer.bytes(for: screen).isEmpty, "nothing is sent twice")
            }
        }
    }

    @Test func `only what has changed is sent`() {
        var writer = ScreenWriter(.colours)
        var session = Samples.maker()
        let first = writer.bytes(for: Samples.picture(session, 80, 24))
        session.progress.now = session.progress.now + .seconds(1)
        let second = writer.bytes(for: Samples.picture(session, 80, 24))
        #expect(first.count > 1_500)
        #expect(String(decoding: second, as: UTF8.self) == "\u{1B}[1;54H\u{1B}[0;7m2\u{1B}[0m")
    }

    @Test func `without colours no colour is sent`() {
        var session = Samples.maker()
        session.strategies[0].step = .halted
        for role in Role.allCases {
            let rendition = Palette.plain.rendition(role)
            #expect(!rendition.split(separator: ";").contains { $0.count == 2 }, "\(role) is a colour")
        }
        let terminal = fresh(Samples.picture(session, 80, 24), .plain)
        #expect(
            terminal.cells.filter { $0.rendition == "0;1;7" }.map { String($0.scalar) }.joined() == "halted")
    }
}
