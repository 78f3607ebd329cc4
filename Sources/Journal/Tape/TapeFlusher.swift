/// Brings the blocks of a tape to the disk from a thread that may wait, off the writer's one.
///
/// It holds the lock of the tape together with the writer: the tape can be resumed when both are
/// gone.
package struct TapeFlusher: ~Copyable, Sendable {
    let file: OpenFile

    /// Waits until the disk has all blocks that were committed before the call.
    ///
    /// After a failure nothing is certain about them: the owner ends the writer.
    package func flush() throws(TapeError) {
        do throws(FileError) {
            try file.synchronizeData()
        } catch {
            throw .synchronize(errno: error.code)
        }
    }
}
