import TestSupport
import Testing

@testable import ExchangeServer

/// What is asked of a running exchange beside what the venue has.
@Suite(.ownThread, .serialized, .timeLimit(.minutes(5)))
struct ExchangeControlTests {
    @Test func `faults are set, listed and cleared by whoever has the word`() async throws {
        let stage = try await ExchangeStage()
        let talker = try await ExchangeTalker(stage)
        let word = "Bearer \(stage.token.text)"
        let fault = Array(#"{"faults": [{"kind": "server-error", "status": 503}]}"#.utf8)
        for wrong in ["", "Bearer ", String(word.dropLast()), word.dropLast() + "-", stage.token.text] {
            #expect(await talker.post("/control/faults", fault, wrong).hasPrefix("401 "), "'\(wrong)'")
        }
        #expect(
            await talker.post("/control/faults", fault, word)
                == "200 {kind: server-error, status: 503} struck 0\n")
        #expect(await talker.post("/v1/market/list", [], "", method: "GET").hasPrefix("503 <html>"))
        #expect(
            await talker.post("/control/faults", [], word, method: "GET")
                == "200 {kind: server-error, status: 503} struck 1\n")
        #expect(await talker.post("/control/faults", [], word, method: "DELETE") == "200 ")
        #expect(await talker.post("/v1/market/list", [], "", method: "GET").hasPrefix("200 "))
        // What has struck is told in the end, too.
        let audit = await talker.post("/control/audit", [], "", method: "GET")
        #expect(audit.contains("\nfaults server-error 1\naudit: sound; "))
        await talker.close()
        _ = await stage.close()
    }

    @Test func `a wrong fault is refused with its place`() async throws {
        let stage = try await ExchangeStage()
        let talker = try await ExchangeTalker(stage)
        let word = "Bearer \(stage.token.text)"
        let cases = [
            (#"{"faults": [{"kind": "reply-losst"}]}"#, "did you mean 'reply-lost'?"),
            (#"{"faults": [{"kind": "reply-lost", "probabillity": 1}]}"#, "did you mean 'probability'?"),
            (#"{"faults": [{"kind": "reply-lost", "probability": 2}]}"#, "request:1:"),
            (#"{"faults": [{"kind": "reply-lost", "market": "BTCUSD"}]}"#, "did you mean 'BTCUSDT'?"),
            (#"{"faults": [{"kind": "reply-lost", "account": "frist"}]}"#, "did you mean 'first'?"),
            (
                #"{"faults": [{"kind": "maintenance", "every": "5s"}]}"#,
                "is nothing that 'maintenance' can be told"
            ),
            (#"{"faults": [{"kind": "half-open", "from": "5s", "until": "5s"}]}"#, "not after 'from'"),
            (#"{"faults": []}"#, "nothing to set"), ("{", "request:1:"), ("", "request:1:"),
        ]
        for (body, problem) in cases {
            let answer = await talker.post("/control/faults", Array(body.utf8), word)
            #expect(answer.hasPrefix("400 ") && answer.contains(problem), "\(body): \(answer)")
        }
        let many = Array(repeating: #"{"kind": "push-lost"}"#, count: 65).joined(separator: ", ")
        #expect(
            await talker.post("/control/faults", Array("{\"faults\": [\(many)]}".utf8), word).hasPrefix(
                "400 "))
        #expect(await talker.post("/control/faults", [], word, method: "GET") == "200 ")
        await talker.close()
        _ = await stage.close()
    }

    @Test func `a reply that is lost ends the connection`() async throws {
        let stage = try await ExchangeStage()
        let talker = try await ExchangeTalker(stage)
        let word = "Bearer \(stage.token.text)"
        _ = await talker.post(
            "/control/faults", Array(#"{"faults": [{"kind": "reply-lost", "every": "1h"}]}"#.utf8), word)
        let lost = await talker.post("/v1/market/list", [], "", method: "GET")
        #expect(lost.hasPrefix("sent, without an answer"), "\(lost)")
        #expect(await talker.post("/v1/market/list", [], "", method: "GET").hasPrefix("200 "))
        await talker.close()
        _ = await stage.close()
    }
}
