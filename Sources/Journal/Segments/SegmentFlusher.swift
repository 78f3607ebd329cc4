/// Brings the blocks of a segment to the disk from a thread that may wait, off the writer's one.
package final class SegmentFlusher: Sendable {
    private let file: OpenFile

    init(_ file: consuming OpenFile) { self.file = file }

    /// Waits until the disk has all blocks of the segment that were written before the call.
    package func flush() throws(FileError) { try file.synchronizeData() }
}
