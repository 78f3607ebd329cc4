import CoinExVenue
import MarketModel
import Quantities
import Testing

/// A level of the naive book: texts, as they came.
struct TextLevel: Equatable {
    var price: String
    var quantity: String

    var level: CoinExBookLevel {
        func decimals(_ text: String) -> UInt8 {
            UInt8(text.split(separator: ".").dropFirst().first?.count ?? 0)
        }
        return CoinExBookLevel(
            price: try! Price(price), quantity: try! Quantity(quantity), priceDecimals: decimals(price),
            quantityDecimals: decimals(quantity))
    }
}

/// A book of texts, kept without any care for speed: what the fast one is compared with.
struct NaiveBook {
    var bids: [TextLevel] = []
    var asks: [TextLevel] = []

    static func set(_ level: TextLevel, _ levels: inout [TextLevel], descending: Bool) {
        levels.removeAll { try! Price($0.price) == Price(level.price) }
        if try! !Quantity(level.quantity).isZero { levels.append(level) }
        levels.sort { try! (Price($0.price) < Price($1.price)) != descending }
    }

    var text: String {
        (bids + asks).flatMap { [$0.price, $0.quantity] }.joined(separator: ":")
    }

    /// CRC-32 bit by bit, from its definition.
    static func crc(_ text: String) -> UInt32 {
        var crc: UInt32 = .max
        for byte in text.utf8 {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }
}

struct CoinExBookTests {
    private func levels(_ texts: [(String, String)]) -> [CoinExBookLevel] {
        texts.map { TextLevel(price: $0.0, quantity: $0.1).level }
    }

    private func apply(
        _ book: inout CoinExBook, full: Bool, bids: [(String, String)] = [], asks: [(String, String)] = [],
        at time: Int64 = 1, checksum: UInt32? = nil
    ) -> CoinExBook.Outcome {
        var text = CoinExChecksum()
        return book.apply(
            isFull: full, bids: levels(bids), asks: levels(asks), time: Instant(milliseconds: time),
            checksum: checksum, &text)
    }

    @Test func `the checksums of the documents are ours`() {
        let table: [([(String, String)], [(String, String)], UInt32)] = [
            ([("46349.61", "0.04000000")], [("46350.52", "1.07871851")], 1_533_284_725),
            ([("46350.52", "1.07871851"), ("46351.00", "2.00000000")].reversed(), [], 0),
            ([("46349.61", "0.04000000")], [], 421_807_566),
            ([], [], 0),
        ]
        for (bids, asks, expected) in table where expected != 0 || bids.isEmpty {
            var book = CoinExBook(limit: 5)
            #expect(apply(&book, full: true, bids: bids, asks: asks, checksum: expected) == .replaced)
        }
        var book = CoinExBook(limit: 5)
        let asks = [("46350.52", "1.07871851"), ("46351.00", "2.00000000")]
        #expect(
            apply(&book, full: true, asks: asks, checksum: UInt32(bitPattern: -1_672_062_819)) == .replaced)
    }

