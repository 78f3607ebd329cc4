import Quantities
import TestSupport
import Testing

@testable import Transport

@Suite(.ownThread, .timeLimit(.minutes(1)))
struct HTTPPoolGrowthTests {
    @Test func `a request does not wait for the answer to another while there may be more connections`()
        async throws
    {
        let stage = try Stage()
        let server = await stage.serve { probe in
            probe.onReceive = { if !$0.text.contains("/slow") { $0.say(HTTPPoolTests.ok) } }
        }
        let asker = await stage.ask(await stage.on { server.port })
        await stage.on { asker.get("/slow") }
        _ = await stage.accepted(server)
        await stage.on { asker.get("/quick") }
        await stage.when(asker) { !asker.answers.isEmpty }
        await stage.on {
            #expect(asker.answers.map(\.outcome) == [.answered(status: 200)])
            #expect(server.probes.count == 2)
            asker.pool?.close()
        }
    }
}
