import WireCodecs

/// What a reader handed out, one line per part: bodies are joined.
func read(_ reader: inout HTTPReader, _ pieces: [[UInt8]]) -> (lines: [String], fault: HTTPFault?) {
    var input = WireBuffer(capacity: 16)
    var lines: [String] = []
    var body: [UInt8] = []
    func flush() {
        if !body.isEmpty { lines.append("body \(String(decoding: body, as: UTF8.self).debugDescription)") }
        body = []
    }
    for piece in pieces {
        input.append(piece)
        do throws(HTTPFault) {
            reading: while true {
                switch try reader.next(&input) {
                case .incomplete: break reading
                case .head: lines.append(describe(reader.head))
                case .interim: lines.append("interim \(reader.head.status)")
                case .body(let bytes): body += Array(bytes)
                case .end:
                    flush()
                    lines.append("end")
                case .upgraded:
                    lines.append("upgraded, \(input.count) bytes left")
                    break reading
                }
            }
        } catch {
            flush()
            return (lines, error)
        }
    }
    flush()
    return (lines, nil)
}

func describe(_ head: borrowing HTTPHead) -> String {
    func text(_ bytes: UnsafeRawBufferPointer) -> String { String(decoding: bytes, as: UTF8.self) }
    let start =
        head.status == 0 ? "\(text(head.method)) \(text(head.target))" : "\(head.status) \(text(head.reason))"
    let fields = (0..<head.fieldCount).map { "\(text(head.name(at: $0)))=\(text(head.value(at: $0)))" }
    return ([start] + fields).joined(separator: " | ")
}

/// A message as one writes it in a test: lines end with CRLF.
func message(_ text: String) -> [UInt8] {
    Array(text.replacing("\n", with: "\r\n").utf8)
}

func readRequests(_ pieces: [[UInt8]], _ limits: HTTPLimits = .server) -> (lines: [String], fault: HTTPFault?)
{
    var reader = HTTPReader.requests(limits)
    return read(&reader, pieces)
}

func readResponses(_ pieces: [[UInt8]], _ limits: HTTPLimits = .client) -> (
    lines: [String], fault: HTTPFault?
) {
    var reader = HTTPReader.responses(limits)
    return read(&reader, pieces)
}
