import Testing

struct EffectsCheckTests {
    private func findings(_ text: String) -> [Finding] {
        EffectsCheck.findings(SourceFile("Sources/A/A.swift", text))
    }

    @Test(arguments: [
        "let now = Date()", "let c = ContinuousClock.now", "let d = Int.random(in: 0..<5)", "list.shuffled()",
        "let e = list.randomElement()", "let id = UUID()", "var g = SystemRandomNumberGenerator()",
        "Task { f() }",
        "Task.detached { f() }", "let t: Task<Void, Never>", "let h = a.hashValue", "var h = Hasher()",
        "print(a)",
        "Swift.print(a)", "let e = getenv(\"A\")", "let f = fopen(a, b)", "let f = open(a, O_RDONLY)",
        "DispatchQueue.main", "Thread.current", "import Foundation", "import Glibc",
        "import struct Glibc.timespec",
        "let text = \"now \\(Date())\"", "SuspendingClock()", "import CLinux", "import Locks",
        "list.shuffle()",
    ])
    func `effects are told`(line: String) {
        let found = findings("let a = 1\n" + line + "\n")
        #expect(found.count == 1)
        #expect(found.first?.line == 2)
    }

    @Test(arguments: [
        "// Date() is what we never call", "let text = \"Date() and print(a)\"", "let a = TradeDate(3)",
        "book.open(order)", "func open(at instant: Instant) {}", "case open(Order)", "let a = .open(order)",
        "/* Task { } */", "let reopen = reopen(a)", "receipt.print(to: log)", "let taskCount = withTasks(3)",
        "list.shuffled(by: &random)", "import Quantities", "func hash(into hasher: inout Hasher) {}",
    ])
    func `comments, literals and our own names pass`(line: String) {
        #expect(findings(line + "\n").isEmpty)
    }

    @Test func `a reason excuses its line and the line below`() {
        #expect(findings("let h = a.hashValue  // nondeterminism-ok: only printed\n").isEmpty)
        #expect(findings("// nondeterminism-ok: only printed\nlet h = a.hashValue\n").isEmpty)
    }

    @Test func `a reason at the end of a line does not excuse the next`() {
        let found = findings("let g = a.hashValue  // nondeterminism-ok: only printed\nlet h = a.hashValue\n")
        #expect(found.map(\.line) == [2])
    }

    @Test func `an excuse without a reason is told`() {
        let found = findings("let h = a.hashValue  // nondeterminism-ok:\n")
        #expect(found.map(\.message) == ["'nondeterminism-ok:' needs its reason after the colon"])
    }

    @Test func `nothing below the effects floor of this repository has effects`() throws {
        let files = try Repository.here().files(onFloors: 1...5)
        try #require(!files.isEmpty)
        report(files.flatMap(EffectsCheck.findings))
    }
}
