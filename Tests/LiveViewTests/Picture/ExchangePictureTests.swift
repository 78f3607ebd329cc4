import ExchangeServer
import MarketModel
import Quantities
import Testing

@testable import Exchange
@testable import LiveView

@Suite struct ExchangePictureTests {
    private static let start = Instant(milliseconds: 1_767_225_600_000)

    private func snapshot(seconds: Int64, orders: Int) throws -> ExchangeSnapshot {
        var overview = FrontOverview()
        overview.markets = [
            FrontOverview.Market(
                name: "BTCUSDT", priceDecimals: 2, amountDecimals: 8, last: try Price("60123.45"),
                bid: Level(price: try Price("60123.44"), quantity: try Quantity("0.5")),
                ask: Level(price: try Price("60124.00"), quantity: try Quantity("1.25")),
                deals: UInt64(20 * seconds)),
            FrontOverview.Market(
                name: "CETUSDT", priceDecimals: 6, amountDecimals: 2, last: nil, bid: nil,
                ask: Level(price: try Price("0.08"), quantity: Quantity(200)), deals: 0),
        ]
        overview.accountCount = 3
        overview.accounts = [
            FrontOverview.Account(
                name: "first", openOrders: 2, waitingStops: 1, sockets: 1,
                balances: [
                    FrontOverview.Balance(asset: "BTC", available: try Amount("9.5"), frozen: .zero),
                    FrontOverview.Balance(asset: "USDT", available: Amount(998_000), frozen: Amount(2_000)),
                ]),
            FrontOverview.Account(
                name: "second", openOrders: 0, waitingStops: 0, sockets: 0, balances: []),
        ]
        overview.counts.requests = orders + 10
        overview.counts.refusals = 3
        overview.counts.pushes = 5 * orders
        overview.orders = orders
        overview.sessions = 2
        overview.signedSessions = 1
        overview.faults = [
            FrontOverview.Fault(text: "{kind: reply-lost, probability: 0.1}", strokes: 4, isActive: true)
        ]
        let now = Self.start + .seconds(seconds)
        return ExchangeSnapshot(
            address: "https://127.0.0.1:8710/v1", seed: 1, startedAt: Self.start, now: now,
            overview: overview, connections: 4,
            news: [
                ExchangeNote(at: Self.start + .seconds(3), text: "WebSocket 1 opened"),
                ExchangeNote(at: Self.start + .seconds(9), text: "fault {kind: reply-lost}\u{1B}[2J"),
            ])
    }

    private func picture(_ columns: Int, _ rows: Int) throws -> String {
        var meter = ExchangeMeter()
        meter.note(try snapshot(seconds: 60, orders: 1_000))
        let last = try snapshot(seconds: 62, orders: 1_500)
        meter.note(last)
        return ExchangePicture(last, meter, .unicode).screen(ScreenSize(columns: columns, rows: rows)).text
    }

    @Test func `an exchange on 80 columns and 24 rows`() throws {
        let text = try picture(80, 24)
        #expect(
            text == """
                 exchange https://127.0.0.1:8710/v1  seed 1      2026-01-01 00:01:02  1 min 2 s
                 orders/s 250  requests/s 250  pushes/s 1250  clients 4  sockets 2 (1 signed)
                ─ markets ──────────────────────────────────────────────────────────────────────
                market      last      bid     amount      ask     amount spread deals  /s
                BTCUSDT 60123.45 60123.44 0.50000000 60124.00 1.25000000   0.56  1240  20
                CETUSDT        -        -          - 0.080000     200.00      -     0 0.0
                ─ accounts  1 to 2 of 3 ────────────────────────────────────────────────────────
                account   open   stops   sockets   asset         available       in orders
                first        2       1         1   BTC          9.50000000      0.00000000
                                                   USDT    998000.00000000   2000.00000000
                second       0       0         0   -
                ─ faults ───────────────────────────────────────────────────────────────────────
                {kind: reply-lost, probability: 0.1} struck 4
                ─ news ─────────────────────────────────────────────────────────────────────────
                00:00:09 fault {kind: reply-lost}?[2J
                00:00:03 WebSocket 1 opened







                 q quit  up/down accounts
                """, "\n\(text)")
    }

    @Test func `it fits any size, and says so where it does not`() throws {
        #expect(try picture(59, 15).hasPrefix("60 x 16 needed, q quits"))
        for (columns, rows) in [(60, 16), (80, 24), (132, 43), (200, 60)] {
            let lines = try picture(columns, rows).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.count == rows)
            #expect(lines.allSatisfy { $0.unicodeScalars.count <= columns })
            #expect(lines.last?.hasPrefix(" q quit  up/down accounts") == true)
        }
    }
}
