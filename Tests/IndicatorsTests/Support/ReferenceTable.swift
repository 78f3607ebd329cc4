import Foundation
import Testing

/// A table that `Reference/make-reference.py` has written: columns by name, an empty cell is nil.
struct ReferenceTable {
    let rowCount: Int
    private let columns: [String: [Double?]]

    init(_ name: String) throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let text = try String(contentsOf: folder.appending(path: "Reference/\(name)"), encoding: .utf8)
        let lines = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
        let names = try #require(lines.first)
        var columns: [String: [Double?]] = [:]
        for (index, name) in names.enumerated() {
            columns[String(name)] = try lines.dropFirst().map { cells in
                try #require(cells.count == names.count)
                if cells[index].isEmpty { return nil }
                let figure: Double = try #require(Double(cells[index]))
                return figure
            }
        }
        self.columns = columns
        rowCount = lines.count - 1
    }

    /// A column of expected figures.
    func figures(_ name: String) throws -> [Double?] { try #require(columns[name]) }

    /// A column of inputs, which has no empty cell.
    func inputs(_ name: String) throws -> [Double] { try figures(name).map { try #require($0) } }

    /// A column of whole numbers.
    func numbers(_ name: String) throws -> [Int] { try inputs(name).map { try #require(Int(exactly: $0)) } }
}

/// Where a series of figures differs from the expected one: in being there, or by more than the tolerance.
func differences(_ figures: [Double?], _ expected: [Double?], tolerance: Double) -> [String] {
    guard figures.count == expected.count else { return ["\(figures.count) rows, not \(expected.count)"] }
    return zip(figures, expected).enumerated().compactMap { row, pair in
        switch pair {
        case (nil, nil): return nil
        case (let figure?, let value?):
            return (figure - value).magnitude <= tolerance
                ? nil : "row \(row): \(figure), not \(value): \((figure - value).magnitude)"
        case (let figure, let value): return "row \(row): \(figure as Any), not \(value as Any)"
        }
    }
}
