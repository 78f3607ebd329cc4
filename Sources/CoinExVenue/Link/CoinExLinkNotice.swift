import MarketModel
import Quantities

/// What there is to know of a link beyond orders and markets.
public struct CoinExLinkNotice: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case session(CoinExSessionFault)
        case orders(CoinExNotice)
        /// The venue's clock is ahead of ours by so much, give or take the other: allowed for, and worth to be set
        /// right.
        case clockOff(Interval, uncertainty: Interval)
        /// The venue does not tell its time.
        case clockUnknown
        /// A message of the socket that cannot be read.
        case unreadable(CoinExFeedError)
        /// The subscription of a family is longer than a message may be: too many markets.
        case subscriptionTooLong(CoinExStream)
        /// Orders of other programs stand in the account; they are left alone.
        case foreignOrders(Int)
        /// Trades of a gap in the connection were not told: too many, or the venue did not answer.
        case tradesMissed(MarketID)
        /// Little is left of a quota of hours, so orders are sent so far apart; nil where they need not be any more.
        case quota(CoinExQuota.LongPeriod?, pause: Interval)
        /// More notices came than were taken.
        case dropped(Int)
    }

    package let kind: Kind
}

extension CoinExLinkNotice: CustomStringConvertible {
    public var description: String {
        switch kind {
        case .session(let fault): "connection: \(fault)"
        case .orders(let notice): "orders: \(notice)"
        case .clockOff(let offset, let uncertainty):
            "the venue's clock is \(seconds(offset)) s ahead of ours, give or take \(seconds(uncertainty)) s: "
                + "requests are signed with the venue's time; set the clock of this machine"
        case .clockUnknown: "the venue does not tell its time: requests are signed with our own"
        case .unreadable(let error): "a message cannot be read: \(error)"
        case .subscriptionTooLong(let stream): "too many markets for one subscription of \(stream)"
        case .foreignOrders(let count): "\(count) orders of others stand in the account and are left alone"
        case .tradesMissed(let market):
            "trades of market \(market.index) were missed in a gap of the connection"
        case .quota(let period?, let pause):
            "\(period.remaining) requests are left of the venue's quota of \(period.hours) h: orders are sent "
                + "\(seconds(pause)) s apart, cancels as they come"
        case .quota(nil, _): "enough is left of the venue's quotas of hours: orders are sent as they come"
        case .dropped(let count): "\(count) notices were dropped"
        }
    }

    /// To the millisecond.
    private func seconds(_ interval: Interval) -> Double {
        Double(interval.nanoseconds / 1_000_000) / 1_000
    }
}
