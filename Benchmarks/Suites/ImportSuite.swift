import Glibc
import Imports

/// From an archive of trades, as Binance publishes them, to the record file that backtests read.
enum ImportSuite {
    private static let rows = 500_000

    static func run(_ report: inout Report) throws {
        let name = "import.trades"
        guard report.options.wants(name) else { return }
        let archive = TradeArchive(rows: rows)
        let folder = try ScratchFolder.make()
        let (source, target) = ("\(folder)/\(TradeArchive.name).zip", "\(folder)/trades.records")
        defer {
            unlink(source)
            unlink(target)
            rmdir(folder)
        }
        try write(archive.bytes, to: source)
        var settings = ImportSettings()
        settings.table.base = "OAK"
        settings.table.quote = "PINE"
        let best = try Measurement.best(of: report.options.runs) {
            try Measurement.of {
                var importer = try TableImporter([source], settings)
                let summary = try importer.write(to: target)
                // Each trade and the quotes that it lets infer.
                guard summary.events >= rows else { throw BenchError("\(name): \(summary.events) events") }
            }
        }
        let seconds = best.nanoseconds / 1e9
        report.add(name + ".speed", Double(rows) / seconds, "rows/s")
        report.add(name + ".table", Double(archive.tableBytes) / seconds / 1e6, "MB/s")
        report.add(name + ".archive", Double(archive.bytes.count) / seconds / 1e6, "MB/s")
    }

    private static func write(_ bytes: [UInt8], to path: String) throws {
        guard let file = fopen(path, "wb") else { throw BenchError("cannot write \(path)") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw BenchError("cannot write \(path)")
        }
    }
}
