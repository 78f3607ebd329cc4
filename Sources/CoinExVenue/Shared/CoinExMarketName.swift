/// The name of a market as the venue writes it, such as `BTCUSDT`: upper case letters and digits.
public struct CoinExMarketName: Equatable, Sendable {
    public let text: String

    /// The longest name that is taken for one.
    public static let lengthMax = 32

    /// Nil when the text has another character, none, or more than `lengthMax`.
    public init?(_ text: String) {
        guard (1...Self.lengthMax).contains(text.utf8.count), text.utf8.allSatisfy(Self.isPart) else {
            return nil
        }
        self.text = text
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }
}
