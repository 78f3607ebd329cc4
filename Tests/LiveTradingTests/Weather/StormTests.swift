import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TestSupport
import Testing
import TradingCore
import VenueKit

/// After any storm, once it is quiet, the session holds what the venue holds.
@Suite struct StormTests {
    private static let seed = FuzzSettings.seed(0x57A6)

    @Test func `no order is lost or doubled, and no fill is lost or doubled, whatever the weather`() {
        for number in 0..<UInt64(FuzzSettings.cases(60)) {
            let problems = storm(Self.seed &+ number)
            #expect(
                problems.map { "seed \(Self.seed &+ number): \($0)" } == [], "seed \(Self.seed &+ number)")
        }
    }

    private func storm(_ seed: UInt64) -> [String] {
        let storm = StormyStage(seed: seed)
        storm.start()
        storm.run(.seconds(90))
        storm.isStormy = false
        storm.run(.minutes(6))
        var problems: [String] = []
        let venue = storm.venue
        let stage = storm.stage
        if stage.phase != .running || !stage.isReady {
            problems.append(
                "not running: \(stage.phase) \(stage.socket.suffix(6)) \(stage.notices.suffix(4))")
        }
        // Each name is at the venue once, but for replacements that keep theirs.
        let placed = stage.tape.dispatches.count { if case .place = $0.command { true } else { false } }
        let replaced = stage.tape.dispatches.count { if case .modify = $0.command { true } else { false } }
        if venue.orders.count > placed + replaced {
            problems.append("\(venue.orders.count) orders at the venue of \(placed) + \(replaced) sent")
        }
        let ours = stage.orders.filter(\.isActive)
        let listed = Set(venue.open.map(\.id))
        let known = Set(ours.map(\.venueID.raw))
        if listed != known {
            problems.append("the venue has \(listed.sorted()) open, and we \(known.sorted())")
            problems += ours.map { "\($0.id) \(StageWords.state($0)) \($0.venueID.raw)" }
        }
        if venue.position != stage.position {
            problems.append("position \(stage.position), at the venue \(venue.position)")
        }
        let fills = stage.diary.fills.map(\.deal)
        if Set(fills).count != fills.count {
            problems.append(
                "a fill was told twice: \(stage.diary.fills.map { "\($0.deal.raw) of \($0.order)" })")
        }
        let deals = venue.orders.flatMap(\.deals).count
        if fills.count != deals { problems.append("\(fills.count) fills of \(deals)") }
        storm.stop()
        storm.run(.seconds(20))
        if stage.outcome?.isClean != true {
            problems.append("stopped with \(stage.outcome.debugDescription)")
        }
        if !storm.venue.open.isEmpty { problems.append("orders were left at the venue") }
        return problems
    }
}
