/// Why a tape cannot be written or read.
package enum TapeError: Error, Equatable, Sendable {
    /// The file cannot be created, opened, locked, mapped or cut.
    case file(FileError)
    /// Another writer has the tape.
    case inUse(path: String)
    /// The file is something else.
    case notATape(path: String)
    /// The file ends inside its header: the session ended before it began.
    case tornHeader(path: String)
    /// The header is not what was written.
    case damagedHeader(path: String)
    /// Written by a version of Martlet that this one does not know.
    case unsupportedVersion(UInt32, path: String)
    /// More metadata than `TapeFormat.metadataBytesMax`.
    case metadataTooLarge(byteCount: Int)
    /// An entry of more than `TapeFormat.entryBytesMax`; the writer stays usable.
    case entryTooLarge(byteCount: Int)
    /// A block could not be written; the writer refuses everything from then on.
    case write(errno: Int32)
    /// Written blocks could not be brought to the disk; the writer refuses everything from then on.
    case synchronize(errno: Int32)
    /// The writer failed before, with this error, and stays closed.
    case failedEarlier(errno: Int32)
    /// Bad bytes with good blocks behind them, or a block that does not belong to its place.
    case damaged(TapeFault, path: String)
}

/// How much of a tape is good, from its beginning.
package struct TapeExtent: Equatable, Sendable {
    package var blocks: UInt64 = 0
    package var entries: UInt64 = 0
    /// Bytes of the file, its header included.
    package var bytes: Int = 0
}

/// Where and why a tape stops being good.
package struct TapeFault: Equatable, Sendable {
    package enum Reason: Error, Equatable, Sendable {
        /// The file ends inside the header of a block.
        case cutHeader
        /// The file ends inside the payload of a block.
        case cutPayload
        /// No block begins here.
        case wrongMarker
        /// The length is zero or above the limit.
        case wrongLength
        /// The checksum does not fit the bytes.
        case wrongChecksum
        /// A good block, but not the next one.
        case wrongSequence(found: UInt64)
        /// A good block of the right number behind another predecessor.
        case brokenChain
        /// A good block whose entries do not fill it exactly.
        case malformedEntries
    }

    package var reason: Reason
    /// What is good; the fault is at byte `good.bytes` of the file.
    package var good: TapeExtent
    /// How many bytes of the file are refused, from the fault to the end.
    package var refusedBytes: Int
}

/// How the readable part of a tape ends.
package enum TapeEnd: Equatable, Sendable {
    /// With a complete block, or without any.
    case clean
    /// With a write that did not finish: normal after a kill or a power cut.
    case torn(TapeFault)
}

extension TapeFault: CustomStringConvertible {
    package var description: String {
        "byte \(good.bytes): \(reason) (\(good.blocks) blocks with \(good.entries) entries are"
            + " good, \(refusedBytes) bytes are not)"
    }
}

extension TapeFault.Reason: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cutHeader: "the file ends inside the header of a block"
        case .cutPayload: "the file ends inside a block"
        case .wrongMarker: "no block begins here"
        case .wrongLength: "the length of the block is out of range"
        case .wrongChecksum: "the checksum of the block is wrong"
        case .wrongSequence(let found): "the block is number \(found), not the next one"
        case .brokenChain: "the block belongs behind another one"
        case .malformedEntries: "the entries do not fill the block"
        }
    }
}

extension TapeError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let error): error.description
        case .inUse(let path): "\(path) is being written by another process"
        case .notATape(let path): "\(path) is not a tape"
        case .tornHeader(let path): "\(path) ends inside its header: nothing was recorded"
        case .damagedHeader(let path): "\(path) has a damaged header"
        case .unsupportedVersion(let found, let path):
            "\(path) has format \(found), this program reads format \(TapeFormat.version)"
        case .metadataTooLarge(let count):
            "\(count) bytes of metadata, at most \(TapeFormat.metadataBytesMax) fit"
        case .entryTooLarge(let count):
            "an entry of \(count) bytes, at most \(TapeFormat.entryBytesMax) fit"
        case .write(let code): "cannot write the tape: \(systemErrorText(code))"
        case .synchronize(let code): "cannot flush the tape: \(systemErrorText(code))"
        case .failedEarlier(let code):
            "the tape is closed since it failed: \(systemErrorText(code))"
        case .damaged(let fault, let path): "\(path) is damaged at \(fault)"
        }
    }
}
