import Glibc

/// Keeps the block that a tape gets next where a kill cannot take it, without a call of the system.
///
/// A small file beside the tape is mapped, shared with the system: what is copied there is the system's at once,
/// as what is written is. The tape gets the block when what it tells of has left. Whoever goes on with the tape
/// after a kill looks here first (`TapeWriter.writeKept`).
///
/// 1. Two places take turns: a kill in the middle of a copy leaves the one before.
/// 2. A block is told from the rest of an older one by its checksum, and its place on the tape by its number and the
///    checksum of the block before.
/// 3. The room is allotted before it is mapped: a full disk shows there, and not as a signal in the middle of a copy.
struct BlockKeeper: ~Copyable {
    /// The largest block that is kept.
    static let placeBytes = 128 << 10
    private static let bytes = 2 * placeBytes

    private let path: String
    private let base: UnsafeMutableRawPointer
    private var isSecondNext = false

    static func path(beside tape: String) -> String { tape + ".kept" }

    /// Makes the file anew; nil where the system does not give it: then blocks are written at once.
    init?(beside tape: String) {
        path = Self.path(beside: tape)
        let flags = O_RDWR | O_CREAT | O_TRUNC
        guard let file = try? OpenFile(path, flags, permissions: S_IRUSR | S_IWUSR, as: .create),
            posix_fallocate(file.descriptor, 0, Self.bytes) == 0,
            let address = mmap(nil, Self.bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file.descriptor, 0),
            address != MAP_FAILED
        else { return nil }
        base = address
        // The pages are had now, and not with the first orders.
        memset(base, 0, Self.bytes)
    }

    deinit { munmap(base, Self.bytes) }

    /// Keeps a block, or a longer version of the same; false when it is too large.
    mutating func keep(_ block: UnsafeRawBufferPointer) -> Bool {
        guard block.count <= Self.placeBytes, let start = block.baseAddress else { return false }
        let place = isSecondNext ? base + Self.placeBytes : base
        place.copyMemory(from: start, byteCount: block.count)
        isSecondNext.toggle()
        return true
    }

    /// Removes the file: the tape has all.
    func remove() { unlink(path) }

    /// The bytes of the block behind the last one of a tape; nil when none was kept.
    static func block(
        beside tape: String, seed: UInt32, behind extent: TapeExtent, _ lastChecksum: UInt32
    ) throws(TapeError) -> [UInt8]? {
        let file: MappedFile
        do throws(FileError) {
            file = try MappedFile(path(beside: tape))
        } catch {
            if error.code == ENOENT { return nil }
            throw .file(error)
        }
        guard file.bytes.count == bytes else { return nil }
        var newest: [UInt8]?
        for start in [0, placeBytes] {
            let place = UnsafeRawBufferPointer(rebasing: file.bytes[start..<start + placeBytes])
            guard let block = try? TapeBlock(at: 0, of: place, seed: seed),
                block.sequence == extent.blocks + 1, block.previousChecksum == lastChecksum,
                block.entryCount(in: place) != nil, block.payload.upperBound > newest?.count ?? 0
            else { continue }
            // Of two versions of one block the longer has what came later too.
            newest = Array(place[..<block.payload.upperBound])
        }
        return newest
    }
}
