import Quantities
import Signing
import WireCodecs

/// What a session subscribes, per family and as a whole.
///
/// Lists of markets and coins: an empty one means all of them.
package struct CoinExV1Subscriptions: Equatable, Sendable {
    package var depth: [CoinExDepthTopic]
    package var deals: [String] = []
    package var states: [String] = []
    package var orders: [String] = []
    package var ownDeals: [String] = []
    package var coins: [String] = []
    package var indexes: [String] = []
    /// The one market whose candles are streamed, where the venue does that.
    package var klineMarket: String
    package var klinePeriod = CoinExKlinePeriod.minute

    /// Everything of these markets: their books, trades, orders and statistics, and the balances of all coins.
    ///
    /// - Precondition: there is a market.
    package init(markets: [String], limit: Int = 20) {
        precondition(!markets.isEmpty, "a session has a market")
        depth = markets.map { CoinExDepthTopic($0, limit: limit) }
        deals = markets
        states = markets
        orders = markets
        ownDeals = markets
        indexes = markets
        klineMarket = markets[0]
    }

    /// The call that subscribes a family as a whole.
    package func request(_ stream: CoinExStream) -> CoinExV1Request {
        switch stream {
        case .depth: .subscribeDepth(depth)
        case .deals: .subscribeDeals(deals)
        case .state: .subscribeStates(states)
        case .kline: .subscribeKlines(market: klineMarket, klinePeriod)
        case .index: .subscribeIndexes(indexes)
        case .order: .subscribeOrders(orders)
        case .ownDeals: .subscribeOwnDeals(ownDeals)
        case .asset: .subscribeAssets(coins)
        case .notice: .subscribeNotices
        }
    }
}

/// Writes what a session wants to call, with lists and secrets that the session does not know.
package struct CoinExV1Caller: ~Copyable {
    private let subscriptions: CoinExV1Subscriptions
    private let credentials: CoinExCredentials?
    private var writer = CoinExV1RequestWriter()

    package init(_ subscriptions: CoinExV1Subscriptions, _ credentials: CoinExCredentials? = nil) {
        self.subscriptions = subscriptions
        self.credentials = credentials
    }

    /// Appends the message of a call.
    ///
    /// - Parameter venueTime: the venue's time, which a signature must be within a minute of.
    /// - Returns: false when the message would be too long for the venue: too many markets.
    package mutating func write(
        _ call: CoinExSessionCall, id: Int64, venueTime: Instant, to buffer: inout WireBuffer
    ) -> Bool {
        writer.write(request(call, venueTime), id: id, to: &buffer)
    }

    private mutating func request(_ call: CoinExSessionCall, _ venueTime: Instant) -> CoinExV1Request {
        switch call {
        case .ping: return .ping
        case .subscribe(let stream): return subscriptions.request(stream)
        case .sign:
            guard let credentials else { preconditionFailure("a session that signs has a key") }
            return .signing(credentials, milliseconds: venueTime.nanoseconds / 1_000_000)
        }
    }
}

extension CoinExV1Request {
    /// The call that signs: the digest of `access_id=…&tonce=…&secret_key=…`, as for requests of REST.
    package static func signing(_ credentials: CoinExCredentials, milliseconds: Int64) -> CoinExV1Request {
        var digester = Digester(.md5)
        func add(_ text: String, _ digester: inout Digester) {
            var text = text
            text.withUTF8 { digester.add(UnsafeRawBufferPointer($0)) }
        }
        digester.add("access_id=" as StaticString)
        add(credentials.accessID, &digester)
        digester.add("&tonce=" as StaticString)
        add(String(milliseconds), &digester)
        digester.add("&secret_key=" as StaticString)
        digester.add(credentials.secret)
        let digest = digester.finish { Hexadecimal.text($0, .upper) }
        return .sign(accessID: credentials.accessID, digest: digest, milliseconds: milliseconds)
    }
}
