import Testing
import WireCodecs

struct DeflateNegotiationTests {
    private static func wish(
        serverForgets: Bool = false, clientForgets: Bool = false, server: Int = 15, client: Int = 15
    ) -> DeflateWish {
        var wish = DeflateWish()
        wish.serverNoContextTakeover = serverForgets
        wish.clientNoContextTakeover = clientForgets
        wish.serverWindowBits = server
        wish.clientWindowBits = client
        return wish
    }

    @Test func `offers say what is wished`() {
        #expect(DeflateWish().offer == "permessage-deflate; client_max_window_bits")
        #expect(
            Self.wish(serverForgets: true, clientForgets: true, server: 10, client: 9).offer
                == "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                + "server_max_window_bits=10; client_max_window_bits=9")
    }

    @Test(arguments: [
        ("permessage-deflate", "permessage-deflate"),
        ("permessage-deflate; client_max_window_bits", "permessage-deflate"),
        ("permessage-deflate; client_max_window_bits=10", "permessage-deflate; client_max_window_bits=10"),
        ("permessage-deflate; server_max_window_bits=8", "permessage-deflate; server_max_window_bits=8"),
        (
            "permessage-deflate; server_max_window_bits=\"12\"",
            "permessage-deflate; server_max_window_bits=12"
        ),
        (
            "permessage-deflate;server_no_context_takeover;client_no_context_takeover",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover"
        ),
        ("Permessage-Deflate", "permessage-deflate"),
        ("x-webkit-deflate-frame, permessage-deflate", "permessage-deflate"),
        // The first offer that can be understood counts.
        (
            "permessage-deflate; what, permessage-deflate; server_max_window_bits=9",
            "permessage-deflate; server_max_window_bits=9"
        ),
        (", ,permessage-deflate,", "permessage-deflate"),
    ])
    func `a server answers an offer`(offer: String, answer: String) throws {
        let agreed = try #require(DeflateWish().answer(offer))
        #expect(agreed.header == answer)
    }

    @Test(arguments: [
        "", "x-webkit-deflate-frame", "permessage-deflate; server_max_window_bits",
        "permessage-deflate; server_max_window_bits=7", "permessage-deflate; server_max_window_bits=16",
        "permessage-deflate; server_max_window_bits=08", "permessage-deflate; server_max_window_bits=",
        "permessage-deflate; server_no_context_takeover=1",
        "permessage-deflate; client_no_context_takeover; client_no_context_takeover",
        "permessage-deflate; unknown", "permessage-deflate server_no_context_takeover", "permessage-deflate;",
        "permessage-deflate; client_max_window_bits=\"1", "; permessage-deflate",
    ])
    func `a server declines what it cannot keep or understand`(offer: String) {
        #expect(DeflateWish().answer(offer) == nil)
    }

    @Test func `a server's own wishes limit the agreement`() throws {
        let wish = Self.wish(serverForgets: true, clientForgets: true, server: 11, client: 10)
        let agreed = try #require(wish.answer("permessage-deflate; client_max_window_bits"))
        #expect(
            agreed.header
                == "permessage-deflate; server_no_context_takeover; client_no_context_takeover; "
                + "server_max_window_bits=11; client_max_window_bits=10")
        // A client that did not say that it can limit its window is not asked to.
        let silent = try #require(wish.answer("permessage-deflate"))
        #expect(silent.parameters.clientWindowBits == 15)
        #expect(!silent.header.contains("client_max_window_bits"))
    }

    @Test(arguments: [
        ("x-snappy", ExtensionError.notOffered), ("permessage-deflate, permessage-deflate", .notOffered),
        ("permessage-deflate; client_max_window_bits", .badParameter),
        ("permessage-deflate; server_max_window_bits=16", .badParameter),
        ("permessage-deflate; mystery=1", .badParameter), ("permessage-deflate; =", .syntax),
    ])
    func `a client refuses an answer that it did not ask for`(answer: String, error: ExtensionError) {
        #expect(throws: error) { try DeflateWish().accept(answer) }
    }

    @Test func `a client holds the server to what it asked for`() throws {
        let strict = Self.wish(serverForgets: true, server: 10, client: 12)
        #expect(throws: ExtensionError.badParameter) { try strict.accept("permessage-deflate") }
        #expect(throws: ExtensionError.badParameter) {
            try strict.accept("permessage-deflate; server_no_context_takeover; server_max_window_bits=11")
        }
        let agreed = try strict.accept(
            "permessage-deflate; server_no_context_takeover; server_max_window_bits=9; client_max_window_bits=14"
        )
        #expect(agreed?.serverWindowBits == 9)
        #expect(agreed?.clientWindowBits == 12)
        #expect(agreed?.serverNoContextTakeover == true)
        #expect(try DeflateWish().accept(nil) == nil)
    }
}
