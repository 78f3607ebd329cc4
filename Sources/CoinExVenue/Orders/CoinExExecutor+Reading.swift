import MarketModel
import Quantities
import VenueKit
import WireCodecs

// Replies of either generation, read into what they say.

/// A reply that is to be read: what became of its request, and the groups that it was paced by.
struct CoinExOutcome {
    var outcome: RequestOutcome
    /// The engine's group.
    var group: RateGroup
    /// The venue's group.
    var ownGroup: CoinExRateGroup
    var now: Instant

    init(_ outcome: RequestOutcome, _ group: RateGroup, _ ownGroup: CoinExRateGroup, at now: Instant) {
        self.outcome = outcome
        self.group = group
        self.ownGroup = ownGroup
        self.now = now
    }
}

extension CoinExExecutor {
    private mutating func read<Reply: CoinExDecodable>(
        _ type: Reply.Type, _ end: CoinExOutcome, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<Reply> {
        read(type, end.outcome, end.group, end.ownGroup, at: end.now, &facts)
    }

    mutating func readOrder(
        _ end: CoinExOutcome, _ context: CoinExV2OrderContext, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<CoinExOrderReport> {
        switch api {
        case .v1:
            let verdict = read(CoinExOrder.self, end, &facts)
            switch context {
            case .ended: return verdict.map { CoinExOrderReport(cancelled: $0) }
            case .placed, .resting, .asked: return verdict.map { CoinExOrderReport($0) }
            }
        case .v2:
            return read(CoinExV2Order.self, end, &facts).map { CoinExOrderReport($0, context) }
        }
    }

    mutating func readOrders(
        _ end: CoinExOutcome, _ context: CoinExV2OrderContext, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<CoinExRows<CoinExOrderReport>> {
        switch api {
        case .v1:
            read(CoinExPage<CoinExOrder>.self, end, &facts).map { page in
                CoinExRows(rows: page.rows.map { CoinExOrderReport($0) }, hasNext: page.hasNext)
            }
        case .v2:
            read(CoinExV2Page<CoinExV2Order>.self, end, &facts).map { page in
                CoinExRows(rows: page.rows.map { CoinExOrderReport($0, context) }, hasNext: page.hasNext)
            }
        }
    }

    /// The orders of a batch; nil where the venue says no more than that it is done.
    mutating func readBatch(
        _ end: CoinExOutcome, _ context: CoinExV2OrderContext, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<[CoinExRowReport]?> {
        switch api {
        case .v1:
            read(CoinExBatch.self, end, &facts).map { batch in
                batch.rows?.map { row in
                    let order = row.order.map { order in
                        switch context {
                        case .ended: CoinExOrderReport(cancelled: order)
                        case .placed, .resting, .asked: CoinExOrderReport(order)
                        }
                    }
                    return CoinExRowReport(code: row.code, message: row.message, order: order)
                }
            }
        case .v2:
            read(CoinExV2Batch<CoinExV2Order>.self, end, &facts).map { batch in
                batch.rows.map { row in
                    CoinExRowReport(
                        code: row.code, message: row.message,
                        order: row.value.map { CoinExOrderReport($0, context) })
                }
            }
        }
    }

    /// The number of a stop order that was placed; `unknown` where the venue does not tell.
    mutating func readStopNumber(
        _ end: CoinExOutcome, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<VenueOrderID> {
        switch api {
        case .v1: read(CoinExDone.self, end, &facts).map { _ in .unknown }
        case .v2: read(CoinExV2StopNumber.self, end, &facts).map(\.id)
        }
    }

    /// The codes of stop orders that were to be cancelled.
    mutating func readStopCodes(
        _ end: CoinExOutcome, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<[CoinExRefusal]?> {
        switch api {
        case .v1:
            read(CoinExBatchCodes.self, end, &facts).map { batch in
                batch.rows?.map { CoinExRefusal(CoinExErrorCode(rawValue: $0.code), $0.message) }
            }
        case .v2:
            read(CoinExV2Batch<CoinExRawText>.self, end, &facts).map { batch in
                batch.rows.map { CoinExRefusal(CoinExErrorCode(rawValue: $0.code), $0.message) }
            }
        }
    }

    mutating func readStops(
        _ end: CoinExOutcome, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<CoinExRows<CoinExStopReport>> {
        switch api {
        case .v1:
            read(CoinExPage<CoinExStop>.self, end, &facts).map { page in
                CoinExRows(rows: page.rows.map { CoinExStopReport($0) }, hasNext: page.hasNext)
            }
        case .v2:
            read(CoinExV2Page<CoinExV2Stop>.self, end, &facts).map { page in
                CoinExRows(rows: page.rows.map { CoinExStopReport($0) }, hasNext: page.hasNext)
            }
        }
    }

    mutating func readDeals(
        _ end: CoinExOutcome, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<CoinExRows<CoinExDealReport>> {
        switch api {
        case .v1:
            read(CoinExPage<CoinExOwnDeal>.self, end, &facts).map { page in
                CoinExRows(rows: page.rows.map { CoinExDealReport($0) }, hasNext: page.hasNext)
            }
        case .v2:
            read(CoinExV2Page<CoinExV2OwnDeal>.self, end, &facts).map { page in
                CoinExRows(rows: page.rows.compactMap { CoinExDealReport($0) }, hasNext: page.hasNext)
            }
        }
    }

    mutating func readBalances(
        _ end: CoinExOutcome, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<[CoinExBalanceReport]> {
        switch api {
        case .v1:
            read(CoinExTable<CoinExBalance>.self, end, &facts).map { table in
                table.rows.map { row in
                    CoinExBalanceReport(
                        asset: row.name, available: row.value.available, frozen: row.value.frozen)
                }
            }
        case .v2:
            read([CoinExV2Balance].self, end, &facts).map { rows in
                rows.map {
                    CoinExBalanceReport(asset: $0.asset, available: $0.available, frozen: $0.frozen)
                }
            }
        }
    }

    /// The venue's time, to the millisecond.
    /// Trades of a market, the oldest first.
    mutating func readTrades(
        _ end: CoinExOutcome, of market: MarketID, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<[Trade]> {
        switch api {
        case .v1:
            read(CoinExMarketDeals.self, end, &facts).map { list in
                list.deals.reversed().map { deal in
                    Trade(
                        market: market, aggressor: deal.taker, id: DealID(deal.id), price: deal.price,
                        quantity: deal.amount, venueTime: deal.time, receivedAt: end.now)
                }
            }
        case .v2:
            read([CoinExV2MarketDeal].self, end, &facts).map { list in
                list.reversed().map { deal in
                    Trade(
                        market: market, aggressor: deal.side.side, id: deal.id, price: deal.price,
                        quantity: deal.amount, venueTime: deal.createdAt, receivedAt: end.now)
                }
            }
        }
    }

    mutating func readClock(
        _ end: CoinExOutcome, _ facts: inout [VenueFact]
    ) -> CoinExVerdict<Instant> {
        switch api {
        case .v1: read(CoinExTickers<CoinExTicker>.self, end, &facts).map(\.serverTime)
        case .v2: read(CoinExV2Time.self, end, &facts).map(\.time)
        }
    }
}
