import Configuration
import Quantities

/// A configuration with a key of every format, as the code of the house would write it.
struct Sample: Equatable {
    enum Mode: String, CaseIterable {
        case live, paper, backtest
    }

    enum Side: String, CaseIterable {
        case buy, sell
    }

    struct Leg: Equatable {
        var side: Side
        var weight: Int

        init?(_ section: Section) {
            let side = section.required("side", .choice(of: Side.self))
            let weight = section.value("weight", .int(in: 1...10), default: 1)
            guard let side else { return nil }
            self.side = side
            self.weight = weight
        }
    }

    struct Risk: Equatable {
        var low: Price?
        var high: Price?

        init?(_ section: Section) {
            low = section.optional("low", .price(.positive))
            high = section.optional("high", .price(.positive))
            if let low, let high, low >= high { section.refuse("low", "is not below 'high'") }
            if low == nil, high != nil { section.warn("high", "has no effect without 'low'") }
        }
    }

    var name: String?
    var mode: Mode
    var isEnabled: Bool
    var levels: Int
    var ratio: Double?
    var price: Price?
    var size: Quantity?
    var budget: Notional?
    var reserve: Amount?
    var fee: FeeRate?
    var every: Interval
    var since: Instant?
    var pairs: [String]?
    var legs: [Leg]?
    var risk: Risk?

    init?(_ section: Section) {
        name = section.optional("name", .string(length: 1...20))
        mode = section.value("mode", .choice(), default: .paper)
        isEnabled = section.value("enabled", .bool, default: true)
        levels = section.value("levels", .int(in: 1...50), default: 3)
        ratio = section.optional("ratio", .double(in: 0...1))
        price = section.optional("price", .price(.positive))
        size = section.optional("size", .quantity(.any))
        budget = section.optional("budget", .notional(.between("10", "1000000")))
        reserve = section.optional("reserve", .amount(.zeroOrMore))
        fee = section.optional("fee", .feeRate(.between("-0.01", "0.01")))
        let range = Interval.milliseconds(1)...Interval.minutes(60)
        every = section.value("every", .interval(in: range), default: .seconds(1))
        since = section.optional("since", .instant)
        pairs = section.optional("pairs", .list(of: .string(), count: 1...3))
        legs = section.optional("legs", .list(of: .section(Leg.init), count: 1...2))
        risk = section.optional("risk", .section(Risk.init))
    }

    /// Decodes a text as a file named `x.yaml`.
    static func load(_ text: String) throws(InvalidConfiguration) -> Sample {
        try load(Array(text.utf8))
    }

    static func load(_ bytes: [UInt8]) throws(InvalidConfiguration) -> Sample {
        try YAMLDocument.load(bytes, file: "x.yaml", Sample.init)
    }

    /// What is wrong with a text, one line each, in the order of the file.
    static func faults(_ text: String) -> [String] { faults(Array(text.utf8)) }

    static func faults(_ bytes: [UInt8]) -> [String] {
        do {
            _ = try load(bytes)
            return []
        } catch {
            return error.diagnostics.map(\.description)
        }
    }
}
