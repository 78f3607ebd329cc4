/// Turns what a keyboard sends into keys; sequences may come in pieces.
struct KeyReader {
    /// An escape sequence that has begun; at most `sequenceMax` bytes, longer ones are dropped.
    private var pending: [UInt8] = []
    private static let sequenceMax = 16
    private static let escape: UInt8 = 0x1B

    /// The keys that are complete after these bytes.
    mutating func keys(_ bytes: some Sequence<UInt8>) -> [Key] {
        var keys: [Key] = []
        for byte in bytes {
            if pending.isEmpty {
                begin(byte, &keys)
            } else {
                goOn(byte, &keys)
            }
        }
        return keys
    }

    /// Nothing more has come: an escape that stands alone is the key of that name.
    mutating func rest() -> [Key] {
        defer { pending.removeAll() }
        return pending == [Self.escape] ? [.escape] : []
    }

    private mutating func begin(_ byte: UInt8, _ keys: inout [Key]) {
        switch byte {
        case Self.escape: pending = [byte]
        case UInt8(ascii: "\t"): keys.append(.tab)
        case 0x0C: keys.append(.redraw)
        case 0x20..<0x7F: keys.append(.character(Unicode.Scalar(byte)))
        default: return
        }
    }

    private mutating func goOn(_ byte: UInt8, _ keys: inout [Key]) {
        if pending.count == 1 {
            // CSI and SS3 begin sequences; any other byte is a key with Alt held, which means nothing here.
            let isSequence = byte == UInt8(ascii: "[") || byte == UInt8(ascii: "O")
            pending = isSequence ? pending + [byte] : []
            return
        }
        guard (0x40...0x7E).contains(byte) else {
            pending.append(byte)
            if pending.count > Self.sequenceMax { pending.removeAll() }
            return
        }
        let isPlain = pending.count == 2
        pending.removeAll()
        guard isPlain else { return }
        switch byte {
        case UInt8(ascii: "A"): keys.append(.up)
        case UInt8(ascii: "B"): keys.append(.down)
        case UInt8(ascii: "C"): keys.append(.right)
        case UInt8(ascii: "D"): keys.append(.left)
        case UInt8(ascii: "Z"): keys.append(.backTab)
        default: return
        }
    }
}
