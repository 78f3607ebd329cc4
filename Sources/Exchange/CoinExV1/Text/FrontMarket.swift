import CoinExVenue
import MarketModel
import Quantities
import WireCodecs

/// A market as its texts need it: names, and how many digits its figures have.
struct FrontMarket {
    var name: String
    var base: String
    var quote: String
    var amountDecimals: Int
    var priceDecimals: Int
    var minimumAmount: Quantity
    var makerRate: FeeRate
    var takerRate: FeeRate
    /// The steps that its depth can be merged to.
    var mergeSteps: [Price]

    init(_ definition: MarketDefinition) {
        name = definition.name
        base = definition.base
        quote = definition.quote
        amountDecimals = definition.amountDecimals
        priceDecimals = definition.priceDecimals
        minimumAmount = definition.minimumAmount
        makerRate = definition.makerRate
        takerRate = definition.takerRate
        mergeSteps = definition.mergeSteps
    }

    /// The steps that every market has: 10 to the power of -8 to -1.
    private static let commonSteps = (1...8).map { digits in
        Price(raw: Int128(DecimalText.powersOfTen(FixedPointScale.digits - digits)))
    }

    /// The definition with the steps that every market has among its own.
    static func completed(_ definition: MarketDefinition) -> MarketDefinition {
        var definition = definition
        for step in commonSteps where !definition.mergeSteps.contains(step) {
            definition.mergeSteps.append(step)
        }
        return definition
    }

    /// The step that a text of `merge` stands for: zero for none; nil when it is none of the market's.
    func mergeStep(_ text: String) -> Price? {
        guard let step = FrontNumber.decimal(text, as: Price.self), !step.isNegative else { return nil }
        if step.isZero { return step }
        // Merged to a step that goes into every price, the book stays as it is: some clients ask for ten digits.
        let tick = Price(raw: Int128(DecimalText.powersOfTen(FixedPointScale.digits - priceDecimals)))
        let isPower = (0...FixedPointScale.digits).contains {
            step.raw == Int128(DecimalText.powersOfTen($0))
        }
        if isPower, tick.isMultiple(of: step) { return .zero }
        return mergeSteps.contains(step) ? step : nil
    }

    /// What `depths` of `order/market/trade/info` lists.
    var depths: [Price] { mergeSteps.sorted(by: >) }
}

/// The names of everything, and how they are found.
struct FrontNames {
    let markets: [FrontMarket]
    let assets: [String]
    private let marketIndex: NameIndex
    private let assetIndex: NameIndex

    init(markets: [FrontMarket], assets: [String]) {
        self.markets = markets
        self.assets = assets
        marketIndex = NameIndex(markets.map(\.name))
        assetIndex = NameIndex(assets)
    }

    subscript(market: MarketID) -> FrontMarket { markets[Int(market.index)] }
    subscript(asset: AssetID) -> String { assets[Int(asset.index)] }

    func market(_ name: UnsafeBufferPointer<UInt8>) -> MarketID? {
        marketIndex.number(of: name).map { MarketID($0) }
    }

    func market(_ name: String) -> MarketID? {
        var name = name
        return name.withUTF8 { market($0) }
    }

    func asset(_ name: UnsafeBufferPointer<UInt8>) -> AssetID? {
        assetIndex.number(of: name).map { AssetID($0) }
    }

    func asset(_ name: String) -> AssetID? {
        var name = name
        return name.withUTF8 { asset($0) }
    }
}

/// Reads figures that clients write.
enum FrontNumber {
    /// A whole number that fits.
    static func int(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var index = 0
        let isNegative = text.first == UInt8(ascii: "-")
        if isNegative { index = 1 }
        guard index < text.count, text.count <= 20 else { return nil }
        var value: Int64 = 0
        while index < text.count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (difference, overflows) = product.subtractingReportingOverflow(Int64(digit))
            if overflow || overflows { return nil }
            value = difference
            index += 1
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }

    static func decimal<Value: FixedPoint>(
        _ text: UnsafeBufferPointer<UInt8>, as type: Value.Type = Value.self
    ) -> Value? {
        do throws(DecimalError) {
            return try Value(parsing: text)
        } catch {
            return nil
        }
    }

    static func decimal<Value: FixedPoint>(_ text: String, as type: Value.Type = Value.self) -> Value? {
        do throws(DecimalError) {
            return try Value(text)
        } catch {
            return nil
        }
    }
}
