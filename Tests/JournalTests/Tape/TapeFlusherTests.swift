import Glibc
import TestSupport
import Testing

@testable import Journal

struct TapeFlusherTests {
    let scratch = try! ScratchFolder()

    @Test func `another thread flushes while the writer goes on`() async throws {
        let path = scratch.file("tape")
        var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
        let flusher = try writer.makeFlusher()
        let flushes = Task.detached {
            for _ in 0..<20 { try flusher.flush() }
        }
        for number in 0..<1_000 { try writer.appendBlocks([[Entry(1, "\(number)")]]) }
        try await flushes.value
        #expect(Reading(path).entries.count == 1_000)
        #expect(Reading(path).end == .clean)
    }

    @Test func `a failed flush is told`() throws {
        var writer = try TapeWriter(
            creating: scratch.file("tape"), metadata: [], policy: .process)
        try writer.appendBlocks([[Entry(1, "one")]])
        let flusher = try writer.makeFlusher()
        try flusher.flush()
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        try #require(dup2(ends[1], flusher.file.descriptor) >= 0)
        close(ends[1])
        #expect(throws: TapeError.synchronize(errno: EINVAL)) { try flusher.flush() }
    }

    @Test func `the tape stays locked until the flusher is gone too`() throws {
        let path = scratch.file("tape")
        try makeTape(path)
        var flusher: TapeFlusher? = try TapeWriter(resuming: path, policy: .process).makeFlusher()
        #expect(throws: TapeError.inUse(path: path)) {
            _ = try TapeWriter(resuming: path, policy: .process)
        }
        flusher = nil
        _ = consume flusher
        #expect(try TapeWriter(resuming: path, policy: .process).extent.blocks == 4)
    }
}
