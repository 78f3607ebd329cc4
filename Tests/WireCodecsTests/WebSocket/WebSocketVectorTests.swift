import Testing
import WireCodecs

/// The examples of the standards, byte for byte.
struct WebSocketVectorTests {
    @Test(arguments: [
        ("a single unmasked text", "81 05 48 65 6c 6c 6f", Heard.text(Array("Hello".utf8))),
        ("a text in two fragments", "01 03 48 65 6c 80 02 6c 6f", .text(Array("Hello".utf8))),
        ("a ping", "89 05 48 65 6c 6c 6f", .ping(Array("Hello".utf8))),
        ("an empty close", "88 00", .close(1005, [])),
        ("a close with a reason", "88 05 03 e8 62 79 65", .close(1000, Array("bye".utf8))),
    ])
    func `a client reads the examples of RFC 6455`(name: String, bytes: String, expected: Heard) {
        let (heard, fault) = hear([hex(bytes)], as: .client)
        #expect(heard == [expected], "\(name)")
        #expect(fault == nil)
    }

    @Test func `a server reads the masked examples of RFC 6455`() {
        let text = hear([hex("81 85 37 fa 21 3d 7f 9f 4d 51 58")], as: .server)
        #expect(text.heard == [.text(Array("Hello".utf8))])
        let pong = hear([hex("8a 85 37 fa 21 3d 7f 9f 4d 51 58")], as: .server)
        #expect(pong.heard == [.pong(Array("Hello".utf8))])
    }

    @Test func `lengths of 256 and 65536 bytes are written as RFC 6455 has them`() {
        for (count, header) in [(256, "82 7e 01 00"), (65_536, "82 7f 00 00 00 00 00 01 00 00")] {
            let payload = (0..<count).map { UInt8($0 & 255) }
            var writer = WebSocketWriter(.server)
            var output = WireBuffer()
            payload.withUnsafeBytes { writer.write(binary: $0, mask: 0, into: &output) }
            #expect(output.array == hex(header) + payload)
            #expect(hear([output.array], as: .client).heard == [.binary(payload)])
        }
    }

    @Test func `a client masks as in RFC 6455`() {
        var writer = WebSocketWriter(.client)
        var output = WireBuffer()
        // 37 fa 21 3d in memory.
        Array("Hello".utf8).withUnsafeBytes { writer.write(text: $0, mask: 0x3D21_FA37, into: &output) }
        #expect(output.array == hex("81 85 37 fa 21 3d 7f 9f 4d 51 58"))
    }

    @Test(arguments: [
        ("one block", ["c1 07 f2 48 cd c9 c9 07 00"]),
        ("one block in two frames", ["41 03 f2 48 cd", "80 04 c9 c9 07 00"]),
        ("without compression", ["c1 0b 00 05 00 fa ff 48 65 6c 6c 6f 00"]),
        ("a final block", ["c1 08 f3 48 cd c9 c9 07 00 00"]),
        ("two blocks", ["c1 0d f2 48 05 00 00 00 ff ff ca c9 c9 07 00"]),
    ])
    func `the examples of RFC 7692 are inflated`(name: String, frames: [String]) {
        let (heard, fault) = hear(frames.map(hex), as: .client, deflate: DeflateParameters())
        #expect(heard == [.text(Array("Hello".utf8))], "\(name)")
        #expect(fault == nil)
    }

    @Test func `a second message reaches back into the first, as in RFC 7692`() {
        let frames = [hex("c1 07 f2 48 cd c9 c9 07 00"), hex("c1 05 f2 00 11 00 00")]
        let hello = Heard.text(Array("Hello".utf8))
        #expect(hear(frames, as: .client, deflate: DeflateParameters()).heard == [hello, hello])

        var parameters = DeflateParameters()
        parameters.serverNoContextTakeover = true
        let alone = hear(frames, as: .client, deflate: parameters)
        #expect(alone.heard == [hello])
        #expect(alone.fault?.kind == .badDeflate)
    }

    @Test func `the window outlives a final block`() {
        // The first message ends with a final block, the second reaches back over it.
        let frames = [hex("c1 08 f3 48 cd c9 c9 07 00 00"), hex("c1 05 f2 00 11 00 00")]
        let hello = Heard.text(Array("Hello".utf8))
        #expect(hear(frames, as: .client, deflate: DeflateParameters()).heard == [hello, hello])
    }

    @Test func `the key of RFC 6455 has its answer`() {
        #expect(WebSocketHandshake.accept("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")
    }
}
