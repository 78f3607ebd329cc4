import MarketModel
import Quantities

// Whether the connection is alive, and what to do when a part of it is not.

extension CoinExSession {
    /// A push came; for books name the market only when the push has kept its book up.
    package mutating func heard(_ stream: CoinExStream, _ market: MarketID?, at now: Instant) {
        watch.heard(stream, market, at: now)
    }

    /// The venue took an order by REST, and its stream must tell of it: one that rests, or that traded.
    ///
    /// Not for orders of which the venue tells nothing, such as immediate ones that found nothing to trade with.
    package mutating func acknowledged(_ order: OrderID, at now: Instant) {
        guard isReady else { return }
        watch.expect(order, at: now)
    }

    /// The private stream has told of an order; also before the venue's answer, which then expects nothing.
    package mutating func pushed(_ order: OrderID) { watch.heard(order) }

    /// The book of a market is not the venue's: all are asked for anew, but not too often.
    package mutating func bookDamaged(_ market: MarketID, at now: Instant) -> [CoinExSessionAction] {
        guard isUp else { return [] }
        return [.tell(.bookDamaged(market))] + resync(at: now)
    }

    /// Subscribes the books anew, now or as soon as that may be.
    private mutating func resync(at now: Instant) -> [CoinExSessionAction] {
        switch state {
        case .subscribing, .reconciling, .ready: break
        case .idle, .pausing, .connecting, .signing, .leaving: return []
        }
        guard settings.streams.contains(.depth), !calls.contains({ $0 == .subscribe(.depth) }),
            !retries.contains(where: { $0.stream == .depth }), watch.mayResync(at: now)
        else { return [] }
        return subscribe(.depth, at: now)
    }

    /// Looks after everything that is watched.
    mutating func watched(at now: Instant) -> [CoinExSessionAction] {
        if let order = watch.silentOrder(at: now) { return [.tell(.orderNotPushed(order))] + leave() }
        if watch.isStateSilent(at: now) { return [.tell(.streamSilent(.state, nil))] + leave() }
        var actions: [CoinExSessionAction] = []
        while let (market, strikes) = watch.takeFrozenBook(at: now) {
            actions.append(.tell(.streamSilent(.depth, market)))
            // Once may be the subscription; twice is the connection.
            if strikes > 1 { return actions + leave() }
            actions += resync(at: now)
        }
        if let market = watch.takeMissingBook(at: now) {
            actions.append(.tell(.streamSilent(.depth, market)))
            actions += resync(at: now)
        }
        if watch.takeResyncDue(at: now) { actions += resync(at: now) }
        if watch.takePing(at: now) { actions += ping(at: now) }
        return actions
    }
}
