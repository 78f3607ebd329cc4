import JayxVenue
import TestSupport
import Testing
import WireValues

/// Every documented message of Jayx, in each framing that it may come in.
@Suite(.enabled(if: SharedData.hasFixtures, "no published samples beside the repository"))
struct JayxFixtureTests {
    @Test func `what the server sends is read bare and in every framing`() {
        let path = "\(SharedData.fixtures)/jayx/docs_samples.jsonl"
        let directions = FixtureLines.payloads(path, member: "direction")
        let events = FixtureLines.payloads(path, member: "event")
        var seen: [String] = []
        for (index, payload) in FixtureLines.payloads(path).enumerated()
        where directions[index] == "\"server\"" {
            let texts = [
                "socket.io": "42[\(events[index]),\(payload)]",
                "json-data": #"{"event":\#(events[index]),"data":\#(payload)}"#,
                "json-message": #"{"event":\#(events[index]),"message":\#(payload)}"#, "payload": payload,
            ]
            for name in ["socket.io", "json-data", "json-message", "payload"] {
                seen.append("\(events[index]) \(name): \(JayxText.decode(texts[name] ?? "", name))")
            }
        }
        let names = ["socket.io", "json-data", "json-message", "payload"]
        #expect(
            seen == names.map { "\"kline\" \($0): kline" } + names.map { "\"orderbook\" \($0): orderBook" })
    }
}
