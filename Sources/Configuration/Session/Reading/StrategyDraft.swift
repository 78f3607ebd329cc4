import MarketModel
import Quantities
import StrategyKit
import TradingCore

/// A strategy of the file, as far as it could be read.
struct StrategyDraft {
    let description: StrategyDescription?
    /// The label that the file gives; nil when it gives none.
    let label: Placed<String>?
    /// The names of its markets; empty when they could not be read.
    let markets: [String]
    /// The names of the markets that it reads without trading in them.
    let watched: [String]
    let parameters: [ParameterSetting]
    let risk: RiskLimits
    let section: Section
    /// Where it names what it trades in, and what it reads.
    let tradedPlaces: [NeedPlace]
    let watchedPlaces: [NeedPlace]

    init(
        _ section: Section, _ descriptions: [StrategyDescription], _ known: MarketList, _ limits: RiskLimits,
        isForVenue: Bool
    ) {
        self.section = section
        let choices = descriptions.map { (name: $0.name, value: $0) }
        let description = section.required("strategy", .choice(among: choices))
        self.description = description
        label = section.optional("name", .placed(.label))
        let watched = Self.markets("watch", section, known)
        self.watched = watched.map(\.value)
        watchedPlaces = watched.map { NeedPlace($0) }
        if section.has("markets") {
            let traded = Self.markets("markets", section, known)
            markets = traded.map(\.value)
            tradedPlaces = traded.map { NeedPlace($0) }
            if isForVenue { Self.refuseSources(traded, known) }
            for market in watched where markets.contains(market.value) {
                market.refuse("is '\(market.value)', which is in 'markets' already")
            }
        } else {
            markets = known.names.filter { name in
                !watched.contains { $0.value == name } && !(isForVenue && known.source(of: name) != nil)
            }
            tradedPlaces = markets.map {
                NeedPlace(market: $0) { section.refuse("markets", $0, suggestion: $1) }
            }
            if markets.isEmpty, known.isComplete, section.has("watch") {
                section.refuse("watch", "leaves no market to trade in")
            }
        }
        if let description {
            let format = Format<[ParameterSetting]>.section { Self.settings($0, description) }
            parameters = section.value("parameters", format, default: [])
        } else {
            // Whose parameters they are is unknown; that the key is right is not.
            _ = section.has("parameters")
            parameters = []
        }
        risk = section.value(
            "risk", .section { RiskLimits(ofStrategy: $0, over: limits) }, default: limits)
    }

    /// What a source brings can be read, and orders go elsewhere.
    private static func refuseSources(_ traded: [Placed<String>], _ known: MarketList) {
        for market in traded {
            guard let source = known.source(of: market.value) else { continue }
            let venues = VenueName.allCases.map(\.rawValue).joined(separator: ", ")
            market.refuse(
                "is '\(market.value)' of \(source.rawValue), which takes no orders here: they go to \(venues)",
                suggestion: "name it in 'watch', or trade it with mode: paper")
        }
    }

    private static func markets(_ key: String, _ section: Section, _ known: MarketList) -> [Placed<String>] {
        let format = Format.list(of: .placed(known.name), count: 1...MarketID.marketsMax)
        let markets = section.optional(key, format) ?? []
        var seen: Set<String> = []
        for market in markets where !seen.insert(market.value).inserted {
            market.refuse("is '\(market.value)', which is in the list already")
        }
        return markets
    }

    private static func settings(
        _ section: Section, _ description: StrategyDescription
    ) -> [ParameterSetting] {
        description.parameters.compactMap { parameter in
            section.optional(parameter.name, .parameter(parameter.kind)).map {
                ParameterSetting(name: parameter.name, value: $0)
            }
        }
    }
}

extension Format where Value == ParameterValue {
    /// The value of a parameter of a strategy.
    static func parameter(_ kind: ParameterKind) -> Format {
        switch kind {
        case .number(let range): Format<Double>.double(in: range).map { .number($0) }
        case .integer(let range): Format<Int>.int(in: range).map { .integer($0) }
        case .flag: Format<Bool>.bool.map { .flag($0) }
        case .interval(let range): Format<Interval>.interval(in: range).map { .interval($0) }
        case .price(let range): Format<Price>.price(.within(range)).map { .price($0) }
        case .quantity(let range): Format<Quantity>.quantity(.within(range)).map { .quantity($0) }
        case .notional(let range): Format<Notional>.notional(.within(range)).map { .notional($0) }
        case .choice(let names):
            Format<String>.choice(among: names.map { ($0, $0) }).map { .choice($0) }
        }
    }
}
