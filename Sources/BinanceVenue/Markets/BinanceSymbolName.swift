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
    ///
    /// What follows an underscore (`BTCUSDT_250926`) is the term of a future and does not count.
    package init?(_ name: String, alsoQuotedIn others: [String] = []) {
        let pair = name.prefix { $0 != "_" }
        let fitting = (Self.quotes + others).filter { pair.hasSuffix($0) && pair != $0 }
        guard let quote = fitting.max(by: { $0.utf8.count < $1.utf8.count }) else { return nil }
        self.quote = quote
        base = String(pair.dropLast(quote.count))
    }
}
