import Quantities
import Testing
import WireCodecs

/// A head that comes whole is read in one pass; one that comes in pieces is searched for its end first. Both say
/// the same of every head.
struct HTTPOnePassTests {
    private static let limits = {
        var limits = HTTPLimits(headMax: 200, bodyMax: 1_000)
        limits.fieldsMax = 5
        return limits
    }()

    private static let heads = [
        "GET /a HTTP/1.1\nHost: a\n\n",
        "POST /a?b HTTP/1.1\nHost:a\nContent-Length:  3\t\nX-A: b\tc \n\nabc",
        "GET / HTTP/1.1\nHost: a\nA:\nB: \nC:\t\nD: d\n\n",
        "GET / HTTP/1.1\nHost: a\nA: 1\nB: 2\nC: 3\nD: 4\nE: 5\n\n",
        "\nGET / HTTP/1.1\nHost: a\n\n", "\n\nGET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/1.1\nHost: a\n b\n\n", "GET / HTTP/1.1\nHost : a\n\n", "GET / HTTP/1.1\n: a\n\n", "\n",
        "GET / HTTP/1.1\nHost: a\nA: \(String(repeating: "x", count: 160))\n\n",
        "POST / HTTP/1.1\nHost: a\nContent-Length: 1\nContent-Length: 1\n\n",
    ].map { message($0) }

    private static let answers = [
        "HTTP/1.1 200 OK\nContent-Length: 3\nX-A: b\n\nabc", "HTTP/1.1 204\n\n", "HTTP/1.0 200 \u{E9}\n\nabc",
        "HTTP/1.1 100 Continue\n\nHTTP/1.1 200 OK\nContent-Length:0\n\n", "HTTP/1.1 20 OK\n\n",
        "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n0\n\n", "HTTP/2.0 200 OK\nA: b\n\n",
    ].map { message($0) }

    private static func text(_ reading: (lines: [String], fault: HTTPFault?)) -> String {
        (reading.lines + ["\(reading.fault.map { "\($0.kind)" } ?? "good")"]).joined(separator: "\n")
    }

    /// What differs between the whole and the pieces; nil when nothing does.
    private static func difference(_ bytes: [UInt8], isRequest: Bool) -> String? {
        let read = isRequest ? readRequests : readResponses
        let whole = text(read([bytes], limits))
        let pieces = text(read(bytes.map { [$0] }, limits))
        return whole == pieces
            ? nil : "\(String(decoding: bytes, as: UTF8.self).debugDescription):\n\(whole)\n\(pieces)"
    }

    @Test func `with any byte changed, left out or doubled a head is the same whole and in pieces`() {
        let replacements = Array("\r\n\t :;a0\u{0}\u{7F}\u{E9}/".utf8) + [0xFF]
        for (list, isRequest) in [(Self.heads, true), (Self.answers, false)] {
            for head in list {
                var problem = Self.difference(head, isRequest: isRequest)
                for place in head.indices where problem == nil {
                    for byte in replacements where problem == nil {
                        var bytes = head
                        bytes[place] = byte
                        problem = Self.difference(bytes, isRequest: isRequest)
                    }
                    var (shorter, longer) = (head, head)
                    shorter.remove(at: place)
                    longer.insert(head[place], at: place)
                    problem =
                        problem ?? Self.difference(shorter, isRequest: isRequest)
                        ?? Self.difference(longer, isRequest: isRequest)
                }
                if let problem { Issue.record("\(problem)") }
            }
        }
    }

    @Test func `a name has the characters of a token at every place, and no others`() {
        let tokens = Set("!#$%&'*+-.^_`|~".utf8).union(UInt8(ascii: "0")...UInt8(ascii: "9"))
            .union(UInt8(ascii: "a")...UInt8(ascii: "z")).union(UInt8(ascii: "A")...UInt8(ascii: "Z"))
        for length in [1, 7, 8, 9, 18] {
            for place in 0..<length {
                for byte in UInt8.min...UInt8.max where byte != UInt8(ascii: ":") {
                    var name = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                    name[place] = byte
                    let bytes = message("GET / HTTP/1.1\nHost: a\n") + name + message(": b\n\n")
                    let isGood = readRequests([bytes]).fault == nil
                    if isGood != tokens.contains(byte) { Issue.record("\(byte) at \(place) of \(length)") }
                }
            }
        }
    }

    @Test func `one head behind the other is read, and the last one lasts`() {
        let bytes = message(
            "GET /1 HTTP/1.1\nHost: a\n\nGET /2 HTTP/1.1\nHost: b\nX: y\n\nGET /3 HTTP/1.1\nHost")
        let (lines, fault) = readRequests([bytes])
        #expect(lines == ["GET /1 | Host=a", "end", "GET /2 | Host=b | X=y", "end"])
        #expect(fault == nil)
    }

    @Test func `a head that is not whole leaves the one before as it is`() throws {
        var reader = HTTPReader.responses()
        var input = WireBuffer(message("HTTP/1.1 204 OK\nA: b\n\n"))
        while case .head = try reader.next(&input) {}
        input.append(message("HTTP/1.1 500 No\nC: d\nE: f"))
        guard case .incomplete = try reader.next(&input) else {
            Issue.record("the second head is not whole")
            return
        }
        #expect(describe(reader.head) == "204 OK | A=b")
    }
}
