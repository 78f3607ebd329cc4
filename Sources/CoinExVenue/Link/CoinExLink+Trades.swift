import MarketModel
import Quantities
import VenueKit

// Trades of a market that were missed in a gap of the connection.

extension CoinExLink {
    /// Asks for what a subscription did not reach back to. Trades that come meanwhile wait.
    mutating func askForTrades(at now: Instant, _ output: inout LinkOutput) {
        for gap in feed.markets.takeGaps() {
            if queries.count < CoinExOwnQuery.queriesBeforeTradesMax {
                begin(.trades(gap), at: now)
            } else {
                giveUp(gap, at: now, &output)
            }
        }
        sendDue(at: now, &output)
    }

    mutating func takeTrades(
        _ outcome: RequestOutcome, _ gap: CoinExTradeGap, at now: Instant, _ output: inout LinkOutput
    ) -> CoinExQueryEnd {
        let end = CoinExOutcome(outcome, .query, .market, at: now)
        guard case .reply(let trades) = executor.readTrades(end, of: gap.market, &output.facts) else {
            return .failed
        }
        // A full list may have left out the oldest.
        if trades.count >= CoinExMarketDeals.dealsMax { tell(.tradesMissed(gap.market)) }
        feed.markets.fill(gap, with: trades, at: now, into: &output.events)
        return .done
    }

    /// The question failed: it is asked once more, for the trades that wait must not wait for long.
    mutating func takeNoTrades(
        _ gap: CoinExTradeGap, _ query: CoinExOwnQuery, at now: Instant, _ output: inout LinkOutput
    ) {
        guard query.failures + 1 < CoinExOwnQuery.tradeAttemptsMax else {
            return giveUp(gap, at: now, &output)
        }
        begin(.trades(gap), at: now)
        queries[queries.count - 1].failures = query.failures + 1
    }

    private mutating func giveUp(
        _ gap: CoinExTradeGap, at now: Instant, _ output: inout LinkOutput
    ) {
        tell(.tradesMissed(gap.market))
        feed.markets.fill(gap, with: [], at: now, into: &output.events)
    }
}
