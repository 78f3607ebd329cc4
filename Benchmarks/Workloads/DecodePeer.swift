import Glibc

/// A program of Python that reads the same frames with orjson, and says how long that took.
final class DecodePeer {
    private let child: pid_t
    private let input: Int32
    private let output: Int32

    /// - Parameters:
    ///   - folder: the environment of Python that has orjson; frames are handed over in it.
    ///   - frames: what it reads.
    ///   - part: frames whose time is taken together.
    init(_ folder: String, _ frames: VenueFrames, part: Int) throws {
        let file = "\(folder)/frames-\(getpid())"
        try Self.write(frames, to: file)
        let input = try ChildProcess.pipe()
        let output = try ChildProcess.pipe()
        self.input = input.writing
        self.output = output.reading
        child = try ChildProcess.spawn(
            ["\(folder)/bin/python", "\(folder)/decode_peer.py", file, String(part)], input: input.reading,
            output: output.writing)
        close(input.reading)
        close(output.writing)
        // Once it has read the file it says so.
        let line = ChildProcess.read(output.reading, untilLineEnd: true)
        unlink(file)
        guard line == "ready\n" else { throw BenchError("the peer of Python says '\(line)'") }
    }

    deinit {
        close(input)
        close(output)
        var status: Int32 = 0
        waitpid(child, &status, 0)
    }

    /// Reads all frames once; in nanoseconds, for each part.
    func run() throws -> [Double] {
        var byte = UInt8(ascii: "\n")
        guard Glibc.write(input, &byte, 1) == 1 else { throw BenchError("the peer of Python has ended") }
        let line = ChildProcess.read(output, untilLineEnd: true)
        return try line.dropLast().split(separator: " ").map { text throws(BenchError) in
            guard let time = Double(text) else { throw BenchError("the peer of Python says '\(line)'") }
            return time
        }
    }

    /// One frame on each line.
    private static func write(_ frames: VenueFrames, to path: String) throws(BenchError) {
        guard let file = fopen(path, "w") else { throw BenchError("cannot write \(path)") }
        var isWritten = true
        for range in frames.ranges {
            let line = Array(frames.bytes[range]) + [UInt8(ascii: "\n")]
            isWritten = fwrite(line, 1, line.count, file) == line.count && isWritten
        }
        guard fclose(file) == 0, isWritten else { throw BenchError("cannot write \(path)") }
    }
}
