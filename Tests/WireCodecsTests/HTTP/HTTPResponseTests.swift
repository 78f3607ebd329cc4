import Quantities
import Testing
import WireCodecs

struct HTTPResponseTests {
    @Test func `responses follow each other on one connection`() {
        let bytes = message(
            "HTTP/1.1 200 OK\nContent-Length: 2\nServer: nginx\n\n{}HTTP/1.1 204 No Content\n\nHTTP/1.1 404\n"
                + "Content-Length: 0\n\n")
        for pieces in [[bytes], bytes.map { [$0] }] {
            #expect(
                readResponses(pieces).lines == [
                    "200 OK | Content-Length=2 | Server=nginx", "body \"{}\"", "end", "204 No Content", "end",
                    "404  | Content-Length=0", "end",
                ])
        }
    }

    @Test func `interim responses come before the one that counts`() {
        let bytes = message(
            "HTTP/1.1 100 Continue\n\nHTTP/1.1 103 Early Hints\nLink: x\n\nHTTP/1.1 201 Created\nContent-Length: 0\n\n"
        )
        #expect(
            readResponses([bytes]).lines == [
                "interim 100", "interim 103", "201 Created | Content-Length=0", "end",
            ])
    }

    @Test func `a response to HEAD has no body`() {
        var reader = HTTPReader.responses()
        reader.asked = .head
        let (lines, _) = read(&reader, [message("HTTP/1.1 200 OK\nContent-Length: 500\n\n")])
        #expect(lines == ["200 OK | Content-Length=500", "end"])
    }

    @Test func `a tunnel and a switch of protocols leave what follows alone`() {
        var tunnel = HTTPReader.responses()
        tunnel.asked = .connect
        #expect(
            read(&tunnel, [message("HTTP/1.1 200 Connection established\n\nabc")]).lines
                == ["200 Connection established", "upgraded, 3 bytes left"])
        #expect(
            readResponses([message("HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n\nab")]).lines
                == ["101 Switching Protocols | Upgrade=websocket", "upgraded, 2 bytes left"])
        var refused = HTTPReader.responses()
        refused.asked = .connect
        #expect(
            read(&refused, [message("HTTP/1.1 407 Auth\nContent-Length: 1\n\nx")]).lines
                == ["407 Auth | Content-Length=1", "body \"x\"", "end"])
    }

    @Test func `a body without a length lasts until the connection ends`() throws {
        var reader = HTTPReader.responses()
        var input = WireBuffer(message("HTTP/1.1 200 OK\n\n") + Array("abc".utf8))
        _ = try reader.next(&input)
        guard case .body(let bytes) = try reader.next(&input) else {
            Issue.record("no body")
            return
        }
        #expect(Array(bytes) == Array("abc".utf8))
        let isComplete = try reader.finish(input)
        #expect(isComplete)
        let isBetween = reader.isBetweenMessages
        #expect(isBetween)
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n",
    ])
    func `a response that is cut off is no response`(text: String) throws {
        var reader = HTTPReader.responses()
        var input = WireBuffer(Array(text.utf8))
        reading: while true {
            switch try reader.next(&input) {
            case .incomplete: break reading
            case .head, .interim, .body, .end, .upgraded: continue
            }
        }
        #expect(throws: HTTPFault.self) { try reader.finish(input) }
    }

    @Test(arguments: [
        ("HTTP/1.1 2x0 OK\n\n", HTTPFault.Kind.badStartLine), ("HTTP/1.1 099 Low\n\n", .badStartLine),
        ("HTTP/1.1 20 OK\n\n", .badStartLine), ("HTTP/1.1 2000 OK\n\n", .badStartLine),
        ("HTTP/3.0 200 OK\n\n", .badVersion), ("<html>\n<body>\n\n", .badStartLine),
        ("HTTP/1.1 200 OK\nContent-Length: 1\nTransfer-Encoding: chunked\n\n", .ambiguousLength),
        ("HTTP/1.1 200 OK\nTransfer-Encoding: gzip\n\n", .unknownTransferCoding),
        ("HTTP/1.1 200 OK\nX: \u{1}\n\n", .badFieldValue),
    ])
    func `a broken response is refused`(text: String, kind: HTTPFault.Kind) {
        #expect(readResponses([message(text)]).fault?.kind == kind)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `damaged messages end in parts or in a fault, however they are cut`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let seeds = [
            "HTTP/1.1 200 OK\nContent-Length: 2\n\n{}", "HTTP/1.1 100 Continue\n\nHTTP/1.0 404 No\n\nbody",
            "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3;x\nabc\n0\nT: 1\n\n",
            "POST /a HTTP/1.1\nHost: b\nTransfer-Encoding: chunked\n\n3;x\nabc\n0\nT: 1\n\n",
        ].map(message)
        for number in 0..<3_000 {
            var bytes = seeds[random.below(seeds.count)] + seeds[random.below(seeds.count)]
            for _ in 0..<random.below(4) { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
            if random.below(3) == 0 { bytes.removeLast(random.below(bytes.count)) }
            let isServer = random.below(2) == 0
            let readAll = isServer ? { readRequests($0) } : { readResponses($0) }
            let whole = readAll([bytes])
            let cut = readAll(Cutting.random.pieces(bytes, &random))
            // Where a message ends in a fault, how much of it was told before depends on the cuts.
            #expect(whole.fault?.kind == cut.fault?.kind, "seed \(seed), case \(number)")
            if whole.fault == nil { #expect(whole.lines == cut.lines, "seed \(seed), case \(number)") }
        }
    }
}
