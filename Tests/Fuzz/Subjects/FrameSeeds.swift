/// Frames to begin with, most of them from RFC 6455, section 5.7, and RFC 7692, section 7.2.3.
enum FrameSeeds {
    /// "Hello", compressed in the ways of the RFC, each a message by itself.
    static let packed: [[UInt8]] = [
        [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00],
        [0x00, 0x05, 0x00, 0xFA, 0xFF, 0x48, 0x65, 0x6C, 0x6C, 0x6F, 0x00],
        [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00],
        [0xF2, 0x48, 0x05, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xCA, 0xC9, 0xC9, 0x07, 0x00],
        [0x00],
    ]

    static func frame(
        _ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, isCompressed: Bool = false,
        isMasked: Bool = false
    ) -> [UInt8] {
        var bytes = [(isFinal ? 0x80 : 0) | (isCompressed ? 0x40 : 0) | opcode]
        let maskBit: UInt8 = isMasked ? 0x80 : 0
        if payload.count < 126 {
            bytes.append(maskBit | UInt8(payload.count))
        } else {
            bytes += [
                maskBit | 126, UInt8(truncatingIfNeeded: payload.count >> 8),
                UInt8(truncatingIfNeeded: payload.count),
            ]
        }
        guard isMasked else { return bytes + payload }
        let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        return bytes + mask + payload.enumerated().map { $0.element ^ mask[$0.offset % 4] }
    }

    static func all(isMasked: Bool, isCompressed: Bool) -> [[UInt8]] {
        func make(
            _ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true, isCompressed: Bool = false
        ) -> [UInt8] {
            frame(opcode, payload, isFinal: isFinal, isCompressed: isCompressed, isMasked: isMasked)
        }
        let hello = Array("Hello".utf8)
        let letters = Array("κόσμε \u{1F600} ".utf8)
        var seeds = [
            make(1, hello), make(2, hello), make(9, hello), make(10, hello), make(1, []), make(1, letters),
            make(1, Array("Hel".utf8), isFinal: false) + make(9, []) + make(0, Array("lo".utf8)),
            // A character cut between two frames.
            make(1, Array(letters[..<3]), isFinal: false) + make(0, Array(letters[3...])),
            make(2, [UInt8](repeating: 7, count: 256)), make(1, [UInt8](repeating: 0x61, count: 126)),
            make(8, []), make(8, [0x03, 0xE8]), make(8, [0x03, 0xE8] + Array("bye".utf8)),
            make(1, hello) + make(8, [0x03, 0xE9]),
        ]
        guard isCompressed else { return seeds }
        seeds += packed.map { make(1, $0, isCompressed: true) }
        seeds.append(
            make(1, Array(packed[0][..<3]), isFinal: false, isCompressed: true)
                + make(0, Array(packed[0][3...])))
        // The second message refers to the first.
        seeds.append(
            make(1, packed[0], isCompressed: true)
                + make(1, [0xF2, 0x00, 0x11, 0x00, 0x00], isCompressed: true))
        return seeds
    }
}
