import MarketModel
import Quantities

/// What the venue does in a tape that plays it.
struct VenueAction: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case accept
        case refuse(Refusal)
        /// A deal; at the order's limit where no price is given.
        case fill(Quantity, Price?)
        /// The venue counts this much as filled, and tells of no deal.
        case count(Quantity)
        case cancelled
        /// It got what it asked for: how an order ends that buys for a sum.
        case done
        /// A stop order fired and could not be carried out.
        case triggerFailed
        /// It refuses to cancel: the order stays.
        case keep
        /// No answer came; the order may or may not stand.
        case lose
        /// The order never left us.
        case unsent
        /// The venue does not know the order.
        case absent
        /// The order was one too many in its window.
        case limited
        case balance(AssetID, Amount)
        /// From here on every order is accepted and every cancel confirmed at once, unless a row says
        /// otherwise.
        case answers
        /// From here on nothing is answered unless a row says so.
        case silent
        /// What will happen to the next order instead of acceptance.
        case refuseNext(Refusal)
        case loseNext

        /// Whether it is about requests that are still to come.
        var isIntention: Bool {
            switch self {
            case .answers, .silent, .refuseNext, .loseNext: true
            case .accept, .refuse, .fill, .count, .cancelled, .done, .triggerFailed, .keep, .lose, .unsent,
                .absent, .limited, .balance:
                false
            }
        }
    }

    var kind: Kind
    /// The order that it is about; 0 when it is about none.
    var order: UInt64 = 0
    var place: TapeWord
}

/// The words of the venue column.
enum VenueWords {
    static let known = [
        "accept", "refuse", "fill", "count", "cancelled", "done", "trigger-failed", "keep", "lose",
        "unsent", "absent", "limited", "balance", "answers", "silent",
    ]

    static func actions(_ cell: TapeCell, _ table: MarketTable) throws(TapeError) -> [VenueAction] {
        var actions: [VenueAction] = []
        for item in cell.items {
            var words = WordReader(item)
            guard let first = words.next() else { continue }
            actions += try self.actions(first, &words, table)
            try words.finish()
        }
        return actions
    }

    private static func actions(
        _ first: TapeWord, _ words: inout WordReader, _ table: MarketTable
    ) throws(TapeError) -> [VenueAction] {
        switch first.text {
        case "accept": return try orders(first, .accept, &words)
        case "cancelled": return try orders(first, .cancelled, &words)
        case "done": return try orders(first, .done, &words)
        case "trigger-failed": return try orders(first, .triggerFailed, &words)
        case "keep": return try orders(first, .keep, &words)
        case "unsent": return try orders(first, .unsent, &words)
        case "absent": return try orders(first, .absent, &words)
        case "limited": return try orders(first, .limited, &words)
        case "answers": return [VenueAction(kind: .answers, place: first)]
        case "silent": return [VenueAction(kind: .silent, place: first)]
        case "lose":
            guard words.peek?.text == "next" else { return try orders(first, .lose, &words) }
            _ = words.next()
            return [VenueAction(kind: .loseNext, place: first)]
        case "refuse":
            let word = try words.required("an order")
            let isNext = word.text == "next"
            let order = isNext ? 0 : try word.orderNumber()
            let reason = try refusal(&words)
            return [
                VenueAction(kind: isNext ? .refuseNext(reason) : .refuse(reason), order: order, place: word)
            ]
        case "fill":
            let order = try words.required("an order")
            let size: Quantity = try words.number("size")
            var price: Price?
            if words.peek != nil {
                try words.expect("@")
                price = try words.number("price")
            }
            return [VenueAction(kind: .fill(size, price), order: try order.orderNumber(), place: order)]
        case "count":
            let order = try words.required("an order")
            let size: Quantity = try words.number("size")
            return [VenueAction(kind: .count(size), order: try order.orderNumber(), place: order)]
        case "balance":
            let asset = try words.required("an asset")
            guard let index = table.assets.firstIndex(of: asset.text) else {
                throw asset.unknown("asset", among: table.assets)
            }
            return [VenueAction(kind: .balance(AssetID(index), try words.number("amount")), place: asset)]
        default: throw first.unknown("word", among: known)
        }
    }

    /// The same for one order or several.
    private static func orders(
        _ first: TapeWord, _ kind: VenueAction.Kind, _ words: inout WordReader
    ) throws(TapeError) -> [VenueAction] {
        var actions: [VenueAction] = []
        repeat {
            let word = try words.required("an order")
            actions.append(VenueAction(kind: kind, order: try word.orderNumber(), place: word))
        } while words.peek != nil
        return actions
    }

    private static func refusal(_ words: inout WordReader) throws(TapeError) -> Refusal {
        let word = try words.required("a reason")
        let reasons = Refusal.allCases.filter(\.isFromVenue)
        guard let refusal = reasons.first(where: { $0.word == word.text }) else {
            throw word.unknown("reason", among: reasons.map(\.word))
        }
        return refusal
    }
}
