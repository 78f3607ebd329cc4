import WireCodecs

/// The cursor over anything: its ways of reading agree, and it stays within the text.
enum JSONSubject {
    static func finding(_ bytes: [UInt8]) -> String? {
        let skipped = fault(bytes) { json throws(JSONError) in try json.skip() }
        let read = fault(bytes) { json throws(JSONError) in try walk(&json) }
        for error in [skipped, read] {
            if let error, !(0...bytes.count).contains(error.offset) { return "\(error) is outside" }
        }
        switch read?.kind {
        // Reading looks at more than skipping does.
        case .invalidUTF8, .loneSurrogate: break
        default: if read != skipped { return "skipped: \(describe(skipped))\nread: \(describe(read))" }
        }
        return skipped == nil ? truncationFinding(bytes) : nil
    }

    private static func describe(_ error: JSONError?) -> String {
        error.map { "\($0.kind) at \($0.offset)" } ?? "accepted"
    }

    /// Every true prefix of an object or an array ends too early, and says so.
    private static func truncationFinding(_ bytes: [UInt8]) -> String? {
        let start = bytes.firstIndex { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
        let last = bytes.lastIndex { $0 == UInt8(ascii: "}") || $0 == UInt8(ascii: "]") }
        guard let start, let last, bytes[..<start].allSatisfy({ $0 <= 0x20 }) else { return nil }
        for end in [start + 1, (start + last) / 2, last] where end > start && end <= last {
            let error = fault(Array(bytes[..<end])) { json throws(JSONError) in try json.skip() }
            if error?.kind != .truncated { return "the first \(end) bytes: \(describe(error))" }
        }
        return nil
    }

    private static func fault(
        _ bytes: [UInt8], _ body: (inout JSONCursor) throws(JSONError) -> Void
    ) -> JSONError? {
        // In memory of exactly this size, at whose end a sanitizer looks.
        let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
        defer { memory.deallocate() }
        _ = memory.initialize(from: bytes)
        do throws(JSONError) {
            var json = JSONCursor(UnsafeBufferPointer(memory))
            try body(&json)
            try json.finish()
            return nil
        } catch {
            return error
        }
    }

    private static func walk(_ json: inout JSONCursor) throws(JSONError) {
        switch try json.peek() {
        case .object:
            try json.object { json, key throws(JSONError) in
                _ = try key.string()
                try walk(&json)
            }
        case .array: try json.array { json throws(JSONError) in try walk(&json) }
        case .string: _ = try json.text().string()
        case .number:
            let mark = json.mark
            do throws(JSONError) {
                _ = try json.int()
            } catch {
                // Whatever integers do not take is still to be passed over, or refused, as a number.
                json.rewind(to: mark)
                try json.skip()
            }
        case .bool, .null: try json.skip()
        }
    }
}

/// Documents to begin with.
enum DocumentSeeds {
    static let all = [
        "{}", "[]", "null", "true", "-0", "1.5e+10", "123456789012345678901", "\"\"",
        "\"a\\u00e9\\uD83D\\uDE00\\n\\\"\\/\"",
        "{\"a\":[1,2,{\"b\":null}],\"c\":\"d\",\"e\":-1.25}",
        " { \"u\" : 400900217 , \"b\" : \"25.35190000\" } ",
        "[[[[[[[[[[]]]]]]]]]]", "[1,true,false,null,\"x\",{},[]]",
    ].map { Array($0.utf8) }
}
