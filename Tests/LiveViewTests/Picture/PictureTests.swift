import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore

@testable import LiveView
@testable import Runtime

@Suite struct PictureTests {
    private func unknown() -> SessionSnapshot {
        var session = Samples.maker()
        session.book.orders += [
            Samples.order(.buy, "59900.00", "0.5", .unknown),
            Samples.order(.sell, "60000.50", "0.02", .submitting),
            Samples.order(.sell, "60070.00", "0.04", isStop: true),
        ]
        session.strategies[0].unknownOrders = 1
        session.counters.refusedByVenue = 6
        return session
    }

    private func halted() -> SessionSnapshot {
        var session = Samples.portfolio(strategies: 4, markets: 2)
        session.strategies[0].step = .warned
        session.strategies[1].step = .halted
        session.strategies[1].drawdown = Samples.notional("611.5")
        session.strategies[2].status = .failed("a number too large")
        session.strategies[3].step = .flattened
        session.messages = [
            .init(at: Samples.start, urgency: .warning, text: "strategy-0: drawdown: warning"),
            .init(
                at: Samples.start + .seconds(9), urgency: .alarm,
                text: "strategy-1: drawdown: halted, its orders are cancelled"),
        ]
        return session
    }

    private func empty() -> SessionSnapshot {
        var session = Samples.maker()
        session.book.state = .empty
        session.book.bids = []
        session.book.asks = []
        session.book.orders = []
        session.book.lastTrade = nil
        session.fills = []
        session.messages = []
        session.profits = []
        session.standings = [Samples.standing()]
        session.counters = Counters()
        session.progress.end = nil
        return session
    }

    private func wide() -> SessionSnapshot {
        var session = Samples.maker()
        session.book.priceDecimals = 8
        session.book.bids = Samples.levels([("123456789012.12345678", "98765432109876.54321")])
        session.book.asks = Samples.levels([("123456789012.12345679", "0.00001")])
        session.book.orders = [Samples.order(.buy, "123456789012.12345678", "12345678901.00001")]
        session.standings = [
            Samples.standing(
                position: "-98765432109876.54321", average: "123456789012.12345678",
                profit: "-123456789012345.67",
                fills: 123_456)
        ]
        session.strategies[0].label = "a-strategy-with-a-name-that-goes-on-and-on-and-on-and-on-and-on"
        return session
    }

    private func expect(_ screen: Screen, _ text: String, _ location: SourceLocation = #_sourceLocation) {
        #expect(screen.text == text, "\n\(screen.text)", sourceLocation: location)
    }

    @Test func `a market maker on 80 columns and 24 rows`() {
        expect(
            Samples.picture(Samples.maker(), 80, 24),
            """
             paper market-maker  seed 1        2026-01-01 00:12:31  41 % of 30 min 0 s ×300
             profit +35.21 USDT  ▁▆▆▂▃▇▇▃▂▆▆▁▁▄▃▆▅█▆▁  drawdown 2.13  orders 402  fills 120
            ─ BTCUSDT ──────────────────────│─ positions ───────────────────────────────────
                     3.00000 60003.00 █████ │strategy      market   position  profit  fills
                     0.40000 60002.00 █     │market-maker  BTCUSDT  +0.01000  +35.21    120
            0.01000x 1.10000 60001.00 ██    │─ risk ────────────────────────────────────────
                     0.60000 60000.50 █     │strategy       state    drawdown   next step
                     0.20000 60000.01       │market-maker   normal       2.13   warn at 200
            ▲ 60000.01  spread 0.01  0.0 bp │─ fills ───────────────────────────────────────
                     0.50000 60000.00 █     │00:12:00  sell  0.00500  BTCUSDT  60001.50  t
            0.01000  1.25000 59999.50 ██    │00:11:40  buy   0.01000  BTCUSDT  59990.12  m
                     0.75000 59999.00 █     │
                     2.10000 59998.00 ████  │
                     0.30000 59997.00       │
                     0.90000 59996.00 ██    │
            ─ requests ─────────────────────│
            place  ██········    12/60 in 2s│
            cancel █·········     3/60 in 2s│
            batch  ··········     0/20 in 2s│
            query  ··········    0/100 in 2s│
            all    █·········   15/400 in 1s│─ messages ────────────────────────────────────
            waiting 0  orders/s 0.0         │00:11:41 market-maker: quotes are wide
            events/s 0.0  of 31.4k          │
             q quit  p pause  +/- pace  ? help
            """)
    }

