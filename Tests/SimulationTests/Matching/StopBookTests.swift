import MarketModel
import Quantities
import Simulation
import TestSupport
import Testing

struct StopBookTests {
    private static func fired(_ book: inout StopBook, at price: Int) -> [UInt64] {
        var ids: [UInt64] = []
        book.fire(Price(price), into: &ids)
        return ids
    }

    @Test func `a stop above waits for a rise, one below for a fall`() {
        var book = StopBook()
        #expect(book.add(1, stopPrice: Price(105), lastPrice: Price(100)) == nil)
        #expect(book.add(2, stopPrice: Price(95), lastPrice: Price(100)) == nil)
        #expect(Self.fired(&book, at: 104) == [])
        #expect(Self.fired(&book, at: 96) == [])
        #expect(Self.fired(&book, at: 105) == [1])
        #expect(Self.fired(&book, at: 105) == [])
        #expect(Self.fired(&book, at: 94) == [2])
        #expect(book.isEmpty)
    }

    @Test func `the direction stays as it was at placement`() {
        var book = StopBook()
        #expect(book.add(1, stopPrice: Price(110), lastPrice: Price(100)) == nil)
        #expect(book.add(2, stopPrice: Price(109), lastPrice: Price(120)) == nil)
        #expect(Self.fired(&book, at: 109) == [2])
        #expect(Self.fired(&book, at: 111) == [1])
    }

    @Test func `the nearest trigger fires first and the oldest of one price`() {
        var book = StopBook()
        for (id, price) in [(1, 103), (2, 101), (3, 103), (4, 102), (5, 101)] {
            #expect(book.add(UInt64(id), stopPrice: Price(price), lastPrice: Price(100)) == nil)
        }
        #expect(Self.fired(&book, at: 103) == [2, 5, 4, 1, 3])
        for (id, price) in [(1, 97), (2, 99), (3, 97), (4, 98), (5, 99)] {
            #expect(book.add(UInt64(id), stopPrice: Price(price), lastPrice: Price(100)) == nil)
        }
        #expect(Self.fired(&book, at: 98) == [2, 5, 4])
        #expect(Self.fired(&book, at: 1) == [1, 3])
    }

    @Test func `an invalid stop price is refused`() {
        var book = StopBook()
        #expect(book.add(1, stopPrice: Price(100), lastPrice: Price(100)) == .venueInvalidStopPrice)
        #expect(book.add(1, stopPrice: Price(100), lastPrice: nil) == .venueInvalidStopPrice)
        #expect(book.add(1, stopPrice: .zero, lastPrice: Price(100)) == .venueInvalidStopPrice)
        #expect(book.add(1, stopPrice: Price(-1), lastPrice: Price(100)) == .venueInvalidStopPrice)
        #expect(book.isEmpty)
    }

    @Test func `an id waits once and can be taken out once`() {
        var book = StopBook()
        #expect(book.add(1, stopPrice: Price(105), lastPrice: Price(100)) == nil)
        #expect(book.add(1, stopPrice: Price(95), lastPrice: Price(100)) == .venueBadParameter)
        #expect(book.add(2, stopPrice: Price(95), lastPrice: Price(100)) == nil)
        #expect(book.contains(1) && book.contains(2))
        #expect(book.remove(1) == true)
        #expect(book.remove(1) == false)
        #expect(book.remove(2) == true)
        #expect(Self.fired(&book, at: 200) == [])
    }

    @Test func `a full book refuses more`() {
        var book = StopBook()
        for id in 1...StopBook.stopsMax {
            let price = id % 2 == 0 ? Price(100 + id) : Price(raw: 100 - Int128(id % 90))
            #expect(book.add(UInt64(id), stopPrice: price, lastPrice: Price(100)) == nil)
        }
        #expect(book.count == StopBook.stopsMax)
        #expect(book.add(0, stopPrice: Price(101), lastPrice: Price(100)) == .queueFull)
        #expect(book.remove(7) == true)
        #expect(book.add(0, stopPrice: Price(101), lastPrice: Price(100)) == nil)
    }

    @Test func `random stops fire exactly when a list that is searched through says so`() {
        let seed = FuzzSettings.seed(4_711)
        var random = SeededRandom(seed: seed)
        var book = StopBook()
        var list: [(id: UInt64, price: Price, rises: Bool)] = []
        var last = Price(100)
        for id in 1...20_000 as ClosedRange<UInt64> {
            let price = Price(70 + random.below(60))
            if random.chance(0.4) {
                let refusal = book.add(id, stopPrice: price, lastPrice: last)
                if price == last {
                    #expect(refusal == .venueInvalidStopPrice)
                } else {
                    list.append((id, price, price > last))
                }
            } else if random.chance(0.2), let stop = list.first {
                list.removeFirst()
                #expect(book.remove(stop.id) == true)
            } else {
                last = price
                var ids: [UInt64] = []
                book.fire(last, into: &ids)
                let expected = Set(
                    list.filter { $0.rises ? last >= $0.price : last <= $0.price }.map(\.id))
                #expect(Set(ids) == expected && ids.count == expected.count, "seed \(seed), step \(id)")
                list.removeAll { expected.contains($0.id) }
            }
            #expect(book.count == list.count)
        }
    }
}
