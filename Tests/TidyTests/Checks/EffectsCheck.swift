/// Below the effects floor nothing reads a clock, a file, the environment or a random source, and nothing
/// starts a thread or a task: those come in as arguments, so that a replay decides as the session did.
///
/// An exception says why in a comment on its line or alone on the line before: `nondeterminism-ok: reason`.
enum EffectsCheck {
    static let excuseWords = "nondeterminism-ok"

    private static let bannedModules: Set<String> = [
        "Foundation", "FoundationEssentials", "Glibc", "Musl", "Dispatch", "Synchronization", "Observation",
        "CLinux", "CSQLite", "CYAML", "Locks",
    ]

    private struct Ban {
        let phrase: String
        let advice: String
        /// A free function of the C or Swift library: a member, a declaration or a case of that name is ours.
        var isFreeFunction = false
    }

    private static let time = "take an Instant as an argument"
    private static let random = "draw from the SeededRandom that is passed in"
    private static let order = "hash values differ per process; compare or sort by a value of our own"
    private static let threads = "threads and tasks belong to the Runtime; return an action instead"
    private static let files =
        "files and the environment belong to floor 6; take bytes or values as arguments"

    private static let bans = [
        Ban(phrase: "Date(", advice: time), Ban(phrase: "ContinuousClock", advice: time),
        Ban(phrase: "SuspendingClock", advice: time), Ban(phrase: "clock_gettime", advice: time),
        Ban(phrase: ".random(", advice: random), Ban(phrase: ".shuffled()", advice: random),
        Ban(phrase: ".shuffle()", advice: random), Ban(phrase: "randomElement", advice: random),
        Ban(phrase: "SystemRandomNumberGenerator", advice: random), Ban(phrase: "RAND_bytes", advice: random),
        Ban(phrase: "UUID(", advice: "ids are counters or hashes of the event; take one as an argument"),
        Ban(phrase: "hashValue", advice: order), Ban(phrase: "Hasher(", advice: order),
        Ban(phrase: "Task", advice: threads), Ban(phrase: "DispatchQueue", advice: threads),
        Ban(phrase: "Thread", advice: threads),
        Ban(
            phrase: "print(", advice: "return a value or an event; the entrances print", isFreeFunction: true),
        Ban(phrase: "getenv", advice: files), Ban(phrase: "fopen", advice: files),
        Ban(phrase: "open(", advice: files, isFreeFunction: true),
    ]

    static func findings(_ file: SourceFile) -> [Finding] {
        let imports = file.imports.filter { bannedModules.contains($0.module) }.compactMap { item in
            unexcused(item.offset, "imports \(item.module) below the effects floor: \(files)", file)
        }
        let calls = bans.flatMap { ban in
            file.codeOffsets(of: ban.phrase).compactMap { offset -> Finding? in
                if ban.isFreeFunction, isOurs(offset, file) { return nil }
                return unexcused(offset, "'\(ban.phrase)' below the effects floor: \(ban.advice)", file)
            }
        }
        return (imports + calls).sorted { $0.line < $1.line }
    }

    /// The finding, unless a comment gives a reason.
    static func unexcused(_ offset: Int, _ message: String, _ file: SourceFile) -> Finding? {
        switch file.excuse(excuseWords, onOrBefore: file.line(at: offset)) {
        case .given: nil
        case .withoutReason: file.finding(at: offset, "'\(excuseWords):' needs its reason after the colon")
        case .none: file.finding(at: offset, "\(message), or say why in '// \(excuseWords): reason'")
        }
    }

    /// Whether the name at `offset` is a member (`book.open(`), a declaration or a case, not the free function.
    private static func isOurs(_ offset: Int, _ file: SourceFile) -> Bool {
        guard let before = file.code.lastSolid(before: offset) else { return false }
        if file.code[before] == UInt8(ascii: ".") {
            let owner = before > 0 ? file.code.word(endingAt: before - 1) : ""
            return owner != "Swift" && owner != "Glibc"
        }
        return ["func", "case"].contains(file.code.word(endingAt: before))
    }
}
