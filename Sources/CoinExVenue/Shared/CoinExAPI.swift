/// A generation of the venue's interface: the same venue and the same book, in other words.
public enum CoinExAPI: String, CaseIterable, Sendable {
    /// Until 2024, and the language of the older clients.
    case v1
    case v2

    /// What comes before the path of every endpoint.
    public var base: String {
        switch self {
        case .v1: "/v1"
        case .v2: "/v2"
        }
    }

    /// Where requests go.
    public var url: String { "https://api.coinex.com" + base }

    /// Where streams come from.
    public var socketURL: String { "wss://socket.coinex.com" + socketPath }

    /// The path of the streams.
    public var socketPath: String {
        switch self {
        case .v1: "/"
        case .v2: "/v2/spot"
        }
    }
}
