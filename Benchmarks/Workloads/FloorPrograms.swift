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
        let input = try Self.pipe()
        let output = try Self.pipe()
        peer = try Self.spawn(
            [folder + "/floor-peer", scratch + "/certificate.pem"], input: input.reading,
            output: output.writing)
        close(input.reading)
        close(output.writing)
        leash = input.writing
        let line = Self.read(output.reading, untilLineEnd: true)
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
        let output = try Self.pipe()
        let child = try Self.spawn(
            [folder + "/floor-client", "\(port)", certificate] + words, input: nil, output: output.writing)
        close(output.writing)
        let line = Self.read(output.reading, untilLineEnd: false)
        close(output.reading)
        var status: Int32 = 0
        guard waitpid(child, &status, 0) == child, status == 0 else {
            throw BenchError("the floor's client failed with status \(status)")
        }
        return try WireTimes(line)
    }

    private static func pipe() throws(BenchError) -> (reading: Int32, writing: Int32) {
        var ends: [Int32] = [0, 0]
        guard Glibc.pipe(&ends) == 0 else { throw BenchError("no pipe: errno \(errno)") }
        // A child that held our end of another one's pipe would keep that open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }

    private static func spawn(
        _ words: [String], input: Int32?, output: Int32
    ) throws(BenchError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input { posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO) }
        posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        var pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var child = pid_t()
        let error = posix_spawn(&child, words[0], &actions, nil, &pointers, environ)
        guard error == 0 else { throw BenchError("\(words[0]) cannot be started: errno \(error)") }
        return child
    }

    private static func read(_ descriptor: Int32, untilLineEnd: Bool) -> String {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while Glibc.read(descriptor, &byte, 1) == 1 {
            bytes.append(byte)
            if untilLineEnd, byte == UInt8(ascii: "\n") { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
