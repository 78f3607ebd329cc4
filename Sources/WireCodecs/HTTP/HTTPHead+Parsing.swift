extension HTTPHead {
    /// Reads the head that is in `storage`, its empty line included.
    mutating func parse(isRequest: Bool, _ limits: HTTPLimits) throws(HTTPFault) {
        let bytes = storage.bytes
        var lineStart = 0
        var isFirst = true
        while let feed = ByteSearch.first(0x0A, in: bytes, from: lineStart) {
            // The scan for the end has seen the carriage return before every line feed.
            let line = lineStart..<(feed - 1)
            if line.isEmpty { return }
            if isFirst {
                isFirst = false
                try parseStartLine(isRequest: isRequest, bytes, line, limits)
            } else {
                try parseField(bytes, line, limits)
            }
            lineStart = feed + 1
        }
    }

    mutating func parseStartLine(
        isRequest: Bool, _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, _ limits: HTTPLimits
    ) throws(HTTPFault) {
        try isRequest ? parseRequestLine(bytes, line, limits) : parseStatusLine(bytes, line)
    }

    /// `method SP target SP HTTP/1.x`, one blank each (RFC 9112, section 3).
    private mutating func parseRequestLine(
        _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, _ limits: HTTPLimits
    ) throws(HTTPFault) {
        var index = HTTPText.tokenEnd(bytes, line)
        guard index > line.lowerBound, index < line.upperBound, bytes[index] == 0x20 else {
            throw HTTPFault(.badStartLine, at: index)
        }
        methodPiece = Piece(line.lowerBound..<index)
        let targetStart = index + 1
        index = targetStart
        while index < line.upperBound, bytes[index] > 0x20, bytes[index] < 0x7F { index += 1 }
        guard index > targetStart, index < line.upperBound, bytes[index] == 0x20 else {
            throw HTTPFault(.badStartLine, at: index)
        }
        guard index - targetStart <= limits.targetMax else {
            throw HTTPFault(.targetTooLong, at: targetStart)
        }
        targetPiece = Piece(targetStart..<index)
        try parseVersion(bytes, (index + 1)..<line.upperBound)
    }

    /// `HTTP/1.x SP 3 digits SP reason`; the reason and its blank may be missing, as some servers do.
    private mutating func parseStatusLine(
        _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>
    ) throws(HTTPFault) {
        let versionEnd = line.lowerBound + 8
        guard line.count >= 12, bytes[versionEnd] == 0x20 else {
            throw HTTPFault(.badStartLine, at: line.lowerBound)
        }
        try parseVersion(bytes, line.lowerBound..<versionEnd)
        var code = 0
        for index in (versionEnd + 1)..<(versionEnd + 4) {
            let digit = bytes[index] &- UInt8(ascii: "0")
            guard digit < 10 else { throw HTTPFault(.badStartLine, at: index) }
            code = code * 10 + Int(digit)
        }
        guard code >= 100 else { throw HTTPFault(.badStartLine, at: versionEnd + 1) }
        status = code
        let codeEnd = versionEnd + 4
        guard codeEnd < line.upperBound else {
            reasonPiece = .empty
            return
        }
        guard bytes[codeEnd] == 0x20 else { throw HTTPFault(.badStartLine, at: codeEnd) }
        let reason = (codeEnd + 1)..<line.upperBound
        guard ByteSearch.areValues(UnsafeRawBufferPointer(rebasing: bytes[reason])) else {
            throw HTTPFault(.badStartLine, at: reason.lowerBound)
        }
        reasonPiece = Piece(reason.lowerBound..<reason.upperBound)
    }

    private mutating func parseVersion(
        _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>
    ) throws(HTTPFault) {
        let name: StaticString = "HTTP/"
        guard range.count == 8, bytes[range.lowerBound + 6] == UInt8(ascii: ".") else {
            throw HTTPFault(.badStartLine, at: range.lowerBound)
        }
        for offset in 0..<5 where bytes[range.lowerBound + offset] != name.utf8Start[offset] {
            throw HTTPFault(.badStartLine, at: range.lowerBound + offset)
        }
        let (major, minor) = (bytes[range.lowerBound + 5], bytes[range.lowerBound + 7])
        guard major == UInt8(ascii: "1"), minor == UInt8(ascii: "0") || minor == UInt8(ascii: "1") else {
            throw HTTPFault(.badVersion, at: range.lowerBound + 5)
        }
        isOldVersion = minor == UInt8(ascii: "0")
    }

    /// `name: value`, without blanks before the colon (RFC 9112, section 5).
    mutating func parseField(
        _ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, _ limits: HTTPLimits
    ) throws(HTTPFault) {
        if bytes[line.lowerBound] == 0x20 || bytes[line.lowerBound] == 0x09 {
            throw HTTPFault(.foldedField, at: line.lowerBound)
        }
        guard fields.count < limits.fieldsMax else { throw HTTPFault(.tooManyFields, at: line.lowerBound) }
        let colon = HTTPText.tokenEnd(bytes, line)
        guard colon > line.lowerBound, colon < line.upperBound, bytes[colon] == UInt8(ascii: ":") else {
            throw HTTPFault(.badFieldName, at: colon)
        }
        var (start, end) = (colon + 1, line.upperBound)
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        guard ByteSearch.areValues(UnsafeRawBufferPointer(rebasing: bytes[start..<end])) else {
            throw HTTPFault(.badFieldValue, at: start)
        }
        add(Field(name: Piece(line.lowerBound..<colon), value: Piece(start..<end)))
    }
}

