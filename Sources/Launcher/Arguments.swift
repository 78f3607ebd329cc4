import Quantities

/// The words of a command line, taken apart: what stands alone, and options with their values.
struct Arguments: Equatable {
    /// An option that a command understands.
    struct Option: Equatable, Sendable {
        var name: String
        /// What its value is called in the help; nil for a switch.
        var value: String?
        /// Whether it takes all words up to the next option.
        var isList = false
        var help: String
    }

    private(set) var positional: [String] = []
    private var values: [String: [String]] = [:]

    /// Takes words apart by the options that are known; `--name value` and `--name=value` are the same.
    init(_ words: [String], options: [Option]) throws(UsageError) {
        var index = 0
        var onlyPositional = false
        while index < words.count {
            let word = words[index]
            index += 1
            if word == "--", !onlyPositional {
                onlyPositional = true
                continue
            }
            guard !onlyPositional, word.hasPrefix("--") else {
                if !onlyPositional, word.hasPrefix("-"), word.count > 1 {
                    throw UsageError("there is no option '\(word)'")
                }
                positional.append(word)
                continue
            }
            let parts = word.dropFirst(2).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let option = options.first(where: { $0.name == name }) else {
                throw UsageError.unknownOption(name, among: options.map(\.name))
            }
            try take(option, inline: parts.count > 1 ? String(parts[1]) : nil, words, &index)
        }
    }

    private mutating func take(
        _ option: Option, inline: String?, _ words: [String], _ index: inout Int
    ) throws(UsageError) {
        guard let valueName = option.value else {
            if inline != nil { throw UsageError("--\(option.name) takes no value") }
            values[option.name, default: []].append("")
            return
        }
        if let inline {
            values[option.name, default: []].append(inline)
            return
        }
        var taken = 0
        while index < words.count, !words[index].hasPrefix("--"), option.isList || taken == 0 {
            values[option.name, default: []].append(words[index])
            index += 1
            taken += 1
        }
        if taken == 0 { throw UsageError("--\(option.name) needs a value: --\(option.name) \(valueName)") }
    }

    func has(_ name: String) -> Bool { values[name] != nil }
    func value(_ name: String) -> String? { values[name]?.last }
    func list(_ name: String) -> [String] { values[name] ?? [] }
}

/// The command line cannot be understood; the text says why.
struct UsageError: Error, Equatable, CustomStringConvertible {
    var description: String
    init(_ description: String) { self.description = description }
}
