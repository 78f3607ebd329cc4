/// The two assets in the name of a market, such as `BTC` and `USDT` in `BTCUSDT`.
///
/// The venue writes them without a separator, so the quote asset is recognised by its name; of several
/// that fit, the longest counts (`FDUSD`, not `USD`).
package struct BinanceSymbolName: Equatable, Sendable {
    package var base: String
    package var quote: String

    /// What markets are quoted in.
    private static let quotes = [
        "USDT", "USDC", "FDUSD", "TUSD", "BUSD", "USDP", "USD1", "USDS", "DAI", "USD", "BTC", "ETH",
        "BNB", "XRP", "TRX", "DOGE", "EUR", "GBP", "TRY", "BRL", "AUD", "JPY", "ARS", "MXN", "PLN",
        "RON", "CZK", "ZAR", "UAH", "COP", "IDR", "EURI",
    ]

    /// Takes a name apart; nil when it ends with no known quote asset.
    package init?(_ name: String) {
        let fitting = Self.quotes.filter { name.hasSuffix($0) && name.utf8.count > $0.utf8.count }
        guard let quote = fitting.max(by: { $0.utf8.count < $1.utf8.count }) else { return nil }
        self.quote = quote
        base = String(name.dropLast(quote.count))
    }
}
