import MarketModel
import StrategyKit
import TradingCore

/// The strategies of the file, as far as they could be read, each with its label.
struct StrategyList {
    let selections: [StrategySelection]
    let drafts: [StrategyDraft]
    /// The markets that any of the strategies trades.
    let tradedMarkets: Set<String>
    /// The markets that any of them reads without trading in them.
    let watchedMarkets: Set<String>
    /// Whether all strategies and their markets could be read, so that no other market is traded.
    let isComplete: Bool

    init(
        _ top: Section, _ descriptions: [StrategyDescription], _ markets: MarketList, _ limits: RiskLimits,
        isForVenue: Bool
    ) {
        let item = Format<StrategyDraft>.section {
            StrategyDraft($0, descriptions, markets, limits, isForVenue: isForVenue)
        }
        let read = top.required("strategies", .list(of: item, count: 1...StrategyID.strategiesMax))
        let drafts = read ?? []
        self.drafts = drafts
        tradedMarkets = Set(drafts.flatMap(\.markets))
        watchedMarkets = Set(drafts.flatMap(\.watched))
        isComplete = read != nil && drafts.allSatisfy { !$0.markets.isEmpty }
        selections = Self.selections(drafts)
    }

    private static func selections(_ drafts: [StrategyDraft]) -> [StrategySelection] {
        var labels = givenLabels(drafts)
        return drafts.compactMap { draft in
            guard let description = draft.description else { return nil }
            let label = draft.label?.value ?? freeLabel(description.name, &labels)
            return StrategySelection(
                description: description, label: label, markets: draft.markets, watched: draft.watched,
                parameters: draft.parameters, risk: draft.risk)
        }
    }

    /// The labels of the file; one that occurs twice is an error.
    private static func givenLabels(_ drafts: [StrategyDraft]) -> Set<String> {
        var first: [String: Placed<String>] = [:]
        for label in drafts.compactMap(\.label) {
            if let earlier = first[label.value] {
                label.refuse("is '\(label.value)', the name of '\(earlier.path)' already")
            } else {
                first[label.value] = label
            }
        }
        return Set(first.keys)
    }

    /// The name of the strategy, with the least number behind it that makes it unique.
    private static func freeLabel(_ name: String, _ labels: inout Set<String>) -> String {
        var label = name
        var number = 1
        while !labels.insert(label).inserted {
            number += 1
            label = "\(name)-\(number)"
        }
        return label
    }
}
