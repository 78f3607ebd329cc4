import CoinExVenue
import Configuration
import Exchange
import MarketModel
import Quantities

/// A market of the file as far as it could be read.
struct ExchangeMarketDraft {
    private static let quantities = DecimalBounds<Quantity>.between("0.000000000001", "1000000000")
    private static let prices = DecimalBounds<Price>.between("0.000000000001", "1000000000")
    private static let fees = DecimalBounds<FeeRate>.between("-0.01", "0.1")
    private static let mergesMax = 16

    let name: Placed<String>?
    /// Nil when anything that is required is missing or wrong.
    let definition: MarketDefinition?
    /// What the market plays; nil without a recording.
    let recording: ExchangeRecording?

    /// - Parameter folder: of the file: paths are relative to it.
    init(_ section: Section, folder: String) {
        name = section.required("name", .placed(.coinExMarketName))
        let base = section.required("base", .assetName)
        let quote = section.required("quote", .placed(.assetName))
        let priceDecimals = section.required("price_decimals", .int(in: 0...12))
        let amountDecimals = section.required("amount_decimals", .int(in: 0...12))
        let minimum = section.required("minimum", .quantity(Self.quantities))
        let maker = section.value("maker_fee", .feeRate(Self.fees), default: FeeRate(raw: 2_000_000_000))
        let taker = section.value("taker_fee", .feeRate(Self.fees), default: FeeRate(raw: 2_000_000_000))
        let merges = section.value(
            "merge", .list(of: .price(Self.prices), count: 0...Self.mergesMax), default: [])
        let band = section.optional("price_band", .feeRate(.between("0.0001", "100")))
        let flow = section.optional("flow", .section { FlowDraft($0, folder: folder) })

        if let base, let quote, base == quote.value {
            quote.refuse("is '\(base)' as 'base' is: a market trades one asset for another")
        }
        guard let name, let base, let quote, let priceDecimals, let amountDecimals, let minimum else {
            definition = nil
            recording = nil
            return
        }
        var market = MarketDefinition(
            name: name.value, base: base, quote: quote.value, amountDecimals: amountDecimals,
            priceDecimals: priceDecimals, minimumAmount: minimum)
        market.makerRate = maker
        market.takerRate = taker
        market.mergeSteps = merges
        market.priceBand = band
        if !minimum.isMultiple(of: market.lot) {
            section.refuse("minimum", "is \(minimum), which has more than \(amountDecimals) decimals")
        }
        if let flow {
            market.openingPrice = flow.startPrice
            market.flow = flow.flow(in: market)
        }
        recording = flow?.recording(of: name.value)
        definition = market
    }
}

/// The crowd of a market.
private struct FlowDraft {
    private static let prices = DecimalBounds<Price>.between("0.000000000001", "1000000000")

    let startPrice: Price?
    private let orderValue: Notional
    private let tick: Price?
    private let spreadTicks: Int
    private let depthLevels: Int
    private let eventsPerSecond: Double
    private let volatility: Double
    private let clustering: Double
    private let files: [String]?
    private let pace: Double
    private let repeats: Bool

    /// What belongs to a recording, and what to a crowd.
    private static let ofRecordings = ["pace", "repeat"]
    private static let ofCrowds = [
        "order_value", "tick", "spread_ticks", "depth_levels", "events_per_second", "volatility",
        "clustering",
    ]

    init(_ section: Section, folder: String) {
        files = section.optional(
            "recording", .list(of: .string(length: 1...1_024), count: 1...1_000)
        )?.map { $0.hasPrefix("/") ? $0 : folder + $0 }
        pace = section.value("pace", .double(in: ExchangeRecording.paces), default: 1)
        repeats = section.value("repeat", .bool, default: true)
        let isRecorded = section.has("recording")
        for key in isRecorded ? Self.ofCrowds : Self.ofRecordings where section.has(key) {
            section.refuse(
                key, isRecorded ? "is of a crowd, and this market plays a recording" : "is of a recording")
        }
        let price = Format<Price>.price(Self.prices)
        startPrice =
            isRecorded ? section.optional("start_price", price) : section.required("start_price", price)
        orderValue = section.value(
            "order_value", .notional(.between("0.000001", "1000000000")), default: Notional(2_000))
        tick = section.optional("tick", .price(Self.prices))
        spreadTicks = section.value("spread_ticks", .int(in: 1...1_000), default: 1)
        depthLevels = section.value("depth_levels", .int(in: 5...200), default: 30)
        eventsPerSecond = section.value("events_per_second", .double(in: 0.1...10_000), default: 20)
        volatility = section.value("volatility", .double(in: 0...10), default: 0.6)
        clustering = section.value("clustering", .double(in: 0...0.9), default: 0.6)
    }

    func recording(of market: String) -> ExchangeRecording? {
        guard let files else { return nil }
        var recording = ExchangeRecording(market: market, files: files)
        recording.pace = pace
        recording.repeats = repeats
        return recording
    }

