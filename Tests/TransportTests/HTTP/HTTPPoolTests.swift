import Quantities
import TestSupport
import Testing
import WireCodecs

@testable import Transport

/// What a pool tells of its requests, against servers that are played by tests.
@Suite(.ownThread, .timeLimit(.minutes(1)))
struct HTTPPoolTests {
    static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

    /// One request over a server that answers with the text and then may hang up.
    private func ask(
        _ answer: String, hangsUp: Bool = false, cuts: Bool = false, within time: Interval = .seconds(20)
    ) async throws -> HTTPAsker.Answer {
        let stage = try Stage()
        let server = await stage.serve { probe in
            probe.onReceive = {
                $0.say(answer)
                if hangsUp { $0.stream?.finish() }
                if cuts { $0.stream?.close() }
            }
        }
        let asker = await stage.ask(await stage.on { server.port })
        await stage.on { asker.get("/", within: time) }
        await stage.when(asker) { !asker.answers.isEmpty }
        return await stage.on {
            defer { asker.pool?.close() }
            return asker.answers[0]
        }
    }

    @Test func `answers end by their length, by chunks, or with the connection`() async throws {
        #expect(try await ask(Self.ok).text == "ok")
        let chunked =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;x=y\r\no\r\n1\r\nk\r\n0\r\na: b\r\n\r\n"
        #expect(try await ask(chunked).text == "ok")
        let open = try await ask("HTTP/1.1 200 OK\r\n\r\nok", hangsUp: true)
        #expect(open.text == "ok" && open.outcome == .answered(status: 200))
        #expect(try await ask("HTTP/1.1 103 Early\r\n\r\n" + Self.ok).text == "ok")
    }

    @Test func `half an answer is no answer`() async throws {
        let half = try await ask("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok", hangsUp: true)
        #expect(half.outcome == .maybeSent(.badAnswer(HTTPFault(.truncated))))
        #expect(half.body.isEmpty)
        let head = try await ask("HTTP/1.1 200", hangsUp: true)
        #expect(head.outcome == .maybeSent(.lost(.endedByPeer)))
        guard case .maybeSent = try await ask("", cuts: true).outcome else {
            Issue.record("the request has left")
            return
        }
        guard case .maybeSent(.badAnswer) = try await ask("SSH-2.0\r\n\r\n").outcome else {
            Issue.record("the request has left")
            return
        }
    }

    @Test func `an answer that does not come in time may have been sent for`() async throws {
        #expect(try await ask("", within: .milliseconds(50)).outcome == .maybeSent(.timeout))
        #expect(try await ask("HTTP/1.1 200 O", within: .milliseconds(50)).outcome == .maybeSent(.timeout))
    }

