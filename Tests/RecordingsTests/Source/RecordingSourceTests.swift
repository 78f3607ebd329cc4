import MarketModel
import Quantities
import Recordings
import TestSupport
import Testing

struct RecordingSourceTests {
    let folder = ScratchFolder()

    @Test func `markets come in the order in which they occur, with the digits they use`() throws {
        let path = folder.write(
            [
                Tape.line(0, Tape.ticker(1, bid: "0.10000000", ask: "0.25000000", symbol: "XYZBTC")),
                Tape.line(1, Tape.trade(5, at: 1)), Tape.line(2, Tape.trade(6, at: 2, symbol: "XYZBTC")),
                "not a line", Tape.line(3, Tape.ticker(2, bid: "7", ask: "8", size: "3")),
            ], "two.log")
        let source = try RecordingSource([path])
        #expect(source.format == .rawFrames)
        #expect(
            source.markets == [
                RecordMarket(
                    name: "XYZBTC", base: "XYZ", quote: "BTC", priceDecimals: 3, quantityDecimals: 1,
                    tick: try Price("0.001"), lot: try Quantity("0.1")),
                RecordMarket(
                    name: "ABCUSDT", base: "ABC", quote: "USDT", priceDecimals: 3,
                    quantityDecimals: 1, tick: try Price("0.001"), lot: try Quantity("0.1")),
            ])
        let reading = try Reading([path])
        #expect(reading.events.count == 4)
        #expect(reading.errors.count == 1)
    }

    @Test func `the digits of a snapshot count where it can only be of one market`() throws {
        let snapshot = Tape.snapshot.replacing("25.36", with: "25.3600001")
        let path = folder.write(
            [Tape.line(0, snapshot), Tape.line(1, Tape.ticker(101))], "one.log")
        #expect(try RecordingSource([path]).markets[0].priceDecimals == 7)
        #expect(try Reading([path]).report.levels == 2)
    }

    @Test func `rules of the caller stand, and widen the digits where they are finer`() throws {
        let path = folder.write([Tape.line(0, Tape.ticker(1, size: "2"))], "one.log")
        var options = RecordingOptions()
        let rules = MarketRules(
            tick: try Price("0.005"), lot: try Quantity("0.01"), minimumQuantity: try Quantity("1"),
            makerFee: try FeeRate("0.001"))
        options.rules = ["ABCUSDT": rules, "OTHER": rules]
        let source = try RecordingSource([path], options)
        #expect(source.table.markets.map(\.rules) == [rules])
        #expect(source.markets[0].priceDecimals == 3)
        #expect(source.markets[0].quantityDecimals == 2)
        #expect(source.markets[0].tick == rules.tick)
    }

    @Test func `a recording without any market is refused`() {
        let path = folder.write([Tape.line(0, #"{"result":null,"id":1}"#)], "none.log")
        #expect(throws: RecordingError.noMarkets(path: path)) { try RecordingSource([path]) }
    }

    @Test func `a market whose quote asset nobody knows is refused by name`() {
        let path = folder.write([Tape.line(0, Tape.ticker(1, symbol: "ABCXYZ"))], "odd.log")
        #expect(throws: RecordingError.unknownQuoteAsset(market: "ABCXYZ")) {
            try RecordingSource([path])
        }
    }

    @Test(arguments: [Array(repeating: UInt8(ascii: "A"), count: 300), [0x41, 0xFF, 0x42]])
    func `a name that no market can have is refused`(name: [UInt8]) {
        let parts = Tape.ticker(1, symbol: "@USDT").split(separator: "@", maxSplits: 2)
        let bytes = Array("1 \(parts[0])@\(parts[1])".utf8) + name + Array(parts[2].utf8)
        let path = folder.write(bytes, "odd.log")
        #expect {
            _ = try RecordingSource([path])
        } throws: { error in
            guard case .impossibleName? = error as? RecordingError else { return false }
            return true
        }
    }

    @Test func `more markets than a session holds are refused`() {
        let lines = (0...MarketID.marketsMax).map {
            Tape.line(Int64($0), Tape.ticker(1, symbol: "A\($0)USDT"))
        }
        let path = folder.compress(lines, "many.gz")
        #expect(throws: RecordingError.tooManyMarkets(limit: 1_024)) { try RecordingSource([path]) }
    }
}