    @Test func `orders that are unknown, on their way, or stops are marked, on 60 columns and 20 rows`() {
        expect(
            Samples.picture(unknown(), 60, 20),
            """
             paper market… 2026-01-01 00:12:31  41 % of 30 min 0 s ×300
             profit +35.21 USDT         fills 120  unknown 1  refused 6
            ─ BTCUSDT ─────────────────│─ positions ────────────────────
            0.04000s       - 60070.00  │strategy       position   profit
            0.01000x 1.10000 60001.00  │market-maker   +0.01000   +35.21
            0.02000~ 0.60000 60000.50  │─ risk ─────────────────────────
                     0.20000 60000.01  │strategy       state    drawdown
            ▲ 60000.01     spread 0.01 │market-maker   normal       2.13
                     0.50000 60000.00  │─ fills ────────────────────────
            0.01000  1.25000 59999.50  │00:12:00 sell 0.00500 60001.50 t
                     0.75000 59999.00  │00:11:40 buy  0.01000 59990.12 m
            0.50000?       - 59900.00  │
            ─ requests ────────────────│
            place  █····    12/60 in 2s│
            cancel █····     3/60 in 2s│
            batch  ·····     0/20 in 2s│
            all    █····   15/400 in 1s│─ messages ─────────────────────
            waiting 0  orders/s 0.0    │00:11:41 market-maker: quotes
            events/s 0.0  of 31.4k     │         are wide
             q quit  p pause  +/- pace  ? help
            """)
    }

    @Test func `strategies that risk has stopped, and what was said about it`() {
        expect(
            Samples.picture(halted(), 80, 24, [.down]),
            """
             paper 4 strategies  seed 1        2026-01-01 00:12:31  41 % of 30 min 0 s ×300
             profit -121.00 USDT  ▂▃▆▃▆▇▅▂█▁▁▅▆▇▁▆▁  drawdown 618.00  orders 402  fills 120
            ─ COIN0USDT  1/2 ───────────────│─ positions ────────────────────────── 4 more ─
                     3.00000 60003.00 █████ │strategy    market     position  profit  fills
                     0.40000 60002.00 █     │strategy-0  COIN0USDT  -2.50000  -30.25      0
            0.01000x 1.10000 60001.00 ██    │strategy-0  COIN1USDT  -2.50000  -30.25      0
                     0.60000 60000.50 █     │strategy-1  COIN1USDT  -1.50000  -20.25      1
                     0.20000 60000.01       │strategy-1  COIN0USDT  -1.50000  -20.25      1
            ▲ 60000.01  spread 0.01  0.0 bp │─ risk ────────────────────────────────────────
                     0.50000 60000.00 █     │strategy     state       drawdown   next step
            0.01000  1.25000 59999.50 ██    │strategy-0   warned          0.50   halt at 600
                     0.75000 59999.00 █     │strategy-1   halted        611.50   -
                     2.10000 59998.00 ████  │strategy-2   failed          2.50   -
                     0.30000 59997.00       │strategy-3   flattened       3.50   -
                     0.90000 59996.00 ██    │─ fills ───────────────────────────────────────
            ─ requests ─────────────────────│00:12:00  sell  0.00500  COIN0USDT  60001.50  t
            place  ██········    12/60 in 2s│00:11:40  buy   0.01000  COIN0USDT  59990.12  m
            cancel █·········     3/60 in 2s│
            batch  ··········     0/20 in 2s│
            query  ··········    0/100 in 2s│
            all    █·········   15/400 in 1s│─ messages ────────────────────────────────────
            waiting 0  orders/s 0.0         │00:00:09 strategy-1: drawdown: halted, its
            events/s 0.0  of 31.4k          │         orders are cancelled
             q quit  p pause  +/- pace  up/down strategy  left/right market  ? help
            """)
    }

