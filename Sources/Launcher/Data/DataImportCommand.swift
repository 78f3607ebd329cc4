import Configuration
import Imports
import Quantities
import Runtime

/// `data import`: turns tables that people have into a record file.
struct DataImportCommand {
    let program: Program
    let terminal: Terminal

    static let options: [Arguments.Option] = [
        .init(
            name: "market", value: "NAME",
            help: "of import: the market, such as BTCUSDT; of several, the only one"),
        .init(name: "format", value: "NAME", help: "of import: the format, where the file does not show it"),
        .init(
            name: "columns", value: "MAP", help: "of import: columns by name or number: time=ts,price=3,..."),
        .init(
            name: "kind", value: "KIND", help: "of import: what named columns hold; of fetch: what is fetched"
        ),
        .init(name: "map", value: "FILE", help: "of import: kind and columns in a file of YAML"),
        .init(name: "time-form", value: "FORM", help: "of import: auto, s, ms, us, ns or iso"),
        .init(name: "separator", value: "TEXT", help: "of import: between cells: ',' ';' '|' or tab"),
        .init(name: "no-header", help: "of import: the first line is a row"),
        .init(
            name: "base", value: "ASSET", help: "of import: what is traded, where the name does not show it"),
        .init(name: "quote", value: "ASSET", help: "of import: what it is paid in"),
        .init(name: "period", value: "TIME", help: "of import: how long candles last, where no column tells"),
        .init(name: "no-quotes", help: "of import: infer no quotes from trades"),
        .init(name: "refused-max", value: "N", help: "of import: rows that may be left out (0)"),
        .init(name: "silence", value: "TIME", help: "of import: the shortest silence that is told (1m)"),
        .init(name: "dry-run", help: "of import: show how the first rows are read, and write nothing"),
        .init(name: "rows", value: "N", help: "of a dry run: rows of each table (5)"),
        .init(name: "quiet", help: "only the result"),
    ]

