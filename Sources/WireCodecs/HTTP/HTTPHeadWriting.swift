/// Heads of messages, written into a buffer.
///
/// What is written comes from our own program or from checked configuration: a line end in it would begin
/// another field, so it is a defect and traps.
extension WireBuffer {
    /// `GET /path HTTP/1.1`, to be followed by fields and `endHead`.
    package mutating func beginRequest(_ method: StaticString, _ target: String) {
        append(method)
        append(UInt8(ascii: " "))
        var target = target
        target.withUTF8 { bytes in
            for byte in bytes {
                precondition(byte > 0x20 && byte < 0x7F, "a target has visible characters only")
            }
            append(UnsafeRawBufferPointer(bytes))
        }
        append(" HTTP/1.1\r\n" as StaticString)
    }

    /// `HTTP/1.1 200 OK`, to be followed by fields and `endHead`.
    package mutating func beginResponse(_ status: Int) {
        precondition((100...999).contains(status), "a status has three digits")
        append("HTTP/1.1 " as StaticString)
        append("\(status) \(HTTPStatus.reason(status))\r\n")
    }

    package mutating func field(_ name: String, _ value: String) {
        beginField(name)
        var value = value
        value.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            precondition(ByteSearch.areValues(bytes), "a field's value has no line end")
            append(bytes)
        }
        append("\r\n" as StaticString)
    }

    /// A field with a number, such as `Content-Length`.
    package mutating func field(_ name: String, _ number: Int) {
        precondition(number >= 0, "a count is not negative")
        beginField(name)
        append(decimal: UInt64(number))
        append("\r\n" as StaticString)
    }

    private mutating func beginField(_ name: String) {
        var name = name
        name.withUTF8 { bytes in
            let bytes = UnsafeRawBufferPointer(bytes)
            precondition(
                !bytes.isEmpty && HTTPText.tokenEnd(bytes, 0..<bytes.count) == bytes.count,
                "a field's name is a token")
            append(bytes)
        }
        append(": " as StaticString)
    }

    package mutating func endHead() { append("\r\n" as StaticString) }
}

/// The reasons that go with the statuses that we send (RFC 9110, section 15).
package enum HTTPStatus {
    package static func reason(_ status: Int) -> String {
        switch status {
        case 100: "Continue"
        case 101: "Switching Protocols"
        case 200: "OK"
        case 204: "No Content"
        case 304: "Not Modified"
        case 400: "Bad Request"
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 408: "Request Timeout"
        case 413: "Content Too Large"
        case 414: "URI Too Long"
        case 426: "Upgrade Required"
        case 429: "Too Many Requests"
        case 431: "Request Header Fields Too Large"
        case 500: "Internal Server Error"
        case 501: "Not Implemented"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        case 505: "HTTP Version Not Supported"
        default: "Other"
        }
    }
}
