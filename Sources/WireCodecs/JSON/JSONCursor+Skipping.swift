extension JSONCursor {
    /// Consumes the next value, whatever it is, and checks its grammar.
    @inlinable
    package mutating func skip() throws(JSONError) {
        skipBlanks()
        guard position < count else { throw unexpected() }
        switch bytes[position] {
        case UInt8(ascii: "\""): _ = try text()
        case UInt8(ascii: "{"), UInt8(ascii: "["): try skipContainer()
        case UInt8(ascii: "t"), UInt8(ascii: "f"): _ = try bool()
        case UInt8(ascii: "n"): try skipLiteral("null")
        default: try skipNumber()
        }
    }

    /// Where the next value ends, after its grammar has been checked.
    @usableFromInline @inline(never)
    func endOfValue() throws(JSONError) -> Int {
        var json = self
        try json.skip()
        return json.position
    }

    /// Consumes the next value and hands out its text, from its first byte to its last.
    @inlinable
    package mutating func rawValue() throws(JSONError) -> UnsafeBufferPointer<UInt8> {
        skipBlanks()
        let start = position
        try skip()
        return UnsafeBufferPointer(start: bytes + start, count: position - start)
    }

    /// Consumes an object or an array without recursion: no depth of input ends the stack.
    @usableFromInline
    mutating func skipContainer() throws(JSONError) {
        // Bit 0 tells whether the innermost open container is an object, bit 1 the one around it …
        var objects: UInt64 = 0
        let outside = depth
        repeat {
            // Here a value begins.
            let isObject = take(UInt8(ascii: "{"))
            if isObject || take(UInt8(ascii: "[")) {
                guard depth < Self.nestingMax else { throw nestingTooDeep() }
                depth += 1
                objects = objects << 1 | (isObject ? 1 : 0)
                if !take(isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) {
                    if isObject { _ = try key() }
                    continue
                }
                depth -= 1
                objects >>= 1
            } else {
                try skip()
            }

            // Here a value has ended, and with it perhaps containers.
            while depth > outside {
                let isObject = objects & 1 == 1
                let closing = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
                if try goesOn(until: closing) {
                    if isObject { _ = try key() }
                    break
                }
                depth -= 1
                objects >>= 1
            }
        } while depth > outside
    }
}