    @Test func `without a connection nothing is sent`() async throws {
        let stage = try Stage()
        // A port that was just given back.
        let server = await stage.serve()
        let port = await stage.on { server.port }
        await stage.on { server.close() }
        let asker = await stage.ask(port)
        await stage.on { asker.get("/", within: .milliseconds(100)) }
        await stage.when(asker) { !asker.answers.isEmpty }
        #expect(
            await stage.on { asker.outcomes } == [
                .neverSent(
                    .notConnected(
                        .unreachable(address: "127.0.0.1:\(port)", reason: "Connection refused")))
            ])
    }

    @Test func `who is told may send the next request at once`() async throws {
        let stage = try Stage()
        let server = await stage.serve { $0.onReceive = { $0.say(Self.ok) } }
        let asker = await stage.ask(await stage.on { server.port })
        await stage.on {
            asker.onAnswer = { if $0.answers.count < 99 { $0.get() } }
            asker.get()
        }
        await stage.when(asker) { asker.answers.count == 100 }
        #expect(await stage.on { asker.answers.allSatisfy { $0.text == "ok" } })
        #expect(await stage.on { server.probes.count } == 1, "all went over one connection")
    }

    @Test(arguments: [ok, "HTTP/1.1 200 OK\r\n\r\nok", "nonsense\r\n\r\n", ""])
    func `who is told may close the pool`(answer: String) async throws {
        let stage = try Stage()
        let server = await stage.serve {
            $0.onReceive = {
                $0.say(answer)
                $0.stream?.finish()
            }
        }
        var settings = HTTPPoolSettings()
        settings.connectionsMax = 1
        let asker = await stage.ask(await stage.on { server.port }, settings: settings)
        let ids = await stage.on {
            asker.onAnswer = { $0.pool?.close() }
            return (0..<5).map { _ in asker.get() }
        }
        await stage.when(asker) { asker.answers.count == 5 }
        await stage.on {
            #expect(Set(asker.answers.map(\.id)).count == ids.count, "each is told once")
            #expect(asker.outcomes.count { $0 == .neverSent(.closed) } == 4)
        }
        // What is sent afterwards is told too, as never sent, and never before it has its number.
        await stage.on {
            asker.onAnswer = nil
            asker.get()
            #expect(asker.answers.count == 5)
        }
        await stage.when(asker) { asker.answers.count == 6 }
        #expect(await stage.on { asker.outcomes.last } == .neverSent(.closed))
    }

    @Test func `more requests than wait are refused, even when each refusal is sent again`() async throws {
        let stage = try Stage()
        let server = await stage.serve()
        var settings = HTTPPoolSettings()
        settings.connectionsMax = 1
        settings.waitingMax = 2
        let asker = await stage.ask(await stage.on { server.port }, settings: settings)
        await stage.on {
            asker.onAnswer = { if $0.answers.count < 50 { $0.get() } }
            for _ in 0..<4 { asker.get() }
        }
        await stage.when(asker) { asker.answers.count >= 50 }
        await stage.on {
            #expect(asker.outcomes.allSatisfy { $0 == .neverSent(.tooMany) })
            asker.onAnswer = nil
            asker.pool?.close()
        }
    }

    @Test func `a connection that is not kept is followed by another, whatever becomes of the first`()
        async throws
    {
        let stage = try Stage()
        let server = await stage.serve {
            // Says that it closes, and then takes its time.
            $0.onReceive = {
                $0.say("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")
            }
        }
        let asker = await stage.ask(await stage.on { server.port })
        await stage.on {
            asker.onAnswer = { if $0.answers.count < 9 { $0.get() } }
            asker.get()
        }
        await stage.when(asker) { asker.answers.count == 10 }
        #expect(await stage.on { asker.answers.allSatisfy { $0.text == "ok" } })
        await stage.on { asker.pool?.close() }
    }

    @Test func `a server that accepts and closes is asked again with pauses`() async throws {
        let stage = try Stage()
        let server = await stage.serve { $0.onOpen = { $0.stream?.finish() } }
        let asker = await stage.ask(await stage.on { server.port })
        await stage.on { asker.get("/", within: .milliseconds(500)) }
        await stage.when(asker) { !asker.answers.isEmpty }
        // Pauses of 100, 200 and 400 ms, of which 500 ms have room for two.
        #expect(await stage.on { server.probes.count } <= 4)
        await stage.on { asker.pool?.close() }
    }

    @Test func `bytes that nobody asked for end the connection`() async throws {
        let stage = try Stage()
        let server = await stage.serve { $0.onReceive = { $0.say(Self.ok + "HTTP/1.1 200 OK\r\n\r\n") } }
        let asker = await stage.ask(await stage.on { server.port })
        await stage.on { asker.get() }
        await stage.when(asker) { asker.answers.count == 1 }
        let peer = await stage.accepted(server)
        await stage.when(peer) { peer.end != nil }
        #expect(await stage.on { asker.outcomes } == [.answered(status: 200)])
        await stage.on { asker.pool?.close() }
    }

    @Test func `a pool that is dropped without being closed leaves nothing behind`() async throws {
        let stage = try Stage()
        let server = await stage.serve { $0.onReceive = { $0.say(Self.ok) } }
        let asker = await stage.ask(await stage.on { server.port })
        await stage.on { asker.get() }
        await stage.when(asker) { asker.answers.count == 1 }
        await stage.on { asker.pool = nil }
        let peer = await stage.accepted(server)
        await stage.on { peer.stream?.finish() }
        await stage.when(peer) { peer.end != nil }
        #expect(await stage.on { stage.loop.load } == (1, 0))
    }
}
