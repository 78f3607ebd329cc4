import Journal

/// The lines of several files, one file after the other.
struct LineSequence: ~Copyable {
    private let paths: [String]
    private var index = 0
    private var reader: GzipLineReader?
    /// How many lines were delivered, of all files.
    private(set) var lineCount = 0
    /// The number of the last line in its file, from 1.
    private(set) var lineNumber = 0

    init(_ paths: [String]) {
        self.paths = paths
    }

    /// The file of the last line.
    var path: String { paths[min(index, paths.count - 1)] }

    /// The next line, valid until the next call; nil at the end of the last file.
    mutating func next() throws(RecordingError) -> UnsafeBufferPointer<UInt8>? {
        do throws(LineReaderError) {
            while index < paths.count {
                if reader == nil { reader = try GzipLineReader(path: paths[index]) }
                if let line = try reader?.next() {
                    lineCount += 1
                    lineNumber += 1
                    return line
                }
                reader = nil
                lineNumber = 0
                index += 1
            }
        } catch {
            throw .lines(error)
        }
        return nil
    }

    /// The error of the last line.
    func error(_ fault: LineFault) -> RecordingError {
        .line(path: path, number: lineNumber, fault: fault)
    }
}
