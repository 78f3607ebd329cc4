import CoinExVenue
import Configuration
import Glibc
import Journal
import MarketModel
import Quantities
import Runtime
import Signing
import StrategyKit

/// A live run as it trades in earnest, from a change of the book to the order at the venue, against the floor in C.
///
/// Book with checksum, strategy, risk, pacing, own orders, tape and signature on one side; on the other the least
/// that sends the same order: the venue tells changes, so that needs the book, and its checksum to know that it is
/// the venue's. What a program takes that goes by the first price it finds is shown too. The peer takes the times:
/// both ways of the wire are in them. The same for both generations: in the second, messages are packed and orders are
/// signed by HMAC-SHA256, on both sides.
struct TraderSuite {
    static let count = 1_000
    private static let microseconds = 400

    private let api: CoinExAPI
    private let programs: FloorPrograms
    private let folder: String

    static func run(_ report: inout Report) throws {
        for api in CoinExAPI.allCases { try run(api, &report) }
    }

    private static func run(_ api: CoinExAPI, _ report: inout Report) throws {
        let name = "live.tick-to-order" + api.suffix
        guard report.options.wants(name) else { return }
        guard let floor = report.options.floor else {
            report.add(name + ".floor-programs", 0, "of 2: see --floor")
            return
        }
        try OneCore.keep()
        defer { OneCore.leave() }
        let suite = try TraderSuite(floor, api)
        defer { suite.remove() }
        var best = try suite.round()
        for _ in 0..<report.options.runs { best.improve(try suite.round()) }
        report.add(name + ".floor", best.floor / 1_000, "us")
        report.add(name + ".time", best.full / 1_000, "us")
        report.add(name + ".ratio", best.full / best.floor, "times the floor", .aimAtMost(1.25))
        report.add(name + ".tape", best.tape.kept / 1_000, "us of it")
        report.add(name + ".tape-file", best.tape.written / 1_000, "us per order, with the blocks of many")
        report.add(name + ".blind-floor", best.blind / 1_000, "us")
    }

    private init(_ floor: String, _ api: CoinExAPI) throws {
        self.api = api
        programs = try FloorPrograms(in: floor)
        folder = programs.certificate + ".runs"
        let frames = CoinExFrames.books(2 * Self.count, in: api)
        var text: [UInt8] = []
        for range in frames.ranges { text += frames.bytes[range] + [UInt8(ascii: "\n")] }
        try Self.write(text, programs.certificate + ".books")
    }

    private func remove() {
        for name in [".books", ".times", ".again"] { unlink(programs.certificate + name) }
        removeRuns()
    }

    /// Middle times of one turn of all, in nanoseconds.
    private struct Round {
        /// The least program that knows the book.
        var floor: Double
        /// One that does not.
        var blind: Double
        var full: Double
        var tape: TapeTimes

        mutating func improve(_ other: Round) {
            floor = min(floor, other.floor)
            blind = min(blind, other.blind)
            full = min(full, other.full)
            tape.kept = min(tape.kept, other.tape.kept)
            tape.written = min(tape.written, other.tape.written)
        }
    }

    /// What the tape takes per order: before it leaves, and later, when the blocks of many orders are written.
    private struct TapeTimes {
        var kept = 0.0
        var written = 0.0
    }

    private func round() throws -> Round {
        let blind = try leastTime("blind")
        let floor = try leastTime("books")
        let tape = try trade()
        return Round(floor: floor, blind: blind, full: try takeTimes(), tape: tape)
    }

    private func leastTime(_ mode: String) throws -> Double {
        _ = try programs.client([mode + api.suffix, "\(Self.count)", "\(Self.microseconds)"])
        return try takeTimes()
    }

    // MARK: Our side

    /// Trades, and returns what its tape takes.
    private func trade() throws -> TapeTimes {
        let strategies = [StrategyDescription(BookTaker.self)]
        let reading = try SessionConfiguration.read(
            text: text, name: "bench.yaml", strategies: strategies)
        let parts = SessionParts(reading.configuration)
        let key = CoinExCredentials(
            accessID: "floor", secret: Secret(String(repeating: "k", count: 32)))
        let run = try LiveRun(
            parts, credentials: key, beginsAnew: true, environment: [:], console: SilentConsole())
        let selection = parts.configuration.strategies[0]
        let strategy = try BookTaker(BookTaker.Parameters(), parts.setup(selection))
        let outcome = try run.perform(strategy)
        guard outcome.ending == .finished else { throw BenchError("the run ended as \(outcome.ending)") }
        guard let run = outcome.folder else { throw BenchError("the run has no folder") }
        defer { removeRuns() }
        return try rewrite(run + "/session.tape")
    }

