import MarketModel
import Quantities
import Simulation
import Testing

/// The implementations that every scenario runs on.
enum BookKind: CaseIterable {
    case naive
    case fast

    /// Plays a dialogue and compares it with what it says itself.
    ///
    /// A line is a command, `->` and what came of it:
    /// `buy 7 3@101 ioc -> 2@100 with 4; cancelled 1; sell 100=0` is order 7 that buys 3 at 101, trades 2
    /// at 100 with order 4, drops 1, and leaves nothing visible at 100. `book` draws the public depth
    /// below itself: bid quantity, price, ask quantity.
    func expect(_ dialogue: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let played: String
        switch self {
        case .naive: played = Dialogue<NaiveMatchingBook>.play(dialogue)
        case .fast: played = Dialogue<FastMatchingBook>.play(dialogue)
        }
        #expect(played == Dialogue<NaiveMatchingBook>.tidied(dialogue), sourceLocation: sourceLocation)
    }
}

/// A book that is talked to in text.
struct Dialogue<Book: MatchingBook> {
    private var book = Book()

    static func play(_ text: String) -> String {
        var dialogue = Dialogue()
        var lines: [String] = []
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ").map(String.init)
            guard let verb = parts.first else { continue }
            switch verb {
            case "book": lines += ["book"] + dialogue.picture()
            case "buy", "sell", "cancel", "reduce":
                let command = Array(parts.prefix { $0 != "->" })
                lines.append(command.joined(separator: " ") + " -> " + dialogue.answer(command))
            default: continue
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The text with single spaces only.
    static func tidied(_ text: String) -> String {
        text.split(separator: "\n").map { $0.split(separator: " ").joined(separator: " ") }
            .filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private mutating func answer(_ command: [String]) -> String {
        var matches: [Match] = []
        var depth: [DepthChange] = []
        let id = UInt64(command[1])!
        var answer: [String]
        switch command[0] {
        case "cancel":
            let remaining = book.cancel(id, depth: &depth)
            answer = [remaining.map { "cancelled \($0)" } ?? "no such order"]
        case "reduce":
            let refusal = book.reduce(id, to: quantity(command[2]), depth: &depth)
            answer = [refusal.map { "refused: \($0)" } ?? "reduced"]
        default:
            let submission = book.submit(order(command), matches: &matches, depth: &depth)
            answer = matches.map { "\($0.quantity)@\($0.price) with \($0.maker)" }
            answer.append(text(submission))
        }
        answer += depth.map { "\($0.side) \($0.price)=\($0.quantity)" }
        return answer.joined(separator: "; ")
    }

    /// The public depth, asks above bids, the best ones in the middle.
    private func picture() -> [String] {
        var bids: [Level] = []
        var asks: [Level] = []
        book.publicLevels(.buy, limit: .max, into: &bids)
        book.publicLevels(.sell, limit: .max, into: &asks)
        return asks.reversed().map { "| . | \($0.price) | \($0.quantity) |" }
            + bids.map { "| \($0.quantity) | \($0.price) | . |" }
    }

    /// `buy ID QUANTITY@PRICE [ioc|fok|maker] [hidden]`; the price may be `market`.
    private func order(_ command: [String]) -> MatchOrder {
        let size = command[2].split(separator: "@").map(String.init)
        var order = MatchOrder(
            id: UInt64(command[1])!, owner: 1, side: command[0] == "buy" ? .buy : .sell,
            limit: size[1] == "market" ? nil : try! Price(size[1]), quantity: quantity(size[0]))
        for word in command.dropFirst(3) {
            switch word {
            case "ioc": order.duration = .immediateOrCancel
            case "fok": order.duration = .fillOrKill
            case "maker": order.duration = .makerOnly
            case "hidden": order.isHidden = true
            default: preconditionFailure("\(word) is no word of the dialogue")
            }
        }
        return order
    }

    private func quantity(_ text: String) -> Quantity { try! Quantity(text) }

    private func text(_ submission: Submission) -> String {
        switch submission {
        case .rested(let remaining): "rested \(remaining)"
        case .filled: "filled"
        case .cancelled(let remaining): "cancelled \(remaining)"
        case .refused(let refusal): "refused: \(refusal)"
        }
    }
}
