import CZlib

// A log of segments is what comes in for days, in files of a bounded size: `NAME-000001.capture` and on. What its
// records mean is the affair of those who write and read it.
//
//     file    = header block*
//     header  = magic 8 · version 4 · metadata length 4 · session 8 · segment 8 · metadata · checksum 4
//     block   = marker 4 · stored length 4 · length 4 · records 4 · sequence 8 · first time 8 · last time 8 ·
//               checksum 4 · payload, deflated where that is shorter
//     payload = record+
//     record  = time 8 · length 4 · channel 3 · kind 1 · bytes
//
// All numbers are little-endian; checksums are CRC-32. Invariants:
//
// 1. A block is written with one call. What a kill leaves behind is a prefix of a block at the end of the last segment;
//    what was in memory, at most one block, is lost.
// 2. The checksum of a block starts from that of the file's header: a block of another file is none here.
// 3. Sequences count from 1 through all segments of a session, so that a block that is missing is seen.
// 4. The last record of a segment says that the log goes on in the next one, or that it was closed. Where neither is
//    there, the writer was cut short.
// 5. A segment is never written to again. Whoever goes on with a log begins a new session with a new segment.

/// The layout of a segment, and its limits.
package enum SegmentFormat {
    package static let version: UInt32 = 1
    /// What the caller may put into the header: 1 MiB.
    package static let metadataBytesMax = 1 << 20
    /// What one record holds: 16 MiB.
    package static let recordBytesMax = 16 << 20
    package static let channelMax: UInt32 = 0xFF_FFFF
    /// Kinds from here on are the log's own.
    package static let ownKinds: UInt8 = 0xF0

    /// The log goes on in the next segment.
    static let continuedKind: UInt8 = 0xF1
    static let closedKind: UInt8 = 0xF2

    /// What a block holds at most: a record that is larger than a block has one of its own.
    static let blockBytesMax = recordBytesMax + recordHeaderBytes
    /// `MARTSEG` and a newline, as a little-endian number.
    static let magic: UInt64 = 0x0A47_4553_5452_414D
    static let fileHeaderBytes = 32
    static let checksumBytes = 4
    static let blockMarker: UInt32 = 0x4745_53F5
    static let blockHeaderBytes = 44
    static let blockChecksumOffset = 40
    static let recordHeaderBytes = 16

    package static let suffix = ".capture"

    /// `NAME-000001.capture`
    static func fileName(_ name: String, _ segment: UInt64) -> String {
        let digits = "\(segment)"
        return "\(name)-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits)\(suffix)"
    }
}

/// What a log may keep in memory, and how large its files become.
package struct SegmentSettings: Equatable, Sendable {
    /// Bytes of a block before it is compressed and written.
    package var blockBytes = 256 << 10
    /// How long records wait in memory at most, in nanoseconds: what a kill costs.
    package var blockAge: Int64 = 250_000_000
    /// How often what was written is brought to the disk: what a power cut costs.
    package var syncEvery: Int64 = 1_000_000_000
    package var segmentBytes = 256 << 20
    package var segmentAge: Int64 = 3_600_000_000_000
    /// 1 fastest to 9 smallest.
    package var level: Int32 = 1

    package init() {}
}

/// Why a log cannot be written or read.
package enum SegmentError: Error, Equatable, Sendable {
    case file(FileError)
    case notASegment(path: String)
    case unsupportedVersion(path: String, version: UInt32)
    case damagedHeader(path: String)
    /// Somebody is writing to the log.
    case inUse(path: String)
}

extension SegmentError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .notASegment(let path): "\(path): no segment of a recording"
        case .unsupportedVersion(let path, let version):
            "\(path): of version \(version), and this program reads \(SegmentFormat.version)"
        case .damagedHeader(let path): "\(path): the header is damaged or cut"
        case .inUse(let path): "\(path): another process is writing to this recording"
        }
    }
}
