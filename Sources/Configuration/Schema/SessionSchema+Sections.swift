import LiveTrading
import Quantities
import Simulation
import StrategyKit
import TradingCore

extension SessionSchema {
    // MARK: - Data

    var data: JSONTree {
        let files = ValueSchema.list(ValueSchema.line(DataDraft.pathLengthMax), 1...DataSettings.filesMax)
        let needsFiles: JSONTree = [
            "if": ["properties": ["source": ["const": "recording"]], "required": ["source"]],
            "then": ["required": ["files"]],
        ]
        return ValueSchema.section([
            "source": ValueSchema.choice(DataDraft.Source.self)
                .about(
                    "A market made by a seeded crowd, recorded data, or the venue itself.",
                    default: "synthetic"),
            "synthetic": synthetic,
            "files": files.with(["uniqueItems": true])
                .about("Recordings to play in order, relative to this file; with source: recording."),
        ]).with(["dependentRequired": ["files": ["source"]], "allOf": [needsFiles]])
            .about("Where market data comes from.")
    }

    private var synthetic: JSONTree {
        let usual = SyntheticSettings()
        return ValueSchema.section([
            "price": ValueSchema.decimal(SyntheticSettings.prices)
                .about("The price at the start, in the quote asset.", default: .number("\(usual.price)")),
            "order_value": ValueSchema.decimal(SyntheticSettings.orderValues)
                .about(
                    "The mean value of an order, in the quote asset.",
                    default: .number("\(usual.orderValue)")),
            "spread_ticks": ValueSchema.integer(SyntheticSettings.spreadTicksRange)
                .about(
                    "The distance between best bid and ask of a quiet market, in ticks.",
                    default: .number("\(usual.spreadTicks)")),
            "depth_levels": ValueSchema.integer(SyntheticSettings.depthLevelsRange)
                .about("About how many levels stand on each side.", default: .number("\(usual.depthLevels)")),
            "events_per_second": ValueSchema.number(SyntheticSettings.eventsPerSecondRange)
                .about(
                    "Orders, cancels and trades per second of market time.",
                    default: .number(EffectiveText.number(usual.eventsPerSecond))),
            "volatility": ValueSchema.number(SyntheticSettings.volatilityRange)
                .about(
                    "The standard deviation of a year's return: 0.6 is 60 %.",
                    default: .number(EffectiveText.number(usual.volatility))),
            "clustering": ValueSchema.number(SyntheticSettings.clusteringRange)
                .about(
                    "How strongly trades and volatility come in clusters; 0 is not at all.",
                    default: .number(EffectiveText.number(usual.clustering))),
        ]).about("The shape of the synthetic market, the same for each market of the session.")
    }

    /// Of a market, how its synthetic market follows another.
    var follows: JSONTree {
        let usual = FollowSettings(market: "")
        let name = ValueSchema.name(marks: "-_./:")
        return ValueSchema.section(
            [
                "market": name.about("The market of the session whose moves it makes."),
                "over": name.about("For a ratio, the market whose moves it makes the other way round."),
                "lag": ValueSchema.interval
                    .about("How much later it moves, up to 10s.", default: .text("\(usual.lag)")),
                "deviation": ValueSchema.number(FollowSettings.deviations)
                    .about(
                        "How far it strays, as a standard deviation in basis points.",
                        default: .number(EffectiveText.number(usual.deviation))),
                "half_life": ValueSchema.interval
                    .about(
                        "After how long half of the way that it has strayed is gone.",
                        default: .text("\(usual.halfLife)")),
            ], required: ["market"]
        ).about("What its synthetic market follows; an option that follows tells marks, and is not traded.")
    }

    // MARK: - Risk

    var risk: JSONTree {
        ValueSchema.section(
            riskLimits.with([
                "stale_after": ValueSchema.interval
                    .about(
                        "How old the newest data of a market may be before it cannot be read.",
                        default: .text("\(RiskSettings().staleAfter)"))
            ])
        ).about("Limits of each strategy; what is left out is not limited, or has its default.")
    }

    /// The limits that a strategy can have of its own.
    var riskLimits: JSONTree {
        let usual = RiskLimits()
        let quantity = ValueSchema.decimal(DecimalBounds<Quantity>.positive)
        let value = ValueSchema.decimal(DecimalBounds<Notional>.positive)
        return [
            "order_quantity_max": quantity.about("The most that one order may ask for, in the base asset."),
            "order_notional_max": value.about("The most that one order may be worth, in the quote asset."),
            "price_band": ValueSchema.decimal(RiskLimits.priceBands)
                .about("How far from the market a price may be, as a share of it."),
            "open_orders_max": ValueSchema.integer(1...OrderTable.ordersMax)
                .about("Orders that may live at once.", default: .number("\(usual.openOrdersMax)")),
            "position_max": quantity.about("The largest position on either side, in the base asset."),
            "order_rate": ValueSchema.rate.about("Orders that may be placed in a window, such as 50/1s."),
            "refusal_rate": ValueSchema.rate
                .about(
                    "Refusals in a window; one more stops the strategy.",
                    default: .text(usual.refusalRate.text)),
            "needs_fresh_quote": ValueSchema.flag
                .about(
                    "Whether orders need a market that can be read.", default: .flag(usual.needsFreshQuote)),
            "drawdown": ValueSchema.section([
                "warn": value.about("Tells of it."),
                "reduce_only": value.about("Takes orders that reduce the position only."),
                "halt": value.about("Takes no orders."),
                "flatten": value.about("Closes the position."),
            ]).about("Steps that are climbed when profit falls this far below its peak, in the quote asset."),
            "daily_loss": value.about("The loss of a day after which trading halts, in the quote asset."),
        ]
    }

