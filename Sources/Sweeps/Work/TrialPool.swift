import Configuration
import Glibc
import Locks
import Quantities
import Runtime
import StrategyKit
import Synchronization

/// Runs trials on all cores and keeps each result at once.
///
/// Workers share nothing but the recording, which nobody writes, and a list of tasks under a lock. Tasks are
/// handed out in an order that a seed has shuffled: so the first results stand for all, and the time that
/// is left can be told. No result depends on that order, or on how many workers there are.
final class TrialPool: Sendable {
    /// What the workers share, under the lock.
    private struct Shared: ~Copyable {
        var folder: SweepFolder
        var tasks: [TrialTask] = []
        var windows: [TrialWindow] = []
        var next = 0
        var finished = 0
        var busy = 0
        var failure: SweepError?
        /// The best trial of the round, by the objective.
        var best: (point: Int, value: Double)?
    }

    private let base: SessionConfiguration
    private let space: ParameterSpace
    private let bindings: [StrategyBinding]
    private let records: TrialRecords?
    private let keys: TrialKey
    private let objective: Objective
    private let jobs: Int
    private let shared: Lock<Shared>
    private let isUnwanted = Atomic<Bool>(false)

    /// - Parameter jobs: how many threads work, at least one.
    init(
        _ base: SessionConfiguration, _ space: ParameterSpace, _ bindings: [StrategyBinding],
        _ records: TrialRecords?, _ folder: consuming SweepFolder, _ objective: Objective, jobs: Int
    ) {
        precondition(jobs > 0, "somebody has to work")
        self.base = base
        self.space = space
        self.bindings = bindings
        self.records = records
        self.objective = objective
        self.jobs = jobs
        keys = TrialKey(space, base)
        shared = Lock(Shared(folder: folder))
    }

    /// How a round stands.
    struct Standing {
        var finished: Int
        var isOver: Bool
        /// The best single trial of the round so far.
        var best: (point: Int, value: Double)?
    }

    /// Which of the tasks have no result yet, in the order in which they are to be run.
    func missing(_ tasks: [TrialTask], _ windows: [TrialWindow], orderSeed: UInt64) -> [TrialTask] {
        var missing = shared.withLock { shared in
            tasks.filter { shared.folder.journal.results[keys.text($0, windows[$0.window])] == nil }
        }
        var random = SeededRandom(seed: orderSeed)
        for index in missing.indices.reversed() where index > 0 {
            missing.swapAt(index, random.below(index + 1))
        }
        return missing
    }

    /// The best of the tasks that have a result.
    func best(_ tasks: [TrialTask], _ windows: [TrialWindow]) -> (point: Int, value: Double)? {
        var best: (point: Int, value: Double)?
        for task in tasks {
            guard let value = result(task, windows)?.value(of: objective) else { continue }
            if value > best?.value ?? -.infinity { best = (task.point, value) }
        }
        return best
    }

    /// The result of a task that has one.
    func result(_ task: TrialTask, _ windows: [TrialWindow]) -> TrialResult? {
        shared.withLock { $0.folder.journal.results[keys.text(task, windows[task.window])] }
    }

    /// Runs tasks, and calls `follow` now and then from this thread until all are done; false from it ends the
    /// work: trials that run are given up. Returns whether all were done.
    func run(
        _ tasks: [TrialTask], _ windows: [TrialWindow], follow: (Standing) -> Bool
    ) throws(SweepError) -> Bool {
        guard !tasks.isEmpty else { return true }
        shared.withLock { shared in
            shared.tasks = tasks
            shared.windows = windows
            (shared.next, shared.finished) = (0, 0)
            shared.best = nil
            shared.busy = min(jobs, tasks.count)
        }
        let workers = WorkerThreads(min(jobs, tasks.count)) { self.work() }
        shared.withLock { $0.busy -= min(jobs, tasks.count) - workers.count }
        var isWanted = true
        while true {
            let (standing, failed) = shared.withLock { shared in
                (
                    Standing(
                        finished: shared.finished, isOver: shared.busy == 0, best: shared.best),
                    shared.failure != nil
                )
            }
            if failed { isUnwanted.store(true, ordering: .relaxed) }
            if isWanted, !follow(standing) {
                isWanted = false
                isUnwanted.store(true, ordering: .relaxed)
            }
            if standing.isOver { break }
            var pause = timespec(tv_sec: 0, tv_nsec: 5_000_000)
            nanosleep(&pause, nil)
        }
        workers.join()
        let (finished, failure) = shared.withLock { ($0.finished, $0.failure) }
        if let failure { throw failure }
        return finished == tasks.count
    }

    private func work() {
        while !isUnwanted.load(ordering: .relaxed) {
            let next = shared.withLock { shared -> (TrialTask, TrialWindow)? in
                guard shared.next < shared.tasks.count, shared.failure == nil else { return nil }
                let task = shared.tasks[shared.next]
                shared.next += 1
                return (task, shared.windows[task.window])
            }
            guard let (task, window) = next else { break }
            do throws(SweepError) {
                guard let result = try perform(task, window) else { break }
                let key = keys.text(task, window)
                let value = result.value(of: objective)
                let failure = shared.withLock { shared -> SweepError? in
                    do throws(SweepError) {
                        try shared.folder.journal.append(key, result)
                        shared.finished += 1
                        if let value, value > shared.best?.value ?? -.infinity {
                            shared.best = (task.point, value)
                        }
                        return nil
                    } catch {
                        return error
                    }
                }
                if let failure { throw failure }
            } catch {
                shared.withLock { if $0.failure == nil { $0.failure = error } }
            }
        }
        shared.withLock { $0.busy -= 1 }
    }

    /// Runs a trial; nil when it was given up.
    private func perform(_ task: TrialTask, _ window: TrialWindow) throws(SweepError) -> TrialResult? {
        var configuration = space.apply(task.point, to: base)
        configuration.seed = task.seed
        let run = TrialRun(SessionParts(configuration), records, window) {
            self.isUnwanted.load(ordering: .relaxed)
        }
        do {
            return try run.perform(bindings).map { .ran($0) }
        } catch let error as RunError {
            throw .run(error)
        } catch {
            // What else can throw is the strategy, about its parameters.
            return .refused("\(error)")
        }
    }
}

extension TrialResult {
    /// The objective of the trial alone; nil when it did not run.
    fileprivate func value(of objective: Objective) -> Double? {
        switch self {
        case .ran(let outcome): Measure([outcome]).value(of: objective)
        case .refused: nil
        }
    }
}
