import MarketModel
import Quantities
import Simulation
import StrategyKit
import VenueKit

/// The JSON Schema (draft 2020-12) of a whole configuration file, for editors that complete and check YAML.
///
/// It is made from the ranges that the reader uses and from the schemas of the strategies. It accepts every
/// file that the reader accepts; what it cannot say, `martlet check` does.
package struct SessionSchema {
    private let strategies: [StrategyDescription]

    /// - Parameter strategies: those that can be selected, at least one.
    package init(_ strategies: [StrategyDescription]) {
        precondition(!strategies.isEmpty, "there are strategies to select")
        self.strategies = strategies
    }

    package var document: JSONTree {
        let head: JSONTree = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "Martlet session",
            "description": "Everything that a session of trading strategies is started with.",
        ]
        let properties = run.with(places).with([
            "strategies": ValueSchema.list(strategy, 1...StrategyID.strategiesMax)
                .about("The strategies that trade, each with its parameters."),
            "risk": risk, "simulation": simulation, "journal": journal, "connection": connection,
        ])
        return head.with(ValueSchema.section(properties, required: ["markets", "strategies"]))
            .with(["$defs": definitions])
    }

    // MARK: - The run and its markets

    private var run: JSONTree {
        [
            "mode": ValueSchema.choice(SessionMode.self)
                .about(
                    "Simulated orders at a pace (paper) or as fast as it goes (backtest), or real ones (live).",
                    default: "paper"),
            "seed": ValueSchema.integer(SessionConfiguration.seeds)
                .about("The seed of everything that is random.", default: 1),
            "duration": ValueSchema.interval
                .about("How much market time the session lasts, from 1ms to 366d; to the end if left out."),
            "pace": ValueSchema.pace
                .about("Market seconds per second on paper, or max for as fast as it goes.", default: 1),
            "venue": ValueSchema.choice(VenueName.self)
                .about("The venue whose rules hold.", default: "coinex"),
        ]
    }

    private var places: JSONTree {
        [
            "limits": limits, "data": data, "venues": venues,
            "markets": ValueSchema.list(market, 1...MarketID.marketsMax)
                .about("The markets of the session; all that are traded share their quote asset."),
            "balances": balances,
        ]
    }

    private var limits: JSONTree {
        let declared = VenueSettings().limits
        return ValueSchema.section([
            "place": ValueSchema.rate.about("Placing and modifying.", default: .text(declared.place.text)),
            "cancel": ValueSchema.rate.about("Cancelling.", default: .text(declared.cancel.text)),
            "batch": ValueSchema.rate
                .about("Several orders in one request.", default: .text(declared.batch.text)),
            "query": ValueSchema.rate.about("Asking after orders.", default: .text(declared.query.text)),
            "total": ValueSchema.rate.about("All requests together.", default: .text(declared.total.text)),
            "cancel_reserve": ValueSchema.integer(0...RateText.requestsMax)
                .about("Requests of the total that only cancels may use."),
            "batch_size": ValueSchema.integer(VenueSettings.batchSizes)
                .about("Orders that one request may carry.", default: .number("\(declared.batchSize)")),
        ]).about("How fast the venue may be asked, such as 60/2s; what is left out is as it declares.")
    }

    private var market: JSONTree {
        ValueSchema.section(
            [
                "name": ValueSchema.name(marks: "_./:-").about("The venue's name, such as BTCUSDT."),
                "base": ValueSchema.name(marks: "_.-").about("What is bought and sold."),
                "quote": ValueSchema.name(marks: "_.-").about("What it is paid in."),
                "tick": ValueSchema.decimal(SyntheticSettings.prices).about("The step of prices."),
                "lot": ValueSchema.decimal(MarketDraft.quantities).about("The step of quantities."),
                "minimum": ValueSchema.decimal(MarketDraft.quantities)
                    .about("The least quantity of an order, a multiple of the lot; the lot if left out."),
                "minimum_notional": ValueSchema.decimal(DecimalBounds<Notional>.zeroOrMore)
                    .about("The least value of an order, in the quote asset.", default: 0),
                "maker_fee": ValueSchema.decimal(MarketDraft.fees)
                    .about(
                        "The fee of a fill that added liquidity, as a share; negative is a rebate.",
                        default: .number("\(MarketDraft.feeDefault)")),
                "taker_fee": ValueSchema.decimal(MarketDraft.fees)
                    .about(
                        "The fee of a fill that took liquidity, as a share.",
                        default: .number("\(MarketDraft.feeDefault)")),
                "start_price": ValueSchema.decimal(SyntheticSettings.prices)
                    .about(
                        "Where its synthetic market begins, in the quote asset; data.synthetic.price otherwise."
                    ),
                "follows": follows,
                "venue": ValueSchema.choice(
                    VenueName.allCases.map(\.rawValue) + SourceVenue.allCases.map(\.rawValue)
                )
                .about("Where its data come from; the venue that is traded at if left out."),
                "symbol": ValueSchema.name(marks: "-_./:")
                    .about("What its 'venue' calls it; its name, without 'VENUE:' in front, if left out."),
            ], required: ["name", "base", "quote", "tick", "lot"])
    }

    private var balances: JSONTree {
        [
            "type": "object",
            "additionalProperties": ValueSchema.decimal(DecimalBounds<Amount>.zeroOrMore),
            "description": "Paper money by asset; 100000 of each quote asset if left out.",
        ]
    }

    // MARK: - Strategies

    private var strategy: JSONTree {
        let properties: JSONTree = [
            "strategy": strategyNames,
            "name": ValueSchema.name(marks: "_-")
                .about("Its name in this session; the strategy's own if left out."),
            "markets": ValueSchema.list(ValueSchema.name(marks: "_./:-"), 1...MarketID.marketsMax)
                .with(["uniqueItems": true]).about("Names of the session's markets; all if left out."),
            "watch": ValueSchema.list(ValueSchema.name(marks: "_./:-"), 1...MarketID.marketsMax)
                .with(["uniqueItems": true])
                .about("Names of markets that it reads without trading in them; none if left out."),
            "parameters": ["type": "object"],
            "risk": ValueSchema.section(riskLimits)
                .about("Limits of this strategy, in place of the session's."),
        ]
        let choices = strategies.map { description -> JSONTree in
            [
                "if": [
                    "properties": ["strategy": ["const": .text(description.name)]],
                    "required": ["strategy"],
                ],
                "then": [
                    "properties": ["parameters": ["$ref": .text("#/$defs/\(description.name)")]]
                ],
            ]
        }
        return ValueSchema.section(properties, required: ["strategy"]).with(["allOf": .list(choices)])
    }

    /// The names with their summaries, which editors show beside each choice.
    private var strategyNames: JSONTree {
        let choices = strategies.map { description -> JSONTree in
            let choice: JSONTree = ["const": .text(description.name)]
            return description.summary.isEmpty ? choice : choice.about(description.summary)
        }
        return JSONTree.object([.init(key: "oneOf", value: .list(choices))])
            .about("The kind of strategy.")
    }

    /// The parameters of each strategy.
    private var definitions: JSONTree {
        .object(
            strategies.map { strategy in
                let members = strategy.parameters.map { parameter in
                    let unit = parameter.unit.isEmpty ? "" : " Unit: \(parameter.unit)."
                    return JSONTree.Member(
                        key: parameter.name,
                        value: ValueSchema.parameter(parameter.kind)
                            .about(parameter.help + unit, default: parameter.defaultValue.json))
                }
                return .init(
                    key: strategy.name,
                    value: ValueSchema.section(.object(members)).about("Parameters of \(strategy.name)."))
            })
    }
}
