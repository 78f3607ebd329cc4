/// A book that changes: prices in ticks of 0.01 around 100, sizes in thousandths; levels come and go behind the best.
struct BinanceFloorBook {
    private static let best = (bid: 10_000, ask: 10_001)
    private static let depth = 20

    private var bids: [Int: Int] = [:]
    private var asks: [Int: Int] = [:]
    /// The number of the last update.
    private var update: UInt64 = 1_000
    private var random: UInt64 = 88_172_645_463_325_252
    private var lastTrade: UInt64 = 0

    init() {
        for distance in 0..<Self.depth {
            bids[Self.best.bid - distance] = 1 + distance % 9
            asks[Self.best.ask + distance] = 1 + distance % 9
        }
    }

    private mutating func draw(below bound: Int) -> Int {
        random ^= random << 13
        random ^= random >> 7
        random ^= random << 17
        return Int(random >> 33) % bound
    }

    /// Changes a level of each side; the best ones change their size only.
    mutating func change(_ symbol: String, at time: UInt64) -> String {
        let first = update + 1
        update = first + UInt64(draw(below: 3))
        let (below, above) = (draw(below: Self.depth), draw(below: Self.depth))
        let bid = Self.best.bid - below
        let ask = Self.best.ask + above
        bids[bid] = draw(below: 9) + (below == 0 ? 1 : 0)
        asks[ask] = draw(below: 9) + (above == 0 ? 1 : 0)
        let change = #"""
            {"e":"depthUpdate","E":\#(1_700_000_000_000 + time),"s":"\#(symbol)","U":\#(first),"u":\#(update),\#
            "b":[\#(Self.level(bid, bids[bid] ?? 0))],"a":[\#(Self.level(ask, asks[ask] ?? 0))]}
            """#
        if bids[bid] == 0 { bids[bid] = nil }
        if asks[ask] == 0 { asks[ask] = nil }
        return change
    }

    func ticker(_ symbol: String) -> String {
        let (bid, ask) = (Self.best.bid, Self.best.ask)
        return #"""
            {"u":\#(update),"s":"\#(symbol)","b":"\#(Self.price(bid))","B":"\#(Self.size(bids[bid] ?? 0))",\#
            "a":"\#(Self.price(ask))","A":"\#(Self.size(asks[ask] ?? 0))"}
            """#
    }

    mutating func trade(_ symbol: String, at time: UInt64) -> String {
        lastTrade += 1
        let takerSold = lastTrade % 2 == 0
        let price = takerSold ? Self.best.bid : Self.best.ask
        return #"""
            {"e":"trade","E":\#(1_700_000_000_000 + time),"s":"\#(symbol)","t":\#(lastTrade),\#
            "p":"\#(Self.price(price))","q":"0.001","T":\#(1_700_000_000_000 + time),"m":\#(takerSold),"M":true}
            """#
    }

    var snapshot: String { top(.max) }

    /// The best levels of each side.
    func top(_ count: Int) -> String {
        let bids = bids.sorted { $0.key > $1.key }.prefix(count).map { Self.level($0.key, $0.value) }
        let asks = asks.sorted { $0.key < $1.key }.prefix(count).map { Self.level($0.key, $0.value) }
        return #"""
            {"lastUpdateId":\#(update),"bids":[\#(bids.joined(separator: ","))],\#
            "asks":[\#(asks.joined(separator: ","))]}
            """#
    }

    /// The levels of a side, from the best on: `100.01 0.003`.
    func levels(ofBids: Bool) -> [String] {
        let sorted = ofBids ? bids.sorted { $0.key > $1.key } : asks.sorted { $0.key < $1.key }
        return sorted.map { "\(Self.price($0.key)) \(Self.size($0.value))" }
    }

    private static func level(_ ticks: Int, _ lots: Int) -> String {
        #"["\#(price(ticks))","\#(size(lots))"]"#
    }

    private static func price(_ ticks: Int) -> String {
        let cents = "\(ticks % 100)"
        return "\(ticks / 100).\(cents.count == 1 ? "0" : "")\(cents)"
    }

    private static func size(_ lots: Int) -> String { lots == 0 ? "0.000" : "0.00\(lots % 10)" }
}
