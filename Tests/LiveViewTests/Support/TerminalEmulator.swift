@testable import LiveView

/// A terminal as far as the view uses one: it shows what it is sent, and notes what it does not know.
struct TerminalEmulator {
    struct Cell: Equatable {
        var scalar: Unicode.Scalar = " "
        /// The parameters of the last rendition, `1;36`.
        var rendition = "0"
    }

    private(set) var columns: Int
    private(set) var rows: Int
    private(set) var cells: [Cell]
    private(set) var isOtherScreen = false
    private(set) var isCursorShown = true
    private(set) var wraps = true
    /// Sequences that it does not know.
    private(set) var unknown: [String] = []
    /// What came on the first screen.
    private(set) var log = ""
    private var column = 0
    private var row = 0
    private var rendition = "0"
    private var pending: [UInt8] = []

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: Cell(), count: columns * rows)
    }

    /// Takes another size; what stands on it afterwards is anybody's guess.
    mutating func resize(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        cells = Array(repeating: Cell(scalar: "@", rendition: "5"), count: columns * rows)
    }

    mutating func take(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            if pending.isEmpty, byte == 0x1B {
                pending = [byte]
            } else if pending.first == 0x1B {
                pending.append(byte)
                if pending.count > 2, (0x40...0x7E).contains(byte) { finishSequence() }
            } else {
                pending.append(byte)
                // A scalar of UTF-8 is complete when it decodes without a replacement.
                let text = String(decoding: pending, as: UTF8.self)
                if !text.unicodeScalars.contains("\u{FFFD}"), let scalar = text.unicodeScalars.first {
                    pending = []
                    put(scalar)
                }
            }
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        guard isOtherScreen || columns == 0 else {
            log.unicodeScalars.append(scalar)
            return
        }
        if row < rows, column < columns {
            cells[row * columns + column] = Cell(scalar: scalar, rendition: rendition)
        }
        column = wraps ? column + 1 : min(column + 1, columns - 1)
    }

    private mutating func finishSequence() {
        let text = String(decoding: pending.dropFirst(), as: UTF8.self)
        pending = []
        let parameters = text.dropFirst().dropLast()
        switch (text.first, text.last) {
        case ("[", "H"):
            let numbers = parameters.split(separator: ";").compactMap { Int($0) }
            row = (numbers.first ?? 1) - 1
            column = (numbers.dropFirst().first ?? 1) - 1
        case ("[", "m"): rendition = String(parameters)
        case ("[", "J") where parameters == "2": cells = Array(repeating: Cell(), count: columns * rows)
        case ("[", "K") where parameters == "2": break
        case ("[", "h") where parameters == "?1049": isOtherScreen = true
        case ("[", "l") where parameters == "?1049": isOtherScreen = false
        case ("[", "h") where parameters == "?25": isCursorShown = true
        case ("[", "l") where parameters == "?25": isCursorShown = false
        case ("[", "h") where parameters == "?7": wraps = true
        case ("[", "l") where parameters == "?7": wraps = false
        default: unknown.append(text)
        }
    }

    /// The rows as text, without spaces at their ends.
    var text: String {
        (0..<rows).map { row in
            var line = String.UnicodeScalarView(
                cells[row * columns..<(row + 1) * columns].map(\.scalar))
            while line.last == " " { line.removeLast() }
            return String(line)
        }.joined(separator: "\n")
    }
}