    @Test func `the text is that of the wire, whatever the digits`() {
        let table = [
            ("0.00000001", "1"), ("1", "0.1"), ("10", "100.00"), ("99.000000000000000", "123456789012345678"),
            ("0.5", "999999999999999999.999999999999"), ("18446744.073709551615", "18446744.073709551616"),
            ("18446745", "0.000000000001"),
        ]
        for (price, quantity) in table {
            var book = CoinExBook(limit: 5)
            let checksum = NaiveBook.crc("\(price):\(quantity)")
            #expect(
                apply(&book, full: true, bids: [(price, quantity)], checksum: checksum) == .replaced,
                "\(price):\(quantity)")
        }
    }

    @Test func `changes before the first whole book and older ones are dropped`() {
        var book = CoinExBook(limit: 5)
        #expect(apply(&book, full: false, bids: [("1", "1")]) == .waiting)
        #expect(apply(&book, full: true, bids: [("1", "1")], at: 10) == .replaced)
        #expect(apply(&book, full: false, bids: [("1", "7")], at: 9) == .old)
        #expect(apply(&book, full: true, bids: [("1", "7")], at: 9) == .old)
        #expect(book.bids.best?.quantity == quantity("1"))
        #expect(apply(&book, full: false, bids: [("1", "7")], at: 10) == .changed)
        #expect(book.bids.best?.quantity == quantity("7"))
    }

    @Test func `a book with another checksum is suspect until the next whole one`() {
        var book = CoinExBook(limit: 5)
        #expect(apply(&book, full: true, bids: [("1", "1")], checksum: NaiveBook.crc("1:1")) == .replaced)
        #expect(apply(&book, full: false, bids: [("2", "1")], checksum: 1) == .damaged)
        #expect(book.state == .suspect)
        #expect(apply(&book, full: false, bids: [("2", "1")], checksum: NaiveBook.crc("2:1:1:1")) == .waiting)
        #expect(apply(&book, full: true, bids: [("2", "1")], checksum: NaiveBook.crc("2:1")) == .replaced)
        #expect(book.state == .live)
    }

    @Test func `without a checksum a side that is too long shows the damage`() {
        var book = CoinExBook(limit: 5)
        let five = (1...5).map { ("\($0)", "1") }
        #expect(apply(&book, full: true, asks: five) == .replaced)
        #expect(apply(&book, full: false, asks: [("6", "1")]) == .damaged)
        var other = CoinExBook(limit: 5)
        #expect(apply(&other, full: true, asks: five) == .replaced)
        #expect(apply(&other, full: false, asks: [("6", "1"), ("1", "0.000")]) == .changed)
        #expect(other.asks.best?.price == price("2"))
    }

    @Test func `prices sort by value, not by text`() {
        var book = CoinExBook(limit: 5)
        _ = apply(
            &book, full: true, bids: [("9.99", "1"), ("10.00", "1")], asks: [("101", "1"), ("99.5", "1")])
        #expect(book.bids.best?.price == price("10"))
        #expect(book.asks.best?.price == price("99.5"))
    }

    @Test func `any changes lead to the book and the checksum of a naive one`() {
        let seed = FuzzChoice.seed
        var random = SeededRandom(seed: seed)
        for _ in 0..<FuzzChoice.cases(150) {
            var book = CoinExBook(limit: 50)
            var naive = NaiveBook()
            var text = CoinExChecksum()
            for step in 0..<30 {
                let isFull = step == 0 || random.below(8) == 0
                if isFull { naive = NaiveBook() }
                var sides: [[TextLevel]] = [[], []]
                for side in 0..<2 {
                    for _ in 0..<Int(random.below(6)) {
                        let digits = Int(random.below(3))
                        let whole = side == 0 ? random.below(90) : 100 + random.below(90)
                        let price =
                            "\(whole + 1)" + (digits == 0 ? "" : "." + "\(random.below(10))0".prefix(digits))
                        let zeros = ["0", "0.0", "0.00000000"]
                        let quantity =
                            random.below(3) == 0
                            ? zeros[Int(random.below(3))] : "\(random.below(1_000)).\(random.below(9))1"
                        let level = TextLevel(price: price, quantity: quantity)
                        sides[side].append(level)
                        if side == 0 {
                            NaiveBook.set(level, &naive.bids, descending: true)
                        } else {
                            NaiveBook.set(level, &naive.asks, descending: false)
                        }
                    }
                }
                let outcome = book.apply(
                    isFull: isFull, bids: sides[0].map(\.level), asks: sides[1].map(\.level),
                    time: Instant(milliseconds: Int64(step)), checksum: NaiveBook.crc(naive.text), &text)
                #expect(outcome == (isFull ? .replaced : .changed), "seed \(seed)")
                #expect(
                    (0..<book.bids.count).map { book.bids[$0] } == naive.bids.map(\.level), "seed \(seed)")
                #expect(
                    (0..<book.asks.count).map { book.asks[$0] } == naive.asks.map(\.level), "seed \(seed)")
                guard outcome != .damaged else { return }
            }
        }
    }
}
