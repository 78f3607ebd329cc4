import WireCodecs

/// The codecs of the wire in memory, without sockets.
enum CodecSuite {
    private static let frames = 20_000
    private static let heads = 20_000

    static func run(_ report: inout Report) throws {
        try runFrames("codec.frame", nil, aim: 20, &report)
        try runFrames("codec.frame-deflated", DeflateParameters(), aim: 120, &report)
        try runHeads("codec.response-head", &report)
    }

    private static func ticker(_ number: Int) -> String {
        let price = "\(64_000 + number % 7).\(10 + number * 13 % 90)000000"
        return "{\"e\":\"bookTicker\",\"u\":\(4_000_000_000 + number),\"s\":\"BTCUSDT\",\"b\":\"\(price)\","
            + "\"B\":\"1.\(100 + number % 900)00000\",\"a\":\"\(price)\",\"A\":\"2.50000000\",\"T\":1700000000123}"
    }

    /// A client's reader, UTF-8 checked.
    private static func runFrames(
        _ name: String, _ deflate: DeflateParameters?, aim: Double, _ report: inout Report
    ) throws {
        guard report.options.wants(name) else { return }
        var writer = WebSocketWriter(.server, deflate: deflate)
        var wire = WireBuffer(capacity: 8 << 20)
        for number in 0..<frames {
            var text = ticker(number)
            text.withUTF8 { writer.write(text: UnsafeRawBufferPointer($0), mask: 0, into: &wire) }
        }
        var input = WireBuffer(capacity: 8 << 20)
        let best = try Measurement.best(of: report.options.runs + 1) {
            var reader = WebSocketReader(.client, deflate: deflate)
            input.removeAll()
            input.append(wire.bytes)
            // The first message makes the memory that the others use.
            var seen = try isText(&reader, &input) ? 1 : 0
            let measurement = try Measurement.of {
                while try isText(&reader, &input) { seen += 1 }
            }
            guard seen == frames else { throw BenchError("\(name): \(seen) frames were read") }
            return measurement
        }
        report.add(name + ".time", best.nanoseconds / Double(frames), "ns/frame", .aimAtMost(aim))
        report.add(name + ".allocations", Double(best.allocations), "in all frames", .atMost(0))
    }

    private static func isText(_ reader: inout WebSocketReader, _ input: inout WireBuffer) throws -> Bool {
        switch try reader.next(&input) {
        case .text: true
        case .incomplete, .binary, .ping, .pong, .close: false
        }
    }

    private static func runHeads(_ name: String, _ report: inout Report) throws {
        guard report.options.wants(name) else { return }
        var wire = WireBuffer(capacity: 4_096)
        wire.beginResponse(200)
        for number in 0..<12 { wire.field("X-Mbx-Field-\(number)", "value of the field \(number)") }
        wire.field("Content-Type", "application/json;charset=UTF-8")
        wire.field("Connection", "keep-alive")
        wire.field("Date", "Tue, 14 Nov 2023 22:13:20 GMT")
        wire.field("Content-Length", "0")
        wire.endHead()
        var input = WireBuffer(capacity: 4_096)
        var reader = HTTPReader.responses()
        let best = try Measurement.best(of: report.options.runs + 1) {
            try Measurement.of {
                for _ in 0..<heads {
                    input.append(wire.bytes)
                    while case .head = try reader.next(&input) {}
                    guard input.isEmpty, reader.head.keepsAlive else { throw BenchError("\(name): not read") }
                }
            }
        }
        report.add(name + ".time", best.nanoseconds / Double(heads), "ns/head", .aimAtMost(300))
        report.add(name + ".allocations", Double(best.allocations), "in all heads", .atMost(0))
    }
}
