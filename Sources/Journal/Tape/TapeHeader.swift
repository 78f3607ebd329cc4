/// What stands in front of the blocks of a tape.
struct TapeHeader {
    var metadata: [UInt8]
    var checksum: UInt32
    /// The length in the file, checksum included: where the first block begins.
    var byteCount: Int {
        TapeFormat.fileHeaderBytes + metadata.count + TapeFormat.checksumBytes
    }

    /// The header as it is written, its checksum at the end.
    static func encode(metadata: [UInt8]) -> (bytes: [UInt8], checksum: UInt32) {
        var bytes: [UInt8] = []
        withUnsafeBytes(of: TapeFormat.magic.littleEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: TapeFormat.version.littleEndian) { bytes.append(contentsOf: $0) }
        withUnsafeBytes(of: UInt32(metadata.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: metadata)
        let checksum = bytes.withUnsafeBytes { TapeFormat.checksum($0, from: 0) }
        withUnsafeBytes(of: checksum.littleEndian) { bytes.append(contentsOf: $0) }
        return (bytes, checksum)
    }

    /// Reads and checks the header of a file.
    init(of file: MappedFile) throws(TapeError) {
        let path = file.path
        let bytes = file.bytes
        let magic = withUnsafeBytes(of: TapeFormat.magic.littleEndian) { Array($0) }
        guard bytes.prefix(magic.count).elementsEqual(magic.prefix(bytes.count)) else {
            throw .notATape(path: path)
        }
        guard bytes.count >= TapeFormat.fileHeaderBytes else { throw .tornHeader(path: path) }
        let version = bytes.littleEndian(UInt32.self, at: 8)
        guard version == TapeFormat.version else { throw .unsupportedVersion(version, path: path) }
        let metadataCount = Int(bytes.littleEndian(UInt32.self, at: 12))
        guard metadataCount <= TapeFormat.metadataBytesMax else {
            throw .damagedHeader(path: path)
        }
        let end = TapeFormat.fileHeaderBytes + metadataCount
        guard bytes.count >= end + TapeFormat.checksumBytes else { throw .tornHeader(path: path) }
        let head = UnsafeRawBufferPointer(rebasing: bytes[..<end])
        checksum = TapeFormat.checksum(head, from: 0)
        guard bytes.littleEndian(UInt32.self, at: end) == checksum else {
            throw .damagedHeader(path: path)
        }
        metadata = Array(head[TapeFormat.fileHeaderBytes...])
    }
}
