/// The commands that the README promises first exist.
enum ReadmeCheck {
    private static let targets = ["run", "test"]

    /// Until there is a strategy to run there may be no README.
    static func findings(readme: SourceFile?, makefile: SourceFile?, hasStrategies: Bool) -> [Finding] {
        guard let makefile else {
            return [Finding("Makefile", 1, "no Makefile: 'make run' and 'make test' need it")]
        }
        let missing = targets.filter { !isTarget($0, makefile) }.map { target in
            Finding("Makefile", 1, "no target '\(target)': the README promises 'make \(target)'")
        }
        guard let readme else {
            return missing
                + (hasStrategies ? [Finding("README.md", 1, "no README.md: say how to run and test")] : [])
        }
        let unsaid = targets.filter { readme.textOffsets(of: "make \($0)").isEmpty }.map { target in
            Finding("README.md", 1, "'make \(target)' does not occur: say how to \(target)")
        }
        return missing + unsaid
    }

    private static func isTarget(_ name: String, _ makefile: SourceFile) -> Bool {
        makefile.textOffsets(of: name + ":").contains { $0 == 0 || makefile.text[$0 - 1].isNewline }
    }
}
