import Configuration
import StrategyKit

/// Keeps the tables in pages of documentation true: what stands between the marks of a block is written
/// anew from the schema.
///
/// A block begins with a line `<!-- parameters: NAME -->` and ends with a line `<!-- end -->`.
struct ParameterPages {
    private let strategies: [StrategyDescription]

    init(_ strategies: [StrategyDescription]) { self.strategies = strategies }

    private static let opening = "<!-- parameters:"
    private static let closing = "<!-- end -->"

    /// The page with all its blocks written anew.
    func updated(_ page: String, path: String) throws(PageError) -> String {
        var result: [String] = []
        var open: (line: Int, name: String)?
        for (index, line) in page.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.hasPrefix(Self.opening) {
                if let open {
                    throw PageError(
                        "\(path):\(open.line): the block of '\(open.name)' has no '\(Self.closing)'")
                }
                let name = try Self.name(line, at: "\(path):\(index + 1)")
                result.append(String(line))
                result += try table(name, at: "\(path):\(index + 1)")
                open = (index + 1, name)
            } else if line == Self.closing, open != nil {
                result.append(String(line))
                open = nil
            } else if open == nil {
                result.append(String(line))
            }
        }
        if let open {
            throw PageError("\(path):\(open.line): the block of '\(open.name)' has no '\(Self.closing)'")
        }
        return result.joined(separator: "\n")
    }

    private static func name(_ line: Substring, at place: String) throws(PageError) -> String {
        let rest = line.dropFirst(opening.count)
        guard rest.hasSuffix("-->") else {
            throw PageError("\(place): write '\(opening) NAME -->', and nothing behind it")
        }
        return rest.dropLast(3).filter { $0 != " " }
    }

    private func table(_ name: String, at place: String) throws(PageError) -> [String] {
        guard let strategy = strategies.first(where: { $0.name == name }) else {
            let nearest = NearestName.of(name, among: strategies.map(\.name))
            let hint = nearest.map { "; did you mean '\($0)'?" } ?? ""
            throw PageError("\(place): there is no strategy '\(name)'\(hint)")
        }
        return ParameterTable.lines(strategy)
    }
}

/// A page whose blocks cannot be understood; the text says where and why.
struct PageError: Error, Equatable, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