    @Sendable
    static func details(_ program: String) -> [String] {
        [
            "\(program) data inspect FILE...         what recordings hold, and what is wrong in them",
            "\(program) data validate FILE...        whether all of them is sound",
            "\(program) data convert FILE... TARGET  recordings to a record file, which is mapped and fast",
            "\(program) data import FILE... TARGET   tables of others to a record file: zip, gzip or plain",
            "\(program) data fetch binance --market BTCUSDT --kind trades --from 2025-01-01 --to 2025-01-31",
            "",
            "Formats of import: \(TableFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
            "Most are told by the header line or the name of the file; docs/data.md tells the rest.",
        ]
    }

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        let settings = try settings(arguments)
        let isDry = arguments.has("dry-run")
        let files = arguments.positional
        guard files.count >= (isDry ? 1 : 2), let target = files.last else {
            throw UsageError(
                isDry
                    ? "which files? '\(program.name) data import --dry-run FILE...'"
                    : "from what to what? '\(program.name) data import FILE... TARGET'")
        }
        if isDry { return try preview(files, settings, arguments) }
        let sources = Array(files.dropLast())
        if sources.contains(target) { throw UsageError("'\(target)' is read and cannot be the target") }
        if [".zip", ".csv", ".gz"].contains(where: target.hasSuffix) {
            throw UsageError("'\(target)' has the name of a table: the target, last, becomes a record file")
        }
        var importer = try TableImporter(sources, settings) { [terminal] progress in
            terminal.status(Self.text(progress))
            return !Interruption.isRequested
        }
        let summary = try importer.write(to: target)
        terminal.line("\(summary)")
        terminal.result("\(summary.events) events written to \(target)")
        return .success
    }

    private func preview(
        _ files: [String], _ settings: ImportSettings, _ arguments: Arguments
    ) throws -> ExitCode {
        let rows = try number(arguments, "rows", in: 1...1_000) ?? 5
        for table in try TableImporter(files, settings).preview(rows: rows) { terminal.result("\(table)") }
        return .success
    }

    private static func text(_ progress: ImportProgress) -> String {
        let percent = progress.total > 0 ? min(100, progress.done * 100 / progress.total) : 100
        return
            "\(progress.stage.rawValue): \(percent) % of \(ByteText.text(progress.total)), \(progress.rows) rows"
    }

    // MARK: Options

    private func settings(_ arguments: Arguments) throws -> ImportSettings {
        var settings = ImportSettings()
        settings.table = try table(arguments)
        settings.refusedMax = try number(arguments, "refused-max", in: 0...1_000_000_000) ?? 0
        settings.infersQuotes = !arguments.has("no-quotes")
        if let silence = try time(arguments, "silence") { settings.silenceMin = silence }
        settings.period = try time(arguments, "period")
        return settings
    }

    private func table(_ arguments: Arguments) throws -> TableDescription {
        var table =
            try arguments.value("map").map { try TableDescription.read(path: $0) } ?? TableDescription()
        if arguments.has("map"), arguments.has("columns") {
            throw UsageError("--map and --columns tell the same: give one of them")
        }
        if let text = arguments.value("columns") {
            do throws(ColumnMapFault) {
                table.columns = try ColumnMap(text)
            } catch {
                throw UsageError("--columns: \(error)")
            }
            table.format = .columns
        }
        if let format = try choice(arguments, "format", of: TableFormat.self) { table.format = format }
        if let kind = try choice(arguments, "kind", of: TableKind.self) { table.kind = kind }
        if let form = try choice(arguments, "time-form", of: TimeForm.self) { table.timeForm = form }
        if table.format == .columns, table.columns.entries.isEmpty {
            throw UsageError("which columns? --columns time=1,price=2,... or --map FILE")
        }
        if table.format == .columns, table.kind == nil {
            throw UsageError("what do the columns hold? --kind trades, quotes, book or candles")
        }
        if let text = arguments.value("separator") {
            let known = [",": UInt8(ascii: ","), ";": UInt8(ascii: ";"), "|": UInt8(ascii: "|"), "tab": 0x09]
            guard let separator = known[text] else {
                throw UsageError("--separator is ',' ';' '|' or tab, not '\(text)'")
            }
            table.separator = separator
        }
        if arguments.has("no-header") { table.hasHeader = false }
        table.market = try name(arguments, "market") ?? table.market
        table.base = try name(arguments, "base") ?? table.base
        table.quote = try name(arguments, "quote") ?? table.quote
        if (table.base == nil) != (table.quote == nil) { throw UsageError("give both base and quote") }
        return table
    }

    private func choice<Choice: CaseIterable & RawRepresentable>(
        _ arguments: Arguments, _ name: String, of type: Choice.Type
    ) throws(UsageError) -> Choice? where Choice.RawValue == String {
        guard let text = arguments.value(name) else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue)
        let nearest = NearestName.of(text, among: known).map { "; did you mean '\($0)'?" } ?? ""
        throw UsageError("--\(name) is one of \(known.joined(separator: ", ")), not '\(text)'\(nearest)")
    }

    private func name(_ arguments: Arguments, _ option: String) throws(UsageError) -> String? {
        guard let text = arguments.value(option) else { return nil }
        guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
            throw UsageError("--\(option): a name has 1 to 64 visible characters")
        }
        return text
    }

    private func number(
        _ arguments: Arguments, _ name: String, in range: ClosedRange<Int>
    ) throws(UsageError) -> Int? {
        guard let text = arguments.value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageError(
                "--\(name) is a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        }
        return number
    }

    private func time(_ arguments: Arguments, _ name: String) throws(UsageError) -> Interval? {
        guard let text = arguments.value(name) else { return nil }
        do throws(Refusal) {
            let time = try IntervalText.parse(text)
            guard time > .zero else { throw Refusal("it is not above zero") }
            return time
        } catch {
            throw UsageError("--\(name) is a time such as 10s or 1m: '\(text)': \(error.reason)")
        }
    }
}

/// Counts of bytes for people.
enum ByteText {
    /// `999 B`, `12 kB`, `345 MB`, `6 GB`: in thousands, rounded down.
    static func text(_ count: Int) -> String {
        var rest = count
        for unit in ["B", "kB", "MB", "GB"] {
            if rest < 1_000 || unit == "GB" { return "\(rest) \(unit)" }
            rest /= 1_000
        }
        return "\(rest) GB"
    }
}
