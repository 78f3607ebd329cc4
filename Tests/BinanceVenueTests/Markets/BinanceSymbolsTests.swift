import BinanceVenue
import MarketModel
import Quantities
import Testing

struct BinanceSymbolsTests {
    static func find(_ symbol: String, in symbols: BinanceSymbols) -> MarketID? {
        Array(symbol.utf8).withUnsafeBufferPointer { symbols.market($0) }
    }

    static func table(_ names: [String]) -> MarketTable {
        var table = MarketTable()
        let rules = MarketRules(tick: Price(raw: 1), lot: Quantity(raw: 1), minimumQuantity: .zero)
        for name in names { table.add(name, base: "A", quote: "B", rules: rules) }
        return table
    }

    @Test(arguments: [0, 1, 2, 3, MarketID.marketsMax])
    func `every market is found and no other`(count: Int) {
        let names = (0..<count).map { "ABC\($0)USDT" }
        let symbols = BinanceSymbols(Self.table(names))
        for (index, name) in names.enumerated() {
            #expect(Self.find(name, in: symbols) == MarketID(index))
            #expect(Self.find(name.lowercased(), in: symbols) == nil)
        }
        for name in ["", "ABC", "ABC0USD", "ABC0USDTT", "ABC\(count)USDT"] {
            #expect(Self.find(name, in: symbols) == nil)
        }
    }

    @Test(arguments: [
        ("BTCUSDT", "BTC", "USDT"), ("ETHBTC", "ETH", "BTC"), ("ABCFDUSD", "ABC", "FDUSD"),
        ("1000SATSUSDT", "1000SATS", "USDT"), ("BTCUSDT_250926", "BTC", "USDT"),
        ("BTCUSD_PERP", "BTC", "USD"),
    ])
    func `a name is taken apart at its quote asset`(name: String, base: String, quote: String) {
        let parts = BinanceSymbolName(name)
        #expect(parts?.base == base)
        #expect(parts?.quote == quote)
    }

    @Test(arguments: ["", "USDT", "ABCXYZ", "_", "BTCUSDT "])
    func `a name without a known quote asset is not taken apart`(name: String) {
        #expect(BinanceSymbolName(name) == nil)
    }

    @Test func `further quote assets may be named`() {
        #expect(BinanceSymbolName("ABCXYZ", alsoQuotedIn: ["XYZ"])?.base == "ABC")
    }
}
