import Quantities
import Testing
import TradingCore

@testable import LiveView
@testable import Runtime

@Suite struct ViewStateTests {
    private func state(_ session: SessionSnapshot, _ keys: [Key]) -> ViewState {
        var state = ViewState()
        for key in keys { state.take(key, session) }
        return state
    }

    @Test func `strategies and markets are gone through in a circle`() {
        let session = Samples.portfolio(strategies: 3, markets: 2)
        #expect(state(session, [.down]).strategy == 1)
        #expect(state(session, [.down]).market == 1, "the market of the strategy")
        #expect(state(session, [.up]).strategy == 2)
        #expect(state(session, [.tab, .tab, .tab]).strategy == 0)
        #expect(state(session, [.left]).market == 1)
        #expect(state(session, [.right, .right]).market == 0)
        #expect(state(session, [.right]).strategy == 0)
    }

    @Test func `the pace goes up and down in round steps, from what it is`() {
        let session = Samples.maker()
        #expect(state(session, []).speed == nil)
        #expect(state(session, [.character("+")]).speed == 500)
        #expect(state(session, [.character("-")]).speed == 200)
        #expect(state(session, [.character("-"), .character("+")]).speed == 500)
        #expect(state(session, Array(repeating: .character("+"), count: 50)).speed == 10_000)
        #expect(state(session, Array(repeating: .character("-"), count: 50)).speed == 0.1)
    }

    @Test func `a session as fast as it goes has no pace to change`() {
        var session = Samples.maker()
        session.progress.speed = nil
        #expect(state(session, [.character("+")]).speed == nil)
    }

    @Test func `time is held and let go, where it is ours to hold`() {
        #expect(state(Samples.maker(), [.character("p")]).isPaused)
        #expect(!state(Samples.maker(), [.character("p"), .character(" ")]).isPaused)
        var session = Samples.maker()
        session.title.isSimulated = false
        #expect(!state(session, [.character("p")]).isPaused)
    }

    @Test func `other keys do nothing but what they say`() {
        let session = Samples.maker()
        #expect(state(session, [.character("q")]).wantsEnd)
        #expect(state(session, [.character("?")]).isHelpShown)
        #expect(!state(session, [.character("?"), .escape]).isHelpShown)
        #expect(state(session, [.character("x"), .escape]) == ViewState())
    }

    @Test func `rates are counted over the last two seconds`() {
        var meter = RateMeter()
        var session = Samples.maker()
        #expect(meter.eventsPerSecond == 0)
        for _ in 0..<100 {
            meter.note(session)
            session.progress.wallTime = session.progress.wallTime + .milliseconds(100)
            session.progress.now = session.progress.now + .seconds(30)
            session.progress.events += 1_000
            session.counters.placements += 15
        }
        #expect(abs(meter.eventsPerSecond - 10_000) < 1e-6)
        #expect(abs(meter.ordersPerSecond - 0.5) < 1e-9)
    }
}
