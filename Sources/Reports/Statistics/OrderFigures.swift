import Journal
import Quantities

/// What became of orders: how many were filled, how long that took, where they stood in the queue.
package struct OrderFigures: Sendable {
    package private(set) var placed = 0
    /// Filled to the last unit.
    package private(set) var filled = 0
    package private(set) var filledInPart = 0
    /// Ended without a fill.
    package private(set) var unfilled = 0
    package private(set) var stillOpen = 0
    /// Never stood: refused by own risk rules or by the venue, by reason, the most frequent first.
    package private(set) var refusals: [(reason: String, count: Int)] = []
    private var wanted = 0.0
    private var got = 0.0
    /// Seconds from the request to the first fill.
    package private(set) var timeToFill = Sample([])
    /// Seconds that orders stood in the book.
    package private(set) var timeInBook = Sample([])
    /// What stood before orders when they came to rest, in the base asset.
    package private(set) var ahead = Sample([])
    /// Of those the ones that had nobody before them.
    package private(set) var first = 0

    package init(_ parts: [PartData]) {
        var (toFill, inBook, ahead) = ([Double](), [Double](), [Double]())
        var reasons: [String: Int] = [:]
        for part in parts {
            var firstFills: [String: Instant] = [:]
            for fill in part.fills where firstFills[fill.row.clientID] == nil {
                firstFills[fill.row.clientID] = fill.row.at
            }
            for order in part.orders {
                if let reason = order.reason, order.state == "rejected" {
                    reasons[reason, default: 0] += 1
                    continue
                }
                count(order)
                if let at = firstFills[order.clientID] { toFill.append((at - order.createdAt).seconds) }
                if let opened = order.openedAt, let closed = order.closedAt {
                    inBook.append((closed - opened).seconds)
                }
                if let place = order.ahead {
                    ahead.append(Double(place))
                    if place.isZero { first += 1 }
                }
            }
        }
        timeToFill = Sample(toFill)
        timeInBook = Sample(inBook)
        self.ahead = Sample(ahead)
        refusals = reasons.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { ($0.key, $0.value) }
    }

    private mutating func count(_ order: OrderRow) {
        placed += 1
        wanted += order.wanted
        got += Double(order.filled)
        if order.closedAt == nil {
            stillOpen += 1
        } else if order.isFilled {
            filled += 1
        } else if order.filled.isPositive {
            filledInPart += 1
        } else {
            unfilled += 1
        }
    }

    /// Orders that were filled at least in part, of those that stood; nil without orders.
    package var fillRatio: Double? {
        placed > 0 ? Double(filled + filledInPart) / Double(placed) : nil
    }

    /// The quantity that was filled, of that which was asked for; nil without orders. Over several markets it
    /// adds up different assets and says little.
    package var fillRatioByQuantity: Double? { wanted > 0 ? got / wanted : nil }

    package var refused: Int { refusals.reduce(0) { $0 + $1.count } }
}

extension OrderRow {
    /// Whether it got all that it asked for: its quantity, or what its sum could buy.
    fileprivate var isFilled: Bool {
        spend == nil ? filled >= quantity : state == "filled"
    }

    /// The quantity that was asked for; for a sum that was not spent whole, what it would have bought at its prices.
    fileprivate var wanted: Double {
        guard let spend, filled.isPositive else { return Double(quantity) }
        return isFilled ? Double(filled) : Double(filled) * Double(spend) / Double(notional)
    }
}
