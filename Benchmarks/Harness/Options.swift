/// What the command line asks for.
struct Options {
    enum Failure: Error { case usage(String) }

    static let usage = """
        usage: martlet-bench [--only NAME] [--events COUNT] [--runs COUNT] [--floor FOLDER] [--peer FOLDER] [--json]
          --only NAME      only figures whose name contains NAME
          --events COUNT   events of a backtest: 4,000,000 where nothing else is said
          --runs COUNT     runs of each measurement, of which the best counts: 5
          --floor FOLDER   where floor-peer and floor-client are, which the wire is held against
          --peer FOLDER    an environment of Python with orjson, which decoding is held against
          --json           one JSON array instead of lines
          --load PORT      load on a local exchange that runs there, and nothing else; see .ci/load/run
          --clients COUNT, --seconds COUNT, --authority FILE
                           of the load: how many, how long, and whom to trust for TLS
        Exit code 1 when a count or a ratio is missed, 2 when a measurement failed.
        """

    /// The decisions of the backtests are known for this many events.
    static let usualEvents = 4_000_000

    var only: String?
    var isJSON = false
    var events = Options.usualEvents
    var runs = 5
    var floor: String?
    var peer: String?
    /// Internal: this process runs one backtest, over the records of an inherited file.
    var child: Int32?
    /// Load on a local exchange in place of all suites.
    var load: ExchangeLoad.Plan?

    init(_ arguments: [String]) throws(Failure) {
        var rest = arguments[...]
        var plan = ExchangeLoad.Plan(port: 0)
        while let argument = rest.popFirst() {
            switch argument {
            case "--only":
                guard let name = rest.popFirst() else { throw .usage("--only needs a name") }
                only = name
            case "--floor":
                guard let folder = rest.popFirst() else { throw .usage("--floor needs a folder") }
                floor = folder
            case "--peer":
                guard let folder = rest.popFirst() else { throw .usage("--peer needs a folder") }
                peer = folder
            case "--json": isJSON = true
            case "--events": events = try Self.count(&rest, of: argument)
            case "--runs": runs = try Self.count(&rest, of: argument)
            case "--child":
                guard let text = rest.popFirst(), let number = Int32(text) else {
                    throw .usage("--child needs a number")
                }
                child = number
            case "--load":
                guard let text = rest.popFirst(), let port = UInt16(text), port > 0 else {
                    throw .usage("--load needs a port")
                }
                plan.port = port
            case "--clients": plan.clients = try Self.count(&rest, of: argument)
            case "--seconds": plan.seconds = try Self.count(&rest, of: argument)
            case "--authority":
                guard let file = rest.popFirst() else { throw .usage("--authority needs a file") }
                plan.authority = file
            default: throw .usage("unknown argument \(argument)")
            }
        }
        load = plan.port > 0 ? plan : nil
    }

    private static func count(_ rest: inout ArraySlice<String>, of argument: String) throws(Failure) -> Int {
        guard let text = rest.popFirst(), let count = Int(text), (2...100_000_000).contains(count) else {
            throw .usage("\(argument) needs a number from 2 to 100000000")
        }
        return count
    }

    func wants(_ name: String) -> Bool { only.map { name.contains($0) } ?? true }
}

extension String {
    /// Whether `part` occurs in the text.
    fileprivate func contains(_ part: String) -> Bool {
        let bytes = Array(utf8)
        let wanted = Array(part.utf8)
        guard wanted.count <= bytes.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { bytes[$0...].starts(with: wanted) }
    }
}
