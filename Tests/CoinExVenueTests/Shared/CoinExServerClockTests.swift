import CoinExVenue
import Quantities
import Testing

struct CoinExServerClockTests {
    private func at(_ milliseconds: Int64) -> Instant { Instant(milliseconds: milliseconds) }

    @Test func `before the first answer our own clock counts`() {
        let clock = CoinExServerClock()
        #expect(clock.tonce(at: at(1_000)) == 1_000)
        #expect(clock.uncertainty(at: at(1_000)) == nil)
    }

    @Test func `the offset is in the middle of what an answer leaves open`() {
        var clock = CoinExServerClock()
        // The venue is 5 s ahead: asked at 1.000, written at 6.020 by its clock, heard at 1.040.
        clock.learn(at(6_020), resolution: .milliseconds(0), askedAt: at(1_000), heardAt: at(1_040))
        #expect(clock.offset == .seconds(5))
        #expect(clock.uncertainty(at: at(1_040)) == .milliseconds(20))
        #expect(clock.tonce(at: at(2_000)) == 7_000)
    }

    @Test func `a narrower answer replaces a wider one, not the other way round`() {
        var clock = CoinExServerClock()
        clock.learn(at(6_000), resolution: .seconds(1), askedAt: at(1_000), heardAt: at(1_040))
        #expect(clock.uncertainty(at: at(1_040)) == .milliseconds(520))
        clock.learn(at(6_120), resolution: .milliseconds(1), askedAt: at(1_100), heardAt: at(1_139))
        #expect(clock.uncertainty(at: at(1_139)) == .milliseconds(20))
        let offset = clock.offset
        clock.learn(at(9_000), resolution: .seconds(1), askedAt: at(1_200), heardAt: at(1_240))
        #expect(clock.offset == offset)
    }

    @Test func `bounds widen with age, until a wide answer is better than an old one`() {
        var clock = CoinExServerClock()
        clock.learn(at(0), resolution: .zero, askedAt: at(0), heardAt: at(20))
        #expect(clock.uncertainty(at: at(1_000_020)) == .milliseconds(110))
        clock.learn(at(1_000_050), resolution: .zero, askedAt: at(1_000_000), heardAt: at(1_000_100))
        #expect(clock.uncertainty(at: at(1_000_100)) == .milliseconds(50))
    }

    @Test func `an answer that was heard before it was asked for teaches nothing`() {
        var clock = CoinExServerClock()
        clock.learn(at(5), resolution: .zero, askedAt: at(10), heardAt: at(9))
        #expect(clock == CoinExServerClock())
    }
}
