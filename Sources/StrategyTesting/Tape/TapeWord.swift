import Configuration
import MarketModel
import Quantities

/// A line of a tape, for messages about it.
struct TapeSource: Equatable, Sendable {
    var line: Int
    var text: String

    func error(_ column: Int, _ message: String) -> TapeError {
        TapeError(line: line, column: column, message: message, text: text)
    }
}

/// A word of a tape with its place.
struct TapeWord: Equatable, Sendable {
    var text: String
    var source: TapeSource
    /// From 1.
    var column: Int

    func error(_ message: String) -> TapeError { source.error(column, message) }

    /// The message for a word that is none of those known here.
    func unknown(_ kind: String, among known: [String]) -> TapeError {
        if let near = NearestName.of(text, among: known) {
            return error("unknown \(kind) '\(text)'; did you mean '\(near)'?")
        }
        return error("unknown \(kind) '\(text)'; known are \(known.joined(separator: ", "))")
    }

    func number<Number: FixedPoint>(_ meaning: String) throws(TapeError) -> Number {
        do throws(DecimalError) {
            return try Number(text)
        } catch {
            throw self.error("'\(text)' is no \(meaning): \(Self.reason(error))")
        }
    }

    private static func reason(_ error: DecimalError) -> String {
        switch error {
        case .empty: "it has no digits"
        case .unexpectedByte(let offset): "character \(offset + 1) cannot stand in a number"
        case .overflow: "it has more than 18 digits before the point"
        case .lostDigits: "it has more than 12 digits after the point"
        }
    }

    func interval() throws(TapeError) -> Interval {
        guard let interval = try? IntervalText.parse(text), interval >= .zero else {
            throw error("'\(text)' is no time; write 250ms, 1.5s or 2m")
        }
        return interval
    }

    /// The number of `#3`.
    func orderNumber() throws(TapeError) -> UInt64 {
        guard text.hasPrefix("#"), let number = UInt64(text.dropFirst()), number > 0 else {
            throw error("'\(text)' is no order; write #1 for the first one")
        }
        return number
    }
}

/// A part of a line between two bars.
struct TapeCell: Equatable, Sendable {
    /// Without the blanks around it.
    var text: String
    var source: TapeSource
    /// Where the text begins, from 1.
    var column: Int

    var isEmpty: Bool { text.isEmpty }

    /// The cells of a line. A bar inside quotes is part of a text.
    static func cells(of source: TapeSource) -> [TapeCell] {
        var cells: [TapeCell] = []
        var begin = 0
        var isQuoted = false
        let characters = Array(source.text)
        for index in 0...characters.count {
            if index < characters.count, characters[index] == "\"" { isQuoted.toggle() }
            guard index == characters.count || (characters[index] == "|" && !isQuoted) else { continue }
            cells.append(TapeCell(characters, begin..<index, source))
            begin = index + 1
        }
        return cells
    }

    private init(_ characters: [Character], _ range: Range<Int>, _ source: TapeSource) {
        let slice = characters[range]
        let start = slice.firstIndex { $0 != " " } ?? range.lowerBound
        let end = slice.lastIndex { $0 != " " } ?? start - 1
        text = start <= end ? String(characters[start...end]) : ""
        self.source = source
        column = start + 1
    }

    init(text: String, source: TapeSource, column: Int) {
        self.text = text
        self.source = source
        self.column = column
    }

    /// The words of the cell, by the commas between them; empty items are left out.
    var items: [[TapeWord]] {
        var items: [[TapeWord]] = [[]]
        for word in words {
            if word.text == "," {
                items.append([])
            } else {
                items[items.count - 1].append(word)
            }
        }
        return items.filter { !$0.isEmpty }
    }

    /// The words: separated by blanks; a comma and a slash are words of their own, a quoted text is one.
    var words: [TapeWord] {
        var words: [TapeWord] = []
        var word = ""
        var begin = 0
        var isQuoted = false
        func finish() {
            if !word.isEmpty { words.append(TapeWord(text: word, source: source, column: begin)) }
            word = ""
        }
        for (offset, character) in text.enumerated() {
            if character == "\"" { isQuoted.toggle() }
            if !isQuoted, character == " " || character == "," || character == "/" {
                finish()
                if character != " " {
                    words.append(
                        TapeWord(text: String(character), source: source, column: column + offset))
                }
                continue
            }
            if word.isEmpty { begin = column + offset }
            word.append(character)
        }
        finish()
        return words
    }
}