    @Test func `a session that has not begun to trade, in ASCII on the smallest screen`() {
        expect(
            Samples.picture(empty(), 60, 16, [], .ascii),
            """
             paper market-maker ~ 2026-01-01 00:12:31  12 min 31 s x300
             profit 0.00 USDT          drawdown 2.13  orders 0  fills 0
            - BTCUSDT  no data yet ----|- positions --------------------
                                       |strategy       position   profit
                                       |market-maker       flat     0.00
                                       |- risk -------------------------
            no bids, no asks           |strategy       state    drawdown
                                       |market-maker   normal       2.13
                                       |- fills ------------------------
                                       |none yet
            - requests ----------------|
            place  #....    12/60 in 2s|
            all    #....   15/400 in 1s|- messages ---------------------
            waiting 0  orders/s 0.0    |none
            events/s 0.0  of 31.4k     |
             q quit  p pause  +/- pace  ? help
            """)
    }

    @Test func `numbers that are too wide lose decimals, names are cut`() {
        expect(
            Samples.picture(wide(), 60, 20),
            """
             paper a-stra… 2026-01-01 00:12:31  41 % of 30 min 0 s ×300
             profit -123456789012346 USDT         orders 402  fills 120
            ─ BTCUSDT ─────────────────│─ positions ────────────────────
                                       │strategy     position     profit
                                       │a-strateg… -98765432M -123456.8G
                                       │─ risk ─────────────────────────
                    0.0000  123456789k │strategy         state  drawdown
            ▲ 60000.0100000            │a-strategy-with… normal     2.13
            12346M  98765G  123456789k │─ fills ────────────────────────
                                       │00:12:00 sell 0.00500 60001.50 t
                                       │00:11:40 buy  0.01000 59990.12 m
                                       │
            ─ requests ────────────────│
            place  █····    12/60 in 2s│
            cancel █····     3/60 in 2s│
            batch  ·····     0/20 in 2s│
            all    █····   15/400 in 1s│─ messages ─────────────────────
            waiting 0  orders/s 0.0    │00:11:41 market-maker: quotes
            events/s 0.0  of 31.4k     │         are wide
             q quit  p pause  +/- pace  ? help
            """)
    }

    @Test func `of many strategies and markets those around the chosen one are seen`() {
        expect(
            Samples.picture(
                Samples.portfolio(strategies: 40, markets: 30), 80, 24, Array(repeating: .down, count: 20)),
            """
             paper 40 strategies  seed 1       2026-01-01 00:12:31  41 % of 30 min 0 s ×300
             profit +13217.00 USDT  ▂▂▂▁▆▂▅█▁▁█▅▂▆▁  drawdown 800.00  orders 402  fills 120
            ─ COIN0USDT  1/30 ──────────────│─ positions ───────────────────────── 76 more ─
                     3.00000 60003.00 █████ │strategy    market      position  profit fills
                     0.40000 60002.00 █     │strategy-19 COIN19USDT +17.50000 +160.25    19
            0.01000x 1.10000 60001.00 ██    │strategy-19 COIN20USDT +17.50000 +160.25    19
                     0.60000 60000.50 █     │strategy-20 COIN20USDT +18.50000 +170.25    20
                     0.20000 60000.01       │strategy-20 COIN21USDT +18.50000 +170.25    20
            ▲ 60000.01  spread 0.01  0.0 bp │─ risk ────────────────────────────── 36 more ─
                     0.50000 60000.00 █     │strategy      state    drawdown   next step
            0.01000  1.25000 59999.50 ██    │strategy-18   normal      18.50   warn at 200
                     0.75000 59999.00 █     │strategy-19   normal      19.50   warn at 200
                     2.10000 59998.00 ████  │strategy-20   normal      20.50   warn at 200
                     0.30000 59997.00       │strategy-21   normal      21.50   warn at 200
                     0.90000 59996.00 ██    │─ fills ───────────────────────────────────────
            ─ requests ─────────────────────│00:12:00  sell  0.00500  COIN0USDT  60001.50  t
            place  ██········    12/60 in 2s│00:11:40  buy   0.01000  COIN0USDT  59990.12  m
            cancel █·········     3/60 in 2s│
            batch  ··········     0/20 in 2s│
            query  ··········    0/100 in 2s│
            all    █·········   15/400 in 1s│─ messages ────────────────────────────────────
            waiting 0  orders/s 0.0         │00:11:41 market-maker: quotes are wide
            events/s 0.0  of 31.4k          │
             q quit  p pause  +/- pace  up/down strategy  left/right market  ? help
            """)
    }

