import MarketModel
import Quantities
import Simulation

/// What can be done to a book.
enum BookAction: Equatable {
    case submit(MatchOrder)
    case cancel(UInt64)
    case reduce(UInt64, Quantity)
}

/// The naive and the fast book side by side: every action goes to both, and what they say must agree.
struct BookPair {
    /// Everything that an action answers.
    struct Answer: Equatable {
        var submission: Submission?
        var cancelled: Quantity?
        var refusal: Refusal?
        var matches: [Match] = []
        var depth: [DepthChange] = []
    }

    /// Everything that can be read, but single orders.
    struct Picture: Equatable {
        var count: Int
        var best: [Level?]
        var publicBest: [Level?]
        var front: [MatchOrder?]
        var bids: [Level] = []
        var asks: [Level] = []

        init(_ book: some MatchingBook) {
            count = book.restingCount
            best = [book.best(.buy), book.best(.sell)]
            publicBest = [book.publicBest(.buy), book.publicBest(.sell)]
            front = [book.front(.buy), book.front(.sell)]
            book.publicLevels(.buy, limit: .max, into: &bids)
            book.publicLevels(.sell, limit: .max, into: &asks)
        }
    }

    private(set) var naive = NaiveMatchingBook()
    private(set) var fast = FastMatchingBook()

    /// What happened and, when the books disagree or are wrong in the same way, what is wrong.
    mutating func take(_ action: BookAction) -> (answer: Answer, fault: String?) {
        let expected = Self.apply(action, to: &naive)
        let actual = Self.apply(action, to: &fast)
        if expected != actual { return (expected, "naive says \(expected), fast says \(actual)") }
        let before = Picture(naive)
        let after = Picture(fast)
        if before != after { return (expected, "naive shows \(before), fast shows \(after)") }
        if let bid = after.best[0], let ask = after.best[1], bid.price >= ask.price {
            return (expected, "crossed: \(after)")
        }
        return (expected, nil)
    }

    /// Whether both hold the same order under this id.
    func agree(on id: UInt64) -> Bool { naive.order(id) == fast.order(id) }

    private static func apply(_ action: BookAction, to book: inout some MatchingBook) -> Answer {
        var answer = Answer()
        switch action {
        case .submit(let order):
            answer.submission = book.submit(order, matches: &answer.matches, depth: &answer.depth)
        case .cancel(let id):
            answer.cancelled = book.cancel(id, depth: &answer.depth)
        case .reduce(let id, let quantity):
            answer.refusal = book.reduce(id, to: quantity, depth: &answer.depth)
        }
        return answer
    }
}
