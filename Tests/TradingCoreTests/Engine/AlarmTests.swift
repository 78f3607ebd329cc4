import MarketModel
import Quantities
import StrategyKit
import Testing
import TradingCore
import VenueKit

/// Alarms as a dialogue: what is set, and what goes off when.
struct AlarmTests {
    @Test func `alarms go off in the order of their deadlines, equal ones as they were set`() {
        let stage = Stage.one()
        stage.wish { desk in
            for (tag, milliseconds) in [(1, 30), (2, 10), (3, 20), (4, 10), (5, 30), (6, 10)] {
                desk.setAlarm(after: .milliseconds(Int64(milliseconds)), tag: tag)
            }
        }
        let begin = stage.now
        #expect(stage.engine.nextDue == begin + .milliseconds(10))
        stage.advance(.milliseconds(9))
        #expect(stage.diary.alarms == [])
        stage.advance(.milliseconds(1))
        #expect(stage.diary.alarms.map(\.tag) == [2, 4, 6])
        stage.advance(.seconds(1))
        #expect(stage.diary.alarms.map(\.tag) == [2, 4, 6, 3, 1, 5])
    }

    @Test func `each alarm sees its own time, however late the driver comes`() {
        let seen = Diary()
        let stage = Stage.one { heard, desk in
            guard case .alarm(let alarm) = heard else { return }
            seen.heard.append(.alarm(Alarm(id: alarm.id, tag: alarm.tag, deadline: desk.now)))
        }
        let begin = stage.now
        stage.wish { desk in
            desk.setAlarm(after: .milliseconds(10), tag: 1)
            desk.setAlarm(after: .milliseconds(20), tag: 2)
        }
        stage.advance(.seconds(5))
        #expect(seen.alarms.map(\.deadline) == [begin + .milliseconds(10), begin + .milliseconds(20)])
        #expect(stage.engine.desk.now == begin + .seconds(5))
    }

    @Test func `an alarm set by an alarm goes off in the same advance when it is due by then`() {
        let stage = Stage.one { heard, desk in
            if case .alarm(let alarm) = heard, alarm.tag < 5 {
                desk.setAlarm(after: .seconds(1), tag: alarm.tag + 1)
            }
        }
        stage.wish { $0.setAlarm(after: .seconds(1), tag: 1) }
        stage.advance(.milliseconds(3_500))
        #expect(stage.diary.alarms.map(\.tag) == [1, 2, 3])
    }

    @Test func `an alarm of the past goes off at once, not before now`() {
        let stage = Stage.one()
        stage.wish { $0.setAlarm(at: .distantPast, tag: 1) }
        #expect(stage.engine.nextDue == stage.now)
        stage.advance(.zero)
        #expect(stage.diary.alarms.map(\.deadline) == [stage.now])
    }

    @Test func `cancelled alarms do not go off, and give their room back`() {
        let stage = Stage.one()
        stage.wish { desk in
            desk.setAlarm(after: .seconds(1), tag: -1)
            for tag in 0..<10_000 {
                let id = desk.setAlarm(after: .seconds(3_600), tag: tag)
                if let id, tag != 9_999 { desk.cancelAlarm(id) }
            }
        }
        stage.advance(.seconds(7_200))
        #expect(stage.diary.alarms.map(\.tag) == [-1, 9_999])
    }

    @Test func `more alarms than there is room for are refused`() {
        let stage = Stage.one()
        var count = 0
        stage.wish { desk in
            for _ in 0..<5_000 where desk.setAlarm(after: .seconds(1)) != nil { count += 1 }
        }
        #expect(count == 4_096)
        stage.advance(.seconds(1))
        #expect(stage.diary.alarms.count == 4_096)
    }

    @Test func `a strategy cannot cancel the alarm of another`() {
        let stage = Stage.many([RiskLimits(), RiskLimits()])
        var id: AlarmID?
        stage.wish(as: 0) { id = $0.setAlarm(after: .seconds(1), tag: 7) }
        stage.wish(as: 1) { desk in if let id { desk.cancelAlarm(id) } }
        stage.advance(.seconds(1))
        #expect(stage.diaries[0].alarms.map(\.tag) == [7])
        #expect(stage.diaries[1].alarms == [])
    }

    @Test func `alarms of a strategy that has stopped are silent`() {
        let stage = Stage.many([RiskLimits(), RiskLimits()])
        for index in 0...1 { stage.wish(as: index) { $0.setAlarm(after: .seconds(1), tag: 7) } }
        stage.wish(as: 0) { $0.stop(because: "done") }
        stage.advance(.seconds(1))
        #expect(stage.diaries[0].alarms == [])
        #expect(stage.diaries[1].alarms.count == 1)
    }

    @Test func `alarms that never end at one moment stop their strategy`() {
        let endless: @Sendable (Heard, inout Desk) -> Void = { heard, desk in
            if case .alarm = heard { desk.setAlarm(after: .zero) }
        }
        let stage = Stage.many([RiskLimits(), RiskLimits()], reactions: [endless])
        stage.wish(as: 0) { $0.setAlarm(after: .seconds(1)) }
        stage.wish(as: 1) { $0.setAlarm(after: .seconds(2)) }
        stage.advance(.seconds(3))
        #expect(stage.statuses == [.failed("alarms without end at one moment"), .running])
        #expect(stage.alerts == [.strategyFailed])
        #expect(stage.diaries[1].alarms.count == 1)
    }
}
