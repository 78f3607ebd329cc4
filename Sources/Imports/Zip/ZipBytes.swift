/// The bytes of an archive, read at any place: what lies beyond the end is `ZipFault.truncated`.
struct ZipBytes {
    private let bytes: UnsafeRawBufferPointer

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var count: Int { bytes.count }

    func two(_ place: Int) throws(ZipFault) -> UInt16 { try number(place) }
    func four(_ place: Int) throws(ZipFault) -> UInt32 { try number(place) }
    func eight(_ place: Int) throws(ZipFault) -> UInt64 { try number(place) }

    func piece(_ place: Int, _ count: Int) throws(ZipFault) -> UnsafeRawBufferPointer {
        guard place >= 0, count >= 0, place <= bytes.count, count <= bytes.count - place else {
            throw .truncated
        }
        return UnsafeRawBufferPointer(rebasing: bytes[place..<(place + count)])
    }

    /// A place or a length that the archive tells: at most its own size, so that sums of two cannot overflow.
    func offset(_ value: UInt64) throws(ZipFault) -> Int {
        guard value <= UInt64(bytes.count) else { throw .truncated }
        return Int(value)
    }

    private func number<Number: FixedWidthInteger>(_ place: Int) throws(ZipFault) -> Number {
        let piece = try piece(place, Number.bitWidth / 8)
        return Number(littleEndian: piece.loadUnaligned(as: Number.self))
    }
}
