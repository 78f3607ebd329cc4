import CLinux
import Glibc
import Quantities
import TestSupport
import Testing

@testable import Transport

/// Processes that run out of descriptors.
@Suite(.ownThread, .timeLimit(.minutes(2)), .serialized)
struct DescriptorTests {
    struct Course: Sendable {
        var answered = 0
        var ticks = 0
        var answeredLater = 0
        var counts: [Int] = []
        var finding: String?
    }

    @Test func `a server without descriptors lets its clients wait, rests, and goes on when there are some`()
        async throws
    {
        let course = try await waiting { () -> Course in
            var course = Course()
            let (server, port) = try EchoProcess.server(descriptorsMax: 24)
            course.counts.append(server.descriptorCount)
            var peers: [RawPeer] = []
            for _ in 0..<60 {
                let peer = try RawPeer.connect(port)
                try peer.ask()
                peers.append(peer)
            }
            while peers[course.answered].hasNews(within: 1_000) {
                try peers[course.answered].takeAnswer()
                course.answered += 1
            }
            course.counts.append(server.descriptorCount)
            let before = server.ticks
            // Nothing can come: that is how long it is watched.
            _ = peers[course.answered].hasNews(within: 1_000)
            course.ticks = server.ticks - before
            // Those who were answered go, and the others have their turn.
            var waitingPeers = Array(peers[course.answered...])
            peers = []
            while !waitingPeers.isEmpty {
                let peer = waitingPeers.removeFirst()
                try peer.takeAnswer()
                try peer.say(.text("turn"))
                if try peer.hear() == .text("turn") { course.answeredLater += 1 }
            }
            let test = ConformanceCase("behind it all", [.text("x")], hears: [.text("x")])
            course.finding = try test.finding(RawPeer.open(port))
            course.counts.append(server.descriptorCount)
            return course
        }
        print("descriptors \(course.counts), \(course.answered) answered, \(course.ticks) ticks in a second")
        #expect(course.answered > 10 && course.answered < 24)
        #expect(course.counts[1] >= 24, "it had taken all that it may have")
        #expect(course.ticks <= 20, "a fifth of a core at most: it does not spin")
        #expect(course.answeredLater == 60 - course.answered, "all others had their turn")
        #expect(course.finding == nil)
        #expect(course.counts[2] <= course.counts[0] + 2, "\(course.counts)")
    }

    /// From none for a loop to none for a connection.
    @Test(arguments: [4, 5, 6])
    func `a client without descriptors says so`(descriptors: Int) async throws {
        let (code, text) = try await waiting { () -> (Int32, String) in
            let listener = try RawListener()
            return try EchoProcess(
                ["client", "ws://127.0.0.1:\(listener.port)/"], descriptorsMax: descriptors
            ).end()
        }
        #expect(code == (descriptors == 6 ? 69 : 71), "\(text)")
        #expect(text.contains("Too many open files"), "\(text)")
    }

    @Test func `a pool without descriptors sends nothing, and goes on when there are some`() async throws {
        // In a process of its own, because the limit holds for all of it.
        await #expect(processExitsWith: .success) {
            let stage = try Stage()
            let server = await stage.serve { $0.onReceive = { $0.say(HTTPPoolTests.ok) } }
            let asker = await stage.ask(await stage.on { server.port })
            var limit = rlimit()
            getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            let next = dup(0)
            close(next)
            var low = rlimit(rlim_cur: rlim_t(next), rlim_max: limit.rlim_max)
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &low)
            await stage.on { asker.get("/", within: .milliseconds(300)) }
            await stage.when(asker) { !asker.answers.isEmpty }
            let reason = "socket: Too many open files"
            #expect(
                await stage.on { asker.takeAnswers() }.map(\.outcome)
                    == [.neverSent(.notConnected(.resources(reason)))])
            setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
            await stage.on { asker.get() }
            await stage.when(asker) { !asker.answers.isEmpty }
            #expect(await stage.on { asker.answers[0].text } == "ok")
        }
    }
}
