import Quantities
import VenueKit

/// What is set about a session with the venue.
package struct BinanceSessionSettings: Sendable {
    package var connectTimeout = Interval.seconds(10)
    /// For how long the answer to a call is waited for.
    package var callTimeout = Interval.seconds(10)
    /// The venue pings: a connection on which nothing came for so long is dead. Three pings of spot.
    package var silenceMax = Interval.seconds(60)
    /// When a connection gets a successor: the venue ends it after 24 hours.
    package var lifetime = Interval.minutes(23 * 60 + 50)
    /// For how long both connections are listened to.
    package var overlap = Interval.seconds(5)
    /// How soon another successor is tried when one failed.
    package var rotationPause = Interval.seconds(30)
    /// How long to stay away when the venue refused what every connection begins with.
    package var refusalPause = Interval.seconds(60)
    /// Calls and pongs together.
    package var messages = RateLimit(requests: 5, window: .seconds(1))
    package var reconnection = ReconnectionTiming()

    /// The most streams of a connection; more are refused.
    package var streamsMax = 1_024

    package static let spot = BinanceSessionSettings()

    package static let options = {
        var settings = BinanceSessionSettings()
        // Pings come every five minutes.
        settings.silenceMax = .minutes(11)
        settings.messages = RateLimit(requests: 10, window: .seconds(1))
        settings.streamsMax = 200
        return settings
    }()

    package init() {}

    /// Streams of one call: a request stays well within what the venue reads at once.
    package static let streamsPerCall = 100

    /// The calls that subscribe to these streams; nil when they are more than a connection has.
    package func subscriptions(to names: [String]) -> [BinanceCall]? {
        guard names.count <= streamsMax else { return nil }
        return stride(from: 0, to: names.count, by: Self.streamsPerCall).map { start in
            .subscribe(Array(names[start..<min(start + Self.streamsPerCall, names.count)]))
        }
    }
}
