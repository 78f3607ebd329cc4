import Glibc
import Imports

/// `data fetch`: downloads public archives, verified.
struct DataFetchCommand {
    let program: Program
    let terminal: Terminal

    static let options: [Arguments.Option] = [
        .init(name: "market", value: "NAME", help: "of fetch: the market, such as BTCUSDT"),
        .init(name: "kind", value: "KIND", help: "of fetch: trades, aggTrades, klines or bookTicker"),
        .init(name: "from", value: "DAY", help: "of fetch: the first day, such as 2026-01-01"),
        .init(name: "to", value: "DAY", help: "of fetch: the last day; without it one day"),
        .init(name: "interval", value: "TIME", help: "of klines: 1s, 1m, 5m, 1h, 1d ..."),
        .init(name: "product", value: "NAME", help: "of fetch: spot (the default), um or cm futures"),
        .init(name: "by", value: "SPAN", help: "of fetch: a file per day (the default) or month"),
        .init(name: "folder", value: "PATH", help: "of fetch: where the files go (data/binance)"),
        .init(name: "url", value: "URL", help: "of fetch: another server than \(BinanceArchive.address)"),
        .init(
            name: "authorities", value: "FILE",
            help: "of fetch: PEM certificates to trust instead of the system's"),
        .init(name: "retries", value: "N", help: "of fetch: failures in a row that are borne (6)"),
        .init(name: "allow-missing", help: "of fetch: files that the server does not have are no error"),
        .init(name: "quiet", help: "only the result"),
    ]

    func perform(_ words: [String]) throws -> ExitCode {
        let arguments = try Arguments(words, options: Self.options)
        guard arguments.positional.first == "binance", arguments.positional.count == 1 else {
            let word = arguments.positional.first
            throw UsageError(
                word.map { "there are no archives of '\($0)', only of binance" }
                    ?? "from where? '\(program.name) data fetch binance --market BTCUSDT --kind trades --from DAY'"
            )
        }
        let files = BinanceArchive.files(try wish(arguments))
        var policy = DownloadPolicy()
        if let text = arguments.value("retries") {
            guard let retries = Int(text), (0...100).contains(retries) else {
                throw UsageError("--retries is a number from 0 to 100, not '\(text)'")
            }
            policy.retriesMax = retries
        }
        let place = try ArchivePlace(
            arguments.value("url") ?? BinanceArchive.address, authorities: arguments.value("authorities"),
            environment: Self.environment)
        let folder = arguments.value("folder") ?? "data/binance"
        let fetcher = try ArchiveFetcher(files, from: place, to: folder, policy) { [terminal] progress in
            terminal.status(Self.text(progress))
            return !Interruption.isRequested
        }
        return tell(try fetcher.run(), folder, of: files.count, allowMissing: arguments.has("allow-missing"))
    }

    private func tell(
        _ summary: FetchSummary, _ folder: String, of count: Int, allowMissing: Bool
    ) -> ExitCode {
        for path in summary.downloaded { terminal.line("\(path): downloaded, SHA-256 right") }
        for path in summary.present { terminal.line("\(path): was there, SHA-256 right") }
        for name in summary.absent {
            let text = "\(name): the server has no such file"
            if allowMissing { terminal.line(text) } else { terminal.error(text) }
        }
        for failure in summary.failures { terminal.error("\(failure.name): \(failure.fault)") }
        terminal.result(
            "\(summary.files.count) of \(count) files in \(folder), \(ByteText.text(summary.bytes)) downloaded"
        )
        if let fault = summary.failures.first?.fault { return ExitCode(fault) }
        return summary.absent.isEmpty || allowMissing ? .success : .unavailable
    }

    private static func text(_ progress: FetchProgress) -> String {
        let place = "\(progress.number) of \(progress.count): \(progress.name)"
        let size = progress.total.map { " of \(ByteText.text($0))" } ?? ""
        let trouble = progress.trouble.map { "; \($0), trying again" } ?? ""
        return "\(place), \(ByteText.text(progress.have))\(size)\(trouble)"
    }

    // MARK: Options

    private func wish(_ arguments: Arguments) throws -> BinanceArchive.Wish {
        guard let market = arguments.value("market") else {
            throw UsageError("which market? --market BTCUSDT")
        }
        guard BinanceArchive.isMarketName(market) else {
            throw UsageError("--market: '\(market)' is no name such as BTCUSDT: capitals, digits and _")
        }
        guard let kindText = arguments.value("kind") else {
            throw UsageError("what of it? --kind trades, aggTrades, klines or bookTicker")
        }
        let kind: BinanceArchive.Kind = try choice(kindText, "kind")
        guard let first = try day(arguments, "from") else {
            throw UsageError("which days? --from 2026-01-01 --to 2026-01-31")
        }
        let last = try day(arguments, "to") ?? first
        guard first <= last else { throw UsageError("--from \(first) is after --to \(last)") }
        var wish = BinanceArchive.Wish(kind: kind, market: market, first: first, last: last)
        if let text = arguments.value("product") { wish.product = try choice(text, "product") }
        if let text = arguments.value("by") { wish.span = try choice(text, "by") }
        if kind == .bookTicker, wish.product == .spot {
            throw UsageError("there is no bookTicker of spot markets: --product um or cm")
        }
        let interval = arguments.value("interval")
        guard (kind == .klines) == (interval != nil) else {
            throw UsageError(
                kind == .klines ? "of which interval? --interval 1m" : "--interval belongs to --kind klines")
        }
        if let interval, !BinanceArchive.intervals.contains(interval) {
            let known = BinanceArchive.intervals.joined(separator: ", ")
            throw UsageError("--interval is one of \(known), not '\(interval)'")
        }
        wish.interval = interval
        return wish
    }

    private func choice<Choice: CaseIterable & RawRepresentable>(
        _ text: String, _ name: String
    ) throws(UsageError) -> Choice where Choice.RawValue == String {
        if let choice = Choice(rawValue: text) { return choice }
        let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        throw UsageError("--\(name) is one of \(known), not '\(text)'")
    }

    private func day(_ arguments: Arguments, _ name: String) throws(UsageError) -> CalendarDay? {
        guard let text = arguments.value(name) else { return nil }
        guard let day = CalendarDay(text) else {
            throw UsageError("--\(name) is a day such as 2026-01-31, not '\(text)'")
        }
        return day
    }

    /// The variables that name a proxy.
    private static var environment: [String: String] {
        var found: [String: String] = [:]
        for name in [
            "https_proxy", "HTTPS_PROXY", "http_proxy", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY",
        ] {
            if let value = getenv(name) { found[name] = String(cString: value) }
        }
        return found
    }
}
