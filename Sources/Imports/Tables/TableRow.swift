/// Takes the lines of a table apart, into a buffer that is used again.
struct TableRow {
    /// The most cells of a row; more are an error.
    static let cellsMax = 256
    private static let quote = UInt8(ascii: "\"")

    private(set) var cells: [UnsafeBufferPointer<UInt8>] = []
    private let separator: UInt8

    init(separator: UInt8 = UInt8(ascii: ",")) {
        self.separator = separator
        cells.reserveCapacity(16)
    }

    /// Splits a line; the cells are valid as long as it is.
    ///
    /// A cell may stand in double quotes, which are not part of it; separators inside do not count. Two quotes in a
    /// row inside such a cell stay as they are, since no cell that is looked at has any. A line break inside quotes
    /// is not read.
    mutating func split(_ line: UnsafeBufferPointer<UInt8>) throws(RowFault) {
        cells.removeAll(keepingCapacity: true)
        var start = 0
        while true {
            guard cells.count < Self.cellsMax else { throw .tooManyCells(limit: Self.cellsMax) }
            let isQuoted = start < line.count && line[start] == Self.quote
            let end = isQuoted ? try quotedEnd(line, start) : plainEnd(line, start)
            let range = isQuoted ? (start + 1)..<(end - 1) : start..<end
            cells.append(UnsafeBufferPointer(rebasing: line[range]))
            if end == line.count { return }
            start = end + 1
        }
    }

    private func plainEnd(_ line: UnsafeBufferPointer<UInt8>, _ start: Int) -> Int {
        var index = start
        while index < line.count, line[index] != separator { index += 1 }
        return index
    }

    /// Behind the quote that ends the cell.
    private func quotedEnd(_ line: UnsafeBufferPointer<UInt8>, _ start: Int) throws(RowFault) -> Int {
        var index = start + 1
        while index < line.count {
            if line[index] == Self.quote {
                index += 1
                if index == line.count || line[index] == separator { return index }
                guard line[index] == Self.quote else { throw .textBehindQuote(column: cells.count + 1) }
            }
            index += 1
        }
        throw .openQuote(column: cells.count + 1)
    }
}
