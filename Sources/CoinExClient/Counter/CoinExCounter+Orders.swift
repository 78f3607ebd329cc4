import CoinExVenue
import MarketModel
import Quantities

extension CoinExCounter {
    /// The most rows of a page.
    private static let pageMax: Int64 = 100

    /// All rows of a long list, page by page, up to a limit.
    private func rows<Row>(
        _ limit: Int,
        _ page: (_ number: Int64, _ size: Int64) async throws(CoinExClientError) -> (
            rows: [Row], hasNext: Bool
        )
    ) async throws(CoinExClientError) -> [Row] {
        var rows: [Row] = []
        var number: Int64 = 1
        while rows.count < limit {
            let reply = try await page(number, min(Self.pageMax, Int64(limit)))
            rows += reply.rows
            guard reply.hasNext, !reply.rows.isEmpty else { break }
            number += 1
        }
        return Array(rows.prefix(limit))
    }

    // MARK: - Lists

    /// Resting orders, of all markets without one; at most `limit`.
    package func restingOrders(
        _ market: String?, named name: String? = nil, limit: Int
    ) async throws(CoinExClientError) -> [CoinExOrderRow] {
        try await rows(limit) { page, size async throws(CoinExClientError) in
            switch client.api {
            case .v1:
                let reply = try await client.send(
                    CoinExV1.pendingOrders(market, clientID: name, page: page, limit: size))
                return (reply.rows.map { CoinExOrderRow($0) }, reply.hasNext)
            case .v2:
                let reply = try await client.send(
                    CoinExV2.pendingOrders(market, clientID: name, page: page, limit: size))
                return (reply.rows.map { CoinExOrderRow($0, isOver: false) }, reply.hasNext)
            }
        }
    }

    /// Orders that have ended; in the first generation only those with a fill.
    package func finishedOrders(
        _ market: String?, named name: String? = nil, limit: Int
    ) async throws(CoinExClientError) -> [CoinExOrderRow] {
        try await rows(limit) { page, size async throws(CoinExClientError) in
            switch client.api {
            case .v1:
                let reply = try await client.send(
                    CoinExV1.finishedOrders(market, clientID: name, page: page, limit: size))
                return (reply.rows.map { CoinExOrderRow($0) }, reply.hasNext)
            case .v2:
                let reply = try await client.send(
                    CoinExV2.finishedOrders(market, clientID: name, page: page, limit: size))
                return (reply.rows.map { CoinExOrderRow($0, isOver: true) }, reply.hasNext)
            }
        }
    }

    /// Stop orders that wait.
    package func waitingStops(
        _ market: String?, limit: Int
    ) async throws(CoinExClientError) -> [CoinExStopRow] {
        try await rows(limit) { page, size async throws(CoinExClientError) in
            switch client.api {
            case .v1:
                let reply = try await client.send(
                    CoinExV1.pendingStops(market, page: page, limit: size))
                return (reply.rows.map { CoinExStopRow($0) }, reply.hasNext)
            case .v2:
                let reply = try await client.send(
                    CoinExV2.pendingStops(market, page: page, limit: size))
                return (reply.rows.map { CoinExStopRow($0, isOver: false) }, reply.hasNext)
            }
        }
    }

    /// Stop orders that wait no more.
    package func finishedStops(
        _ market: String?, limit: Int
    ) async throws(CoinExClientError) -> [CoinExStopRow] {
        try await rows(limit) { page, size async throws(CoinExClientError) in
            switch client.api {
            case .v1:
                let reply = try await client.send(CoinExV1.firedStops(market, page: page, limit: size))
                return (reply.rows.map { CoinExStopRow($0) }, reply.hasNext)
            case .v2:
                let reply = try await client.send(CoinExV2.finishedStops(market, page: page, limit: size))
                return (reply.rows.map { CoinExStopRow($0, isOver: true) }, reply.hasNext)
            }
        }
    }

    /// Own deals, the newest first.
    ///
    /// - Parameter market: nil for all, in the first generation only: the second lists deals by market.
    package func ownDeals(
        _ market: String?, limit: Int
    ) async throws(CoinExClientError) -> [CoinExDealRow] {
        if client.api == .v2, market == nil {
            throw .misconfigured("CoinEx v2 lists deals by market: name one")
        }
        return try await rows(limit) { page, size async throws(CoinExClientError) in
            switch client.api {
            case .v1:
                let reply = try await client.send(CoinExV1.ownDeals(market, page: page, limit: size))
                return (reply.rows.map { CoinExDealRow($0) }, reply.hasNext)
            case .v2:
                let call = CoinExV2.ownDeals(market ?? "", page: page, limit: size)
                let reply = try await client.send(call)
                return (reply.rows.map { CoinExDealRow($0) }, reply.hasNext)
            }
        }
    }

    // MARK: - Cancelling

    package func cancel(_ order: VenueOrderID, in market: String) async throws(CoinExClientError) {
        switch client.api {
        case .v1: _ = try await client.send(CoinExCancelOrder(order, in: market))
        case .v2: _ = try await client.send(CoinExV2.cancel(order, in: market))
        }
    }

    package func cancelStop(_ order: VenueOrderID, in market: String) async throws(CoinExClientError) {
        switch client.api {
        case .v1: _ = try await client.send(CoinExV1.cancelStop(order, in: market))
        case .v2: _ = try await client.send(CoinExV2.cancelStop(order, in: market))
        }
    }

