import Glibc
import TestSupport
import Testing

@testable import Journal

struct TapeCrashTests {
    let scratch = try! ScratchFolder()

    @Test func `what was committed survives a kill, what was not does not appear`() async throws {
        let path = scratch.file("killed.tape")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
            for number in 0..<1_000 {
                try writer.appendBlocks([[Entry(1, "frame \(number)"), Entry(2, "order")]])
            }
            try writer.append(Entry(1, "never committed"))
            kill(getpid(), SIGKILL)
        }
        let reading = Reading(path)
        #expect(reading.entries.count == 2_000)
        #expect(reading.entries.last == Entry(2, "order"))
        #expect(reading.entries.dropLast().last == Entry(1, "frame 999"))
        #expect(reading.end == .clean)
    }

    @Test func `a kill at any moment leaves whole blocks and at most one torn`() async throws {
        let path = scratch.file("killed.tape")
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
            // The kernel ends the process by itself, wherever it stands then.
            var limit = rlimit(rlim_cur: 1, rlim_max: 1)
            setrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
            signal(SIGXCPU, SIG_IGN)
            var number = 0
            while true {
                try writer.appendBlocks([[Entry(1, "\(number)")]])
                number += 1
                // Bounds the file; the time is up long before.
                if writer.extent.bytes > 1 << 30 { break }
            }
        }
        let reading = Reading(path)
        #expect(reading.error == nil)
        #expect(reading.entries.count > 100)
        let isInOrder = reading.entries.enumerated().allSatisfy { $1 == Entry(1, "\($0)") }
        #expect(isInOrder)
    }

    @Test func `a full device is a typed error and closes the writer`() throws {
        let path = scratch.file("full.tape")
        var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
        try writer.appendBlocks([[Entry(1, "good")]])
        let full = open("/dev/full", O_WRONLY)
        try #require(full >= 0)
        try #require(dup2(full, writer.file.descriptor) >= 0)
        close(full)

        try writer.append(Entry(1, "lost"))
        #expect(throws: TapeError.write(errno: ENOSPC)) { try writer.commit() }
        #expect(throws: TapeError.failedEarlier(errno: ENOSPC)) { try writer.commit() }
        #expect(throws: TapeError.failedEarlier(errno: ENOSPC)) {
            try writer.append(Entry(1, "refused"))
        }
        #expect(throws: TapeError.failedEarlier(errno: ENOSPC)) { try writer.synchronize() }
        #expect(writer.extent.blocks == 1)
        #expect(Reading(path).entries == [Entry(1, "good")])
    }

    @Test func `a failed flush is a typed error and closes the writer`() throws {
        let path = scratch.file("pipe.tape")
        var writer = try TapeWriter(creating: path, metadata: [], policy: .power)
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { close(ends[0]) }
        try #require(dup2(ends[1], writer.file.descriptor) >= 0)
        close(ends[1])

        try writer.append(Entry(1, "not on a disk"))
        #expect(throws: TapeError.synchronize(errno: EINVAL)) { try writer.commit() }
        #expect(throws: TapeError.failedEarlier(errno: EINVAL)) { try writer.commit() }
    }

    @Test func `a file size limit tears a block, is an error, and the rest is readable`()
        async throws
    {
        let path = scratch.file("limited.tape")
        await #expect(processExitsWith: .success) { [path = path as String] in
            limitFileSize(to: 1_000)
            var writer = try TapeWriter(creating: path, metadata: [], policy: .process)
            #expect(throws: TapeError.write(errno: EFBIG)) {
                while true { try writer.appendBlocks([[Entry(1, "sixteen bytes ..")]]) }
            }
            #expect(throws: TapeError.failedEarlier(errno: EFBIG)) {
                try writer.append(Entry(1, "refused"))
            }
        }
        // 20 bytes of header, then blocks of 24 + 4 + 16.
        #expect(try contents(of: path).count == 1_000)
        let reading = Reading(path)
        #expect(reading.entries.count == 980 / 44)
        #expect(reading.fault?.refusedBytes == 980 % 44)
        #expect(reading.error == nil)

        var writer = try TapeWriter(resuming: path, policy: .process)
        try writer.appendBlocks([[Entry(2, "space again")]])
        #expect(Reading(path).entries.count == 980 / 44 + 1)
        #expect(Reading(path).end == .clean)
    }

    @Test func `a header that cannot be written leaves no file behind`() async throws {
        let path = scratch.file("none.tape")
        await #expect(processExitsWith: .success) { [path = path as String] in
            limitFileSize(to: 10)
            #expect(throws: TapeError.write(errno: EFBIG)) {
                _ = try TapeWriter(creating: path, metadata: [], policy: .process)
            }
        }
        #expect(access(path, F_OK) != 0)
    }
}
