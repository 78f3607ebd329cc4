import Journal

/// Bytes one after the other, from wherever they are packed.
protocol ByteSource: AnyObject {
    /// Fills the front of `target`, which is not empty; 0 is the end of the data.
    func read(into target: UnsafeMutableRawBufferPointer) throws(SourceFault) -> Int

    /// How much of what is stored has been used, in bytes: for progress.
    var consumed: Int { get }
}

/// Why bytes cannot be had.
package enum SourceFault: Error, Equatable, Sendable {
    case zip(ZipFault)
    /// Of a plain or gzip file.
    case stored(LineReaderError.Reason)
}

extension SourceFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .zip(let fault): "\(fault)"
        case .stored(.file(let error)): "\(error)"
        case .stored(.truncated): "the compressed data end too early"
        case .stored(.corrupt(let detail)): "the compressed data are corrupt: \(detail)"
        case .stored(.lineTooLong(let limit)): "a line has more than \(limit) bytes"
        case .stored(.outOfMemory): "no memory for the decompressor"
        }
    }
}

/// A file that is plain or compressed by gzip.
final class StoredSource: ByteSource {
    private var input: GzipInput

    init(_ path: String) throws(SourceFault) {
        do throws(LineReaderError.Reason) {
            input = try GzipInput(path: path)
        } catch {
            throw .stored(error)
        }
    }

    var consumed: Int { input.fileOffset }

    func read(into target: UnsafeMutableRawBufferPointer) throws(SourceFault) -> Int {
        do throws(LineReaderError.Reason) {
            return try input.read(into: target)
        } catch {
            throw .stored(error)
        }
    }
}
