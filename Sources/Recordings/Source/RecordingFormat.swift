import Journal

/// The formats that recordings come in; compressed or not makes no difference.
package enum RecordingFormat: Equatable, Sendable {
    /// Lines of `<local nanoseconds> <frame>`, as Binance sent the frames.
    case rawFrames
    /// A table of trades with a header line.
    case tradeTable
    /// Records of this program.
    case records
    /// What `record` wrote: segments, or a folder of them.
    case capture

    /// Tells the format of a file by its first bytes.
    package init(sniffing path: String) throws(RecordingError) {
        if SegmentFolder.isFolder(path), try !CaptureReader.segments([path]).isEmpty {
            self = .capture
            return
        }
        do throws(FileError) {
            let file = try MappedFile(path)
            let isRecords = file.withBytes { $0.starts(with: "MARTLETR".utf8) }
            if isRecords {
                self = .records
                return
            }
            if file.withBytes({ $0.starts(with: "MARTSEG\n".utf8) }) {
                self = .capture
                return
            }
        } catch {
            throw .file(error)
        }
        let format: RecordingFormat?
        do throws(LineReaderError) {
            var lines = try GzipLineReader(path: path)
            format = try lines.next().flatMap { Self(firstLine: $0) }
        } catch {
            throw .lines(error)
        }
        guard let format else { throw .unknownFormat(path: path) }
        self = format
    }

    private init?(firstLine line: UnsafeBufferPointer<UInt8>) {
        if let raw = RawFrameLine(line), raw.frame.first == UInt8(ascii: "{") {
            self = .rawFrames
        } else if TradeColumns(header: line) != nil {
            self = .tradeTable
        } else {
            return nil
        }
    }
}
