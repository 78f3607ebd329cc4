import CZlib

// A tape is one append-only file per session: everything that came in and everything that was
// decided, in order, so that the session can be read back after any end, a kill or a power cut
// included.
//
//     file    = header block*
//     header  = magic 8 · version 4 · metadata length 4 · metadata · checksum 4
//     block   = marker 4 · length 4 · sequence 8 · previous checksum 4 · checksum 4 · payload
//     payload = entry+
//     entry   = length 3 · kind 1 · bytes
//
// All numbers are little-endian; checksums are CRC-32. Invariants:
//
// 1. A block is written with one call, after everything before it: what a kill can leave behind is
//    a prefix of a block at the end of the file, and nothing else.
// 2. The checksum of a block covers its header up to there and its payload, and starts from the
//    checksum of the file's header: a block of another tape, or one that was recorded inside an
//    entry, is no block here.
// 3. Sequences count from 1 without gaps, and each block carries the checksum of the one before
//    (the first one: of the header): blocks cannot be left out, repeated or exchanged.
// 4. Bad bytes with a good block behind them are damage, and an error. Bad bytes up to the end are
//    the torn tail of a write that did not finish: normal, told, and cut off by resuming.

/// The layout of a tape, and its limits.
package enum TapeFormat {
    /// The version that is written; the only one that is read.
    package static let version: UInt32 = 1

    /// The most that the caller may put into the header: 64 KiB.
    package static let metadataBytesMax = 64 << 10

    /// The most that one block holds, with the four bytes of every entry's header: 16 MiB.
    package static let payloadBytesMax = 16 << 20

    /// The most that one entry holds.
    package static let entryBytesMax = payloadBytesMax - entryHeaderBytes

    /// `MARTLET` and a newline, as a little-endian number.
    static let magic: UInt64 = 0x0A54_454C_5452_414D
    static let fileHeaderBytes = 16
    static let checksumBytes = 4

    /// Begins with a byte that no text has, so that the search for a later block is quick.
    static let blockMarker: UInt32 = 0x4B4C_42F5
    static let blockHeaderBytes = 24
    /// Where the checksum stands in the header of a block.
    static let blockChecksumOffset = 20

    static let entryHeaderBytes = 4

    /// CRC-32 of the bytes, continued from `seed`.
    static func checksum(_ bytes: UnsafeRawBufferPointer, from seed: UInt32) -> UInt32 {
        guard let base = bytes.baseAddress else { return seed }
        return czlib_crc32(seed, base, bytes.count)
    }
}

extension UnsafeRawBufferPointer {
    /// A little-endian number; the caller has checked that it lies inside.
    func littleEndian<Number: FixedWidthInteger & BitwiseCopyable>(
        _ type: Number.Type, at offset: Int
    ) -> Number {
        Number(littleEndian: loadUnaligned(fromByteOffset: offset, as: type))
    }
}
