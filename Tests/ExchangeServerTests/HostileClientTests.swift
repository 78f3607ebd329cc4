import Foundation
import TestSupport
import Testing

@testable import ExchangeServer

/// What clients should never send, over sockets and TLS: the venue's error comes, and the exchange lives on.
@Suite(.ownThread, .serialized, .timeLimit(.minutes(5)))
struct HostileClientTests {
    private static let key = ExchangeStage.key

    /// A signed order, with its parameters as they are told.
    private func order(
        _ talker: ExchangeTalker, market: String = "BTCUSDT", amount: String = "0.01",
        price: String = "10000",
        tonce: Int = ExchangeStage.tonce
    ) async -> String {
        let key = Self.key
        let pairs =
            "access_id=\(key.id)&amount=\(amount)&market=\(market)&price=\(price)&tonce=\(tonce)&type=buy"
        let body =
            #"{"access_id":"\#(key.id)","amount":"\#(amount)","market":"\#(market)","price":"\#(price)","#
            + #""tonce":\#(tonce),"type":"buy"}"#
        return await talker.post(
            "/v1/order/limit", Array(body.utf8), ExchangeStage.digest(pairs + "&secret_key=" + key.secret))
    }

    @Test func `bad requests get the venue's errors, and good ones are served`() async throws {
        let stage = try await ExchangeStage()
        let talker = try await ExchangeTalker(stage)
        for text in ["{", "[]", #"{"access_id":"#, "\u{0}", String(repeating: "[", count: 10_000)] {
            let answer = await talker.post("/v1/order/limit", Array(text.utf8), "x")
            #expect(
                answer.hasPrefix(#"200 {"code":"#) && !answer.contains(#""code":0,"#),
                "\(text.prefix(20)): \(answer)")
        }
        #expect(await order(talker, tonce: ExchangeStage.tonce - 120_000).contains(#""code":227"#))
        for (market, amount, price) in [
            ("NOSUCH", "0.01", "10000"), ("BTCUSDT", "-1", "10000"), ("BTCUSDT", "0", "10000"),
            ("BTCUSDT", "0.01", "-5"), ("BTCUSDT", "1e400", "10000"), ("BTCUSDT", "nan", "10000"),
            ("BTCUSDT", "99999999999999999999999999999999999999999", "10000"),
        ] {
            let answer = await order(talker, market: market, amount: amount, price: price)
            #expect(
                answer.hasPrefix("200 ") && !answer.contains(#""code":0,"#), "\(market) \(amount): \(answer)")
        }
        #expect(await order(talker).hasPrefix(#"200 {"code":0,"#))
        await talker.close()
        #expect(await stage.close().hasPrefix("audit: sound; "))
    }

    @Test func `batches over their limit are refused as a whole, bad orders in them one by one`() async throws
    {
        let stage = try await ExchangeStage()
        let talker = try await ExchangeTalker(stage)
        let good = #"{"type":"buy","amount":"0.01","price":"10000"}"#
        func batch(_ orders: [String]) async -> String {
            let list = "[\(orders.joined(separator: ","))]"
            let (key, tonce) = (Self.key, ExchangeStage.tonce)
            let pairs = "access_id=\(key.id)&batch_orders=\(list)&market=BTCUSDT&tonce=\(tonce)"
            let escaped = list.replacing(#"""#, with: #"\""#)
            let body =
                #"{"access_id":"\#(key.id)","batch_orders":"\#(escaped)","market":"BTCUSDT","#
                + #""tonce":\#(tonce)}"#
            return await talker.post(
                "/v1/order/limit/batch", Array(body.utf8),
                ExchangeStage.digest(pairs + "&secret_key=" + key.secret))
        }
        let over = await batch(Array(repeating: good, count: 101))
        #expect(over.hasPrefix("200 ") && !over.contains(#""code":0,"#), "\(over)")
        #expect(!(await batch([])).contains(#""code":0,"#))
        let mixed = await batch([
            good, #"{"type":"buy","amount":"-1","price":"10000"}"#, #"{"type":"buy","amount":"0.01"}"#,
            #"{"type":"hold","amount":"0.01","price":"10000"}"#, good,
        ])
        #expect(mixed.hasPrefix(#"200 {"code":0,"data":[{"code":0,"data":{"id":"#), "\(mixed)")
        #expect(mixed.split(separator: #""code":2,"data":"#).count == 4, "\(mixed)")
        let full = await batch(Array(repeating: good, count: 100))
        #expect(full.split(separator: #"{"code":0,"data":{"id":"#).count == 101)
        await talker.close()
        #expect(await stage.close().hasPrefix("audit: sound; "))
    }

    @Test func `a body of 100 MB is refused before it has come`() async throws {
        let stage = try await ExchangeStage()
        let talker = try await ExchangeTalker(stage)
        let huge = [UInt8](repeating: 0x20, count: 100 << 20)
        let answer = await talker.post("/v1/order/limit", huge, "x")
        #expect(answer.hasPrefix("413") || !answer.hasPrefix("200"), "\(answer.prefix(100))")
        let next = try await ExchangeTalker(stage)
        #expect(await order(next).hasPrefix(#"200 {"code":0,"#))
        await next.close()
        _ = await stage.close()
    }

    @Test(arguments: [
        "not json", #"{"id":"x","method":"server.ping","params":[]}"#, "[[[[[[[[", #"{"id":1}"#,
        String(repeating: "x", count: 200_000),
    ])
    func `a hostile message ends its own connection only`(text: String) async throws {
        let stage = try await ExchangeStage()
        let hostile = try await ExchangeTalker(stage)
        let other = try await ExchangeTalker(stage)
        _ = await hostile.say(text, until: "nothing comes but the end")
        let pong = await other.say(#"{"id":1,"method":"server.ping","params":[]}"#, until: #""id":1"#)
        #expect(pong.contains("pong"))
        #expect(await order(other).hasPrefix(#"200 {"code":0,"#))
        await other.close()
        #expect(await stage.close().hasPrefix("audit: sound; "))
    }

    @Test func `an unknown method and wrong parameters are refused by code`() async throws {
        let stage = try await ExchangeStage()
        let talker = try await ExchangeTalker(stage)
        let calls = [
            #"{"id":1,"method":"no.such","params":[]}"#,
            #"{"id":2,"method":"depth.subscribe","params":["NOSUCH",5,"0"]}"#,
            #"{"id":3,"method":"depth.subscribe","params":["BTCUSDT",-5,"0"]}"#,
            #"{"id":4,"method":"order.query","params":["BTCUSDT",0,0,10]}"#,
            #"{"id":5,"method":"server.sign","params":["x","y",1]}"#,
        ]
        for (index, call) in calls.enumerated() {
            let answer = await talker.say(call, until: #""id":\#(index + 1)"#)
            #expect(answer.contains(#""error":{"code":"#), "\(call): \(answer)")
        }
        await talker.close()
        _ = await stage.close()
    }
}
