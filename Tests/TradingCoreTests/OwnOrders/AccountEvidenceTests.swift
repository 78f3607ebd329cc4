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
        // What no doubt explains is not taken for granted with it.
        #expect(residue(after: -10, atMilliseconds: 1_000, second: 83) == Amount(-17))
    }

    /// What is left unexplained after a word as of `second` that was heard when `placements` orders had been sent, a
    /// deal of the first order at second 16, and a last word.
    private func residue(wordAt second: Int64, placements: Int, last: Int) -> Amount {
        var evidence = AccountEvidence()
        _ = evidence.join(balance(100, second), placements: placements)
        let isNew = evidence.join(Amount(-10), at: Money.start + .seconds(16), placement: 1)
        #expect(isNew == (placements == 0 || second < 16))
        _ = evidence.join(balance(last, 200), placements: 1)
        return evidence.residue
    }

    @Test func `a word does not contain deals of orders that were sent after it, whatever its time says`() {
        // The venue's clock was not known, and ours is 46 s ahead of it.
        #expect(residue(wordAt: 56, placements: 0, last: 90).isZero)
        #expect(residue(wordAt: 56, placements: 0, last: 100) == Amount(10), "the deal is certain")
        #expect(residue(wordAt: 56, placements: 0, last: 85) == Amount(-5))
        // Of an order that was there before the word, only times can tell.
        #expect(residue(wordAt: 56, placements: 1, last: 100).isZero)
        #expect(residue(wordAt: 56, placements: 1, last: 90) == Amount(-10))
    }
}
