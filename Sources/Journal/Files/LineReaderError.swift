/// Why a `GzipLineReader` could not deliver a line, and how far it came.
package struct LineReaderError: Error, Equatable, Sendable {
    package enum Reason: Error, Equatable, Sendable {
        /// The file cannot be opened or read.
        case file(FileError)
        /// The compressed data end in the middle.
        case truncated
        /// The compressed data are wrong, in zlib's words.
        case corrupt(String)
        /// A line has more bytes than the reader's limit.
        case lineTooLong(limit: Int)
        /// There was no memory for the decompressor.
        case outOfMemory
    }

    package var path: String
    package var reason: Reason
    /// The line that could not be delivered, from 1; every line before it was.
    package var line: Int
    /// How much of the file was used up to there, in bytes as stored.
    package var fileOffset: Int
}

extension LineReaderError: CustomStringConvertible {
    package var description: String {
        let place = "\(path): line \(line), byte \(fileOffset) of the file"
        switch reason {
        case .file(let error): return "\(place): \(error)"
        case .truncated: return "\(place): the compressed data end too early"
        case .corrupt(let detail): return "\(place): the compressed data are corrupt: \(detail)"
        case .lineTooLong(let limit): return "\(place): a line has more than \(limit) bytes"
        case .outOfMemory: return "\(place): no memory for the decompressor"
        }
    }
}
