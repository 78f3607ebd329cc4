import CBenchProbe
import COpenSSL
import Glibc

/// Runs the suites; the exit code says whether all that must hold holds.
func bench(_ arguments: [String]) -> Int32 {
    do {
        let options = try Options(arguments)
        if let plan = options.load {
            try LoadSuite.run(plan)
            return 0
        }
        // Before anything else of OpenSSL is used, or it refuses.
        guard
            CRYPTO_set_mem_functions(
                bench_probe_uncounted_malloc, bench_probe_uncounted_realloc, bench_probe_uncounted_free) == 1
        else { throw BenchError("OpenSSL keeps its own memory functions") }
        if let descriptor = options.child {
            try ProcessSuite.runChild(descriptor)
            return 0
        }
        var report = Report(options)
        // Memory first: later it would count what earlier measurements have left behind.
        try MemorySuite.run(&report)
        try EngineSuite.run(&report)
        try BacktestSuite.run(&report)
        try DecodeSuite.run(&report)
        try VenueDecodeSuite.run(&report)
        try RecordSuite.run(&report)
        try ImportSuite.run(&report)
        try CoinExSuite.run(&report)
        try CoinExStreamSuite.run(&report)
        try CoinExV2StreamSuite.run(&report)
        try ExchangeSuite.run(&report)
        try LiveSuite.run(&report)
        try TraderSuite.run(&report)
        IndicatorSuite.run(&report)
        try CodecSuite.run(&report)
        try WireSuite.run(&report)
        try ProcessSuite.run(&report)
        report.finish()
        return report.isMissed ? 1 : 0
    } catch Options.Failure.usage(let problem) {
        return complain("\(problem)\n\(Options.usage)")
    } catch {
        return complain("\(error)")
    }
}

func complain(_ problem: String) -> Int32 {
    let text = "martlet-bench: \(problem)\n"
    _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
    return 2
}

exit(bench(Array(CommandLine.arguments.dropFirst())))
