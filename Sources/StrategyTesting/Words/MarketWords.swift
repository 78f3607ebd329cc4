import MarketModel
import Quantities

/// Something that happens in a market of a tape.
enum MarketAction: Equatable, Sendable {
    case quote(MarketID, bid: Level, ask: Level)
    case trade(MarketID, Side, Level)
    case level(MarketID, Side, Level)
    case book(MarketID, bids: [Level], asks: [Level])
    case ticker(MarketID, Price)
    /// An option is worth this to the venue; a volatility of zero is not known.
    case mark(MarketID, Price, volatility: Price)
    /// Updates are missing: the market cannot be read before the next quote or book.
    case gap(MarketID)
    case connection(ConnectionChange.State)
    case silence
    /// The session ends.
    case stop
}

/// The words of the market column.
enum MarketWords {
    static let known = [
        "trade", "bid", "ask", "book", "ticker", "mark", "gap", "connection", "silence", "stop",
    ]
    private static let states: [(String, ConnectionChange.State)] = [
        ("ready", .ready), ("lost", .lost), ("connecting", .connecting),
    ]

    /// The size of a quote that names none.
    static let usualSize = Quantity(10)

    static func actions(_ cell: TapeCell, _ table: MarketTable) throws(TapeError) -> [MarketAction] {
        var actions: [MarketAction] = []
        for item in cell.items { actions.append(try action(item, table)) }
        return actions
    }

    private static func action(_ item: [TapeWord], _ table: MarketTable) throws(TapeError) -> MarketAction {
        var words = WordReader(item)
        let market = try market(&words, table)
        guard let first = words.next() else { throw item[0].error("what happens in \(item[0].text)?") }
        let action: MarketAction
        switch first.text {
        case "trade":
            let side = try side(&words)
            let size: Quantity = try words.number("size")
            try words.expect("@")
            action = .trade(market, side, Level(price: try words.number("price"), quantity: size))
        case "bid": action = .level(market, .buy, try level(&words))
        case "ask": action = .level(market, .sell, try level(&words))
        case "book":
            let bids = try levels(&words, upTo: "/")
            try words.expect("/")
            action = .book(market, bids: bids, asks: try levels(&words, upTo: nil))
        case "ticker": action = .ticker(market, try words.number("price"))
        case "mark": action = try mark(market, &words)
        case "gap": action = .gap(market)
        case "silence": action = .silence
        case "stop": action = .stop
        case "connection":
            let word = try words.required("ready, lost or connecting")
            guard let state = states.first(where: { $0.0 == word.text }) else {
                throw word.unknown("state", among: states.map(\.0))
            }
            action = .connection(state.1)
        case let text:
            // A quote begins with its bid.
            guard text.first?.isNumber == true else { throw first.unknown("word", among: known) }
            action = try quote(market, first, &words)
        }
        try words.finish()
        return action
    }

    /// `5.25 iv 0.62`, or without the volatility.
    private static func mark(
        _ market: MarketID, _ words: inout WordReader
    ) throws(TapeError) -> MarketAction {
        let price: Price = try words.number("price")
        guard words.peek != nil else { return .mark(market, price, volatility: .zero) }
        try words.expect("iv")
        return .mark(market, price, volatility: try words.number("volatility"))
    }

    /// `OAKPINE:` in front says which market it is.
    private static func market(
        _ words: inout WordReader, _ table: MarketTable
    ) throws(TapeError) -> MarketID {
        guard let word = words.peek, word.text.hasSuffix(":") else { return MarketID(0) }
        _ = words.next()
        let name = String(word.text.dropLast())
        guard let market = table.market(named: name) else {
            let plain = TapeWord(text: name, source: word.source, column: word.column)
            throw plain.unknown("market", among: table.markets.map(\.name))
        }
        return market.id
    }

    /// `100 x 1 / 100.10 x 2`, or without the sizes.
    private static func quote(
        _ market: MarketID, _ first: TapeWord, _ words: inout WordReader
    ) throws(TapeError) -> MarketAction {
        let bid = Level(price: try first.number("price"), quantity: try size(&words) ?? usualSize)
        try words.expect("/")
        let ask = Level(price: try words.number("price"), quantity: try size(&words) ?? usualSize)
        return .quote(market, bid: bid, ask: ask)
    }

    private static func size(_ words: inout WordReader) throws(TapeError) -> Quantity? {
        guard words.peek?.text == "x" else { return nil }
        _ = words.next()
        return try words.number("size")
    }

    /// `99.90 x 3`; a size of 0 takes the level away.
    private static func level(_ words: inout WordReader) throws(TapeError) -> Level {
        let price: Price = try words.number("price")
        try words.expect("x")
        return Level(price: price, quantity: try words.number("size"))
    }

    private static func levels(_ words: inout WordReader, upTo end: String?) throws(TapeError) -> [Level] {
        var levels: [Level] = []
        while let word = words.peek, word.text != end { levels.append(try level(&words)) }
        return levels
    }

    static func side(_ words: inout WordReader) throws(TapeError) -> Side {
        let word = try words.required("buy or sell")
        guard let side = Side.allCases.first(where: { "\($0)" == word.text }) else {
            throw word.unknown("side", among: ["buy", "sell"])
        }
        return side
    }
}

/// Reads the words of an item one after the other.
struct WordReader {
    private let words: [TapeWord]
    private var index = 0

    init(_ words: [TapeWord]) { self.words = words }

    var peek: TapeWord? { index < words.count ? words[index] : nil }

    mutating func next() -> TapeWord? {
        defer { index += 1 }
        return peek
    }

    mutating func required(_ what: String) throws(TapeError) -> TapeWord {
        if let word = next() { return word }
        let last = words[words.count - 1]
        throw last.source.error(last.column + last.text.count, "\(what) is missing after '\(last.text)'")
    }

    mutating func expect(_ text: String) throws(TapeError) {
        let word = try required("'\(text)'")
        if word.text != text { throw word.error("'\(text)' has to stand here, not '\(word.text)'") }
    }

    mutating func number<Number: FixedPoint>(_ meaning: String) throws(TapeError) -> Number {
        try required("a \(meaning)").number(meaning)
    }

    /// All has been read.
    func finish() throws(TapeError) {
        if let word = peek { throw word.error("'\(word.text)' is too much here; separate events by commas") }
    }
}