    func flow(in market: MarketDefinition) -> MarketFlow {
        if files != nil { return .replayed }
        return crowd(in: market).map { .synthetic($0) } ?? .clientsOnly
    }

    /// Nil when the price is missing or what an order is worth buys too much to be counted.
    private func crowd(in market: MarketDefinition) -> SyntheticFlow? {
        guard let startPrice else { return nil }
        let quantity: Quantity
        do throws(ArithmeticError) {
            quantity = try orderValue.divided(by: startPrice, .down)
        } catch {
            return nil
        }
        var flow = SyntheticFlow(
            startPrice: startPrice, typicalQuantity: max(quantity.rounded(to: market.lot, .down), market.lot))
        flow.tick = tick
        flow.spreadTicks = spreadTicks
        flow.depthLevels = depthLevels
        flow.eventsPerSecond = eventsPerSecond
        flow.annualVolatility = volatility
        flow.clustering = clustering
        return flow
    }
}

/// An account of the file as far as it could be read.
struct ExchangeAccountDraft {
    let name: Placed<String>?
    let accessID: Placed<String>?
    let key: ExchangeKeySettings?
    let definition: AccountDefinition?
    private let main: Placed<String>?
    private let balances: [(asset: String, section: Section)]

    init(_ section: Section) {
        name = section.required("name", .placed(.label))
        main = section.optional("main", .placed(.label))
        accessID = section.optional("access_id", .placed(.label))
        let secret = section.optional("secret_key", .string(length: 1...200))
        let mayTrade = section.value("may_trade", .bool, default: true)
        let mayWithdraw = section.value("may_withdraw", .bool, default: false)
        let addresses = section.value("addresses", .list(of: .string(), count: 0...50), default: [])
        let discount = section.value("fee_discount", .bool, default: false)
        let fees = DecimalBounds<FeeRate>.between("-0.01", "0.1")
        let maker = section.optional("maker_fee", .feeRate(fees))
        let taker = section.optional("taker_fee", .feeRate(fees))
        let (held, places) = Self.balances(section)
        balances = places

        if accessID != nil, secret == nil { section.refuse("access_id", "has no 'secret_key' beside it") }
        if accessID == nil, secret != nil { section.refuse("secret_key", "has no 'access_id' beside it") }
        guard let name else {
            definition = nil
            key = nil
            return
        }
        var account = AccountDefinition(name: name.value, main: main?.value)
        account.balances = held
        account.paysFeesAtDiscount = discount
        if let maker, let taker { account.rates = FeeRates(maker: maker, taker: taker) }
        if (maker == nil) != (taker == nil) {
            section.refuse(
                maker == nil ? "taker_fee" : "maker_fee", "stands alone: an account has both fees or none")
        }
        definition = account
        if let accessID, let secret {
            key = ExchangeKeySettings(
                account: name.value, accessID: accessID.value, secret: secret, mayTrade: mayTrade,
                mayWithdraw: mayWithdraw, addresses: addresses)
        } else {
            key = nil
        }
    }

    private static func balances(
        _ section: Section
    ) -> (held: [AssetAmount], places: [(asset: String, section: Section)]) {
        guard let open = section.optional("balances", .openSection) else { return ([], []) }
        var held: [AssetAmount] = []
        for asset in open.keys {
            let amounts = DecimalBounds<Amount>.between("0", "1000000000000")
            if let amount = open.required(asset, .amount(amounts)) { held.append(AssetAmount(asset, amount)) }
        }
        open.finish("asset")
        return (held, open.keys.map { ($0, open) })
    }

    /// What is held is traded somewhere.
    func checkAssets(_ assets: Set<String>) {
        for (asset, section) in balances where !assets.contains(asset) {
            let nearest = NearestName.of(asset, among: assets.sorted())
            section.refuse(
                asset, "is an asset of no market", suggestion: nearest.map { "did you mean '\($0)'?" })
        }
    }

    /// A main account stands before its sub-accounts and is none itself.
    func checkMain(before accounts: [ExchangeAccountDraft]) {
        guard let main else { return }
        let earlier = accounts.prefix { $0.name?.value != name?.value }
        guard let found = earlier.first(where: { $0.name?.value == main.value }) else {
            let names = earlier.compactMap { $0.name?.value }
            let nearest = NearestName.of(main.value, among: names)
            main.refuse(
                "is '\(main.value)', which no account before this one is called",
                suggestion: nearest.map { "did you mean '\($0)'?" })
            return
        }
        if found.main != nil { main.refuse("is '\(main.value)', which is a sub-account itself") }
    }
}

extension Format where Value == String {
    /// A market as the venue names them: upper-case letters and digits.
    fileprivate static var coinExMarketName: Format {
        scalar("the name of a market, such as BTCUSDT") { (scalar) throws(Configuration.Refusal) in
            guard CoinExMarketName(scalar.text) != nil else {
                throw Configuration.Refusal("it has other characters than A to Z and 0 to 9")
            }
            return scalar.text
        }
    }
}
