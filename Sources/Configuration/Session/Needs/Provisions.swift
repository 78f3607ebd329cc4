import MarketModel
import StrategyKit

/// What there is at venues for strategies that need it.
///
/// The one table of what venues can: `check` compares strategies with it, and says where there is what is lacking.
enum Provisions {
    /// What a stream brings.
    static func data(of stream: SourceStream) -> [StrategyNeeds.Data] {
        switch stream {
        case .quotes: [.quotes]
        case .trades, .aggregateTrades: [.trades]
        case .book, .top: [.book, .quotes]
        case .tickers: [.tickers]
        case .marks: [.optionMarks]
        }
    }

    /// What a source brings with some streams.
    static func data(of streams: [SourceStream]) -> [StrategyNeeds.Data] { streams.flatMap { data(of: $0) } }
}

extension VenueName {
    /// What the venue tells of each market; a session takes all of it.
    var data: [StrategyNeeds.Data] {
        switch self {
        case .coinex: [.quotes, .trades, .book, .tickers]
        }
    }

    /// What orders it takes; the simulated venue takes the same.
    var orders: [StrategyNeeds.Order] {
        switch self {
        case .coinex: StrategyNeeds.Order.allCases
        }
    }
}

extension DataSettings {
    /// What a market of the session brings; nil where only the data themselves can tell.
    func data(
        of market: MarketSettings, _ sources: [SourceSettings], _ venue: VenueName
    ) -> [StrategyNeeds.Data]? {
        switch self {
        case .recording: nil
        case .synthetic:
            market.source == .binanceOptions && market.follows != nil
                ? [.optionMarks] : [.quotes, .trades, .book]
        case .venue:
            switch market.source {
            case nil: venue.data
            case let source?:
                sources.first { $0.venue == source }.map { Provisions.data(of: $0.streams) }
            }
        }
    }
}