    /// As in a run that has not waited longer.
    private static let waitingBytesMax = 32 << 10

    /// Writes the entries of a tape once more, a block for each decision as in the run.
    private func rewrite(_ path: String) throws -> TapeTimes {
        var reader = try TapeReader(path: path)
        let again = programs.certificate + ".again"
        unlink(again)
        var writer = try TapeWriter(
            creating: again, metadata: reader.metadata, policy: .process, keepsBlocks: true)
        defer { writer.endKeeping() }
        var times = TapeTimes()
        var entries: [TapeEntry] = []
        var blocks = reader.extent.blocks
        while let entry = try reader.next() {
            if reader.extent.blocks != blocks {
                try write(&entries, &writer, &times)
                blocks = reader.extent.blocks
            }
            entries.append(entry)
        }
        try write(&entries, &writer, &times)
        return times
    }

    private func write(
        _ entries: inout [TapeEntry], _ writer: inout TapeWriter, _ times: inout TapeTimes
    ) throws {
        let start = monotonicNanoseconds()
        for entry in entries { try writer.append(kind: entry.kind, entry.bytes) }
        try writer.keep()
        let kept = monotonicNanoseconds()
        if writer.pendingBytes > Self.waitingBytesMax { try writer.commit() }
        times.kept += Double(kept - start) / Double(Self.count)
        times.written += Double(monotonicNanoseconds() - kept) / Double(Self.count)
        entries.removeAll(keepingCapacity: true)
    }

    private func removeRuns() { Self.remove(folder) }

    private static func remove(_ path: String) {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(folder)
        }
        _ = Glibc.remove(path)
    }

    private var text: String {
        """
        mode: live
        connection:
          bot: bench
          api: \(api.rawValue)
          rest: https://127.0.0.1:\(programs.port)\(api.base)
          socket: wss://127.0.0.1:\(programs.port)\(api.socketPath)?\(Self.count)&\(Self.microseconds)
          authority: \(programs.certificate)
        markets:
          - {name: OAKPINE, base: OAK, quote: PINE, tick: 0.01, lot: 0.0001, minimum: 0.0001, maker_fee: 0.002, \
        taker_fee: 0.002}
        strategies:
          - {strategy: book-taker, markets: [OAKPINE]}
        venue: coinex
        limits: {place: 5000/1s, total: 10000/1s}
        journal: {folder: \(folder), ledger: false}
        """
    }

    /// What the peer has measured.
    private func takeTimes() throws -> Double {
        let path = programs.certificate + ".times"
        guard let file = fopen(path, "r") else { throw BenchError("the peer has measured nothing") }
        defer {
            fclose(file)
            unlink(path)
        }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 128, file) != nil else { throw BenchError("\(path) is empty") }
        let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return try WireTimes(text).middle
    }

    private static func write(_ bytes: [UInt8], _ path: String) throws {
        guard let file = fopen(path, "w") else { throw BenchError("\(path) cannot be written") }
        defer { fclose(file) }
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else {
            throw BenchError("\(path) cannot be written")
        }
    }
}

extension CoinExAPI {
    /// What figures of the second generation are called beside those of the first.
    var suffix: String {
        switch self {
        case .v1: ""
        case .v2: "-v2"
        }
    }
}

/// Answers each change of the book with an order that trades at once or not at all, until there were enough.
struct BookTaker: Strategy {
    static let name = "book-taker"

    struct Parameters: StrategyParameters {
        static var schema: [Parameter<Self>] { [] }
    }

    static let ordersMax = TraderSuite.count
    private let market: Market
    private var orders = 0

    init(_ parameters: Parameters, _ setup: StrategySetup) throws { market = setup.market }

    mutating func onBook(_ update: BookUpdate, _ desk: inout Desk) {
        guard orders < Self.ordersMax, desk.openOrders(in: market.id).isEmpty,
            let quote = desk.quote(market.id)
        else { return }
        orders += 1
        desk.place(.limit(.buy, Quantity(1), at: quote.bid, in: market.id, .immediateOrCancel))
    }

    mutating func onOrder(_ order: OwnOrder, _ desk: inout Desk) {
        if orders == Self.ordersMax, desk.openOrders().isEmpty { desk.finish("enough") }
    }
}
