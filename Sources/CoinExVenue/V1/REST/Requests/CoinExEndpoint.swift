import Quantities
import VenueKit
import WireCodecs

/// A method of HTTP as the venue uses it.
public enum CoinExMethod: String, Sendable {
    case get = "GET"
    case post = "POST"
    case put = "PUT"
    case delete = "DELETE"

    /// As it is signed.
    var name: StaticString {
        switch self {
        case .get: "GET"
        case .post: "POST"
        case .put: "PUT"
        case .delete: "DELETE"
        }
    }

    var wire: StaticString {
        switch self {
        case .get: "GET "
        case .post: "POST "
        case .put: "PUT "
        case .delete: "DELETE "
        }
    }

    /// Whether parameters travel in a JSON body; otherwise in the query.
    var hasBody: Bool {
        switch self {
        case .post, .put: true
        case .get, .delete: false
        }
    }
}

/// The endpoint groups that share a rate limit; see the venue's tables of 2022-06 and 2024-04.
public enum CoinExRateGroup: String, CaseIterable, Sendable {
    /// No limit but that of the address.
    case market
    case place
    case cancel
    case batch
    case query
    case history
    case account
    case loan

    /// Per account; nil where only the address is limited.
    public func limit(in api: CoinExAPI) -> RateLimit? {
        switch api {
        case .v1: limitV1
        case .v2: limitV2
        }
    }

    private var limitV1: RateLimit? {
        switch self {
        case .market: nil
        case .place, .cancel: RateLimit(requests: 60, window: .seconds(2))
        case .query: RateLimit(requests: 100, window: .seconds(2))
        case .batch, .history, .account: RateLimit(requests: 20, window: .seconds(2))
        case .loan: RateLimit(requests: 5, window: .seconds(5))
        }
    }

    /// A request that places or cancels several orders is charged for each of them.
    private var limitV2: RateLimit? {
        switch self {
        case .market: nil
        case .place: RateLimit(requests: 30, window: .seconds(1))
        case .cancel: RateLimit(requests: 60, window: .seconds(1))
        case .batch: RateLimit(requests: 40, window: .seconds(1))
        case .query: RateLimit(requests: 50, window: .seconds(1))
        case .history, .account, .loan: RateLimit(requests: 10, window: .seconds(1))
        }
    }

    /// All requests of one address together.
    public static let address = RateLimit(requests: 400, window: .seconds(1))
}

/// One endpoint: where it is, what it takes of the rate, and what it answers with.
public struct CoinExEndpoint<Reply: CoinExDecodable>: Sendable {
    public let method: CoinExMethod
    /// Below the base address; `{name}` stands for the part that the request has.
    public let path: StaticString
    public let group: CoinExRateGroup
    public let api: CoinExAPI
    /// Unsigned are the public ones only.
    public let isSigned: Bool

    public init(
        _ method: CoinExMethod, _ path: StaticString, _ group: CoinExRateGroup, in api: CoinExAPI = .v1
    ) {
        self.method = method
        self.path = path
        self.group = group
        self.api = api
        switch group {
        case .market: isSigned = false
        case .place, .cancel, .batch, .query, .history, .account, .loan: isSigned = true
        }
    }
}

extension CoinExEndpoint: CustomStringConvertible {
    /// `POST /order/limit`.
    public var description: String { "\(method.rawValue) \(path)" }
}
