import CLinux
import Glibc
import Quantities
import TestSupport
import Testing

@testable import Transport

/// Addresses that answer nothing: packets to them are lost.
@Suite(.ownThread, .timeLimit(.minutes(1)))
struct HangingAddressTests {
    /// A port of this machine where connecting hangs: its queue is full, and nobody accepts.
    private final class HangingPort {
        private let listener: RawListener
        private var connections: [Int32] = []
        var address: SocketAddress { SocketAddress("127.0.0.1", port: listener.port)! }
        var port: UInt16 { listener.port }

        init() throws {
            listener = try RawListener(backlog: 0)
            // One is in the queue, a second beside it; more hang.
            for _ in 0..<3 {
                let number = clinux_socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
                _ = address.withPointer { connect(number, $0, $1) }
                connections.append(number)
            }
        }

        deinit { for number in connections { close(number) } }
    }

    /// What a race told. Confined to its loop.
    private final class Outcome: Watched, @unchecked Sendable {
        var race: AddressRace?
        var number: Int32?
        var failure: ConnectFailure?

        func run(_ loop: EventLoop, _ addresses: [SocketAddress]) {
            race = AddressRace(loop, addresses) { [unowned self] descriptor, failure in
                race = nil
                self.failure = failure
                if let descriptor { number = descriptor.number }
                changed()
            }
            race?.start()
        }
    }

    @Test func `an address that answers wins over those before it that hang`() async throws {
        let stage = try Stage()
        let (first, second) = (try HangingPort(), try HangingPort())
        let server = await stage.serve()
        let addresses = [first.address, second.address, await stage.on { server.listener!.address }]
        let start = LoopTime.now
        let outcome = await stage.on { [loop = stage.loop] in
            let outcome = Outcome()
            outcome.run(loop, addresses)
            return outcome
        }
        await stage.when(outcome) { outcome.number != nil }
        // A quarter of a second for each of the two.
        #expect(LoopTime.now - start >= .milliseconds(500) && LoopTime.now - start < .seconds(10))
        #expect(await stage.on { stage.loop.load.timers } == 0)
        withExtendedLifetime((first, second)) {}
    }

    @Test func `a race of addresses that all hang leaves nothing when it is given up`() async throws {
        let stage = try Stage()
        let ports = try (0..<4).map { _ in try HangingPort() }
        let addresses = ports.map(\.address)
        await stage.on { [loop = stage.loop] in
            let outcome = Outcome()
            outcome.run(loop, addresses)
            #expect(loop.load == (1, 1), "one attempt, and the time of the next one")
            outcome.race?.cancel()
            #expect(loop.load == (0, 0))
            #expect(outcome.number == nil && outcome.failure == nil)
        }
    }

    @Test(arguments: [false, true])
    func `a connection that hangs is given up at its deadline, and nothing was sent`(isTLS: Bool) async throws
    {
        let stage = try Stage()
        let hanging = try HangingPort()
        var settings = HTTPPoolSettings()
        settings.connectTimeout = .milliseconds(150)
        let context = isTLS ? try stage.clientContext() : nil
        let asker = await stage.ask(hanging.port, context, settings: settings)
        let start = LoopTime.now
        await stage.on { asker.get("/", within: .milliseconds(400)) }
        await stage.when(asker) { !asker.answers.isEmpty }
        #expect(
            await stage.on { asker.outcomes } == [.neverSent(.notConnected(.timeout(phase: .connecting)))])
        #expect(LoopTime.now - start >= .milliseconds(400) && LoopTime.now - start < .seconds(10))
        await stage.on {
            asker.pool?.close()
            #expect(stage.loop.load == (0, 0))
        }
        withExtendedLifetime(hanging) {}
    }
}
