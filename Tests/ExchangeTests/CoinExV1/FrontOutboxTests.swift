import Quantities
import Testing

@testable import Exchange

struct FrontOutboxTests {
    private static let now = Instant(milliseconds: 1_636_000_000_000)

    @Test func `a client for whom too much waits is closed, the others are not`() {
        let slow = FrontSessionID(number: 1)
        let other = FrontSessionID(number: 2)
        var outbox = FrontOutbox(FrontPace())
        for _ in 0..<FrontOutbox.countMax - 1 {
            outbox.put(
                .message(slow, [1]), .push(.deals), for: slow, at: Self.now, delay: .seconds(9))
        }
        outbox.put(.message(other, [2]), .push(.deals), for: other, at: Self.now)
        #expect(outbox.take(at: Self.now) == .message(other, [2]))
        outbox.put(.message(slow, [1]), .push(.deals), for: slow, at: Self.now)
        #expect(outbox.count == FrontOutbox.countMax)
        outbox.put(.message(slow, [1]), .push(.deals), for: slow, at: Self.now)
        #expect(outbox.take(at: Self.now) == .close(slow))
        #expect(outbox.count == 0)
    }

    @Test func `a reset goes before all that waits`() {
        let session = FrontSessionID(number: 1)
        var outbox = FrontOutbox(FrontPace())
        outbox.put(.message(session, [1]), .push(.deals), for: session, at: Self.now, delay: .seconds(9))
        outbox.put(.message(session, [1]), .push(.deals), for: session, at: Self.now)
        outbox.putReset(session, at: Self.now)
        #expect(outbox.take(at: Self.now) == .reset(session))
        #expect(outbox.take(at: Self.now + .seconds(10)) == nil)
    }
}