// MARK: - One pass

extension HTTPHead {
    /// The field that begins at `index`, which goes to behind its line end; nil when it is not whole or not good.
    ///
    /// The first byte that cannot stand in a value ends it: a good value is looked at once.
    @inline(__always)
    static func field(_ bytes: UnsafeRawBufferPointer, _ index: inout Int) -> Field? {
        let start = index
        let colon = HTTPText.tokenEnd(bytes, start..<bytes.count)
        guard colon > start, colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else { return nil }
        var first = colon &+ 1
        while first < bytes.count, bytes[first] == 0x20 || bytes[first] == 0x09 { first &+= 1 }
        guard let stop = ByteSearch.firstNonValue(bytes, from: first), stop &+ 1 < bytes.count,
            bytes[stop] == 0x0D, bytes[stop &+ 1] == 0x0A
        else { return nil }
        var end = stop
        while end > first, bytes[end &- 1] == 0x20 || bytes[end &- 1] == 0x09 { end &-= 1 }
        index = stop &+ 2
        return Field(name: Piece(start..<colon), value: Piece(first..<end))
    }
}

// MARK: - Where the message ends

/// How the end of a body is told (RFC 9112, section 6).
enum HTTPFraming: Equatable, BitwiseCopyable {
    case none
    case length(Int)
    case chunked
    /// A response that ends with its connection.
    case untilClose
}

extension HTTPHead {
    /// How a request's body ends; strict, because a proxy that read it otherwise would let requests be smuggled.
    func requestFraming(_ limits: HTTPLimits) throws(HTTPFault) -> HTTPFraming {
        if !isOldVersion || count(of: "host") > 0 {
            guard count(of: "host") == 1 else { throw HTTPFault(.badHost) }
        }
        if let framing = try declaredFraming() {
            if case .length(let length) = framing, length > limits.bodyMax { throw HTTPFault(.bodyTooLong) }
            return framing
        }
        return .none
    }

    func responseFraming(toHead: Bool, _ limits: HTTPLimits) throws(HTTPFault) -> HTTPFraming {
        let declared = try declaredFraming()
        if toHead || status < 200 || status == 204 || status == 304 { return .none }
        if case .length(let length) = declared, length > limits.bodyMax { throw HTTPFault(.bodyTooLong) }
        return declared ?? .untilClose
    }

    private func declaredFraming() throws(HTTPFault) -> HTTPFraming? {
        let codings = all("transfer-encoding")
        let lengths = all("content-length")
        guard codings.count > 0 else { return lengths.count > 0 ? .length(try contentLength(lengths)) : nil }
        if lengths.count > 0 { throw HTTPFault(.ambiguousLength) }
        if isOldVersion { throw HTTPFault(.transferCodingInOldVersion) }
        guard codings.count == 1, let coding = codings.first, HTTPText.equals(coding, "chunked") else {
            throw HTTPFault(.unknownTransferCoding)
        }
        return .chunked
    }

    /// One number in one field: a second one, even the same, is refused.
    private func contentLength(
        _ fields: (count: Int, first: UnsafeRawBufferPointer?)
    ) throws(HTTPFault) -> Int {
        guard fields.count == 1, let text = fields.first else { throw HTTPFault(.badContentLength) }
        guard text.count > 0, text.count <= 18 else { throw HTTPFault(.badContentLength) }
        var length = 0
        for byte in text {
            let digit = byte &- UInt8(ascii: "0")
            guard digit < 10 else { throw HTTPFault(.badContentLength) }
            length = length * 10 + Int(digit)
        }
        return length
    }
}
