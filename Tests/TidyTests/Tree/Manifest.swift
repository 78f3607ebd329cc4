/// What `Package.swift` says about the targets: their floors and what each may import.
///
/// The manifest is the single source of the floors: a comment line `// Floor N: …` puts the target calls
/// below it on that floor, `// Tests` and `// Benchmarks` end the floors. A target call is one of the
/// manifest's own functions with a literal name (`room("Quantities")`), or `.target(name:)` and its kin.
struct Manifest: Sendable {
    struct Target: Equatable, Sendable {
        var name: String
        /// nil outside the floors: tests and benchmarks may import everything, and nothing imports them.
        var floor: Int?
        var dependencies: [String]
        /// The folder, when the call names it.
        var path: String?
        var isTest: Bool
        var isExecutable: Bool
        var isStrategy: Bool
        var line: Int
    }

    private(set) var targets: [Target] = []
    /// Target calls that stand under no header comment.
    private(set) var findings: [Finding] = []

    init(_ file: SourceFile) {
        let functions = Self.declaredFunctions(file)
        var end = 0
        for offset in file.code.indices where file.code[offset] == UInt8(ascii: "(") && offset >= end {
            guard let call = Call(file, at: offset), call.makesTarget(functions) else { continue }
            end = file.code.closing(of: offset)
            add(call, in: file)
        }
    }

    private mutating func add(_ call: Call, in file: SourceFile) {
        guard let name = call.name else { return }
        let line = file.line(at: call.offset)
        let isTest = call.function == "tests" || call.function == "testTarget"
        let section = Self.section(ofLine: line, in: file)
        if section == .none, !isTest {
            let advice = "put it below a comment line '// Floor N: …'"
            findings.append(Finding(file.path, line, "target \(name) stands on no floor; \(advice)"))
        }
        var target = Target(
            name: name, floor: section.floor, dependencies: call.dependencies, path: call.path,
            isTest: isTest,
            isExecutable: call.function == "executableTarget", isStrategy: call.function == "strategy",
            line: line)
        if target.isStrategy {
            // The module is called otherwise than the type in it.
            target.name = "\(name)Strategy"
            target.path = "Strategies/\(name)"
        }
        targets.append(target)
        guard call.executable != nil else { return }
        var run = target
        run.name = "\(name)Bot"
        run.dependencies.append(target.name)
        run.path = "Strategies/\(name)/Run"
        run.isExecutable = true
        run.isStrategy = false
        targets.append(run)
    }

    private static func declaredFunctions(_ file: SourceFile) -> Set<String> {
        Set(file.codeOffsets(of: "func").map { file.code.word(at: file.code.skippingSpace(from: $0 + 4)) })
    }
}

// MARK: - Sections

extension Manifest {
    private enum Section: Equatable {
        case none
        case floor(Int)
        case outside

        var floor: Int? {
            switch self {
            case .floor(let number): number
            case .none, .outside: nil
            }
        }
    }

    /// The nearest header comment above the line.
    private static func section(ofLine line: Int, in file: SourceFile) -> Section {
        for above in stride(from: line - 1, through: 1, by: -1) {
            let words = String(decoding: file.comments[file.range(ofLine: above)], as: UTF8.self)
                .split(whereSeparator: { $0 == " " || $0 == ":" })
            guard words.first == "//", words.count >= 2 else { continue }
            if words.count >= 3, words[1] == "Floor", let number = Int(words[2]) { return .floor(number) }
            if words[1] == "Tests" || words[1] == "Benchmarks" { return .outside }
        }
        return .none
    }
}

// MARK: - Calls

extension Manifest {
    /// A call with literal arguments, read from its opening parenthesis.
    private struct Call {
        let offset: Int
        let function: String
        let isMember: Bool
        var name: String?
        var dependencies: [String] = []
        var path: String?
        var executable: String?

        init?(_ file: SourceFile, at parenthesis: Int) {
            let code = file.code
            function = code.word(endingAt: parenthesis - 1)
            guard !function.isEmpty else { return nil }
            offset = parenthesis - function.utf8.count
            isMember = offset > 0 && code[offset - 1] == UInt8(ascii: ".")

            let end = code.closing(of: parenthesis)
            var at = parenthesis + 1
            while at < end {
                let next = code.outermost(UInt8(ascii: ","), from: at) ?? end
                read(at..<min(next, end), of: file)
                at = next + 1
            }
        }

        private mutating func read(_ argument: Range<Int>, of file: SourceFile) {
            let code = file.code
            var start = code.skippingSpace(from: argument.lowerBound)
            var label = code.word(at: start)
            let afterLabel = start + label.utf8.count
            if !label.isEmpty, afterLabel < argument.upperBound, code[afterLabel] == UInt8(ascii: ":") {
                start = code.skippingSpace(from: afterLabel + 1)
            } else {
                label = ""
            }
            guard start < argument.upperBound else { return }
            let literals = Self.literals(in: start..<argument.upperBound, of: file)
            let isList = code[start] == UInt8(ascii: "[")
            let isLiteral = code[start] == UInt8(ascii: "\"")
            switch label {
            case "", "name", "dependencies":
                if isList { dependencies += literals } else if isLiteral { name = name ?? literals.first }
            case "path": path = isLiteral ? literals.first : nil
            case "executable": executable = isLiteral ? literals.first : nil
            default: break
            }
        }

        private static func literals(in range: Range<Int>, of file: SourceFile) -> [String] {
            let quotes = range.filter { file.code[$0] == UInt8(ascii: "\"") }
            return stride(from: 0, to: quotes.count - 1, by: 2).map { index in
                String(decoding: file.text[(quotes[index] + 1)..<quotes[index + 1]], as: UTF8.self)
            }
        }

        /// Whether the call declares a target with a literal name, given the manifest's own functions.
        func makesTarget(_ functions: Set<String>) -> Bool {
            let kinds = ["target", "executableTarget", "systemLibrary", "testTarget", "macro", "plugin"]
            // A name that is put together is that of a function of the manifest, not of a target.
            guard let name, !name.contains("\\") else { return false }
            return (isMember ? kinds.contains(function) : functions.contains(function))
        }
    }
}
