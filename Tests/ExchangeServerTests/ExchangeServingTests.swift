import Foundation
import TestSupport
import Testing

@testable import ExchangeServer

/// The local exchange over sockets and TLS.
@Suite(.ownThread, .serialized, .timeLimit(.minutes(5)))
struct ExchangeServingTests {
    @Test func `our own transport signs in, trades and is told of it`() async throws {
        let stage = try await ExchangeStage()
        let talker = try await ExchangeTalker(stage)
        #expect(
            await talker.say(#"{"id":1,"method":"server.ping","params":[]}"#, until: #""id":1"#)
                == #"{"error":null,"result":"pong","id":1}"#)
        let key = ExchangeStage.key
        let tonce = ExchangeStage.tonce
        let digest = ExchangeStage.digest("access_id=\(key.id)&tonce=\(tonce)&secret_key=\(key.secret)")
        let sign = #"{"id":2,"method":"server.sign","params":["\#(key.id)","\#(digest)",\#(tonce)]}"#
        #expect(await talker.say(sign, until: #""id":2"#).contains("success"))
        let subscribe = #"{"id":3,"method":"order.subscribe","params":[]}"#
        #expect(await talker.say(subscribe, until: #""id":3"#).contains("success"))

        let pairs =
            "access_id=\(key.id)&amount=0.01&client_id=e2e&market=BTCUSDT&price=10000&tonce=\(tonce)&type=buy"
        let body =
            #"{"access_id":"\#(key.id)","amount":"0.01","client_id":"e2e","market":"BTCUSDT","#
            + #""price":"10000","tonce":\#(tonce),"type":"buy"}"#
        let reply = await talker.post(
            "/v1/order/limit", Array(body.utf8), ExchangeStage.digest(pairs + "&secret_key=" + key.secret))
        #expect(reply.hasPrefix(#"200 {"code":0,"data":{"id":"#), "\(reply)")
        #expect(await talker.next("order.update").contains(#""client_id":"e2e""#))
        let refused = await talker.post("/v1/order/limit", Array(body.utf8), "wrong")
        #expect(refused.contains(#""code":25"#), "\(refused)")
        #expect(await talker.post("/v1/nowhere", [], "").hasPrefix("404 "))
        #expect(
            await talker.post("/v1/order/limit", Array(repeating: 0x20, count: 2 << 20), "").hasPrefix("413"))
        // The exchange lives on.
        let again = await talker.say(#"{"id":4,"method":"server.ping","params":[]}"#, until: #""id":4"#)
        #expect(again.contains("pong"))
        await talker.close()
        #expect(await stage.close().hasPrefix("audit: sound; "))
    }

    @Test(.enabled("python3 and its packages are there") { PythonPeers.interpreter != nil })
    func `a client in the protocol's own words trades every kind of order`() async throws {
        let stage = try await ExchangeStage()
        let (code, report) = try await PythonPeers.output(
            PythonPeers.process("exchange.py", ["\(stage.port)", stage.authority.authorityFile]))
        let lines = report.split(separator: "\n")
        #expect(code == 0, "\(lines.filter { !$0.hasPrefix("ok") }.joined(separator: "\n"))")
        #expect(lines.count { $0.hasPrefix("ok") } == 16)
        #expect(await stage.close().hasPrefix("audit: sound; "))
    }
}
