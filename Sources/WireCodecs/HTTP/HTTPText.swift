/// The characters of HTTP (RFC 9110, section 5.6).
enum HTTPText {
    /// Whether the byte may stand in a token, such as a method or the name of a field: letters, digits and
    /// ``!#$%&'*+-.^_`|~``, a bit each.
    @inline(__always)
    static func isToken(_ byte: UInt8) -> Bool {
        guard byte < 128 else { return false }
        let set: UInt64 = byte < 64 ? 0x03FF_6CFA_0000_0000 : 0x57FF_FFFF_C7FF_FFFE
        return set >> UInt64(byte & 63) & 1 == 1
    }

    /// Where the token ends that begins a range.
    @inline(__always)
    static func tokenEnd(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int {
        guard let base = bytes.baseAddress else { return range.lowerBound }
        var index = range.lowerBound
        // Names are of letters, digits and hyphens, nearly all: eight of them at a time.
        while index &+ 8 <= range.upperBound {
            let others = otherBytes((base + index).loadUnaligned(as: UInt64.self))
            guard others == 0 else {
                index &+= others.trailingZeroBitCount / 8
                break
            }
            index &+= 8
        }
        while index < range.upperBound {
            let byte = base.load(fromByteOffset: index, as: UInt8.self)
            guard (byte | 0x20) &- UInt8(ascii: "a") < 26 || isToken(byte) else { break }
            index &+= 1
        }
        return index
    }

    /// The top bit of every byte that is no letter, no digit and no hyphen.
    ///
    /// The top bits are left out of the sums, so that no byte carries into the next.
    @inline(__always)
    private static func otherBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let tops = ones &* 0x80
        let low = word & ~tops
        let lower = low | ones &* 0x20
        // Each sum has its top bit set from the first of a range on, or from the first behind it.
        let isLetter = (lower &+ ones &* (0x80 - 0x61)) & ~(lower &+ ones &* (0x80 - 0x7B))
        let isDigit = (low &+ ones &* (0x80 - 0x30)) & ~(low &+ ones &* (0x80 - 0x3A))
        let isNoHyphen = (low ^ ones &* 0x2D) &+ ones &* 0x7F
        return (word | ~(isLetter | isDigit | ~isNoHyphen)) & tops
    }

    /// Whether the byte may stand in a field's value: visible, a blank, or above ASCII.
    @inline(__always)
    static func isValue(_ byte: UInt8) -> Bool { byte >= 0x20 && byte != 0x7F || byte == 0x09 }

    /// Whether two names are the same but for the case of their letters; `name` is in lower case.
    @inline(__always)
    static func equals(_ bytes: UnsafeRawBufferPointer, _ name: StaticString) -> Bool {
        guard bytes.count == name.utf8CodeUnitCount, let base = bytes.baseAddress else { return false }
        var index = 0
        while index < bytes.count {
            guard lower(base.load(fromByteOffset: index, as: UInt8.self)) == name.utf8Start[index] else {
                return false
            }
            index &+= 1
        }
        return true
    }

    /// Whether bytes are a text, case and all.
    static func isExactly(_ bytes: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
        bytes.elementsEqual(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    @inline(__always)
    static func lower(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }

    /// Whether a list, whose elements commas divide, has an element, which is given in lower case.
    static func list(_ list: UnsafeRawBufferPointer, has element: StaticString) -> Bool {
        var start = 0
        while start < list.count {
            let end = ByteSearch.first(UInt8(ascii: ","), in: list, from: start) ?? list.count
            if equals(trimmed(UnsafeRawBufferPointer(rebasing: list[start..<end])), element) { return true }
            start = end + 1
        }
        return false
    }

    static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var (start, end) = (0, bytes.count)
        while start < end, bytes[start] == 0x20 || bytes[start] == 0x09 { start += 1 }
        while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }
}