    // MARK: - Simulation and journal

    var simulation: JSONTree {
        let usual = LatencySettings()
        return ValueSchema.section([
            "latency": ValueSchema.section([
                "feed": ValueSchema.interval
                    .about("From the venue's market data to us.", default: .text("\(usual.feed)")),
                "order": ValueSchema.interval
                    .about("From our decision to the venue.", default: .text("\(usual.order)")),
                "response": ValueSchema.interval
                    .about("From the venue's answer to us.", default: .text("\(usual.response)")),
                "jitter": ValueSchema.interval
                    .about("The most that chance adds to each of them.", default: .text("\(usual.jitter)")),
            ]).about("How long messages take, up to 60s each."),
            "queue": ValueSchema.choice(QueueModel.self)
                .about(
                    "How resting orders move up in the queue at their price.",
                    default: .text(SimulationSettings().queue.rawValue)),
        ]).about("How the simulated venue behaves.")
    }

    var connection: JSONTree {
        let usual = ConnectionSettings()
        let path = ValueSchema.line(DataDraft.pathLengthMax)
        return ValueSchema.section([
            "bot": ValueSchema.line(ConnectionSettings.botLengths.upperBound)
                .about(
                    "What names this bot's orders at the venue: 1 to 7 lower case letters and digits.",
                    default: .text(usual.bot)),
            "api": ValueSchema.choice(VenueGeneration.self)
                .about(
                    "Which generation of the venue's interface is spoken.",
                    default: .text(usual.api.rawValue)),
            "rest": ValueSchema.line(Format<String>.lengthMax)
                .about("Where requests go; that of the generation otherwise.", default: .text(usual.rest)),
            "socket": ValueSchema.line(Format<String>.lengthMax)
                .about(
                    "Where streams come from; that of the generation otherwise.",
                    default: .text(usual.socket)),
            "authority": path.about("A file of PEM certificates to trust instead of the system's."),
            "key_file": path.about("A file with the key, of mode 0600; the environment otherwise."),
            "found_orders": ValueSchema.choice(FoundOrderPolicy.self)
                .about(
                    "What is done with orders of earlier runs of this bot.",
                    default: .text(usual.foundOrders.rawValue)),
            "position": ValueSchema.choice(PositionPolicy.self)
                .about(
                    "What a new run begins with: what the strategies held at the end of the last one, or nothing.",
                    default: .text(usual.position.rawValue)),
            "market_rules": ValueSchema.choice(MarketRulesPolicy.self)
                .about(
                    "What is done when tick, lot, minimum or fees are not those that the venue tells.",
                    default: .text(usual.marketRules.rawValue)),
            "withdrawals": ValueSchema.choice(WithdrawalPolicy.self)
                .about(
                    "What is thought of a key that may withdraw: 'doctor' fails, unless the sentence stands here.",
                    default: .text(usual.withdrawals.rawValue)),
            "stop_patience": ValueSchema.interval
                .about("How long own orders may take to end.", default: .text("\(usual.stopPatience)")),
            "audit_every": ValueSchema.interval
                .about(
                    "How often orders and balances are compared with the venue's.",
                    default: .text("\(usual.auditEvery)")),
        ]).about("How the venue is reached, and as whom; the key itself never stands in this file.")
    }

    var journal: JSONTree {
        let usual = JournalSettings()
        return ValueSchema.section([
            "folder": ValueSchema.line(Format<String>.lengthMax)
                .about("Where tapes and ledgers go.", default: .text(usual.folder)),
            "tape": ValueSchema.flag
                .about("Whether every input and decision is written down.", default: .flag(usual.hasTape)),
            "ledger": ValueSchema.flag
                .about(
                    "Whether orders, fills and balances are written down.", default: .flag(usual.hasLedger)),
            "durability": ValueSchema.choice(Durability.self)
                .about("What the tape outlives.", default: .text(usual.durability.rawValue)),
            "lease": ValueSchema.interval
                .about(
                    "How long the session may hang until its guardian takes its orders away; without it there is none."
                ),
        ]).about("What a session writes down, and where.")
    }
}
