/// Why bytes are no record file of this version.
public enum RecordFormatError: Error, Equatable, Sendable {
    /// The file ends inside its header.
    case truncatedHeader
    /// The first bytes are not those of a record file.
    case badMagic
    /// The file is of a later version than this program.
    case newerVersion(UInt32)
    /// The header's checksum does not fit its bytes.
    case headerDamaged
    /// The header is intact and yet makes no sense: a length, a count or padding.
    case malformedHeader
    /// A market of the header, counted from 0, has an impossible name, scale or step.
    case malformedMarket(Int)
    /// The bytes after the header are not the records that it counts.
    case countMismatch(declared: UInt64, bytes: Int)
    /// A record, counted from 0, has a kind that this version does not know.
    case unknownKind(record: Int, code: UInt8)
    /// A record belongs to a market that the header does not list.
    case unknownMarket(record: Int, index: UInt16)
    /// A record has flags, a reason or a state that its kind cannot have.
    case malformedRecord(Int)
    /// A record was received before the one in front of it, or outside the header's times.
    case timeBackwards(record: Int)
}

extension RecordFormatError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .truncatedHeader: "the file ends inside its header"
        case .badMagic: "not a record file of Martlet"
        case .newerVersion(let version):
            "record format \(version) is newer than \(RecordFileHeader.version), which is read here"
        case .headerDamaged: "the checksum of the header is wrong"
        case .malformedHeader: "the header makes no sense"
        case .malformedMarket(let index): "market \(index) of the header makes no sense"
        case .countMismatch(let declared, let bytes):
            "\(declared) records of \(MarketRecord.byteCount) bytes are declared,"
                + " but \(bytes) bytes follow the header"
        case .unknownKind(let record, let code): "record \(record) has the unknown kind \(code)"
        case .unknownMarket(let record, let index):
            "record \(record) names market \(index), which the header does not list"
        case .malformedRecord(let record): "record \(record) makes no sense"
        case .timeBackwards(let record): "time goes backwards at record \(record)"
        }
    }
}
