/// What RFC 6455 has an endpoint do, case by case. Both roles hold to all of them.
enum ConformanceCases {
    static var all: [ConformanceCase] {
        framing + pings + reserved + opcodes + fragments + controlsBetween + text + textThatFailsEarly
            + goodbyes
            + closeCodes
    }

    private static let hello = RawFrame.text("Hello, world!")

    // MARK: Framing (section 5.2)

    static var framing: [ConformanceCase] {
        let sizes = [0, 1, 125, 126, 127, 128, 65_535, 65_536]
        return sizes.flatMap { size in
            let text = RawFrame.utf8([UInt8](repeating: 0x2A, count: size))
            let binary = RawFrame.binary([UInt8](repeating: 0xFE, count: size))
            return [
                ConformanceCase("text of \(size)", [text], hears: [text]),
                ConformanceCase("text of \(size)", [text], hears: [text]).chopped(997),
                ConformanceCase("binary of \(size)", [binary], hears: [binary]),
                ConformanceCase("binary of \(size)", [binary], hears: [binary]).chopped(997),
            ]
        }
    }

    // MARK: Pings and pongs (section 5.5)

    static var pings: [ConformanceCase] {
        let full = String(repeating: "p", count: 125)
        let bytes = RawFrame(opcode: 9, payload: [0x00, 0xFF, 0xFE, 0xFD, 0xFC, 0xFB, 0x00, 0xFF])
        let answer = RawFrame(opcode: 10, payload: bytes.payload)
        let ten = (0..<10).map { "payload-\($0)" }
        return [
            ConformanceCase("an empty ping", [.ping()], hears: [.pong()]),
            ConformanceCase("a ping with text", [.ping("Hello")], hears: [.pong("Hello")]),
            ConformanceCase("a ping with bytes", [bytes], hears: [answer]),
            ConformanceCase("a ping of 125", [.ping(full)], hears: [.pong(full)]),
            ConformanceCase("a ping of 126", [.ping(full + "p")], hears: [], .fails([1002])),
            ConformanceCase("a pong of 126", [.pong(full + "p")], hears: [], .fails([1002])),
            ConformanceCase("a pong that nobody asked for", [.pong(), .ping("x")], hears: [.pong("x")]),
            ConformanceCase("another with text", [.pong("unasked"), .ping("x")], hears: [.pong("x")]),
            ConformanceCase("ten pings", ten.map { .ping($0) }, hears: ten.map { .pong($0) }),
        ].flatMap(\.chops)
    }

    // MARK: Reserved bits and opcodes (sections 5.2 and 11.8)

    static var reserved: [ConformanceCase] {
        (1...7).flatMap { bits -> [ConformanceCase] in
            ([1, 2, 8, 9, 10] as [UInt8]).flatMap { opcode in
                var odd = RawFrame(opcode: opcode, payload: opcode == 8 ? [0x03, 0xE8] : Array("odd".utf8))
                odd.reserved = UInt8(bits)
                let test = ConformanceCase(
                    "bits \(bits) on \(opcode)", [hello, odd, .ping()], hears: [hello], .fails([1002]))
                return opcode == 1 ? test.chops : [test]
            }
        } + reservedInside
    }

    private static var reservedInside: [ConformanceCase] {
        (1...7).map { bits in
            var odd = RawFrame.more("odd", isFinal: true)
            odd.reserved = UInt8(bits)
            return ConformanceCase(
                "bits \(bits) on a continuation", [.text("a", isFinal: false), odd, .ping()], hears: [],
                .fails([1002]))
        }
    }

    static var opcodes: [ConformanceCase] {
        ([3, 4, 5, 6, 7, 11, 12, 13, 14, 15] as [UInt8]).flatMap { opcode -> [ConformanceCase] in
            let (empty, full) = (
                RawFrame(opcode: opcode, payload: []), RawFrame(opcode: opcode, payload: hello.payload)
            )
            return [
                ConformanceCase("opcode \(opcode) alone", [empty], hears: [], .fails([1002])),
                ConformanceCase("opcode \(opcode)", [hello, full, .ping()], hears: [hello], .fails([1002])),
                ConformanceCase(
                    "opcode \(opcode)", [hello, empty, .ping()], hears: [hello], .fails([1002])
                ).chopped(1),
            ]
        }
    }

    // MARK: Fragments (section 5.4)

    static var fragments: [ConformanceCase] {
        let first = RawFrame.text("one ", isFinal: false)
        let whole = RawFrame.text("one two")
        let nothing = RawFrame.text("", isFinal: false)
        let none: [RawFrame] = []
        return [
            ConformanceCase("two fragments", [first, .more("two", isFinal: true)], hears: [whole]),
            ConformanceCase(
                "empty fragments", [nothing, .more(""), .more("", isFinal: true)], hears: [.text("")]),
            ConformanceCase(
                "an empty beginning and end", [nothing, .more("middle"), .more("", isFinal: true)],
                hears: [.text("middle")]),
            ConformanceCase(
                "two messages",
                [first, .more("two", isFinal: true), hello, nothing, .more("x", isFinal: true)],
                hears: [whole, hello, .text("x")]),
            ConformanceCase(
                "nothing to end", [.more("x", isFinal: true), hello], hears: none, .fails([1002])),
            ConformanceCase("nothing to continue", [.more("x"), hello], hears: none, .fails([1002])),
            ConformanceCase(
                "an end behind the end",
                [first, .more("two", isFinal: true), .more("x", isFinal: true), hello],
                hears: [whole], .fails([1002])),
            ConformanceCase(
                "more behind the end", [first, .more("two", isFinal: true), .more("x"), hello],
                hears: [whole],
                .fails([1002])),
            ConformanceCase("text inside a message", [first, .text("two")], hears: none, .fails([1002])),
            ConformanceCase("bytes inside a message", [first, .binary([2])], hears: none, .fails([1002])),
            ConformanceCase(
                "a beginning inside a message", [first, .text("two", isFinal: false)], hears: none,
                .fails([1002])),
        ].flatMap(\.chops) + fragmentedControls
    }

    private static var fragmentedControls: [ConformanceCase] {
        ([8, 9, 10] as [UInt8]).flatMap { opcode -> [ConformanceCase] in
            let begun = RawFrame(
                isFinal: false, opcode: opcode, payload: opcode == 8 ? [0x03, 0xE8] : [0x61])
            return ConformanceCase(
                "control \(opcode) in fragments", [begun, .more("b", isFinal: true)], hears: [],
                .fails([1002])
            ).chops
        }
    }

    static var controlsBetween: [ConformanceCase] {
        let parts = (1...5).map { "part \($0) " }
        let whole = RawFrame.text(parts.joined())
        var says: [RawFrame] = [.text(parts[0], isFinal: false)]
        for part in parts.dropFirst() {
            says += [.ping("before \(part)"), .pong("unasked"), .more(part, isFinal: part == parts[4])]
        }
        let pongs = parts.dropFirst().map { RawFrame.pong("before \($0)") }
        let bytes = RawFrame.binary(Array(0...255))
        let pieces = RawFrame.fragments(bytes, of: 10).flatMap { [$0, RawFrame.ping()] }
        return [
            ConformanceCase("pings between fragments", says, hears: pongs + [whole]),
            // The last ping comes behind the message.
            ConformanceCase(
                "pings between fragments of bytes", pieces,
                hears: Array(repeating: .pong(), count: pieces.count / 2 - 1) + [bytes, .pong()]),
        ].flatMap(\.chops)
    }
}
