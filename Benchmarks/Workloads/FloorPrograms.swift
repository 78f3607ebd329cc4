import Glibc

/// What a run of rounds or frames took.
struct WireTimes {
    /// The middle of all rounds, or the time of one frame, in nanoseconds.
    var middle: Double
    /// The quickest round; 0 where frames are counted.
    var least: Double
    /// Time of the processor per round or frame, in nanoseconds.
    var processor: Double
    /// How often memory was asked for per round or frame behind the warm-up; not known of the programs in C.
    var allocations: Double?

    /// Of rounds that were timed one by one, and the processor's time of all.
    init(rounds: [Int64], processor: Double, allocations: UInt64) {
        let sorted = rounds.sorted()
        middle = Double(sorted[sorted.count / 2])
        least = Double(sorted[0])
        self.processor = processor / Double(rounds.count)
        self.allocations = Double(allocations) / Double(rounds.count)
    }

    init(middle: Double, least: Double, processor: Double, allocations: Double) {
        self.middle = middle
        self.least = least
        self.processor = processor
        self.allocations = allocations
    }

    /// From the line of a program: three numbers.
    init(_ line: String) throws {
        let numbers = line.split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
        guard numbers.count == 3 else { throw BenchError("the floor says '\(line)'") }
        middle = numbers[0]
        least = numbers[1]
        processor = numbers[2]
    }

    /// The best of each, as disturbances only ever add.
    mutating func improve(_ other: WireTimes) {
        middle = min(middle, other.middle)
        least = min(least, other.least)
        processor = min(processor, other.processor)
        if let more = other.allocations { allocations = min(allocations ?? more, more) }
    }
}

/// The programs in C beside which the wire is measured: a peer for both sides, and the least client.
final class FloorPrograms {
    private let folder: String
    private let scratch: String
    private let peer: pid_t
    /// The peer lives as long as this is open.
    private let leash: Int32
    let port: UInt16

    /// A file with the certificate that the peer shows.
    var certificate: String { scratch + "/certificate.pem" }

    /// - Parameter folder: where the programs are.
    init(in folder: String) throws {
        self.folder = folder
        var template = Array((folder + "/run-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw BenchError("no folder can be made in \(folder)") }
        scratch = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        let input = try ChildProcess.pipe()
        let output = try ChildProcess.pipe()
        peer = try ChildProcess.spawn(
            [folder + "/floor-peer", scratch + "/certificate.pem"], input: input.reading,
            output: output.writing)
        close(input.reading)
        close(output.writing)
        leash = input.writing
        let line = ChildProcess.read(output.reading, untilLineEnd: true)
        close(output.reading)
        guard let port = UInt16(line.prefix { $0 != "\n" }) else {
            throw BenchError("the floor's peer says '\(line)'")
        }
        self.port = port
    }

    deinit {
        close(leash)
        var status: Int32 = 0
        waitpid(peer, &status, 0)
        unlink(certificate)
        rmdir(scratch)
    }

    /// Runs the client in C.
    func client(_ words: [String]) throws -> WireTimes {
        let output = try ChildProcess.pipe()
        let child = try ChildProcess.spawn(
            [folder + "/floor-client", "\(port)", certificate] + words, input: nil, output: output.writing)
        close(output.writing)
        let line = ChildProcess.read(output.reading, untilLineEnd: false)
        close(output.reading)
        var status: Int32 = 0
        guard waitpid(child, &status, 0) == child, status == 0 else {
            throw BenchError("the floor's client failed with status \(status)")
        }
        return try WireTimes(line)
    }
}
