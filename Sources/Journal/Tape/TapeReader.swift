/// Reads a tape entry by entry, and says exactly where and why it stops.
///
/// A block is checked as a whole before its first entry is delivered. What follows the last good
/// block decides the end: nothing (`.clean`), the rest of a write that did not finish
/// (`.torn`, both end the iteration) or damage, which is thrown. See `TapeFormat` for the rules.
/// Behind the end come the blocks that are kept beside the tape, if there are any.
package struct TapeReader: ~Copyable {
    private let file: MappedFile
    /// The file's, then those that were kept beside it.
    private var bytes: UnsafeRawBufferPointer
    /// Where `bytes` begins on the tape.
    private var origin = 0
    /// Holds what was kept; nil while the file is read.
    private var kept: UnsafeMutableRawBufferPointer?
    /// Whether the end of the file is followed by what was kept beside it.
    private let looksBeside: Bool
    /// The checksum of the header, from which all others start.
    let seed: UInt32
    /// The checksum of the last good block; of the header before the first.
    private(set) var lastChecksum: UInt32
    private var position = 0
    private var blockEnd = 0
    private var damage: TapeFault?

    /// What the writer put into the header.
    package let metadata: [UInt8]

    /// What is good so far; counts the block whose entries are being delivered as a whole.
    package private(set) var extent: TapeExtent

    /// How the tape ends; nil until the end is reached.
    package private(set) var end: TapeEnd?

    /// Opens a tape as long as it is now; it may still be in use by its writer.
    package init(path: String) throws(TapeError) {
        let file: MappedFile
        do throws(FileError) {
            file = try MappedFile(path)
        } catch {
            throw .file(error)
        }
        try self.init(file, looksBeside: true)
    }

    /// - Parameter looksBeside: whether what was kept beside the file counts.
    init(_ file: MappedFile, looksBeside: Bool = false) throws(TapeError) {
        let header = try TapeHeader(of: file)
        self.file = file
        self.looksBeside = looksBeside
        bytes = file.bytes
        seed = header.checksum
        lastChecksum = header.checksum
        metadata = header.metadata
        extent = TapeExtent(bytes: header.byteCount)
    }

    deinit { kept?.deallocate() }

    /// The next entry; nil at the end, which `end` then tells. Damage is thrown, again and again.
    package mutating func next() throws(TapeError) -> TapeEntry? {
        if position == blockEnd, try !openBlock() { return nil }
        let entry = TapeEntry(at: position, of: bytes)
        position += TapeFormat.entryHeaderBytes + entry.bytes.count
        return entry
    }

    /// Checks the whole rest without delivering it.
    package mutating func verify() throws(TapeError) -> TapeEnd {
        while true {
            if try !openBlock(), let end { return end }
        }
    }

    /// Steps to the next block; false at the end.
    private mutating func openBlock() throws(TapeError) -> Bool {
        if let damage { throw .damaged(damage, path: file.path) }
        if end != nil { return false }
        if extent.bytes == origin + bytes.count {
            return try end(as: .clean)
        }
        let offset = extent.bytes - origin
        let block: TapeBlock
        do throws(TapeFault.Reason) {
            block = try TapeBlock(at: offset, of: bytes, seed: seed)
        } catch {
            let isDamage = TapeBlock.exists(
                behind: offset, of: bytes, seed: seed, sequencesFrom: extent.blocks + 1)
            if isDamage { throw fail(error) }
            return try end(as: .torn(fault(error)))
        }
        // A good block in a wrong place was not left there by an unfinished write.
        guard block.sequence == extent.blocks + 1 else {
            throw fail(.wrongSequence(found: block.sequence))
        }
        guard block.previousChecksum == lastChecksum else { throw fail(.brokenChain) }
        guard let entries = block.entryCount(in: bytes) else { throw fail(.malformedEntries) }

        lastChecksum = block.checksum
        position = block.payload.lowerBound
        blockEnd = block.payload.upperBound
        extent.blocks += 1
        extent.entries += entries
        extent.bytes = origin + blockEnd
        return true
    }

    /// The end, unless more was kept beside the file: then the first block of that is opened.
    private mutating func end(as end: TapeEnd) throws(TapeError) -> Bool {
        let blocks = try kept == nil && looksBeside ? keptBlocks() : []
        guard !blocks.isEmpty else {
            self.end = end
            return false
        }
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: blocks.count, alignment: 16)
        memory.copyBytes(from: blocks)
        kept = memory
        bytes = UnsafeRawBufferPointer(memory)
        origin = extent.bytes
        return try openBlock()
    }

    private func keptBlocks() throws(TapeError) -> [UInt8] {
        try BlockKeeper.blocks(beside: file.path, seed: seed, behind: extent, lastChecksum)
    }

    private func fault(_ reason: TapeFault.Reason) -> TapeFault {
        TapeFault(reason: reason, good: extent, refusedBytes: origin + bytes.count - extent.bytes)
    }

    private mutating func fail(_ reason: TapeFault.Reason) -> TapeError {
        let fault = fault(reason)
        damage = fault
        position = blockEnd
        return .damaged(fault, path: file.path)
    }
}
