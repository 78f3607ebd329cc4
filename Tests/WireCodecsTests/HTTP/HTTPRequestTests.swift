import Testing
import WireCodecs

struct HTTPRequestTests {
    @Test func `requests follow each other on one connection`() {
        let bytes = message(
            """
            GET /v1/market/ticker?market=BTCUSDT HTTP/1.1
            Host: localhost:8443
            Accept:   */*  \("")

            POST /v1/order/limit HTTP/1.1
            Host: localhost
            Content-Length: 13
            Authorization: 6A1F

            {"amount":"1"}
            """
        ).dropLast(1)
        let (lines, fault) = readRequests([Array(bytes)])
        #expect(fault == nil)
        #expect(
            lines == [
                "GET /v1/market/ticker?market=BTCUSDT | Host=localhost:8443 | Accept=*/*", "end",
                "POST /v1/order/limit | Host=localhost | Content-Length=13 | Authorization=6A1F",
                "body \"{\\\"amount\\\":\\\"1\\\"\"", "end",
            ])
    }

    @Test func `chunks become one body and trailers are dropped`() {
        let bytes = message(
            """
            POST / HTTP/1.1
            host: a
            transfer-encoding: chunked

            5;name=value
            hello
            0000000006
             world
            0
            X-Checksum: 1

            GET /next HTTP/1.1
            host: a


            """)
        for pieces in [[bytes], bytes.map { [$0] }] {
            let (lines, fault) = readRequests(pieces)
            #expect(fault == nil)
            #expect(
                lines == [
                    "POST / | host=a | transfer-encoding=chunked", "body \"hello world\"", "end",
                    "GET /next | host=a", "end",
                ])
        }
    }

    @Test func `one empty line in front of a request is forgiven`() {
        let request = message("\nGET / HTTP/1.1\nHost: a\n\n")
        #expect(readRequests([request]).lines == ["GET / | Host=a", "end"])
        #expect(readRequests([message("\n\nGET / HTTP/1.1\nHost: a\n\n")]).fault?.kind == .badStartLine)
    }

    @Test func `a connection stays open as its version has it`() throws {
        for (text, expected) in [
            ("GET / HTTP/1.1\nHost: a\n\n", true), ("GET / HTTP/1.0\n\n", false),
            ("GET / HTTP/1.1\nHost: a\nConnection: x, Close\n\n", false),
            ("GET / HTTP/1.0\nConnection: Keep-Alive\n\n", true),
        ] {
            var reader = HTTPReader.requests()
            var input = WireBuffer(message(text))
            _ = try reader.next(&input)
            #expect(reader.head.keepsAlive == expected, "\(text)")
        }
    }

    @Test func `an upgraded connection leaves what follows alone`() throws {
        var reader = HTTPReader.requests()
        var input = WireBuffer(message("GET /ws HTTP/1.1\nHost: a\nUpgrade: websocket\n\n") + [0x81, 0x80])
        _ = try reader.next(&input)
        reader.upgrade()
        guard case .upgraded = try reader.next(&input) else {
            Issue.record("not upgraded")
            return
        }
        #expect(input.array == [0x81, 0x80])
    }

    @Test func `bodies are limited by what is declared and by what comes`() {
        let limits = HTTPLimits(bodyMax: 10)
        let declared = message("POST / HTTP/1.1\nHost: a\nContent-Length: 11\n\n")
        #expect(readRequests([declared], limits).fault?.kind == .bodyTooLong)
        let chunked = message(
            "POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n8\n12345678\n3\nabc\n0\n\n")
        let (lines, fault) = readRequests([chunked], limits)
        #expect(fault?.kind == .bodyTooLong)
        #expect(lines.last == "body \"12345678\"")
        #expect(fault?.status == 413)
    }

    @Test func `heads are limited, whole or not`() {
        let long = String(repeating: "a", count: 17_000)
        for text in ["GET / HTTP/1.1\nHost: \(long)", "GET / HTTP/1.1\nHost: \(long)\n\n", "GET /\(long)"] {
            #expect(readRequests([message(text)]).fault?.kind == .headTooLong)
        }
        let target = "GET /\(String(repeating: "a", count: 9_000)) HTTP/1.1\nHost: a\n\n"
        #expect(readRequests([message(target)]).fault?.kind == .targetTooLong)
        let fields = (0..<101).map { "X-\($0): 1\n" }.joined()
        let (_, fault) = readRequests([message("GET / HTTP/1.1\n\(fields)\n")])
        #expect(fault?.kind == .tooManyFields)
        #expect(fault?.status == 431)
    }
}
