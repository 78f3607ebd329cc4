import Configuration
import Journal
import Quantities
import TradingCore

/// Looks whether somebody has thrown the switch of a running session.
///
/// It is a file, so that it can be thrown while nothing else of the program answers, and stays thrown when the
/// program is gone. The driver looks between events, at most once in `lookPause` of the wall clock; what is on the
/// way of an event never does.
package final class HaltSwitch {
    /// How long a thrown switch may go unseen, and what the driver needs between two looks.
    package static let lookPause = Interval.seconds(1)

    private let state: BotState
    private let paths: [String]
    private var lookedAt: Interval?
    private var pending: HaltLatch?
    /// The switch as it was found thrown; nil while it is not.
    package private(set) var latch: HaltLatch?

    /// - Parameter run: the name of the session's folder; nil when it has none.
    package init(_ state: BotState, run: String?) {
        self.state = state
        paths = [state.haltPath] + (run.map { [state.haltPath(run: $0)] } ?? [])
    }

    /// Looks when it is time to; true while there is something to take.
    ///
    /// - Parameter elapsed: since the session's start, by the wall clock.
    package func look(at elapsed: Interval) -> Bool {
        if pending != nil { return true }
        if let last = lookedAt, elapsed - last < Self.lookPause { return false }
        lookedAt = elapsed
        for path in paths {
            guard let found = found(path), latch == nil || (found.flattens && latch?.flattens == false) else {
                continue
            }
            pending = found
            return true
        }
        return false
    }

    /// What was found since the last time, once; nil when it was nothing.
    package func take() -> HaltLatch? {
        guard let found = pending else { return nil }
        pending = nil
        latch = found
        // Thrown in the run's folder alone, it still has to outlive this session.
        do throws(FileError) {
            if try state.latch() == nil { _ = try state.halt(found) }
        } catch {
            latch?.reason += " (the bot's own switch cannot be written: \(error))"
        }
        return latch
    }

    /// A switch that is there and cannot be read counts as thrown.
    private func found(_ path: String) -> HaltLatch? {
        do throws(FileError) {
            return try BotState.latch(path)
        } catch {
            return HaltLatch(flattens: false, at: .distantPast, by: "unknown", reason: "\(error)")
        }
    }
}

extension HaltLatch {
    /// The step of the ladder that it stands for.
    package var step: LadderStep { flattens ? .flattened : .halted }
}

extension SessionConfiguration {
    /// The name that the bot of this session has for its switch and its state: the labels of its strategies.
    ///
    /// A bot that trades at a venue has a name of its own there.
    package var botName: String {
        if data == .venue { return connection.bot }
        let name = strategies.map(\.label).joined(separator: "+")
        guard name.utf8.count > Self.botNameBytesMax else { return name }
        return String(name.utf8.prefix(Self.botNameBytesMax).map { Character(Unicode.Scalar($0)) })
            + "+" + ContentHash(name).text
    }

    /// A longer name is cut, and told apart by a hash.
    private static var botNameBytesMax: Int { 100 }

    /// Whether the session trades while time passes, so that it can be halted and must be armed.
    package var canBeHalted: Bool {
        switch mode {
        case .backtest: false
        case .paper, .live: true
        }
    }

    package var botState: BotState { BotState(journal: journal.folder, bot: botName) }
}
