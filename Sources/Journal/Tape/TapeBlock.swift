/// One block of a tape, checked for itself; its place in the chain is the reader's affair.
struct TapeBlock {
    var sequence: UInt64
    var previousChecksum: UInt32
    var checksum: UInt32
    /// Where the entries stand in the file.
    var payload: Range<Int>

    /// Reads the block at `offset`, which is not the end of the file.
    ///
    /// - Parameter seed: the checksum of the file's header.
    init(
        at offset: Int, of file: UnsafeRawBufferPointer, seed: UInt32
    ) throws(TapeFault.Reason) {
        let room = file.count - offset
        guard room >= TapeFormat.blockHeaderBytes else { throw .cutHeader }
        guard file.littleEndian(UInt32.self, at: offset) == TapeFormat.blockMarker else {
            throw .wrongMarker
        }
        let length = Int(file.littleEndian(UInt32.self, at: offset + 4))
        guard (1...TapeFormat.payloadBytesMax).contains(length) else { throw .wrongLength }
        guard room - TapeFormat.blockHeaderBytes >= length else { throw .cutPayload }

        sequence = file.littleEndian(UInt64.self, at: offset + 8)
        previousChecksum = file.littleEndian(UInt32.self, at: offset + 16)
        checksum = file.littleEndian(UInt32.self, at: offset + TapeFormat.blockChecksumOffset)
        let start = offset + TapeFormat.blockHeaderBytes
        payload = start..<start + length
        let head = file[offset..<offset + TapeFormat.blockChecksumOffset]
        let computed = Self.checksum(
            head: UnsafeRawBufferPointer(rebasing: head),
            payload: UnsafeRawBufferPointer(rebasing: file[payload]), seed: seed)
        guard computed == checksum else { throw .wrongChecksum }
    }

    /// The checksum over the header up to its place, and the payload.
    static func checksum(
        head: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer, seed: UInt32
    ) -> UInt32 {
        TapeFormat.checksum(payload, from: TapeFormat.checksum(head, from: seed))
    }

    /// How many entries the payload has; nil when they do not fill it exactly.
    func entryCount(in file: UnsafeRawBufferPointer) -> UInt64? {
        var count: UInt64 = 0
        var position = payload.lowerBound
        while position < payload.upperBound {
            guard payload.upperBound - position >= TapeFormat.entryHeaderBytes else { return nil }
            position += TapeFormat.entryHeaderBytes + TapeEntry.length(at: position, of: file)
            count += 1
        }
        return position == payload.upperBound ? count : nil
    }

    /// Whether a block of this tape, with a sequence that can still come, begins behind `offset`.
    ///
    /// The sequence is compared first: so bytes that only look like a header cost next to nothing.
    static func exists(
        behind offset: Int, of file: UnsafeRawBufferPointer, seed: UInt32,
        sequencesFrom next: UInt64
    ) -> Bool {
        let last = file.count - TapeFormat.blockHeaderBytes
        let followersMax = UInt64((file.count - offset) / TapeFormat.blockHeaderBytes)
        var position = offset + 1
        while position < last {
            if file.littleEndian(UInt32.self, at: position) == TapeFormat.blockMarker {
                let sequence = file.littleEndian(UInt64.self, at: position + 8)
                let isPlausible = sequence >= next && sequence - next <= followersMax
                if isPlausible,
                    (try? TapeBlock(at: position, of: file, seed: seed)) != nil
                {
                    return true
                }
            }
            position += 1
        }
        return false
    }
}

/// One entry of a tape: what it means is the affair of those who write and read it.
package struct TapeEntry {
    package var kind: UInt8
    /// Valid as long as the reader.
    package var bytes: UnsafeRawBufferPointer

    /// The entry whose header stands at `position`.
    init(at position: Int, of file: UnsafeRawBufferPointer) {
        let start = position + TapeFormat.entryHeaderBytes
        kind = file[start - 1]
        let end = start + Self.length(at: position, of: file)
        bytes = UnsafeRawBufferPointer(rebasing: file[start..<end])
    }

    static func length(at position: Int, of file: UnsafeRawBufferPointer) -> Int {
        Int(file.littleEndian(UInt32.self, at: position) & 0xFF_FFFF)
    }
}
