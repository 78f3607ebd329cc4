import Testing

struct ReadmeCheckTests {
    private let makefile = SourceFile("Makefile", "run: a\n\tb\ntest:\n\tc\n")
    private let readme = SourceFile("README.md", "Try `make run`, then `make test`.\n")

    private func messages(_ readme: SourceFile?, _ makefile: SourceFile?, hasStrategies: Bool = true)
        -> [String]
    {
        ReadmeCheck.findings(readme: readme, makefile: makefile, hasStrategies: hasStrategies).map(\.message)
    }

    @Test func `commands that are told and exist pass`() {
        #expect(messages(readme, makefile).isEmpty)
    }

    @Test func `a command that the README does not tell is told`() {
        let short = SourceFile("README.md", "Try `make run`, and remake tests.\n")
        #expect(messages(short, makefile) == ["'make test' does not occur: say how to test"])
    }

    @Test func `a command that the Makefile does not have is told`() {
        let short = SourceFile("Makefile", "test:\n\trun: no\n")
        #expect(messages(readme, short) == ["no target 'run': the README promises 'make run'"])
        #expect(messages(readme, nil).count == 1)
    }

    @Test func `the README may be missing only before the first strategy`() {
        #expect(messages(nil, makefile, hasStrategies: false).isEmpty)
        #expect(messages(nil, makefile) == ["no README.md: say how to run and test"])
    }

    @Test func `the commands of this repository are told and exist`() throws {
        let repository = try Repository.here()
        report(
            ReadmeCheck.findings(
                readme: repository.files.first { $0.path == "README.md" },
                makefile: repository.files.first { $0.path == "Makefile" },
                hasStrategies: repository.paths.contains { $0.hasPrefix("Strategies/") }))
    }
}
