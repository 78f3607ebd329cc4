import Configuration
import Journal
import Quantities
import Recordings
import Runtime
import StrategyKit

/// A sweep: many backtests of one configuration with other parameters, from the first trial to the report.
///
/// ```
/// ranges ─ search ─ tasks ─ workers (one backtest each, one shared recording) ─ journal ─ measures
///            ▲                                                                              │
///            └──────────────────────────────────────────────────────────────────────────────┘
/// ```
package final class Sweep {
    /// Blocks of equal time whose profits the Sharpe ratio and the overfit figures are made of.
    package static let blocks = 96

    let request: SweepRequest
    /// Where everything goes: the folder that was asked for, or one with a number behind its name.
    package let folder: String
    /// Lines of the journal that were damaged, and are computed again.
    package let damagedLines: Int
    private let pool: TrialPool
    private let records: TrialRecords?
    private let whole: (start: Instant, end: Instant)
    private var progress = SweepProgress()

    /// Opens the folder and the data; a recording is decoded here, unless an earlier sweep has done it.
    package init(_ request: SweepRequest, _ bindings: [StrategyBinding]) throws(SweepError) {
        try request.check()
        self.request = request
        let base = Self.normalised(request.configuration)
        let contents = try Self.contents(base)
        let folder = try SweepFolder(request.folder, identity: Self.identity(base, contents))
        self.folder = folder.path
        damagedLines = folder.journal.damagedLines
        let parts = SessionParts(base)
        switch base.data {
        case .recording(let files):
            do throws(RunError) {
                let records = try TrialRecords(
                    files, parts, cachedAt: "\(folder.path)/data-\(contents.prefix(16)).records")
                self.records = records
                let end = base.duration.map { records.firstAt + $0 } ?? records.lastAt
                whole = (records.firstAt, min(end, records.lastAt))
            } catch {
                throw .run(error)
            }
        case .synthetic, .venue:
            records = nil
            let duration = base.duration ?? SessionConfiguration.syntheticBacktestDuration
            whole = (SessionParts.syntheticStart, SessionParts.syntheticStart + duration)
        }
        pool = TrialPool(
            base, request.space, bindings, records, folder, request.objective, jobs: request.jobs)
    }

    /// Runs the search; nil when it was interrupted: the same request goes on where it ended.
    ///
    /// - Parameter follow: told now and then how far it is; false interrupts.
    package func perform(_ follow: (SweepProgress) -> Bool) throws(SweepError) -> SweepOutcome? {
        guard let candidates = try search(follow) else { return nil }
        var outcome = try SweepOutcome(request, candidates, folder: folder, span: whole)
        if let walkForward = request.walkForward {
            guard let folds = try walk(walkForward, candidates, follow) else { return nil }
            outcome.folds = folds
        }
        outcome.reused = progress.reused
        outcome.computed = progress.finished - progress.reused
        return outcome
    }
}

// MARK: - Searching

extension Sweep {
    private func search(_ follow: (SweepProgress) -> Bool) throws(SweepError) -> [Candidate]? {
        let count = request.combinations
        let window = window(whole.start, whole.end)
        switch request.method {
        case .grid:
            progress.total = count * request.seeds.count
            return try measure(Array(0..<count), window, divisor: 1, follow)
        case .random:
            progress.total = count * request.seeds.count
            var lottery = PointLottery(request.space.count, seed: request.searchSeed)
            return try measure(lottery.next(count).sorted(), window, divisor: 1, follow)
        case .halving: return try halve(count, follow)
        case .tpe:
            progress.total = count * request.seeds.count
            var guesses = ParzenSearch(request.space, seed: request.searchSeed)
            var candidates: [Candidate] = []
            while candidates.count < count {
                let known = candidates.map { ($0.point, $0.value(of: request.objective)) }
                let points = guesses.next(count - candidates.count, after: known)
                if points.isEmpty { break }
                guard let measured = try measure(points, window, divisor: 1, follow) else { return nil }
                candidates += measured
            }
            return candidates.sorted { $0.point < $1.point }
        }
    }

    /// Runs all over a short time, and the best of each step over a longer one.
    private func halve(_ count: Int, _ follow: (SweepProgress) -> Bool) throws(SweepError) -> [Candidate]? {
        let plan = HalvingPlan(count)
        progress.total = plan.rungs.reduce(0) { $0 + $1.count * request.seeds.count }
        var lottery = PointLottery(request.space.count, seed: request.searchSeed)
        var points =
            count == request.space.count ? Array(0..<count) : lottery.next(count).sorted()
        var last: [Int: Candidate] = [:]
        for (index, rung) in plan.rungs.enumerated() {
            let length = (whole.end - whole.start).nanoseconds / Int64(rung.divisor)
            let window = window(whole.start, whole.start + Interval(nanoseconds: length))
            guard let measured = try measure(points, window, divisor: rung.divisor, follow) else {
                return nil
            }
            for candidate in measured { last[candidate.point] = candidate }
            guard index + 1 < plan.rungs.count else { break }
            let ranked = SweepOutcome.ranked(measured, request.objective)
            points = ranked.prefix(plan.rungs[index + 1].count).map { measured[$0].point }.sorted()
        }
        return last.keys.sorted().compactMap { last[$0] }
    }

