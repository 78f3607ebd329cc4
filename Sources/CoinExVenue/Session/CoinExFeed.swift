import MarketModel
import Quantities
import VenueKit
import WireCodecs

/// Turns the messages of the venue's socket, of either generation, into market events and facts.
///
/// One message in; what it was comes back, so that the session can be told (`CoinExSession.heard`), and its events
/// and facts are appended. Markets and coins that are not of the session are counted and dropped.
package struct CoinExFeed {
    /// What a message was.
    package enum Arrival {
        /// A push; the market is nil where a stream is not of one.
        case push(CoinExStream, MarketID?)
        /// The book of a market is damaged: it has been reset, and must be asked for anew.
        case damaged(MarketID)
        /// An answer to a call, to be matched by its id; without a failure when it was carried out.
        case reply(id: Int64, CoinExCallFailure?)
        case foreign
    }

    package let api: CoinExAPI
    /// The one of them that is the generation's is used.
    var v1 = CoinExV1StreamDecoder()
    var v2 = CoinExV2StreamDecoder()
    package var markets: CoinExMarketFeed
    package var orders: CoinExOwnOrders
    /// By how much the venue's clock is ahead of ours: for pushes that do not say when.
    package var clockOffset = Interval.zero
    /// Names of orders that say nothing.
    package var gaps = CoinExTapeGaps()
    /// Pushes of markets, coins and accounts that are not of the session.
    package internal(set) var foreignPushes = 0
    private let marketNames: NameIndex
    let assetNames: NameIndex
    private let naming: CoinExOrderNaming
    let account: Int64

    /// - Parameters:
    ///   - naming: how this run names its orders; those of other runs and others are nobody's.
    ///   - limit: the levels per side that books are subscribed with.
    ///   - account: whose balances and orders count: 0 for spot.
    package init(
        _ table: MarketTable, _ naming: CoinExOrderNaming, limit: Int = 20, account: Int64 = 0,
        api: CoinExAPI = .v1
    ) {
        self.api = api
        markets = CoinExMarketFeed(markets: table.markets.count, limit: limit)
        orders = CoinExOwnOrders(table)
        marketNames = NameIndex(table.markets.map(\.name))
        assetNames = NameIndex(table.assets)
        self.naming = naming
        self.account = account
    }

    /// Takes one message. On error nothing has been appended and nothing has changed.
    package mutating func receive(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, events: inout [MarketEvent],
        facts: inout [VenueFact]
    ) throws(CoinExFeedError) -> Arrival {
        switch api {
        case .v1: try receiveV1(bytes, at: now, &events, &facts)
        case .v2: try receiveV2(bytes, at: now, &events, &facts)
        }
    }

    // MARK: - What the generations have in common

    mutating func market(_ name: UnsafeBufferPointer<UInt8>) -> MarketID? {
        guard let number = marketNames.number(of: name) else {
            foreignPushes += 1
            return nil
        }
        return MarketID(number)
    }

    mutating func receive(
        _ news: CoinExDepthNews, _ levels: [CoinExBookLevel], at now: Instant,
        _ events: inout [MarketEvent]
    ) -> Arrival {
        switch markets.receive(news, levels, at: now, into: &events) {
        case .replaced, .changed: .push(.depth, news.market)
        // Nothing that keeps a book up: a stream of only such is as good as silent.
        case .old, .waiting: .push(.depth, nil)
        case .damaged: .damaged(news.market)
        }
    }

    /// The order of this run that a client id names.
    func ownOrder(named name: UnsafeBufferPointer<UInt8>) -> OrderID? {
        guard let named = naming.order(named: name), named.run == naming.run,
            !gaps.contains(named.order), !gaps.isDoubtful(named.order)
        else { return nil }
        return named.order
    }
}

/// Why a message cannot be read, in the terms of its generation.
package enum CoinExFeedError: Error, Equatable, Sendable {
    case v1(CoinExV1StreamError)
    case v2(CoinExV2StreamError)
    /// It is packed, and what it was packed from cannot be had back.
    case damagedPacking

    /// What the message belongs to; nil where that could not be read.
    package var stream: CoinExStream? {
        switch self {
        case .v1(let error): error.method?.stream
        case .v2(let error): error.push?.stream
        case .damagedPacking: nil
        }
    }
}

extension CoinExFeedError {
    /// Bytes before the offending one.
    package var offset: Int {
        switch self {
        case .v1(let error): error.offset
        case .v2(let error): error.offset
        case .damagedPacking: 0
        }
    }
}

extension CoinExFeedError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .v1(let error): error.description
        case .v2(let error): error.description
        case .damagedPacking: "a packed message is damaged"
        }
    }
}
