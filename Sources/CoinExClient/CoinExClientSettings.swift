import CoinExVenue
import MarketModel
import Quantities
import VenueKit

/// Where the venue is, who we are, and what the client may use of time and memory.
public struct CoinExClientSettings: Sendable {
    /// Which generation of the interface is spoken; requests and calls of the other are not sent.
    public let api: CoinExAPI
    /// The address of REST. Plain `http` is taken for this machine only.
    public var url: String
    /// The address of the streams. Plain `ws` is taken for this machine only.
    public var socketURL: String
    /// A file of PEM certificates to trust instead of the system's; certificates are always verified.
    public var authorities: String?
    /// Nil for what needs no signature.
    public var credentials: CoinExCredentials?
    /// Variables such as `https_proxy` and `no_proxy`; see the documentation. Without any there is no proxy.
    public var environment: [String: String] = [:]
    /// From the moment a request may go to the last byte of its answer.
    public var requestTimeout = Interval.seconds(10)
    /// Requests that wait for their group's window or for a connection; more are refused at once.
    public var waitingMax = 1_024
    /// Requests under way at a time, each on a connection of its own.
    public var connectionsMax = 4
    /// How much longer our windows are than the venue's; see `VenueLimits.pacingMargin`.
    public var pacingMargin = Interval.milliseconds(50)
    /// Limits of groups that are not as the venue's table says.
    public var limits: [CoinExRateGroup: RateLimit] = [:]
    /// What a stream may have waiting for its reader; when there is more, the stream ends with an error.
    public var streamEventsMax = 4_096
    /// How long the answer to a call of a stream may take.
    public var callTimeout = Interval.seconds(10)

    /// The time of day; tests have one of their own.
    package var wallClock: @Sendable () -> Instant = { WallClock.now }

    /// - Parameter api: its addresses are those of the venue.
    public init(api: CoinExAPI = .v1) {
        self.api = api
        url = api.url
        socketURL = api.socketURL
    }
}