    /// Cancels all orders of a market, those of other programs too.
    package func cancelAll(in market: String) async throws(CoinExClientError) {
        switch client.api {
        case .v1: _ = try await client.send(CoinExV1.cancelAll(market))
        case .v2: _ = try await client.send(CoinExV2.cancelAll(market))
        }
    }

    /// Cancels all waiting stop orders of a market; the second generation has no request for that, so it is done one by
    /// one, for at most `stopsMax`.
    package func cancelAllStops(in market: String) async throws(CoinExClientError) {
        switch client.api {
        case .v1: _ = try await client.send(CoinExV1.cancelAllStops(market))
        case .v2:
            for stop in try await waitingStops(market, limit: Self.stopsMax) {
                do throws(CoinExClientError) {
                    try await cancelStop(stop.id, in: market)
                } catch .refused(let refusal) where refusal.code.isUnknownOrder {
                    // It has ended by itself meanwhile.
                    continue
                }
            }
        }
    }

    /// Stop orders of a market that are cancelled at once.
    private static let stopsMax = 1_000

    /// Cancels all orders of a name; nil where the venue says no more than that it is done.
    package func cancel(
        named name: String, in market: String
    ) async throws(CoinExClientError) -> [CoinExCancelRow]? {
        switch client.api {
        case .v1:
            let reply: CoinExBatch = try await client.send(CoinExV1.cancel(name, in: market))
            return reply.rows?.map { CoinExCancelRow(order: $0.order?.id, code: $0.code) }
        case .v2:
            return try await client.send(CoinExV2.cancel(named: name, in: market)).rows.map {
                CoinExCancelRow(order: $0.value?.id, code: $0.code)
            }
        }
    }

    /// The same for stop orders that wait.
    package func cancelStops(
        named name: String, in market: String
    ) async throws(CoinExClientError) -> [CoinExCancelRow]? {
        switch client.api {
        case .v1:
            let reply: CoinExBatchCodes = try await client.send(CoinExV1.cancelStop(name, in: market))
            return reply.rows?.map { CoinExCancelRow(order: nil, code: $0.code) }
        case .v2:
            return try await client.send(CoinExV2.cancelStop(named: name, in: market)).rows.map {
                CoinExCancelRow(order: $0.value?.id, code: $0.code)
            }
        }
    }
}

extension CoinExErrorCode {
    /// Whether the venue has no such order, or none that lives.
    package var isUnknownOrder: Bool { consequence == .refused(.venueOrderNotFound) }

    /// Whether the key lacks a permission.
    package var isMissingPermission: Bool {
        switch rawValue {
        case 158, 4158, 4512: true
        default: false
        }
    }
}

// MARK: - Placing

/// An order as whoever sits at a command line wants it.
package struct CoinExOrderWish: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case limit(Price, CoinExOption)
        case market(CoinExUnit)
    }

    package var side: CoinExSide
    package var amount: Amount
    package var kind: Kind
    package var market: String
    package var name: CoinExClientID
    package var isHidden: Bool

    package init(
        _ side: CoinExSide, _ amount: Amount, _ kind: Kind, in market: String, named name: CoinExClientID,
        isHidden: Bool
    ) {
        self.side = side
        self.amount = amount
        self.kind = kind
        self.market = market
        self.name = name
        self.isHidden = isHidden
    }

    fileprivate var terms: CoinExV2OrderTerms {
        let kind: CoinExV2OrderTerms.Kind =
            switch self.kind {
            case .limit(let price, let option): .limit(price, CoinExV2OrderType(option))
            case .market(let unit): .market(unit)
            }
        return CoinExV2OrderTerms(side, amount, kind, in: market, clientID: name, isHidden: isHidden)
    }
}

extension CoinExV2OrderType {
    fileprivate init(_ option: CoinExOption) {
        self =
            switch option {
            case .normal: .limit
            case .immediateOrCancel: .immediateOrCancel
            case .fillOrKill: .fillOrKill
            case .makerOnly: .makerOnly
            }
    }
}

extension CoinExCounter {
    package func place(_ wish: CoinExOrderWish) async throws(CoinExClientError) -> CoinExOrderRow {
        switch client.api {
        case .v1:
            let kind: CoinExPlaceOrder.Kind =
                switch wish.kind {
                case .limit(let price, let option): .limit(price, option)
                case .market(let unit): .market(unit)
                }
            let request = CoinExPlaceOrder(
                wish.side, wish.amount, kind, in: wish.market, clientID: wish.name, isHidden: wish.isHidden)
            return CoinExOrderRow(try await client.send(request))
        case .v2:
            let order = try await client.send(CoinExV2PlaceOrder(wish.terms))
            // What never rests is over when it is answered.
            return CoinExOrderRow(order, isOver: order.type.isImmediate)
        }
    }

    /// - Returns: the number of the stop order, which the first generation does not tell.
    package func placeStop(
        _ wish: CoinExOrderWish, when price: Price
    ) async throws(CoinExClientError) -> VenueOrderID? {
        switch client.api {
        case .v1:
            let kind: CoinExPlaceStop.Kind =
                switch wish.kind {
                case .limit(let price, let option): .limit(price, option)
                case .market(let unit): .market(unit)
                }
            let request = CoinExPlaceStop(
                wish.side, wish.amount, kind, when: price, in: wish.market, clientID: wish.name,
                isHidden: wish.isHidden)
            _ = try await client.send(request)
            return nil
        case .v2:
            return try await client.send(CoinExV2PlaceStop(wish.terms, when: price)).id
        }
    }
}
