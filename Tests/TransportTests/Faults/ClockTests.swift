import Foundation
import Quantities
import TestSupport
import Testing

@testable import Transport

/// The time of day may jump: nothing of the wire looks at it.
@Suite(.ownThread, .timeLimit(.minutes(1)))
struct ClockTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Stands before the system's own calls: the time of day jumps by two hours with each look at it.
    private static let jumping = """
        #define _GNU_SOURCE
        #include <sys/syscall.h>
        #include <sys/time.h>
        #include <time.h>
        #include <unistd.h>
        static long looks;
        int clock_gettime(clockid_t clock, struct timespec *time) {
            int result = syscall(SYS_clock_gettime, clock, time);
            if (clock == CLOCK_REALTIME) time->tv_sec += looks++ % 2 ? 3600 : -3600;
            return result;
        }
        int gettimeofday(struct timeval *time, void *zone) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            time->tv_sec = now.tv_sec;
            time->tv_usec = now.tv_nsec / 1000;
            return 0;
        }
        time_t time(time_t *result) {
            struct timespec now;
            clock_gettime(CLOCK_REALTIME, &now);
            if (result) *result = now.tv_sec;
            return now.tv_sec;
        }
        """

    @Test func `deadlines hold while the time of day jumps`() async throws {
        let stage = try Stage()
        let source = stage.scratch.write(Self.jumping, "jumping.c")
        let library = stage.scratch.file("jumping.so")
        let compiler = Process()
        compiler.executableURL = URL(filePath: "/usr/bin/env")
        compiler.arguments = ["cc", "-shared", "-fPIC", "-o", library, source]
        try compiler.run()
        compiler.waitUntilExit()
        guard compiler.terminationStatus == 0 else {
            print("skipped: a clock that jumps wants a compiler for C")
            return
        }
        let (finding, time) = try await waiting { () -> (String?, Interval) in
            let (server, port) = try EchoProcess.server(environment: ["LD_PRELOAD": library])
            return try withExtendedLifetime(server) {
                let start = LoopTime.now
                // Says nothing: its head may take five seconds.
                let silent = try RawPeer.connect(port)
                let test = ConformanceCase("beside it", [.text("x")], hears: [.text("x")])
                let finding = try test.finding(RawPeer.open(port))
                _ = try silent.hearAll()
                return (finding, LoopTime.now - start)
            }
        }
        #expect(finding == nil)
        #expect(time >= .milliseconds(4_900) && time < .seconds(15), "\(time.nanoseconds / 1_000_000) ms")
    }

    @Test func `no source of the wire asks for the time of day`() throws {
        let asking = ["CLOCK_REALTIME", "gettimeofday", "time(nil)", "localtime", "Date("]
        var count = 0
        for folder in ["Transport", "WireCodecs", "CSystem/CLinux"] {
            let place = Self.root.appending(path: "Sources/\(folder)").path
            for name in try FileManager.default.subpathsOfDirectory(atPath: place) where name.contains(".") {
                let text = try String(contentsOfFile: "\(place)/\(name)", encoding: .utf8)
                for word in asking { #expect(!text.contains(word), "\(folder)/\(name)") }
                count += 1
            }
        }
        #expect(count > 50)
    }
}
