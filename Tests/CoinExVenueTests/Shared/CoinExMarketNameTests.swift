import CoinExVenue
import Testing

struct CoinExMarketNameTests {
    @Test(arguments: [
        ("BTCUSDT", true), ("1INCHUSDT", true), ("", false), ("btcusdt", false), ("BTC/USDT", false),
        ("BTCUSDT&id=1", false), (String(repeating: "A", count: 33), false),
    ])
    func `only upper case letters and digits name a market`(text: String, isName: Bool) {
        #expect((CoinExMarketName(text) != nil) == isName)
    }
}
