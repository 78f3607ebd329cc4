import MarketModel
import Quantities
import StrategyKit

/// Reads a session from the top of a document.
///
/// Sections are read in the order in which they need each other, not in the order of the file: the
/// diagnostics know their places. A section that cannot be understood leaves its default, so that the
/// others can still be read; the errors on record keep such a session from being used.
struct SessionReader {
    private let strategies: [StrategyDescription]
    private let overrides: SessionOverrides
    /// The folder of the file, with the slash at its end; empty for the working directory.
    private let folder: String

    init(file: String, _ strategies: [StrategyDescription], _ overrides: SessionOverrides) {
        precondition(!strategies.isEmpty, "there are strategies to select")
        self.strategies = strategies
        self.overrides = overrides
        folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
    }

    func read(_ top: Section) -> SessionConfiguration? {
        var session = SessionConfiguration(markets: [], strategies: [])
        let isForVenue = readRun(top, &session) == .live
        let isLive = session.mode == .live
        let folder = folder
        session.connection = top.value(
            "connection", .section { ConnectionSettings($0, folder: folder) }, default: session.connection)
        session.venue.read(top, in: session.connection.api)
        session.risk = top.value("risk", .section { RiskSettings($0) }, default: session.risk)
        session.simulation = top.value(
            "simulation", .section { SimulationSettings($0) }, default: session.simulation)
        session.journal = top.value("journal", .section { JournalSettings($0) }, default: session.journal)

        let markets = MarketList(top)
        session.markets = markets.settings
        session.balances = balances(top, markets)
        let selection = StrategyList(
            top, strategies, markets, session.risk.limits, isForVenue: isLive)
        session.strategies = selection.selections
        markets.checkTraded(selection)

        session.sources = SourceList(top, markets, folder: folder).sources
        if isLive, markets.isComplete, !session.markets.contains(where: { $0.source == nil }) {
            top.refuse(
                "markets",
                "are all of venues that bring market data only, and live trading needs one of "
                    + VenueName.allCases.map(\.rawValue).joined(separator: ", "))
        }
        let data = DataDraft(
            top, folder: folder, usual: isForVenue ? .venue : .synthetic,
            insteadOf: overrides.dataFiles)
        data.checkShape(markets)
        session.data = data.settings
        checkMode(top, session)
        NeedsCheck(session: session).check(selection.drafts)
        if session.duration == nil, session.mode == .backtest, case .synthetic = session.data {
            session.duration = SessionConfiguration.syntheticBacktestDuration
        }
        return session
    }

    /// Whether orders and market data go together.
    private func checkMode(_ top: Section, _ session: SessionConfiguration) {
        switch (session.mode, session.data) {
        case (.live, .venue):
            if !session.journal.hasTape {
                top.refuse(
                    "journal", "keeps no tape, and live trading needs one", suggestion: "write tape: true")
            }
        case (.live, .synthetic), (.live, .recording):
            top.refuse(
                top.has("data") ? "data" : "mode", "is not the venue's, and live trading needs that",
                suggestion: "write source: venue")
        case (.backtest, .venue):
            top.refuse(top.has("data") ? "data" : "mode", "is the venue's present: a backtest needs a past")
        case (.paper, _), (.backtest, .synthetic), (.backtest, .recording): break
        }
    }

    /// - Returns: the mode of the file, whatever the command line makes of it.
    private func readRun(_ top: Section, _ session: inout SessionConfiguration) -> SessionMode {
        let mode = top.value("mode", .choice(of: SessionMode.self), default: session.mode)
        session.mode = overrides.mode ?? mode
        let seed = top.value("seed", .int(in: SessionConfiguration.seeds), default: Int(session.seed))
        session.seed = overrides.seed ?? UInt64(seed)
        let duration = top.optional("duration", .interval(in: SessionConfiguration.durations))
        session.duration = overrides.duration ?? duration
        let pace = top.value("pace", .pace, default: session.pace)
        session.pace = overrides.pace ?? pace
        return mode
    }

    /// The paper money in the order of the assets; without the section, some of each quote asset.
    private func balances(_ top: Section, _ markets: MarketList) -> [PaperBalance] {
        guard top.has("balances") else {
            return markets.quotes.map { PaperBalance(asset: $0, amount: PaperBalance.defaultAmount) }
        }
        let format = Format<[PaperBalance]>.section { section in
            // Where a market could not be read, any asset may be one of its own.
            let assets = markets.isComplete ? markets.assets : section.keys
            let balances = assets.compactMap { asset in
                section.optional(asset, .amount(.zeroOrMore)).map { PaperBalance(asset: asset, amount: $0) }
            }
            section.finish("asset")
            return balances
        }
        return top.value("balances", format, default: [])
    }
}
