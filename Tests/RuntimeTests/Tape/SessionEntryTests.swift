import MarketModel
import Quantities
import Testing
import VenueKit

@testable import Runtime

@Suite struct SessionEntryTests {
    @Test func `every kind of entry comes back as it was written`() throws {
        var samples = EntrySamples(seed: 1)
        for _ in 0..<200 {
            for entry in samples.all() {
                let bytes = try entry.encoded()
                #expect(try SessionEntry.decoded(kind: entry.kind, bytes) == entry)
            }
        }
    }

    @Test func `an entry that was cut anywhere is told as too short`() throws {
        var samples = EntrySamples(seed: 2)
        for entry in samples.all() {
            let bytes = try entry.encoded()
            for count in 0..<bytes.count {
                #expect(throws: TapeFieldError.truncated) {
                    try SessionEntry.decoded(kind: entry.kind, Array(bytes[..<count]))
                }
            }
        }
    }

    @Test func `bytes behind the last field are an error`() throws {
        var samples = EntrySamples(seed: 3)
        for entry in samples.all() {
            let bytes = try entry.encoded()
            #expect(throws: TapeFieldError.trailingBytes) {
                try SessionEntry.decoded(kind: entry.kind, bytes + [0])
            }
        }
    }

    @Test func `a kind of entry, event, fact or command that is not known is an error`() throws {
        let time = [UInt8](repeating: 0, count: 8)
        for kind in [0, 13, 255] as [UInt8] {
            #expect(throws: TapeFieldError.unknownCode("entry")) {
                try SessionEntry.decoded(kind: kind, time)
            }
        }
        for code in [0, 8, 255] as [UInt8] {
            #expect(throws: TapeFieldError.unknownCode("market event")) {
                try SessionEntry.decoded(kind: 3, [code])
            }
        }
        for code in [0, 12, 255] as [UInt8] {
            #expect(throws: TapeFieldError.unknownCode("fact")) {
                try SessionEntry.decoded(kind: 4, time + [code])
            }
        }
        for code in [0, 5, 255] as [UInt8] {
            #expect(throws: TapeFieldError.unknownCode("command")) {
                try SessionEntry.decoded(kind: 6, time + [0] + time + [code])
            }
        }
    }

    @Test func `codes inside an entry are checked`() throws {
        let change = LevelChange(
            market: MarketID(0), side: .buy, isLast: true, price: .zero, quantity: .zero, sequence: 0,
            venueTime: .distantPast, receivedAt: .distantPast)
        let bytes = try SessionEntry.event(.level(change)).encoded()
        // The code of the event and the market stand before the side and the flag.
        var wrongSide = bytes
        wrongSide[3] = 9
        #expect(throws: TapeFieldError.unknownCode("Side")) {
            try SessionEntry.decoded(kind: 3, wrongSide)
        }
        var wrongFlag = bytes
        wrongFlag[4] = 2
        #expect(throws: TapeFieldError.unknownCode("flag")) {
            try SessionEntry.decoded(kind: 3, wrongFlag)
        }
    }

    @Test func `an entry that names a market or asset of another session is refused`() throws {
        let bounds = SessionEntry.Bounds(markets: 1, assets: 2)
        func reset(_ market: Int) -> SessionEntry {
            .event(
                .reset(
                    BookReset(
                        market: MarketID(market), reason: .snapshot, sequence: 0, venueTime: .distantPast,
                        receivedAt: .distantPast)))
        }
        func balance(_ asset: Int) -> SessionEntry {
            .fact(
                .balance(
                    Balance(asset: AssetID(asset), total: .zero, frozen: .zero, venueTime: .distantPast)),
                .distantPast)
        }
        try bounds.check(reset(0))
        try bounds.check(balance(1))
        #expect(throws: TapeFieldError.unknownCode("market")) { try bounds.check(reset(1)) }
        #expect(throws: TapeFieldError.unknownCode("asset")) { try bounds.check(balance(2)) }
    }
}
