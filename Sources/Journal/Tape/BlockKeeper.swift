import Glibc

/// Keeps the blocks that a tape gets next where a kill cannot take them, without a call of the system.
///
/// A small file beside the tape is mapped, shared with the system: what is copied there is the system's at once,
/// as what is written is. The tape gets the blocks later, many with one call. Whoever reads the tape finds those that
/// it lacks here (`TapeReader`), and whoever goes on with it writes them first (`TapeWriter.writeKept`).
///
/// 1. Blocks stand one behind the other, and none is touched before the tape has it: a kill in the middle of a copy
///    leaves all that were kept before.
/// 2. A block is told from the rest of an older one by its checksum, and its place on the tape by its number and the
///    checksum of the block before.
/// 3. The room is allotted before it is mapped: a full disk shows there, and not as a signal in the middle of a copy.
struct BlockKeeper: ~Copyable {
    /// Room for all blocks that wait.
    static let bytes = 256 << 10

    private let path: String
    private let base: UnsafeMutableRawPointer
    private var used = 0

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

    func hasRoom(for block: UnsafeRawBufferPointer) -> Bool { block.count <= Self.bytes - used }

    /// Keeps a block; there is room.
    mutating func keep(_ block: UnsafeRawBufferPointer) {
        precondition(hasRoom(for: block), "there is room for the block")
        guard let start = block.baseAddress else { return }
        (base + used).copyMemory(from: start, byteCount: block.count)
        used += block.count
    }

    /// The tape has all.
    mutating func removeAll() { used = 0 }

    /// Removes the file: the tape has all, and nothing more is kept.
    func end() { unlink(path) }

    /// The bytes of the blocks behind the last one of a tape; empty when none was kept.
    static func blocks(
        beside tape: String, seed: UInt32, behind extent: TapeExtent, _ lastChecksum: UInt32
    ) throws(TapeError) -> [UInt8] {
        let file: MappedFile
        do throws(FileError) {
            file = try MappedFile(path(beside: tape))
        } catch {
            if error.code == ENOENT { return [] }
            throw .file(error)
        }
        guard file.bytes.count == bytes else { return [] }
        // Its writer may be going on: what was checked shall be what is taken.
        let kept = Array(file.bytes)
        return kept.withUnsafeBytes { Array(following(extent, lastChecksum, seed: seed, in: $0)) }
    }

    /// The part of the room where blocks stand that follow on the last one of a tape.
    private static func following(
        _ extent: TapeExtent, _ lastChecksum: UInt32, seed: UInt32, in room: UnsafeRawBufferPointer
    ) -> UnsafeRawBufferPointer {
        var (last, checksum) = (extent.blocks, lastChecksum)
        var (start, end) = (0, 0)
        while let block = try? TapeBlock(at: end, of: room, seed: seed), block.entryCount(in: room) != nil {
            if block.sequence == last + 1, block.previousChecksum == checksum {
                (last, checksum) = (block.sequence, block.checksum)
            } else if block.sequence <= extent.blocks, start == end {
                // The tape has got it since.
                start = block.payload.upperBound
            } else {
                break
            }
            end = block.payload.upperBound
        }
        return UnsafeRawBufferPointer(rebasing: room[start..<end])
    }
}
