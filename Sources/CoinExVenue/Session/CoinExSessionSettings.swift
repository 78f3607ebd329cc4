import Quantities
import VenueKit

/// What a session subscribes to, and how long it waits for what.
package struct CoinExSessionSettings: Equatable, Sendable {
    /// In the order in which they are subscribed.
    package var streams: [CoinExStream]
    /// Markets whose books are subscribed.
    package var markets: Int
    /// Whether there is a key; without one private streams are left out.
    package var isSigned: Bool

    package var connectTimeout = Interval.seconds(15)
    package var callTimeout = Interval.seconds(10)
    /// The venue answers this call at once; protocol pings it answers wrongly.
    package var pingEvery = Interval.seconds(20)
    /// A ping that is not answered in this time is followed by the next at once: a connection that hears nothing is
    /// found within two intervals of pings.
    package var pongTimeout = Interval.seconds(10)
    /// As many pings without an answer, one after the other, end the connection.
    package var pingsUnansweredMax = 2
    /// A market whose book has had no update for so long is frozen; the venue sends each whole once a minute.
    package var bookSilenceMax = Interval.seconds(75)
    /// A subscription begins with the whole book of each market: one that has not come in so long is asked for again,
    /// ever more slowly.
    package var bookStartMax = Interval.seconds(10)
    package var bookStartPauseMax = Interval.seconds(40)
    /// The statistics of all markets, which change all the time.
    package var stateSilenceMax = Interval.seconds(60)
    /// An order that the venue has taken must be heard of on the private stream within this time.
    package var canaryTimeout = Interval.seconds(5)
    /// Books are asked for anew at most so often in a minute.
    package var resyncsPerMinute = 3
    /// A call that failed for a passing reason is repeated so often.
    package var attemptsMax = 3
    /// The first pause before a call or a query is repeated; it doubles up to `retryPauseMax`.
    package var retryPause = Interval.seconds(1)
    package var retryPauseMax = Interval.seconds(30)
    /// How long to stay away when the venue refuses the signature or a subscription.
    package var refusalPause = Interval.seconds(60)
    /// How long to stay away when the venue says that calls came too quickly.
    package var tooQuickPause = Interval.seconds(10)
    package var reconnection = ReconnectionTiming()

    package init(streams: [CoinExStream], markets: Int, isSigned: Bool) {
        self.streams = isSigned ? streams : streams.filter { !$0.isPrivate }
        self.markets = markets
        self.isSigned = isSigned
    }
}