    @Test func `the help page`() {
        expect(
            Samples.picture(Samples.maker(), 80, 18, [.character("?")]),
            """
             paper market-maker  seed 1        2026-01-01 00:12:31  41 % of 30 min 0 s ×300
             profit +35.21 USDT  ▁▆▆▂▃▇▇▃▂▆▆▁▁▄▃▆▅█▆▁  drawdown 2.13  orders 402  fills 120
              q, Ctrl-C              end the session in good order, see its summary
              p, space               hold the time of a simulated market, or let it go on
              +  -                   faster or slower; what is decided stays the same
              up  down  tab          choose a strategy, and with it its first market
              left  right            choose the market whose book is shown
              Ctrl-Z                 leave the view and stop; fg comes back
              Ctrl-L                 draw everything again
              ? or h                 this page, or back

              ?  after an own order  unknown: no answer yet, the venue is asked
              ~  after an own order  on its way to the venue
              x  after an own order  its cancel is on the way
              s  after an own order  a stop order, at its trigger
              m / t  of a fill       it added liquidity (maker) or took it (taker)

             q quit  p pause  +/- pace  ? help
            """)
    }

    @Test func `a large screen has three columns and a chart`() {
        let lines = Samples.picture(halted(), 200, 50).text.split(
            separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 50)
        for title in ["─ COIN0USDT  1/2 ─", "─ positions ─", "─ risk ─"] { #expect(lines[2].contains(title)) }
        #expect(lines.contains { $0.contains("│─ profit ─") })
        #expect(lines.contains { $0.contains("strategy-3   flattened       3.50   5.50   -") })
        #expect(lines[2...48].allSatisfy { $0.contains("│") })
    }

    @Test func `a screen that is too small says what is needed`() {
        let text = Samples.picture(Samples.maker(), 40, 10).text
        #expect(text == "60 x 16 needed,\n40 x 10 here\nq quits\n\n\n\n\n\n\n")
        #expect(Samples.picture(Samples.maker(), 59, 16).text.hasPrefix("60 x 16 needed,"))
        #expect(Samples.picture(Samples.maker(), 5, 1).text == "60 x…")
        #expect(Samples.picture(Samples.maker(), 0, 0).text == "")
    }

    @Test func `what is urgent stands out`() {
        func roles(_ screen: Screen) -> Set<Role> { Set(screen.cells.map(\.role)) }
        #expect(!roles(Samples.picture(Samples.maker(), 80, 24)).contains(.alarm))
        #expect(!roles(Samples.picture(Samples.maker(), 80, 24)).contains(.warning))
        #expect(roles(Samples.picture(unknown(), 60, 20)).contains(.alarm))
        #expect(roles(Samples.picture(halted(), 80, 24)).isSuperset(of: [.alarm, .warning]))
        var stale = Samples.maker()
        stale.book.state = .stale
        #expect(Samples.picture(stale, 80, 24).text.contains("─ BTCUSDT  stale ─"))
        var paused = Samples.maker()
        paused.progress.isPaused = true
        #expect(Samples.picture(paused, 80, 24).text.contains(" PAUSED \n".dropLast(2)))
    }
}
