/// Words that mark unfinished work, and expressions that crash where an error belongs.
///
/// The words are put together here, so that searching the sources for them finds no false trace.
enum WordCheck {
    private static let finish = "finish it, or drop it; what is left open belongs to the issue tracker"

    static let unfinished = [
        "TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK", "place" + "holder", "not " + "implemented",
        "not yet " + "implemented", "un" + "implemented", "for " + "now",
    ]

    static let crashing = [
        ("try" + "!", "handle the error, or throw it on"),
        ("as" + "!", "make the type known, or handle the other case"),
    ]

    static func findings(_ file: SourceFile) -> [Finding] {
        let words = unfinished.flatMap { word in
            file.textOffsets(of: word).map {
                file.finding(at: $0, "'\(word)' marks unfinished work: \(finish)")
            }
        }
        guard file.isSwift, !file.isTest else { return words }
        let crashes = crashing.flatMap { phrase, advice in
            file.codeOffsets(of: phrase).map { file.finding(at: $0, "'\(phrase)' crashes: \(advice)") }
        }
        return words + crashes
    }
}
