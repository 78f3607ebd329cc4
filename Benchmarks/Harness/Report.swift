import Glibc

/// Prints figures as they come, one per line, and knows in the end whether one was missed.
struct Report {
    let options: Options
    private(set) var isMissed = false
    private var lines: [String] = []

    init(_ options: Options) { self.options = options }

    mutating func add(
        _ name: String, _ value: Double, _ unit: String, _ threshold: Figure.Threshold = .none
    ) {
        let figure = Figure(name: name, value: value, unit: unit, threshold: threshold)
        switch figure.verdict {
        case .missed: isMissed = true
        case .ok, .aimMet, .aimMissed, .info: break
        }
        if options.isJSON {
            lines.append(json(figure))
        } else {
            print(text(figure))
            fflush(nil)
        }
    }

    /// Prints what was kept back for the end.
    func finish() {
        if options.isJSON { print("[\n" + lines.joined(separator: ",\n") + "\n]") }
    }

    private func text(_ figure: Figure) -> String {
        let limit: String
        switch figure.threshold {
        case .atMost(let value), .aimAtMost(let value): limit = "<= \(number(value))"
        case .atLeast(let value), .aimAtLeast(let value): limit = ">= \(number(value))"
        case .none: limit = "-"
        }
        return padded(figure.name, 44) + leading(number(figure.value), 12) + "  " + padded(figure.unit, 20)
            + padded(limit, 14) + figure.verdict.rawValue
    }

    private func json(_ figure: Figure) -> String {
        let limit: String
        switch figure.threshold {
        case .atMost(let value), .aimAtMost(let value): limit = "\"atMost\": \(number(value)), "
        case .atLeast(let value), .aimAtLeast(let value): limit = "\"atLeast\": \(number(value)), "
        case .none: limit = ""
        }
        return "  {\"name\": \"\(figure.name)\", \"value\": \(number(figure.value)), "
            + "\"unit\": \"\(figure.unit)\", \(limit)\"verdict\": \"\(figure.verdict.rawValue)\"}"
    }

    /// With three digits after the point, or none for whole numbers.
    private func number(_ value: Double) -> String {
        if value == value.rounded(), value.magnitude < 1e15 { return String(Int64(value)) }
        let thousandths = Int64((value.magnitude * 1_000).rounded())
        let digits = String(thousandths % 1_000 + 1_000).dropFirst()
        return (value < 0 ? "-" : "") + "\(thousandths / 1_000).\(digits)"
    }

    private func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private func leading(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
