import MarketModel

/// The name of an order that we give it: which bot, strategy, run and order; at most 32 bytes.
///
/// `grid-3-k7x2p-1ekg`: the tag of the bot, then strategy, run and order to the base of 36, lower case. All that
/// the venue tells of an order names it, so that an order is ours or not, and which one, without a table.
public struct CoinExClientID: BitwiseCopyable, Equatable, Sendable {
    /// What the venue takes.
    public static let lengthMax = 32
    /// With 2 digits of a strategy, 7 of a run, 13 of an order and three hyphens this makes 32.
    public static let botLengthMax = 7

    private var bytes: InlineArray<32, UInt8>
    public let count: Int

    /// Lends the bytes.
    public func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        withUnsafeBytes(of: bytes) {
            body(UnsafeBufferPointer(rebasing: $0.bindMemory(to: UInt8.self)[..<count]))
        }
    }

    public static func == (a: CoinExClientID, b: CoinExClientID) -> Bool {
        a.withBytes { left in b.withBytes { left.elementsEqual($0) } }
    }
}

extension CoinExClientID {
    /// A name of one's own: 1 to 32 letters, digits, hyphens and underscores; nil for another text.
    public init?(_ text: String) {
        guard (1...Self.lengthMax).contains(text.utf8.count), text.utf8.allSatisfy(Self.isPart) else {
            return nil
        }
        var writer = Writer()
        for byte in text.utf8 { writer.append(byte) }
        self = writer.finish()
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension CoinExClientID {
    func isText(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { text in withBytes { $0.elementsEqual(text) } }
    }
}

extension CoinExClientID: CustomStringConvertible {
    public var description: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}

/// How one run of one bot names its orders, and knows them again.
public struct CoinExOrderNaming: Equatable, Sendable {
    /// Which of our orders a name stands for.
    public struct Named: Equatable, Sendable {
        public let strategy: StrategyID
        public let run: UInt32
        public let order: OrderID
    }

    public let bot: String
    public let run: UInt32

    /// - Parameter bot: 1 to 7 lower case letters and digits; nil is returned for another text.
    public init?(bot: String, run: UInt32) {
        let isTag = bot.utf8.allSatisfy { Base36.digit($0) != nil }
        guard (1...CoinExClientID.botLengthMax).contains(bot.utf8.count), isTag else { return nil }
        self.bot = bot
        self.run = run
    }

    /// - Parameter run: nil for this one.
    public func name(
        _ order: OrderID, of strategy: StrategyID, in run: UInt32? = nil
    ) -> CoinExClientID {
        var writer = CoinExClientID.Writer()
        for byte in bot.utf8 { writer.append(byte) }
        writer.append(hyphenAnd: UInt64(strategy.index))
        writer.append(hyphenAnd: UInt64(run ?? self.run))
        writer.append(hyphenAnd: order.raw)
        return writer.finish()
    }

    /// Which order of this bot the name stands for, of whatever run; nil for all other names.
    public func order(named text: UnsafeBufferPointer<UInt8>) -> Named? {
        guard text.count <= CoinExClientID.lengthMax, text.count > bot.utf8.count,
            text.prefix(bot.utf8.count).elementsEqual(bot.utf8)
        else { return nil }
        var index = bot.utf8.count
        guard let strategy = Base36.number(text, &index), let run = Base36.number(text, &index),
            let order = Base36.number(text, &index), index == text.count,
            strategy < UInt64(StrategyID.strategiesMax), let run = UInt32(exactly: run), order != 0
        else { return nil }
        return Named(strategy: StrategyID(Int(strategy)), run: run, order: OrderID(raw: order))
    }

    public func order(named text: String) -> Named? {
        var text = text
        return text.withUTF8 { order(named: $0) }
    }
}

extension CoinExClientID {
    fileprivate struct Writer {
        private var bytes = InlineArray<32, UInt8>(repeating: 0)
        private var count = 0

        mutating func append(_ byte: UInt8) {
            bytes[count] = byte
            count += 1
        }

        /// A hyphen and a number.
        mutating func append(hyphenAnd number: UInt64) {
            append(UInt8(ascii: "-"))
            var digits = InlineArray<13, UInt8>(repeating: 0)
            var first = digits.count
            var rest = number
            repeat {
                first -= 1
                digits[first] = Base36.character(rest % 36)
                rest /= 36
            } while rest > 0
            while first < digits.count {
                append(digits[first])
                first += 1
            }
        }

        func finish() -> CoinExClientID { CoinExClientID(bytes: bytes, count: count) }
    }
}

/// Numbers in digits and lower case letters, without leading zeros.
private enum Base36 {
    static func character(_ digit: UInt64) -> UInt8 {
        let digit = UInt8(truncatingIfNeeded: digit)
        return digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
    }

    static func digit(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt64(byte - UInt8(ascii: "a")) + 10
        default: nil
        }
    }

    /// Reads a hyphen and the number behind it.
    static func number(_ text: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt64? {
        guard index < text.count, text[index] == UInt8(ascii: "-") else { return nil }
        index += 1
        let start = index
        var value: UInt64 = 0
        while index < text.count, let digit = digit(text[index]) {
            let (product, overflows) = value.multipliedReportingOverflow(by: 36)
            let (sum, carries) = product.addingReportingOverflow(digit)
            if overflows || carries { return nil }
            value = sum
            index += 1
        }
        let hasLeadingZero = index - start > 1 && text[start] == UInt8(ascii: "0")
        return index > start && !hasLeadingZero ? value : nil
    }
}