    private func walk(
        _ walkForward: WalkForward, _ candidates: [Candidate], _ follow: (SweepProgress) -> Bool
    ) throws(SweepError) -> [SweepFold]? {
        let parts = walkForward.parts(from: whole.start, to: whole.end)
        let points = candidates.filter { $0.measure != nil }.map(\.point)
        progress.total += parts.count * (points.count + 1) * request.seeds.count
        var folds: [SweepFold] = []
        for part in parts {
            let train = window(part.train.0, part.train.1)
            let test = window(part.test.0, part.test.1)
            guard let trained = try measure(points, train, divisor: 1, follow) else { return nil }
            guard let best = SweepOutcome.ranked(trained, request.objective).first else { continue }
            let chosen = trained[best]
            guard let tested = try measure([chosen.point], test, divisor: 1, follow)?.first else {
                return nil
            }
            guard let inSample = chosen.measure, let outOfSample = tested.measure else { continue }
            folds.append(
                SweepFold(
                    train: part.train, test: part.test, point: chosen.point, inSample: inSample,
                    outOfSample: outOfSample))
        }
        return folds
    }

    private func window(_ start: Instant, _ end: Instant) -> TrialWindow {
        guard let records else { return TrialWindow(syntheticFor: end - start, blocks: Self.blocks) }
        return records.window(from: start, to: end, blocks: Self.blocks)
    }

    /// Runs points in a window as far as they have no results yet; nil when it was interrupted.
    private func measure(
        _ points: [Int], _ window: TrialWindow, divisor: Int, _ follow: (SweepProgress) -> Bool
    ) throws(SweepError) -> [Candidate]? {
        let tasks = points.flatMap { point in
            request.seeds.map { TrialTask(point: point, seed: $0, window: 0) }
        }
        let missing = pool.missing(tasks, [window], orderSeed: request.orderSeed)
        let before = progress.finished + tasks.count - missing.count
        progress.reused += tasks.count - missing.count
        progress.finished = before
        if missing.count < tasks.count, !missing.isEmpty, let best = pool.best(tasks, [window]) {
            progress.note(best.value, point: best.point, divisor: divisor)
        }
        let isDone = try pool.run(missing, [window]) { standing in
            progress.finished = before + standing.finished
            var shown = progress
            if let best = standing.best { shown.note(best.value, point: best.point, divisor: divisor) }
            return follow(shown)
        }
        guard isDone, follow(progress) else { return nil }
        return points.map { candidate($0, window, divisor) }
    }

    private func candidate(_ point: Int, _ window: TrialWindow, _ divisor: Int) -> Candidate {
        var outcomes: [TrialOutcome] = []
        for seed in request.seeds {
            switch pool.result(TrialTask(point: point, seed: seed, window: 0), [window]) {
            case .ran(let outcome): outcomes.append(outcome)
            case .refused(let reason):
                return Candidate(point: point, divisor: divisor, result: .refused(reason))
            case nil: preconditionFailure("a round that is done has all results")
            }
        }
        let measure = Measure(outcomes)
        progress.note(measure.value(of: request.objective), point: point, divisor: divisor)
        return Candidate(point: point, divisor: divisor, result: .ran(measure))
    }
}

// MARK: - What a folder belongs to

extension Sweep {
    /// The configuration without what no result depends on.
    private static func normalised(_ configuration: SessionConfiguration) -> SessionConfiguration {
        var base = configuration
        base.mode = .backtest
        base.pace = .unlimited
        base.journal = JournalSettings()
        base.journal.hasTape = false
        base.journal.hasLedger = false
        return base
    }

    /// The configuration, what the data hold (not where they lie), and the program.
    private static func identity(
        _ base: SessionConfiguration, _ contents: String
    ) throws(SweepError) -> String {
        var named = base
        switch base.data {
        case .recording: named.data = .recording(files: [contents])
        case .synthetic, .venue: break
        }
        // Seeds are part of each result's own key.
        named.seed = 1
        var hash = ContentHash()
        hash.add(named.effectiveText)
        try hash.add(file: "/proc/self/exe")
        return hash.text
    }

    /// A hash of the recording's files; empty for a synthetic market.
    private static func contents(_ base: SessionConfiguration) throws(SweepError) -> String {
        switch base.data {
        case .synthetic, .venue: return ""
        case .recording(let files):
            var hash = ContentHash()
            hash.add(base.markets.map(\.name).joined(separator: " "))
            for file in files { try hash.add(file: file) }
            return hash.text
        }
    }
}

extension ContentHash {
    fileprivate mutating func add(file path: String) throws(SweepError) {
        do throws(FileError) {
            let file = try MappedFile(path)
            file.withBytes { add($0) }
        } catch {
            throw .file(error)
        }
    }
}
