import BinanceVenue
import Testing

struct BinanceSymbolNameTests {
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
