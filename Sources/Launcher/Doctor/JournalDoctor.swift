import Configuration
import Glibc
import Journal
import Quantities
import Runtime

/// Examines what a bot keeps on the disk: its switch, its last run, the ledger, and the room that is left.
struct JournalDoctor {
    private static let roomWanted: UInt64 = 1 << 30
    private static let roomMin: UInt64 = 100 << 20

    let configuration: SessionConfiguration
    let list: FindingList
    private let folder: String

    init(_ configuration: SessionConfiguration, _ list: FindingList) {
        self.configuration = configuration
        self.list = list
        folder = configuration.journal.folder
    }

    func examine() {
        place()
        latch()
        lastRun()
        ledger()
    }

    // MARK: - The disk

    /// The folder of the runs, or the nearest that there is above it.
    private var nearest: String {
        var path = folder
        while access(path, F_OK) != 0 {
            guard let slash = path.lastIndex(of: "/") else { return "." }
            path = slash == path.startIndex ? "/" : String(path[..<slash])
        }
        return path
    }

    private func place() {
        let place = nearest
        guard SegmentFolder.isFolder(place), access(place, W_OK | X_OK) == 0 else {
            return list.add(
                .fail(
                    "journal", "\(place) is no folder that can be written to",
                    do: "'folder' in 'journal' has to be one of this user's"))
        }
        var room = statvfs()
        guard statvfs(place, &room) == 0 else {
            return list.add(.warn("disk", "the room in \(place) cannot be known", do: "look at it with df"))
        }
        let bytes = UInt64(room.f_bavail) * UInt64(room.f_frsize)
        let text = "\(bytes >> 20) MiB free for \(folder)"
        if bytes < Self.roomMin {
            list.add(.fail("disk", text, do: "make room: without a tape nothing is sent"))
        } else if bytes < Self.roomWanted {
            list.add(.warn("disk", text, do: "make room before the bot runs for long"))
        } else {
            list.add(.ok("disk", text))
        }
    }

    // MARK: - The bot

    private func latch() {
        let state = BotState(journal: folder, bot: configuration.botName)
        do throws(FileError) {
            if let latch = try state.latch() {
                return list.add(
                    .fail(
                        "switch", "\(state.bot) is \(latch)", do: "'martlet arm \(state.bot)' lets it start"))
            }
        } catch {
            return list.add(
                .fail("switch", "\(error)", do: "a switch that cannot be read halts: look at the file"))
        }
        if state.isPaused {
            list.add(
                .warn(
                    "switch", "\(state.bot) has paused: books and venue did not agree",
                    do: "compare them, then 'martlet arm \(state.bot)'"))
        } else {
            list.add(.ok("switch", "\(state.bot) may trade"))
        }
    }

    /// The newest run of the journal: how it stands, and whether its files can be read.
    private func lastRun() {
        let runs: [RunFolder]
        do throws(RunError) {
            runs = try RunFolder.all(in: folder)
        } catch {
            return list.add(.fail("runs", "\(error)", do: "give this user leave to read it"))
        }
        guard let last = runs.last else { return list.add(.ok("runs", "none yet in \(folder)")) }
        switch RunMark(ofRunIn: last.path) {
        case .running:
            return list.add(
                .warn(
                    "runs", "\(last.name) is running", do: "a second session of the same bot does not start"))
        case .cutShort:
            list.add(
                .warn(
                    "runs", "\(last.name) was cut short",
                    do: "start the bot: it goes on with it and looks for orders that were left behind"))
        case .ended: list.add(.ok("runs", "\(last.name), the newest of \(runs.count), has ended"))
        }
        tape(last)
        segments(last)
    }

    private func tape(_ run: RunFolder) {
        let path = run.file("session.tape")
        guard access(path, F_OK) == 0 else {
            return list.add(.ok("tape", "\(run.name) has none"))
        }
        do throws(TapeError) {
            var reader = try TapeReader(path: path)
            switch try reader.verify() {
            case .clean:
                list.add(.ok("tape", "\(run.name) can be read whole: \(reader.extent.entries) entries"))
            case .torn(let fault):
                list.add(
                    .warn(
                        "tape", "\(run.name) ends in the middle of a write, \(fault)",
                        do: "that is usual after a kill; the next start goes on from the last good entry"))
            }
        } catch {
            list.add(
                .fail(
                    "tape", "\(error)",
                    do: "copy the folder away, look for what damaged it, and start with --fresh"))
        }
    }

    /// Logs of segments, as recordings have them.
    private func segments(_ run: RunFolder) {
        do {
            let paths = try SegmentFolder.segments(in: run.path)
            guard !paths.isEmpty else { return }
            var holes = 0
            for path in paths {
                let reader = try SegmentReader(path)
                while reader.next() != nil {}
                holes += reader.holes
            }
            list.add(
                holes == 0
                    ? .ok("segments", "\(paths.count) of \(run.name) can be read whole")
                    : .warn(
                        "segments", "\(run.name) has \(holes) holes",
                        do: "'martlet data validate' tells where"))
        } catch {
            list.add(.fail("segments", "\(error)", do: "'martlet data validate' tells more"))
        }
    }

    private func ledger() {
        let path = folder + "/ledger.db"
        guard access(path, F_OK) == 0 else { return list.add(.ok("ledger", "none yet")) }
        do throws(LedgerError) {
            let runs = try Ledger(reading: path).runs()
            let open = runs.filter { !$0.isEnded }.count
            let text = "\(runs.count) runs, \(open == 0 ? "all with an end" : "\(open) without an end")"
            list.add(.ok("ledger", text))
        } catch {
            switch error {
            case .olderSchema:
                list.add(.ok("ledger", "of an earlier version: the next run brings it up to date"))
            default:  // open set: whatever else keeps a file from being read
                list.add(.fail("ledger", "\(error)", do: "move it away; the next run begins a new one"))
            }
        }
    }
}
