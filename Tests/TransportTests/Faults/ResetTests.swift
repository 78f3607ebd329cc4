import CLinux
import Glibc
import Quantities
import TestSupport
import Testing
import WireCodecs

@testable import Transport

/// Connections that break in the middle of what they carry.
@Suite(.ownThread, .timeLimit(.minutes(2)))
struct ResetTests {
    /// How a peer breaks off.
    enum Break: CaseIterable, Sendable {
        /// With a reset.
        case reset
        /// In the good order of TCP, but not of what it carries.
        case cut

        func callAsFunction(_ probe: Probe) {
            if self == .reset {
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(
                    probe.descriptorNumber, SOL_SOCKET, SO_LINGER, &linger,
                    socklen_t(MemoryLayout.size(ofValue: linger)))
            }
            probe.stream?.close()
        }

        func end(isTLS: Bool) -> StreamEnd {
            switch self {
            case .reset: .broken("Connection reset by peer")
            case .cut: isTLS ? .tls(TLSFault(.truncated, "no end of TLS")) : .endedByPeer
            }
        }
    }

    /// A frame of text with 1,000 bytes, and the same with a mask of zeros.
    private static let frame: [UInt8] = [0x81, 126, 0x03, 0xE8] + [UInt8](repeating: 0x61, count: 1_000)
    private static let masked: [UInt8] =
        [0x81, 0x80 | 126, 0x03, 0xE8, 0, 0, 0, 0] + [UInt8](repeating: 0x61, count: 1_000)

    private static func upgrade(_ request: String) -> String {
        let name = "Sec-WebSocket-Key: "
        let key = request.split(separator: "\r\n").first { $0.hasPrefix(name) }?.dropFirst(name.count) ?? ""
        return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Accept: \(WebSocketHandshake.accept(String(key)))\r\n\r\n"
    }

    @Test(arguments: Break.allCases, [false, true])
    func `a server that breaks off inside a frame is told as lost, and the frame is not`(
        way: Break, isTLS: Bool
    ) async throws {
        let stage = try Stage()
        for count in [0, 1, 3, 4, 500, 1_003] {
            let server = await stage.serve(isTLS ? try stage.serverContext() : nil) { probe in
                var isUpgraded = false
                probe.onReceive = { probe in
                    if !isUpgraded, probe.text.hasSuffix("\r\n\r\n") {
                        isUpgraded = true
                        probe.say(Self.upgrade(probe.text))
                    } else if isUpgraded {
                        probe.say(Array(Self.frame.prefix(count)))
                        way(probe)
                    }
                }
            }
            let context = isTLS ? try stage.clientContext() : nil
            let client = await stage.socket(await stage.on { server.port }, context) {
                $0.onEvent = { probe, event in if event == .opened { probe.say("go") } }
            }
            await stage.when(client) { client.end != nil }
            await stage.on {
                #expect(client.events == [.opened, .ended(.lost(way.end(isTLS: isTLS)))], "\(count) bytes")
                server.close()
            }
        }
        #expect(await stage.on { stage.loop.load } == (0, 0))
    }

    @Test(arguments: Break.allCases, [false, true])
    func `a client that breaks off inside a frame is told as lost, and the frame is not`(
        way: Break, isTLS: Bool
    ) async throws {
        let stage = try Stage()
        let host = await stage.host(isTLS ? try stage.serverContext() : nil)
        let request =
            "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        let context = isTLS ? try stage.clientContext() : nil
        let counts = [0, 1, 3, 8, 500, 1_007]
        for (index, count) in counts.enumerated() {
            _ = await stage.connect(await stage.on { host.port }, context) {
                $0.onOpen = { $0.say(request) }
                $0.onReceive = { probe in
                    probe.say(Array(Self.masked.prefix(count)))
                    way(probe)
                }
            }
            await stage.when(host) { host.probes.count > index }
            let probe = await stage.on { host.probes[index] }
            await stage.when(probe) { probe.end != nil }
            await stage.on {
                #expect(probe.events == [.opened, .ended(.lost(way.end(isTLS: isTLS)))], "\(count) bytes")
                #expect(host.server?.clientCount == 0)
            }
        }
        await stage.on {
            host.forget()
            #expect(stage.loop.load == (0, 0))
        }
    }

    @Test(
        arguments: Break.allCases,
        [
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "HTTP/1.1 200 OK\r\nConte", "HTT",
        ])
    func `an answer that breaks off is none, and the request may have been sent`(
        way: Break, answer: String
    ) async throws {
        for isTLS in [false, true] {
            #expect(try await outcome(way, answer, isTLS: isTLS).isMaybe, "\(answer) \(isTLS)")
        }
    }

    /// An answer that lasts until the connection ends is whole only when that ends in good order.
    @Test func `an answer without a length is whole at the end of TLS only`() async throws {
        let answer = "HTTP/1.1 200 OK\r\n\r\nhalf"
        #expect(try await outcome(.cut, answer, isTLS: false) == .answered(status: 200))
        #expect(
            try await outcome(.cut, answer, isTLS: true)
                == .maybeSent(.lost(.tls(TLSFault(.truncated, "no end of TLS")))))
        #expect(
            try await outcome(.reset, answer, isTLS: true)
                == .maybeSent(.lost(.broken("Connection reset by peer"))))
        #expect(
            try await outcome(.reset, answer, isTLS: false)
                == .maybeSent(.lost(.broken("Connection reset by peer"))))
    }

    private func outcome(_ way: Break, _ answer: String, isTLS: Bool) async throws -> HTTPOutcome {
        let stage = try Stage()
        let server = await stage.serve(isTLS ? try stage.serverContext() : nil) {
            $0.onReceive = { probe in
                probe.say(answer)
                way(probe)
            }
        }
        let asker = await stage.ask(await stage.on { server.port }, isTLS ? try stage.clientContext() : nil)
        await stage.on { asker.get() }
        await stage.when(asker) { !asker.answers.isEmpty }
        return await stage.on {
            asker.pool?.close()
            server.close()
            #expect(stage.loop.load == (0, 0))
            return asker.outcomes[0]
        }
    }

    @Test(
        arguments: Break.allCases,
        [
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", "GET / HT",
        ])
    func `a request that breaks off is not handed on`(way: Break, request: String) async throws {
        for isTLS in [false, true] {
            let stage = try Stage()
            let host = await stage.host(isTLS ? try stage.serverContext() : nil)
            await stage.on { host.onRequest = { _, _ in Issue.record("half a request is none") } }
            let client = await stage.connect(
                await stage.on { host.port }, isTLS ? try stage.clientContext() : nil
            ) {
                $0.onOpen = { probe in
                    probe.say(request)
                    way(probe)
                }
            }
            await stage.when(client) { client.opens == 1 }
            // A second one, which comes when the first has been dealt with.
            await stage.on { host.onRequest = nil }
            let next = await stage.connect(
                await stage.on { host.port }, isTLS ? try stage.clientContext() : nil
            ) {
                $0.onOpen = { $0.say("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n") }
            }
            await stage.when(next) { next.end != nil }
            await stage.on {
                #expect(next.text.hasPrefix("HTTP/1.1 200 OK"))
                #expect(host.server?.clientCount == 0)
                host.forget()
            }
            await stage.settle()
            #expect(await stage.on { stage.loop.load } == (0, 0))
        }
    }
}

extension HTTPOutcome {
    fileprivate var isMaybe: Bool {
        switch self {
        case .maybeSent: true
        case .answered, .neverSent: false
        }
    }
}
