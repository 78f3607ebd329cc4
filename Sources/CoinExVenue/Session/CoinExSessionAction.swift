import MarketModel

/// What a session asks of its driver.
package enum CoinExSessionAction: Equatable, Sendable {
    /// Open a connection, and report `connected` or `disconnected`.
    case connect
    /// Close the connection; `disconnected` is still reported.
    case close
    /// Send this call under this id, and report its reply.
    case call(id: Int64, CoinExSessionCall)
    /// Ask by REST, make facts of the answer, then report `queried`. An answer that fails is not an empty one.
    case query(id: UInt64, CoinExSessionQuery)
    case announce(ConnectionChange.State)
    /// No book is kept up until its next whole update: `CoinExMarketFeed.distrustBooks`.
    case distrustBooks
    /// The next trades of each market are history: `CoinExMarketFeed.expectHistory`.
    case expectHistory
    case tell(CoinExSessionFault)
}

/// A call of the venue's socket; the driver knows lists and secrets.
package enum CoinExSessionCall: Equatable, Sendable {
    case sign
    case ping
    /// The whole subscription of a family, which replaces the one before.
    case subscribe(CoinExStream)
}

/// What has to be asked for after a gap, because no stream tells what was before it.
package enum CoinExSessionQuery: Equatable, Sendable {
    case openOrders
    case stopOrders
    case balances
    /// Own deals after this one; 0 for those since the start of the session.
    case ownDeals(after: DealID)
    /// Orders that have ended since the tape ended which the session goes on with.
    case endedOrders
}

/// What went wrong in a session.
package enum CoinExSessionFault: Equatable, Sendable {
    case connectTimeout
    /// No reply came in time.
    case callTimeout(CoinExSessionCall)
    case noPong
    /// The key or the clock is wrong, or the account service is down.
    case signRefused(CoinExCallFailure)
    /// The session goes on without the stream, if it can.
    case streamRefused(CoinExStream, CoinExCallFailure)
    /// Pings are answered and the stream is silent.
    case streamSilent(CoinExStream, MarketID?)
    /// The venue took an order that its stream does not tell of.
    case orderNotPushed(OrderID)
    case bookDamaged(MarketID)
    case queryFailed(CoinExSessionQuery)
}
