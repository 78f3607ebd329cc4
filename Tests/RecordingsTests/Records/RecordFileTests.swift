import Glibc
import Journal
import MarketModel
import Quantities
import Recordings
import TestSupport
import Testing

struct RecordFileTests {
    let folder = ScratchFolder()

    static func market(_ name: String) -> RecordMarket {
        RecordMarket(
            name: name, base: "ABC", quote: "USDT", priceDecimals: 2, quantityDecimals: 5,
            tick: Price(raw: 10_000_000_000), lot: Quantity(raw: 10_000_000))
    }

    static func trade(_ id: Int, market: Int = 0, price: String = "25.35") -> MarketEvent {
        .trade(
            Trade(
                market: MarketID(market), aggressor: id % 2 == 0 ? .buy : .sell,
                id: DealID(UInt64(id)), price: try! Price(price), quantity: try! Quantity("0.5"),
                venueTime: Tape.at(Int64(id)), receivedAt: Tape.at(Int64(id) + 2)))
    }

    /// Writes trades with these numbers to a file of two markets.
    func write(_ numbers: Range<Int>, _ name: String) throws -> String {
        let path = folder.file(name)
        var writer = try RecordFileWriter(path, ["ABCUSDT", "DEFUSDT"].map(Self.market))
        for number in numbers { try writer.append(Self.trade(number, market: number % 2)) }
        try writer.finish()
        return path
    }

    @Test(arguments: [0, 1, 4_095, 4_096, 10_000])
    func `what is written is what is mapped, and what is read`(count: Int) throws {
        let path = try write(0..<count, "trades.rec")
        let mapped = try MappedRecords(path)
        #expect(mapped.header.recordCount == UInt64(count))
        #expect(mapped.header.markets.map(\.name) == ["ABCUSDT", "DEFUSDT"])
        if count > 0 {
            #expect(mapped.header.firstAt == Tape.at(2))
            #expect(mapped.header.lastAt == Tape.at(Int64(count) + 1))
        }
        let scale = Self.market("ABCUSDT").scale
        let differences = mapped.withRecords { records in
            records.indices.count { records[$0].event(scale) != Self.trade($0, market: $0 % 2) }
        }
        #expect(differences == 0)
        #expect(mapped.records.count == count)
        let reading = try Reading([path])
        #expect(reading.events == (0..<count).map { Self.trade($0, market: $0 % 2) })
        #expect(reading.report.trades == count)
    }

    @Test func `several files continue each other`() throws {
        let reading = try Reading([try write(0..<300, "1.rec"), try write(300..<700, "2.rec")])
        #expect(reading.events == (0..<700).map { Self.trade($0, market: $0 % 2) })
    }

