import Glibc
import Quantities
import Sweeps

/// Tells how far a sweep is: a live line on a terminal, anywhere else a line now and then, beside the
/// result.
final class SweepWatch {
    private let request: SweepRequest
    private let terminal: Terminal
    private let start: Instant
    private let startOfWork: Interval
    private var progress: SweepProgress?
    private var nextStatus = Instant.distantPast
    private var nextLine: Instant
    private var toldReused = 0

    /// Between two lines where nobody watches live.
    private static let linePause = Interval.seconds(10)
    private static let statusPause = Interval.milliseconds(100)

    init(_ request: SweepRequest, _ terminal: Terminal) {
        self.request = request
        self.terminal = terminal
        start = Self.now()
        startOfWork = Self.work()
        nextLine = start + Self.linePause
    }

    func follow(_ progress: SweepProgress) {
        self.progress = progress
        if progress.reused > toldReused {
            toldReused = progress.reused
            terminal.line("\(progress.reused) of \(progress.total) done before")
        }
        let now = Self.now()
        if terminal.isLive {
            guard now >= nextStatus else { return }
            nextStatus = now + Self.statusPause
            terminal.status(text(progress, at: now))
        } else if now >= nextLine {
            nextLine = now + Self.linePause
            terminal.progress(text(progress, at: now))
        }
    }

    /// What is said when the sweep was ended by a signal.
    func interrupted(_ folder: String) -> String {
        let (finished, total) = (progress?.finished ?? 0, progress?.total ?? 0)
        return
            "interrupted: \(finished) of \(total) done, kept in \(folder); "
            + "the same command goes on from there"
    }

    /// What it took.
    func effort(_ outcome: SweepOutcome) -> String {
        let wall = max(1e-9, (Self.now() - start).seconds)
        let work = (Self.work() - startOfWork).seconds
        var text = "\(outcome.computed) backtests in \(FigureText.fixed(wall, 1)) s"
        if outcome.computed > 0 {
            text += ", \(FigureText.fixed(Double(outcome.computed) / wall, 1)) a second"
        }
        return text + ", \(FigureText.fixed(work / wall, 2)) cores busy"
    }

    /// `412/1000  41 %  85.3/s  7 s left  best 12.41 at fast=5s slow=40s`.
    private func text(_ progress: SweepProgress, at now: Instant) -> String {
        let total = max(1, progress.total)
        var text = "\(progress.finished)/\(progress.total)  \(progress.finished * 100 / total) %"
        let computed = progress.finished - progress.reused
        let elapsed = (now - start).seconds
        if computed > 0, elapsed > 0 {
            let rate = Double(computed) / elapsed
            text += "  \(FigureText.fixed(rate, 1))/s"
            text += "  \(Self.time(Double(progress.total - progress.finished) / rate)) left"
        }
        if let best = progress.best {
            text += "  best \(FigureText.significant(best.value)) at "
            text += request.space.description(of: best.point)
        }
        return text
    }

    private static func time(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9).rounded(.up))
        if whole < 120 { return "\(whole) s" }
        if whole < 7_200 { return "\(whole / 60) min" }
        return "\(whole / 3_600) h \(whole / 60 % 60) min"
    }

    private static func now() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// What all threads together have computed so far.
    private static func work() -> Interval {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Interval(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}
