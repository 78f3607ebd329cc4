import Transport
import WireCodecs

/// The wire against the floor in C: both talk to the same peer, in turns, and the best of each counts.
///
/// All run on one core, so that ratios of times are ratios of work; a machine that is busy otherwise disturbs
/// both sides.
struct WireSuite {
    private static let rounds = 2_000
    private static let frames = 60_000
    private static let ticks = 1_000
    private static let tickMicroseconds = 300

    private let programs: FloorPrograms
    private let tls: TLSContext
    private let runs: Int

    static func run(_ report: inout Report) throws {
        let names = ["echo", "rest", "frames.raw", "frames.full-records", "frames.deflated", "tick-to-order"]
            .map { "wire." + $0 }
        guard names.contains(where: report.options.wants) else { return }
        guard let folder = report.options.floor else {
            report.add("wire.floor-programs", 0, "of 2: see --floor")
            return
        }
        try OneCore.keep()
        defer { OneCore.leave() }
        let suite = try WireSuite(folder, runs: report.options.runs)
        try suite.compare(names[0], ["echo", "\(rounds)"], limit: 1.10, &report) { try suite.echo() }
        try suite.compare(names[1], ["rest", "\(rounds)"], limit: 1.10, &report) { try suite.rest() }
        for (name, words) in zip(names[2...4], [["0", "0"], ["0", "1"], ["1", "0"]]) {
            try suite.flood(name, words, &report)
        }
        let words = ["ticks", "\(ticks)", "\(tickMicroseconds)"]
        try suite.compare(names[5], words, limit: 1.15, &report) { try suite.trade() }
    }

    private init(_ folder: String, runs: Int) throws {
        programs = try FloorPrograms(in: folder)
        tls = try TLSContext(authorities: programs.certificate)
        // Short runs, many of them: some fall into quiet moments.
        self.runs = runs * 3
    }

    private var endpoint: Endpoint { Endpoint(host: "127.0.0.1", port: programs.port, tls: tls) }

    // MARK: Comparing

    /// The best of the floor and of ours, measured in turns.
    private func best(
        _ words: [String], _ ours: () throws -> WireTimes
    ) throws -> (floor: WireTimes, ours: WireTimes) {
        var floor = try programs.client(words)
        var best = try ours()
        for _ in 1..<runs {
            floor.improve(try programs.client(words))
            best.improve(try ours())
        }
        return (floor, best)
    }

    /// Compares times of rounds.
    private func compare(
        _ name: String, _ words: [String], limit: Double, _ report: inout Report,
        _ ours: () throws -> WireTimes
    ) throws {
        guard report.options.wants(name) else { return }
        let (floor, best) = try best(words, ours)
        report.add(name + ".floor", floor.middle / 1_000, "us")
        report.add(name + ".time", best.middle / 1_000, "us")
        report.add(name + ".ratio", best.middle / floor.middle, "times the floor", .aimAtMost(limit))
        report.add(name + ".processor", best.processor / floor.processor, "times the floor")
        addAllocations(name, best, &report)
    }

    /// Compares frames per second of the processor.
    private func flood(_ name: String, _ words: [String], _ report: inout Report) throws {
        guard report.options.wants(name) else { return }
        let all = ["flood", "\(Self.frames)"] + words
        let (floor, best) = try best(all) {
            try receive("/flood/\(Self.frames)/" + words.joined(separator: "/"))
        }
        report.add(name + ".floor", 1_000 / floor.processor, "M frames/CPU s")
        report.add(name + ".speed", 1_000 / best.processor, "M frames/CPU s")
        report.add(
            name + ".ratio", floor.processor / best.processor, "of the floor's speed", .aimAtLeast(0.85))
        addAllocations(name, best, &report)
    }

    /// Buffers may still grow behind the warm-up; OpenSSL's own are left out.
    private func addAllocations(_ name: String, _ times: WireTimes, _ report: inout Report) {
        report.add(name + ".allocations", times.allocations ?? 0, "of ours per round", .atMost(0.01))
    }

    // MARK: Our side

    private func echo() throws -> WireTimes {
        let loop = try EventLoop()
        let client = EchoClient(rounds: Self.rounds)
        return try run(loop, "/echo", client) { client.times }
    }

    private func receive(_ target: String) throws -> WireTimes {
        let loop = try EventLoop()
        let client = FloodClient(frames: Self.frames)
        return try run(loop, target, client) { client.times }
    }

    private func trade() throws -> WireTimes {
        let loop = try EventLoop()
        let desk = OrderDesk(loop, host: endpoint.authority)
        let endpoint = endpoint
        loop.submit { desk.assumeIsolated { $0.open(endpoint) } }
        let client = TickClient(desk, ticks: Self.ticks)
        return try run(loop, "/ticks/\(Self.ticks)/\(Self.tickMicroseconds)", client) { client.times }
    }

    /// Runs a WebSocket of ours on this thread until it stops its loop.
    private func run(
        _ loop: EventLoop, _ target: String, _ handler: any WebSocketHandler, _ times: () -> WireTimes?
    ) throws -> WireTimes {
        nonisolated(unsafe) let socket = WebSocketConnection(
            client: loop, Resolver(loop), endpoint, target: target, handler: handler)
        loop.submit { socket.open() }
        loop.run()
        guard let times = times() else { throw BenchError("\(target): the connection ended early") }
        return times
    }

    private func rest() throws -> WireTimes {
        let loop = try EventLoop()
        nonisolated(unsafe) let client = OrderClient(loop, host: endpoint.authority, rounds: Self.rounds)
        client.pool = HTTPPool(loop, Resolver(loop), endpoint, handler: client)
        loop.submit { client.send() }
        loop.run()
        guard let times = client.times else { throw BenchError("an order was not answered") }
        return times
    }
}
