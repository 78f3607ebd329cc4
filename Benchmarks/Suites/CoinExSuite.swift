import CoinExVenue
import MarketModel
import Quantities
import Signing
import WireCodecs

/// From the bytes of a reply to its numbers, and from an order to the bytes of its signed request.
enum CoinExSuite {
    private static let rounds = 2_000

    static func run(_ report: inout Report) throws {
        var deals = CoinExMarketDeals()
        try decode("coinex.deals", dealsReply(), &report) { json throws(CoinExDecodeError) in
            try deals.decode(&json)
        }
        var depth = CoinExDepth()
        try decode("coinex.depth", depthReply(), &report) { json throws(CoinExDecodeError) in
            try depth.decode(&json)
        }
        try placeLimit(&report)
        try cancel(&report)
    }

    private static func decode(
        _ name: String, _ text: String, _ report: inout Report,
        _ read: (inout JSONCursor) throws(CoinExDecodeError) -> Void
    ) throws {
        guard report.options.wants(name) else { return }
        let bytes = Array(text.utf8)
        let best = try Measurement.best(of: report.options.runs + 1) {
            try Measurement.of {
                try bytes.withUnsafeBufferPointer { body in
                    for _ in 0..<rounds { try CoinExAnswer.read(status: 200, body, read) }
                }
            }
        }
        let total = Double(bytes.count * rounds)
        report.add(name + ".speed", total / best.nanoseconds, "GB/s", .aimAtLeast(1))
        report.add(name + ".time", best.nanoseconds / Double(rounds), "ns/reply")
        report.add(name + ".allocations", Double(best.allocations), "in all replies", .atMost(0))
    }

    private static func placeLimit(_ report: inout Report) throws {
        guard let naming = CoinExOrderNaming(bot: "bench", run: 1) else { throw BenchError("a good tag") }
        try write("coinex.placeLimit", &report) { number, writer, wire in
            let name = naming.name(OrderID(sequence: UInt64(number) + 1, slot: 1), of: StrategyID(1))
            let request = CoinExPlaceOrder(
                .buy, Amount(raw: 1_500_000_000), .limit(Price(number + 1), .makerOnly), in: "BTCUSDT",
                clientID: name)
            writer.write(request, tonce: 1_700_000_000_000, into: &wire)
        }
    }

    private static func cancel(_ report: inout Report) throws {
        try write("coinex.cancel", &report) { number, writer, wire in
            let request = CoinExCancelOrder(VenueOrderID(100_000_000_000 + UInt64(number)), in: "BTCUSDT")
            writer.write(request, tonce: 1_700_000_000_000, into: &wire)
        }
    }

    private static func write(
        _ name: String, _ report: inout Report,
        _ body: (Int, inout CoinExRequestWriter, inout WireBuffer) -> Void
    ) throws {
        guard report.options.wants(name) else { return }
        let credentials = CoinExCredentials(
            accessID: String(repeating: "A", count: 32), secret: Secret(String(repeating: "S", count: 48)))
        var writer = CoinExRequestWriter(credentials: credentials)
        var wire = WireBuffer()
        let best = Measurement.best(of: report.options.runs + 1) {
            Measurement.of {
                for number in 0..<rounds {
                    wire.removeAll()
                    body(number, &writer, &wire)
                }
            }
        }
        report.add(name + ".time", best.nanoseconds / Double(rounds), "ns/request")
        report.add(name + ".allocations", Double(best.allocations), "in all requests", .atMost(0))
    }

    private static func dealsReply() -> String {
        let rows = (0..<100).map { index in
            #"{"id":\#(2_611_511_379 - index),"type":"buy","price":"192.\#(10 + index % 90)","amount":"0.02266931","#
                + #""date":1638990110,"date_ms":\#(1_638_990_110_518 - index)}"#
        }
        return #"{"code":0,"data":[\#(rows.joined(separator: ","))],"message":"OK"}"#
    }

    private static func depthReply() -> String {
        let rows = (0..<50).map { #"["41\#(100 + $0).33","0.31727\#(100 + $0)"]"# }.joined(separator: ",")
        return #"{"code":0,"data":{"asks":[\#(rows)],"bids":[\#(rows)],"last":"41050.61","#
            + #""time":1650573220346},"message":"OK"}"#
    }
}