    @Test func `files out of order, or of other markets, do not`() throws {
        let first = try write(0..<3, "1.rec")
        let second = try write(3..<5, "2.rec")
        #expect(throws: RecordingError.records(path: first, error: .timeBackwards(record: 0))) {
            try RecordingSource([second, first])
        }
        let other = folder.file("other.rec")
        var writer = try RecordFileWriter(other, [Self.market("ABCUSDT")])
        try writer.finish()
        #expect(throws: RecordingError.mixedFiles(path: other)) {
            try RecordingSource([first, other])
        }
        let raw = folder.write([Tape.line(0, Tape.ticker(1))], "raw.log")
        #expect(throws: RecordingError.mixedFiles(path: raw)) { try RecordingSource([first, raw]) }
    }

    @Test func `a file appears only when it is complete`() throws {
        let path = folder.file("late.rec")
        do {
            var writer = try RecordFileWriter(path, [Self.market("ABCUSDT")])
            try writer.append(Self.trade(1))
            #expect(access(path, F_OK) != 0)
            #expect(access(path + ".partial", F_OK) == 0)
        }
        #expect(access(path, F_OK) != 0)
        #expect(access(path + ".partial", F_OK) != 0)
        _ = try write(0..<1, "late.rec")
        #expect(access(path, F_OK) == 0)
        #expect(access(path + ".partial", F_OK) != 0)
    }

    @Test func `an event that has no place in the file is refused with its number`() throws {
        let path = folder.file("refused.rec")
        func error(_ event: MarketEvent) throws -> RecordFault? {
            var writer = try RecordFileWriter(path, [Self.market("ABCUSDT")])
            try writer.append(Self.trade(5))
            do throws(RecordingError) {
                try writer.append(event)
                return nil
            } catch {
                guard case .unwritable(path, 1, let fault) = error else { throw error }
                return fault
            }
        }
        #expect(try error(Self.trade(5)) == nil)
        #expect(try error(Self.trade(4)) == .timeBackwards)
        #expect(try error(Self.trade(6, market: 1)) == .unknownMarket(1))
        #expect(try error(Self.trade(6, price: "1.001")) == .scale(.lostDigits))
        #expect(try error(Self.trade(6, price: "100000000000000000")) == .scale(.overflow))
    }

    @Test func `a place that cannot be written is an error of the file`() {
        #expect {
            _ = try RecordFileWriter("\(folder.path)/no/such/folder.rec", [])
        } throws: { error in
            guard case .file(let error)? = error as? RecordingError else { return false }
            return error.operation == .create && error.code == ENOENT
        }
    }

    @Test func `a file cut anywhere is refused`() throws {
        let bytes = ScratchFolder.read(try write(0..<3, "whole.rec"))
        for count in 0..<bytes.count {
            let path = folder.write(Array(bytes[..<count]), "cut.rec")
            #expect(throws: RecordingError.self, "\(count)") { try MappedRecords(path) }
        }
        let longer = folder.write(bytes + [0], "longer.rec")
        #expect(
            throws: RecordingError.records(
                path: longer, error: .countMismatch(declared: 3, bytes: 3 * 64 + 1))
        ) { try MappedRecords(longer) }
    }

    @Test func `a damaged record is found when every record is checked`() throws {
        var bytes = ScratchFolder.read(try write(0..<3, "whole.rec"))
        bytes[bytes.count - 64] = 99
        let path = folder.write(bytes, "damaged.rec")
        #expect(
            throws: RecordingError.records(path: path, error: .unknownKind(record: 2, code: 99))
        ) { try MappedRecords(path) }
        let unchecked = try MappedRecords(path, checking: .header)
        #expect(unchecked.records[2].kind == nil)
    }

    @Test func `what is missing or no file is an error of the file`() {
        for (path, code) in [("\(folder.path)/none.rec", ENOENT), (folder.path, EISDIR)] {
            #expect {
                _ = try RecordingSource([path])
            } throws: { error in
                guard case .file(let error)? = error as? RecordingError else { return false }
                return error.code == code
            }
        }
        #expect(throws: RecordingError.noFiles) { try RecordingSource([]) }
    }

    @Test func `an imported recording has the same events and the same report on its books`() throws {
        let raw = [folder.write(RawFrameReaderTests.lines, "raw.log")]
        let target = folder.file("imported.rec")
        let report = try RecordingImporter.convert(raw, to: target)
        let original = try Reading(raw)
        let imported = try Reading([target])
        #expect(report == original.report)
        #expect(imported.events == original.events)
        #expect(imported.report.bookSamples == original.report.bookSamples)
        #expect(imported.report.range == original.report.range)
        #expect(report.bookSamples == 1)
    }

    @Test func `an import that fails leaves nothing behind`() {
        let raw = folder.write([Tape.line(0, Tape.ticker(1)), "oops"], "raw.log")
        let target = folder.file("imported.rec")
        #expect(throws: RecordingError.line(path: raw, number: 2, fault: .noTime)) {
            try RecordingImporter.convert([raw], to: target)
        }
        #expect(access(target, F_OK) != 0)
        #expect(access(target + ".partial", F_OK) != 0)
    }
}
