import Glibc

/// When the blocks of a tape reach the disk.
package enum TapePolicy: Sendable {
    /// A commit hands the block to the system: it survives the process, not a power cut.
    case process
    /// A commit waits until the disk has the block.
    case power
}

/// Writes a tape: entries are gathered in memory, a commit writes them as one block.
///
/// - An entry survives the process from the commit on; what was not committed is lost with the
///   writer. In the steady state neither allocates.
/// - The first failed write or flush closes the writer for good (`TapeError.failedEarlier`): behind
///   a block that may be torn nothing is written any more.
/// - A limit on the size of files comes as `EFBIG` only where the program ignores `SIGXFSZ`.
package struct TapeWriter: ~Copyable {
    /// Where the memory for a block begins; it grows by doubling up to the largest block.
    private static let blockBytesInitial = 256 << 10

    let file: OpenFile
    private let policy: TapePolicy
    private let seed: UInt32
    private var previousChecksum: UInt32
    /// Blocks that are kept and not written, and behind them the one being gathered, with room for its header.
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    /// Where the block being gathered begins.
    private var start = 0
    private var filled = TapeFormat.blockHeaderBytes
    /// Of the block being gathered.
    private var pendingEntries: UInt64 = 0
    /// Blocks and entries in front of it.
    private var kept = (blocks: UInt64(0), entries: UInt64(0))
    private var failure: Int32?
    /// Nil where blocks are not kept before they are written.
    private var keeper: BlockKeeper?

    /// What was committed, in this session and before.
    package private(set) var extent: TapeExtent

    /// What resuming had to cut off: the rest of a write that did not finish.
    package let removedTail: TapeFault?

    /// Creates a tape that only its owner may read and write; an existing file is an error.
    ///
    /// - Parameter keepsBlocks: whether `keep` is to do without a call of the system.
    package init(
        creating path: String, metadata: [UInt8], policy: TapePolicy, keepsBlocks: Bool = false
    ) throws(TapeError) {
        guard metadata.count <= TapeFormat.metadataBytesMax else {
            throw .metadataTooLarge(byteCount: metadata.count)
        }
        let header = TapeHeader.encode(metadata: metadata)
        file = try Self.create(path, header: header.bytes, policy: policy)
        self.policy = policy
        seed = header.checksum
        previousChecksum = header.checksum
        extent = TapeExtent(bytes: header.bytes.count)
        removedTail = nil
        capacity = Self.blockBytesInitial
        memory = .allocate(byteCount: capacity, alignment: 16)
        keeper = Self.makeKeeper(path, policy, keepsBlocks)
    }

    /// Continues a tape behind its last good block; a torn tail is cut off, damage is an error. What was kept beside it
    /// is forgotten: `writeKept` comes before.
    package init(resuming path: String, policy: TapePolicy, keepsBlocks: Bool = false) throws(TapeError) {
        let tape = try Self.recover(path, policy: policy)
        self.policy = policy
        seed = tape.seed
        previousChecksum = tape.lastChecksum
        extent = tape.extent
        removedTail = tape.removedTail
        capacity = Self.blockBytesInitial
        memory = .allocate(byteCount: capacity, alignment: 16)
        file = tape.file
        keeper = Self.makeKeeper(path, policy, keepsBlocks)
    }

    deinit {
        memory.deallocate()
    }

    /// How many bytes wait for the next commit.
    package var pendingBytes: Int { filled - TapeFormat.blockHeaderBytes }

    /// Whether blocks are kept and not written.
    package var holdsKept: Bool { kept.blocks > 0 }

    /// Adds an entry to the block being gathered. A block that would become too large is committed
    /// before.
    package mutating func append(
        kind: UInt8, _ bytes: UnsafeRawBufferPointer
    ) throws(TapeError) {
        try reserve(kind: kind, byteCount: bytes.count).copyMemory(from: bytes)
    }

    /// Adds an entry and returns the place for its bytes, valid until the next call.
    ///
    /// The caller fills all of it: it may hold bytes of earlier entries.
    package mutating func reserve(
        kind: UInt8, byteCount: Int
    ) throws(TapeError) -> UnsafeMutableRawBufferPointer {
        if let failure { throw .failedEarlier(errno: failure) }
        guard (0...TapeFormat.entryBytesMax).contains(byteCount) else {
            throw .entryTooLarge(byteCount: byteCount)
        }
        let needed = TapeFormat.entryHeaderBytes + byteCount
        if payloadBytes + needed > TapeFormat.payloadBytesMax { try commit() }
        if filled + needed > capacity { grow(toHold: filled + needed) }
        let header = UInt32(byteCount) | UInt32(kind) << 24
        memory.storeBytes(of: header.littleEndian, toByteOffset: filled, as: UInt32.self)
        let place = memory + (filled + TapeFormat.entryHeaderBytes)
        filled += needed
        pendingEntries += 1
        return UnsafeMutableRawBufferPointer(start: place, count: byteCount)
    }

    /// Makes the gathered entries survive the process as one block, as `commit` does, but leaves it to the next
    /// `commit` to write them: for what cannot wait for a call of the system. Where blocks are not kept, or there is no
    /// room for more of them, it is `commit`.
    package mutating func keep() throws(TapeError) {
        if let failure { throw .failedEarlier(errno: failure) }
        guard pendingEntries > 0 else { return }
        let block = UnsafeRawBufferPointer(start: memory + start, count: filled - start)
        guard keeper?.hasRoom(for: block) ?? false else { return try commit() }
        endBlock()
        keeper?.keep(block)
    }

    /// Removes what stands beside the tape, which has all.
    package mutating func endKeeping() {
        keeper?.end()
        keeper = nil
    }

    /// Writes what was kept, and the gathered entries as one block; without either it does nothing.
    package mutating func commit() throws(TapeError) {
        if let failure { throw .failedEarlier(errno: failure) }
        if pendingEntries > 0 { endBlock() }
        guard start > 0 else { return }
        do throws(FileError) {
            try file.write(UnsafeRawBufferPointer(start: memory, count: start).bytes)
        } catch {
            failure = error.code
            throw .write(errno: error.code)
        }
        extent.blocks += kept.blocks
        extent.entries += kept.entries
        extent.bytes += start
        kept = (0, 0)
        start = 0
        filled = TapeFormat.blockHeaderBytes
        keeper?.removeAll()
        if policy == .power { try synchronize() }
    }

    /// Waits until the disk has all committed blocks, whatever the policy.
    package mutating func synchronize() throws(TapeError) {
        if let failure { throw .failedEarlier(errno: failure) }
        do throws(FileError) {
            try file.synchronizeData()
        } catch {
            // After a failed flush the system may have dropped the pages: nothing is certain.
            failure = error.code
            throw .synchronize(errno: error.code)
        }
    }

    /// A handle by which another thread brings the committed blocks to the disk.
    package func makeFlusher() throws(TapeError) -> TapeFlusher {
        do throws(FileError) {
            return TapeFlusher(file: try OpenFile(duplicating: file))
        } catch {
            throw .file(error)
        }
    }

    /// Commits, brings everything to the disk and ends the tape.
    package consuming func close() throws(TapeError) {
        try commit()
        try synchronize()
    }

    /// Of the block being gathered.
    private var payloadBytes: Int { filled - start - TapeFormat.blockHeaderBytes }

    /// Completes the header of the gathered block, and begins the next one behind it.
    private mutating func endBlock() {
        let block = memory + start
        let length = payloadBytes
        let sequence = extent.blocks + kept.blocks + 1
        block.storeBytes(of: TapeFormat.blockMarker.littleEndian, as: UInt32.self)
        block.storeBytes(of: UInt32(length).littleEndian, toByteOffset: 4, as: UInt32.self)
        block.storeBytes(of: sequence.littleEndian, toByteOffset: 8, as: UInt64.self)
        block.storeBytes(of: previousChecksum.littleEndian, toByteOffset: 16, as: UInt32.self)
        let offset = TapeFormat.blockChecksumOffset
        let sum = TapeBlock.checksum(
            head: UnsafeRawBufferPointer(start: block, count: offset),
            payload: UnsafeRawBufferPointer(start: block + TapeFormat.blockHeaderBytes, count: length),
            seed: seed)
        block.storeBytes(of: sum.littleEndian, toByteOffset: offset, as: UInt32.self)
        previousChecksum = sum
        kept.blocks += 1
        kept.entries += pendingEntries
        pendingEntries = 0
        start = filled
        filled += TapeFormat.blockHeaderBytes
    }

    private mutating func grow(toHold needed: Int) {
        // The header that is still to come may stand beyond the end.
        let used = min(filled, capacity)
        while capacity < needed { capacity *= 2 }
        let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
        larger.copyMemory(from: memory, byteCount: used)
        memory.deallocate()
        memory = larger
    }
}
