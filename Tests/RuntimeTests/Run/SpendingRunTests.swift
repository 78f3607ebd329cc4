import Journal
import MarketModel
import Quantities
import TestSupport
import Testing
import TradingCore

@testable import Runtime

/// Market buys for a sum, from the run to its tape and its ledger; and fees in any asset.
@Suite struct SpendingRunTests {
    @Test func `sums are spent, replayed, and stand in the ledger`() throws {
        let scratch = ScratchFolder()
        let outcome = try Sessions.run(
            Sessions.text(
                duration: "2m", strategies: ["{strategy: sum-buyer, markets: [BTCUSDT]}"],
                folder: scratch.path))
        let replay = try Sessions.replay(try #require(outcome.folder) + "/session.tape")
        #expect(replay.difference == nil && replay.isComplete && replay.hash == outcome.hash)

        let book = try LedgerReading(scratch.file("ledger.db"), run: 1)
        #expect(book.orders.count > 5)
        for order in book.orders {
            #expect(order.kind == "market" && order.spend == Notional(25) && order.state == "filled")
            // Lots of 0.00001 are worth 0.60 or so: what is left pays for none.
            let dust = Notional(25) - order.notional
            #expect(!dust.isNegative && dust < Notional(1))
            #expect(order.filled < order.quantity, "the quantity is the most that was expected")
        }
        for asset in ["BTC", "USDT"] {
            #expect(book.balance("venue", asset) == book.lastBalance(asset)?.total)
        }
    }

    @Test func `a ticket without a sum has the bytes that it had before there were sums`() throws {
        var ticket = OrderTicket.market(.buy, Quantity(1), in: MarketID(3))
        let plain = try bytes(ticket)
        // Market, side, kind, duration, hidden, and three numbers.
        #expect(plain.count == 2 + 4 + 3 * 16 && plain[5] == 0)
        ticket.isHidden = true
        #expect(try bytes(ticket)[5] == 1 && bytes(ticket).count == plain.count)
        ticket.spend = Notional(raw: 258)
        let sum = try bytes(ticket)
        #expect(
            sum[5] == 3 && sum[6..<54] == plain[6...]
                && sum[54...] == [2, 1] + Array(repeating: 0, count: 14))
    }

    @Test func `flags that are not known, and a sum of zero, are errors`() throws {
        var wrong = try bytes(.market(.buy, Quantity(1), in: MarketID(3)))
        wrong[5] = 4
        #expect(throws: TapeFieldError.unknownCode("flag")) { try self.ticket(wrong) }
        wrong[5] = 2
        #expect(throws: TapeFieldError.truncated) { try self.ticket(wrong) }
        wrong += Array(repeating: 0, count: 16)
        #expect(throws: TapeFieldError.unknownCode("sum to spend")) { try self.ticket(wrong) }
    }

    private func bytes(_ ticket: OrderTicket) throws -> [UInt8] {
        var (ticket, encoder) = (ticket, FieldEncoder())
        try ticket.fields(&encoder)
        return encoder.bytes
    }

    private func ticket(_ bytes: [UInt8]) throws -> OrderTicket {
        try bytes.withUnsafeBytes { bytes in
            var (ticket, decoder) = (OrderTicket.blank, FieldDecoder(bytes))
            try ticket.fields(&decoder)
            return ticket
        }
    }

    @Test(arguments: [("BTC", "0.002"), ("USDT", "0.198"), ("CET", "0.3136")])
    func `P21: a fee is taken from the asset that it was paid in`(asset: String, fee: String) throws {
        let scratch = ScratchFolder()
        let text = Sessions.text().replacing(
            "balances:",
            with: """
                  - {name: CETUSDT, base: CET, quote: USDT, tick: 0.01, lot: 0.01, minimum: 1, maker_fee: 0, taker_fee: 0}
                balances:
                """)
        let parts = try Sessions.parts(text)
        let path = scratch.file("ledger.db")
        var book = try LedgerBook(
            path: path, parts, mode: "live", folder: "run-0001", at: Instant(milliseconds: 1))
        let market = parts.table.markets[0]
        let feeAsset = AssetID(try #require(parts.table.assets.firstIndex(of: asset)))
        let fill = Fill(
            market: market.id, deal: DealID(7), order: OrderID(sequence: 1, slot: 0), strategy: StrategyID(0),
            side: .buy, liquidity: .taker, price: Price(99), quantity: Quantity(1), notional: Notional(99),
            fee: try Amount(fee), feeAsset: feeAsset, venueTime: Instant(milliseconds: 2),
            receivedAt: Instant(milliseconds: 3))
        book.add(.fill(fill, mid: nil))
        try book.write()

        let reading = try LedgerReading(path, run: 1)
        #expect(reading.fills.map(\.feeAsset) == [asset])
        #expect(try reading.fills.map(\.fee) == [Amount(fee)])
        var expected = ["BTC": Amount(1), "USDT": Amount(-99), "CET": Amount.zero]
        expected[asset, default: .zero] -= try Amount(fee)
        for (name, amount) in expected { #expect(reading.balance("venue", name) == amount, "\(name)") }
        #expect(reading.balance("fees", asset) == (try Amount(fee)))
    }
}
