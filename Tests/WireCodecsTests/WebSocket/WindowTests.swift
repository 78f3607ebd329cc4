import CZlib
import Testing
import WireCodecs

/// The promise of a small window, checked with a decompressor that has no larger one.
struct WindowTests {
    @Test(arguments: 8...15)
    func `nothing reaches back further than the window`(bits: Int) {
        var parameters = DeflateParameters()
        parameters.serverWindowBits = bits
        var writer = WebSocketWriter(.server, deflate: parameters, level: 9)
        // Repeats at every distance up to 40,000, and runs.
        var text: [UInt8] = []
        for number in 0..<8_000 { text += Array("\(number &* 2_654_435_761 % 977)".utf8) }
        text += [UInt8](repeating: 120, count: 2_000) + text
        var output = WireBuffer()
        text.withUnsafeBytes { writer.write(binary: $0, mask: 0, into: &output) }
        let headerSize = output[1] == 127 ? 10 : 4
        let payload = Array(output.array.dropFirst(headerSize)) + [0x00, 0x00, 0xFF, 0xFF]
        let isSame = Self.inflate(payload, bits: bits, capacity: text.count + 1) == text
        #expect(isSame)
    }

    private static func inflate(_ bytes: [UInt8], bits: Int, capacity: Int) -> [UInt8]? {
        let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
        stream.initialize(to: z_stream())
        defer { stream.deallocate() }
        guard czlib_inflate_init(stream, -Int32(bits)) == Z_OK else { return nil }
        defer { inflateEnd(stream) }
        var (input, output) = (bytes, [UInt8](repeating: 0, count: capacity))
        return input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = UInt32(input.count)
                // A window is only checked by a decompressor that has to keep it: so in small steps.
                stream.pointee.next_out = output.baseAddress
                while stream.pointee.avail_in > 0 {
                    stream.pointee.avail_out = UInt32(min(100, capacity - Int(stream.pointee.total_out)))
                    let result = CZlib.inflate(stream, Z_SYNC_FLUSH)
                    guard result == Z_OK else { return nil }
                }
                return Array(output.prefix(Int(stream.pointee.total_out)))
            }
        }
    }
}
