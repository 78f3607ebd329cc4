import MarketModel
import Quantities
import StrategyKit

/// One moment of a tape: what was expected of it, and what happened.
struct TapeMoment: Equatable, Sendable {
    var at: Interval
    /// The row that it belongs to and its number within it; nil where something happened between the rows.
    var row: (index: Int, repetition: Int)?
    var expected: [TapeItem] = []
    var happened: [TapeItem] = []

    var matches: Bool { expected == happened }

    static func == (a: TapeMoment, b: TapeMoment) -> Bool {
        a.at == b.at && a.row?.index == b.row?.index && a.row?.repetition == b.row?.repetition
            && a.expected == b.expected && a.happened == b.happened
    }
}

/// Plays a tape on a stage and notes what happens.
struct TapeRunner {
    private let text: TapeText
    private let stage: any TapeStage
    private let log: TapeLog
    private(set) var moments: [TapeMoment] = []
    /// The market and the orders at the first moment that was not as expected.
    private(set) var picture: StagePicture?

    init(_ text: TapeText, _ stage: any TapeStage, _ log: TapeLog) {
        self.text = text
        self.stage = stage
        self.log = log
    }

    mutating func run() throws(TapeError) {
        for index in text.rows.indices {
            for repetition in 0..<text.rows[index].times.count { try play(index, repetition) }
        }
        takeGaps(log.take())
    }

    private mutating func play(_ index: Int, _ repetition: Int) throws(TapeError) {
        let row = text.rows[index]
        let at = row.times[repetition]
        let now = TapeClock.instant(at)
        stage.advance(to: now)
        let passed = log.take()
        takeGaps(passed.filter { $0.at < now })
        var happened = passed.filter { $0.at >= now }

        let actions = row.marketActions[repetition % row.marketActions.count]
        // What the venue means to do is settled before the market moves, what it does comes after.
        for action in row.venueActions where action.kind.isIntention { try stage.play(action, at: now) }
        for event in MarketAction.events(actions, at: now) { stage.feed(event) }
        for action in row.venueActions where !action.kind.isIntention { try stage.play(action, at: now) }
        if actions.contains(.stop) { stage.stop(at: now) }
        stage.look { log.listen($0) }

        let fresh = log.take()
        happened += fresh.filter { $0.at <= now }
        let isLast = repetition == row.times.count - 1
        add(
            TapeMoment(
                at: at, row: (index, repetition), expected: isLast ? row.expected : [],
                happened: happened.map { TapeItem($0.text) }))
        takeGaps(fresh.filter { $0.at > now })
    }

    /// What happened where the tape has no row, by its moments.
    private mutating func takeGaps(_ entries: [TapeLog.Entry]) {
        var rest = entries[...]
        while let first = rest.first {
            let together = rest.prefix { $0.at == first.at }
            rest = rest.dropFirst(together.count)
            add(
                TapeMoment(
                    at: TapeClock.offset(first.at), row: nil, happened: together.map { TapeItem($0.text) }))
        }
    }

    private mutating func add(_ moment: TapeMoment) {
        moments.append(moment)
        guard !moment.matches, picture == nil else { return }
        let table = log.words.table
        picture = stage.look { StagePicture($0, table, at: moment.at) }
    }
}
