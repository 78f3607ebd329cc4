/// Takes the lines of a comma-separated table apart, into a buffer that is used again.
struct TableRow {
    /// The most columns that are looked at; further ones are ignored.
    static let columnsMax = 64

    private(set) var cells: [UnsafeBufferPointer<UInt8>] = []

    /// Splits a line. Cells may stand in double quotes, which are removed; commas inside do not count.
    /// A carriage return at the end is no part of the last cell.
    mutating func split(_ text: UnsafeBufferPointer<UInt8>) {
        let line = text.last == UInt8(ascii: "\r") ? .init(rebasing: text.dropLast()) : text
        cells.removeAll(keepingCapacity: true)
        var start = 0
        var isQuoted = false
        for index in 0...line.count {
            if index < line.count {
                if line[index] == UInt8(ascii: "\"") { isQuoted.toggle() }
                if isQuoted || line[index] != UInt8(ascii: ",") { continue }
            }
            if cells.count == Self.columnsMax { return }
            cells.append(Self.bare(line, start..<index))
            start = index + 1
        }
    }

    private static func bare(
        _ line: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
    ) -> UnsafeBufferPointer<UInt8> {
        let quote = UInt8(ascii: "\"")
        let isQuoted =
            range.count >= 2 && line[range.lowerBound] == quote
            && line[range.upperBound - 1] == quote
        return UnsafeBufferPointer(rebasing: line[isQuoted ? range.dropFirst().dropLast() : range])
    }
}
