import Testing
import WireCodecs

/// Requests that another reader could understand in another way are refused.
struct HTTPStrictnessTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let kind: HTTPFault.Kind
        let status: Int

        /// `text` has CRLF for line ends unless it is `raw`.
        init(_ name: String, _ text: String, _ kind: HTTPFault.Kind, _ status: Int = 400, raw: Bool = false) {
            testDescription = name
            bytes = raw ? Array(text.utf8) : message(text)
            self.kind = kind
            self.status = status
        }
    }

    private static let post = "POST / HTTP/1.1\nHost: a\n"

    static let cases: [Case] = [
        Case("CL and TE", post + "Content-Length: 3\nTransfer-Encoding: chunked\n\n", .ambiguousLength),
        Case("TE and CL", post + "Transfer-Encoding: chunked\nContent-Length: 3\n\n", .ambiguousLength),
        Case("two lengths", post + "Content-Length: 3\nContent-Length: 4\n\n", .badContentLength),
        Case("the same length twice", post + "Content-Length: 3\nContent-Length: 3\n\n", .badContentLength),
        Case("a list of lengths", post + "Content-Length: 3, 3\n\n", .badContentLength),
        Case("a signed length", post + "Content-Length: +3\n\n", .badContentLength),
        Case("a negative length", post + "Content-Length: -3\n\n", .badContentLength),
        Case("a hexadecimal length", post + "Content-Length: 0x3\n\n", .badContentLength),
        Case("a length with a point", post + "Content-Length: 3.0\n\n", .badContentLength),
        Case("an empty length", post + "Content-Length:\n\n", .badContentLength),
        Case("a length with a blank", post + "Content-Length: 1 3\n\n", .badContentLength),
        Case("a length that overflows", post + "Content-Length: 99999999999999999999\n\n", .badContentLength),
        Case("a length beyond the limit", post + "Content-Length: 999999999999999999\n\n", .bodyTooLong, 413),
        Case("gzip, chunked", post + "Transfer-Encoding: gzip, chunked\n\n", .unknownTransferCoding, 501),
        Case("identity", post + "Transfer-Encoding: identity\n\n", .unknownTransferCoding, 501),
        Case("xchunked", post + "Transfer-Encoding: xchunked\n\n", .unknownTransferCoding, 501),
        Case("chunked twice", post + "Transfer-Encoding: chunked, chunked\n\n", .unknownTransferCoding, 501),
        Case("chunked in quotes", post + "Transfer-Encoding: \"chunked\"\n\n", .unknownTransferCoding, 501),
        Case(
            "two transfer encodings", post + "Transfer-Encoding: chunked\nTransfer-Encoding: chunked\n\n",
            .unknownTransferCoding, 501),
        Case(
            "chunked in HTTP/1.0", "POST / HTTP/1.0\nTransfer-Encoding: chunked\n\n",
            .transferCodingInOldVersion),
        Case("a blank before the colon", post + "Content-Length : 3\n\n", .badFieldName),
        Case("a tab before the colon", post + "Content-Length\t: 3\n\n", .badFieldName),
        Case("a folded field", post + "X: a\n b\n\n", .foldedField),
        Case("a field folded by a tab", post + "X: a\n\tb\n\n", .foldedField),
        Case("a fold behind the start line", "GET / HTTP/1.1\n Host: a\n\n", .foldedField),
        Case("a field without a colon", post + "Transfer-Encoding\n\n", .badFieldName),
        Case("a field without a name", post + ": value\n\n", .badFieldName),
        Case("a name with a blank", post + "Content Length: 3\n\n", .badFieldName),
        Case("a name with a slash", post + "X/Y: 3\n\n", .badFieldName),
        Case("a name above ASCII", post + "Größe: 3\n\n", .badFieldName),
        Case("a NUL in a value", post + "X: a\u{0}b\n\n", .badFieldValue),
        Case("a DEL in a value", post + "X: a\u{7F}b\n\n", .badFieldValue),
        Case("an escape in a value", post + "X: \u{1B}[2J\n\n", .badFieldValue),
        Case(
            "a bare CR in a value", "GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", .badFieldValue, raw: true),
        Case("a bare CR in a name", "GET / HTTP/1.1\r\nHost: a\r\nX\rY: b\r\n\r\n", .badFieldName, raw: true),
        Case("a bare LF", "GET / HTTP/1.1\nHost: a\r\n\r\n", .badLineEnd, raw: true),
        Case("a bare LF at the end", "GET / HTTP/1.1\r\nHost: a\r\n\n", .badLineEnd, raw: true),
        Case("an LF at the start", "\n", .badLineEnd, raw: true),
        Case("CR CR LF", "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n", .badStartLine, raw: true),
        Case("no Host", "GET / HTTP/1.1\n\n", .badHost),
        Case("two Hosts", "GET / HTTP/1.1\nHost: a\nHost: b\n\n", .badHost),
        Case("two Hosts in HTTP/1.0", "GET / HTTP/1.0\nHost: a\nHost: b\n\n", .badHost),
        Case("no target", "GET HTTP/1.1\nHost: a\n\n", .badStartLine),
        Case("two blanks", "GET  / HTTP/1.1\nHost: a\n\n", .badStartLine),
        Case("a tab", "GET\t/ HTTP/1.1\nHost: a\n\n", .badStartLine),
        Case("a blank at the end", "GET / HTTP/1.1 \nHost: a\n\n", .badStartLine),
        Case("a blank at the start", " GET / HTTP/1.1\nHost: a\n\n", .badStartLine),
        Case("no version", "GET /\n\n", .badStartLine),
        Case("a lower-case version", "GET / http/1.1\nHost: a\n\n", .badStartLine),
        Case("another protocol", "GET / HTTQ/1.1\nHost: a\n\n", .badStartLine),
        Case("HTTP/2.0", "GET / HTTP/2.0\nHost: a\n\n", .badVersion, 505),
        Case("HTTP/1.2", "GET / HTTP/1.2\nHost: a\n\n", .badVersion, 505),
        Case("HTTP/0.9", "GET / HTTP/0.9\n\n", .badVersion, 505),
        Case("a method that is none", "G@T / HTTP/1.1\nHost: a\n\n", .badStartLine),
        Case("a target above ASCII", "GET /é HTTP/1.1\nHost: a\n\n", .badStartLine),
        Case("a TLS hello", "\u{16}\u{3}\u{1}\u{0}\r\n\r\n", .badStartLine, raw: true),
        Case("a chunk size that is none", post + "Transfer-Encoding: chunked\n\nxyz\n", .badChunkSize),
        Case("an empty chunk size", post + "Transfer-Encoding: chunked\n\n\n", .badChunkSize),
        Case("a negative chunk size", post + "Transfer-Encoding: chunked\n\n-1\n", .badChunkSize),
        Case("a chunk size with 0x", post + "Transfer-Encoding: chunked\n\n0x5\n", .badChunkSize),
        Case(
            "a chunk size that overflows", post + "Transfer-Encoding: chunked\n\nffffffffffffffffff\n",
            .badChunkSize),
        Case("a chunk beyond the limit", post + "Transfer-Encoding: chunked\n\nfffffff\n", .bodyTooLong, 413),
        Case("a chunk size and more", post + "Transfer-Encoding: chunked\n\n5 5\n", .badChunkSize),
        Case("a chunk that is too long", post + "Transfer-Encoding: chunked\n\n3\nabcd\n0\n\n", .badLineEnd),
        Case(
            "a chunk that ends with LF",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\n",
            .badLineEnd, raw: true),
        Case(
            "a chunk size that ends with LF",
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\n",
            .badLineEnd, raw: true),
        Case("a bad trailer", post + "Transfer-Encoding: chunked\n\n0\nX Y: 1\n\n", .badFieldName),
        Case(
            "a chunk extension without end",
            post + "Transfer-Encoding: chunked\n\n1;" + String(repeating: "a", count: 5_000), .badChunkSize),
    ]

    @Test(arguments: cases)
    func `an ambiguous or broken request is refused`(test: Case) {
        for pieces in [[test.bytes], test.bytes.map { [$0] }] {
            let (_, fault) = readRequests(pieces)
            #expect(fault?.kind == test.kind)
            #expect(fault?.status == test.status)
        }
    }

    @Test func `there are at least the sixty cases that were asked for`() {
        #expect(Self.cases.count >= 60)
    }
}
