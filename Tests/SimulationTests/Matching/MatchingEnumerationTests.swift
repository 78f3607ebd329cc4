import MarketModel
import Quantities
import Simulation
import Testing

/// Every short sequence of actions over tiny prices and quantities, on both implementations.
struct MatchingEnumerationTests {
    /// Walks all sequences of `length` actions; the books are copied at every fork.
    private struct Walk {
        let kinds: [(UInt64) -> BookAction]
        let length: Int
        var steps = 0
        var fault: String?
        private var path: [BookAction] = []

        init(_ kinds: [(UInt64) -> BookAction], length: Int) {
            self.kinds = kinds
            self.length = length
        }

        mutating func run(from books: BookPair = BookPair()) {
            for kind in kinds where fault == nil {
                let action = kind(UInt64(path.count + 1))
                path.append(action)
                var fork = books
                steps += 1
                let (_, fault) = fork.take(action)
                if let fault {
                    self.fault = "\(path): \(fault)"
                } else if let id = (1...path.count).first(where: { !fork.agree(on: UInt64($0)) }) {
                    self.fault = "\(path): they hold different orders \(id)"
                } else if path.count < length {
                    run(from: fork)
                }
                path.removeLast()
            }
        }
    }

    private static func order(
        _ side: Side, _ price: Int?, _ quantity: Int, _ duration: OrderDuration,
        isHidden: Bool = false
    ) -> (UInt64) -> BookAction {
        { id in
            .submit(
                MatchOrder(
                    id: id, owner: UInt32(id), side: side, limit: price.map { Price($0) },
                    quantity: Quantity(quantity), duration: duration, isHidden: isHidden))
        }
    }

    @Test func `all sequences of three actions of every kind`() {
        var kinds: [(UInt64) -> BookAction] = [
            { _ in .cancel(1) }, { _ in .cancel(2) }, { _ in .reduce(1, Quantity(1)) },
        ]
        for side in Side.allCases {
            for quantity in [1, 2] {
                kinds.append(Self.order(side, nil, quantity, .immediateOrCancel))
                for price in [1, 2] {
                    for duration in OrderDuration.allCases {
                        kinds.append(Self.order(side, price, quantity, duration))
                    }
                    kinds.append(Self.order(side, price, quantity, .goodTillCancelled, isHidden: true))
                }
            }
        }
        var walk = Walk(kinds, length: 3)
        walk.run()
        #expect(walk.fault == nil)
        #expect(walk.steps == 47 + 47 * 47 + 47 * 47 * 47)
    }

    @Test func `all sequences of five actions that rest, take and cancel`() {
        var walk = Walk(
            [
                { _ in .cancel(1) }, { _ in .cancel(2) }, { _ in .cancel(3) },
                Self.order(.buy, 1, 2, .goodTillCancelled),
                Self.order(.buy, 2, 1, .goodTillCancelled, isHidden: true),
                Self.order(.buy, 2, 3, .goodTillCancelled),
                Self.order(.sell, 2, 1, .goodTillCancelled),
                Self.order(.sell, 2, 2, .immediateOrCancel),
                Self.order(.sell, 1, 3, .goodTillCancelled),
            ], length: 5)
        walk.run()
        #expect(walk.fault == nil)
        #expect(walk.steps == 9 + 81 + 729 + 6_561 + 59_049)
    }
}
