import LiveTrading
import Testing

@Suite struct LiveSettingsTests {
    @Test func `an outcome is clean only when the venue has confirmed it`() {
        var outcome = LiveOutcome()
        #expect(!outcome.isClean)
        outcome.isVerified = true
        #expect(outcome.isClean)
        outcome.isTapeBroken = true
        #expect(!outcome.isClean)
    }
}
