import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

struct AccountEvidenceTests {
    private func balance(_ total: Int, _ second: Int64) -> Balance {
        Balance(
            asset: AssetID(0), total: Amount(total), frozen: .zero,
            venueTime: Money.start + .seconds(second))
    }

    private enum News {
        case word(Balance)
        case deal(Int, Int64)
    }

    private func total(_ news: [News]) -> Amount? {
        var evidence = AccountEvidence()
        var total: Amount?
        for item in news {
            switch item {
            case .word(let balance): total = evidence.join(balance)?.total ?? total
            case .deal(let amount, let second):
                let change = Amount(amount)
                if evidence.join(change, at: Money.start + .seconds(second)) {
                    total = (total ?? .zero) + change
                }
            }
        }
        return total
    }

    @Test func `balances and deals come in any order and give the same total`() {
        let news: [News] = [
            .word(balance(100, 1)), .deal(-10, 2), .word(balance(90, 2)), .deal(-20, 3),
            .word(balance(70, 3)), .deal(5, 4),
        ]
        permute(news) { permuted in
            // The first word sets the scale: before it, changes have nothing to change.
            #expect(total([.word(balance(100, 0))] + permuted) == Amount(75))
        }
    }

    @Test func `an old word told again does not undo the deals after it`() {
        let word = balance(100, 1)
        #expect(total([.word(word), .deal(-10, 2), .word(word), .word(balance(50, 0))]) == Amount(90))
    }

    @Test func `a repeated balance is not told to the strategy again`() {
        let stage = Stage.one()
        stage.diary.heard = []
        let fact = VenueFact.balance(balance(5, 1))
        stage.feed([fact, fact, .balance(balance(7, 0))])
        #expect(stage.diary.heard == [.balance(balance(5, 1))])
    }

    /// What is left unexplained after the first word at 1.5 s, a deal, and a second word at 60 s.
    private func residue(after change: Int, atMilliseconds time: Int64, second: Int) -> Amount {
        var evidence = AccountEvidence()
        func word(_ total: Int, _ milliseconds: Int64) -> Balance {
            Balance(
                asset: AssetID(0), total: Amount(total), frozen: .zero,
                venueTime: Money.start + .milliseconds(milliseconds))
        }
        _ = evidence.join(word(100, 1_500))
        _ = evidence.join(Amount(change), at: Money.start + .milliseconds(time))
        _ = evidence.join(word(second, 60_000))
        return evidence.residue
    }

    @Test func `a deal whose time is near the first word's is no residue, whether that has it or not`() {
        // Told as of second 1; it was before the word at 1.5 s, or after it.
        #expect(residue(after: -10, atMilliseconds: 1_000, second: 100).isZero)
        #expect(residue(after: -10, atMilliseconds: 1_000, second: 90).isZero)
        // Between the question and the venue's look at its books.
        #expect(residue(after: -10, atMilliseconds: 1_700, second: 90).isZero)
        #expect(residue(after: -10, atMilliseconds: 1_700, second: 100).isZero)
        // Of one whose time is certain there is no doubt.
        #expect(residue(after: -10, atMilliseconds: -20_000, second: 90) == Amount(-10))
        #expect(residue(after: -10, atMilliseconds: 20_000, second: 100) == Amount(10))
        #expect(residue(after: -10, atMilliseconds: 20_000, second: 90).isZero)
    }
}
