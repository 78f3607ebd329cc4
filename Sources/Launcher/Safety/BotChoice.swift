import Configuration
import Glibc
import Journal
import Quantities
import Reports

/// The bot that a word of the command line stands for, and who is asking.
enum BotChoice {
    /// Finds a bot by its name, or by one of its runs where that is its newest.
    static func find(_ word: String, journal: String) throws -> BotState {
        let bots = BotState.names(in: journal)
        if bots.contains(word) { return BotState(journal: journal, bot: word) }
        var (folder, run) = (journal, word)
        while run.count > 1, run.last == "/" { run.removeLast() }
        if let slash = run.lastIndex(of: "/") {
            (folder, run) = (String(run[..<slash]), String(run[run.index(after: slash)...]))
        }
        if run == "latest" { run = try RunPlace(journal: folder, name: run).name }
        for bot in BotState.names(in: folder) {
            let state = BotState(journal: folder, bot: bot)
            if try state.run() == run { return state }
        }
        throw UnknownBot(word: word, journal: journal, known: bots)
    }

    /// The name of the account that runs the program.
    static var account: String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else {
            return "uid \(getuid())"
        }
        return String(cString: name)
    }

    /// Now, by the wall clock.
    static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}

/// No bot has this name, and no bot's newest session either.
struct UnknownBot: Error, Equatable, CustomStringConvertible {
    var word: String
    var journal: String
    var known: [String]

    private static let namesMax = 10

    var description: String {
        if known.isEmpty { return "no bot has traded in \(journal) yet; --journal names another folder" }
        let hint = NearestName.of(word, among: known).map { "; did you mean '\($0)'?" } ?? ""
        let names = known.prefix(Self.namesMax).joined(separator: ", ")
        return "there is no bot '\(word)' in \(journal)\(hint) (there is \(names))"
    }
}
