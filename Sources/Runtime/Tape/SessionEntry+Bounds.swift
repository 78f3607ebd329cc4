import Configuration
import MarketModel
import Quantities
import TradingCore
import VenueKit

extension SessionEntry {
    /// The markets and assets that a session has: an entry that names others is not of this session.
    struct Bounds: Equatable {
        let markets: Int
        let assets: Int
        let strategies: Int

        init(markets: Int, assets: Int, strategies: Int = 1) {
            self.markets = markets
            self.assets = assets
            self.strategies = strategies
        }

        init(_ parts: SessionParts) {
            self.init(
                markets: parts.table.markets.count, assets: parts.table.assets.count,
                strategies: parts.configuration.strategies.count)
        }

        /// Throws when an input names what the session does not have. Decisions are only compared.
        func check(_ entry: SessionEntry) throws(TapeFieldError) {
            switch entry {
            case .start, .advance, .stop, .end, .halt, .resume, .pause, .decision: return
            case .event(let event): try check(event)
            case .fact(let fact, _): try check(fact)
            case .adopt(let adoption): try check(adoption.found.ticket.market)
            case .carry(let carry):
                try check(carry.market)
                if Int(carry.strategy.index) >= strategies { throw .unknownCode("strategy") }
            }
        }

        private func check(_ event: MarketEvent) throws(TapeFieldError) {
            switch event {
            case .quote(let quote): try check(quote.market)
            case .trade(let trade): try check(trade.market)
            case .level(let change): try check(change.market)
            case .reset(let reset): try check(reset.market)
            case .ticker(let ticker): try check(ticker.market)
            case .optionMark(let mark): try check(mark.market)
            case .connection: return
            }
        }

        private func check(_ fact: VenueFact) throws(TapeFieldError) {
            switch fact {
            case .deal(let deal):
                try check(deal.market)
                try check(deal.feeAsset)
            case .balance(let balance): try check(balance.asset)
            case .orderPause(let fact):
                // Longer ones are told by no venue, and moments beyond them may be none.
                guard fact.pause >= .zero, fact.pause <= .minutes(1_440) else { throw .unknownCode("pause") }
            case .accepted, .refused, .progress, .actionRefused, .outcomeUnknown, .neverSent, .absent,
                .rateLimited:
                return
            }
        }

        private func check(_ market: MarketID) throws(TapeFieldError) {
            if Int(market.index) >= markets { throw .unknownCode("market") }
        }

        private func check(_ asset: AssetID) throws(TapeFieldError) {
            if Int(asset.index) >= assets { throw .unknownCode("asset") }
        }
    }
}
