import TestSupport
import Testing

@testable import Launcher

/// Command lines in the README and in docs/: each is one that the program takes, with files that are there.
struct DocumentedCommandsTests {
    static let pages =
        ["README.md"]
        + ["docs", "docs/strategies"].flatMap { folder in
            ScratchFolder.names(in: Checkout.file(folder)).filter { $0.hasSuffix(".md") }
                .map { "\(folder)/\($0)" }
        }

    /// Programs and configurations that the pages make up, or have made by a command.
    private static let madeUp = ["dip-buyer", "dip-buyer-bot", "first"]

    @Test(arguments: pages)
    func `every command of a page is one that there is`(page: String) throws {
        let manifest = ScratchFolder.text(Checkout.file("Package.swift"))
        for command in Self.commands(ScratchFolder.text(Checkout.file(page))) {
            let name = command[0]
            let isKnown = manifest.contains("\"\(name)\"") || Self.madeUp.contains(name)
            #expect(isKnown, "\(page): there is no program '\(name)'")
            let words = Array(command.dropFirst())
            do {
                try check(words, isTool: name == "martlet")
            } catch {
                Issue.record("\(page): \(command.joined(separator: " ")): \(error)")
            }
            for file in words where file.hasPrefix("configs/") && file != "configs/dip-buyer.yaml" {
                let isThere = file.contains("*") || ScratchFolder.size(Checkout.file(file)) > 0
                #expect(isThere, "\(page): there is no \(file)")
            }
        }
    }

    @Test func `commands are found in the pages`() {
        let found = Self.pages.flatMap { Self.commands(ScratchFolder.text(Checkout.file($0))) }
        #expect(found.count > 25)
        #expect(found.contains(["martlet", "describe", "market-maker"]))
        // It goes on in a second line.
        #expect(found.contains { $0.first == "martlet" && $0.last == "threshold=0.5..2:0.5" })
    }

    private func check(_ words: [String], isTool: Bool) throws {
        guard let first = words.first else { return }
        if let command = HelpText.commands.first(where: { $0.name == first }) {
            _ = try Arguments(Array(words.dropFirst()), options: command.options)
        } else if !isTool, first.contains("/") || first.hasPrefix("--") {
            _ = try Arguments(words, options: RunCommand.options)
        } else {
            throw UsageError.unknownCommand(first, among: HelpText.commands.map(\.name))
        }
    }

    /// The words of the command lines in the blocks of a page, from the program's name on.
    private static func commands(_ page: String) -> [[String]] {
        var isInside = false
        var commands: [[String]] = []
        var isContinued = false
        for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside.toggle()
                isContinued = false
                continue
            }
            guard isInside else { continue }
            var words = line.split(separator: " ").map(String.init)
            if let comment = words.firstIndex(of: "#") { words.removeSubrange(comment...) }
            if let redirection = words.firstIndex(of: ">") { words.removeSubrange(redirection...) }
            if words.first == "$" { words.removeFirst() }
            let goesOn = words.last == "\\"
            if goesOn { words.removeLast() }
            if isContinued {
                commands[commands.count - 1] += words
            } else if let command = command(words) {
                commands.append(command)
            }
            isContinued = goesOn && (isContinued || command(words) != nil)
        }
        return commands
    }

    /// From the program's name on; nil where no program of ours is run.
    private static func command(_ words: [String]) -> [String]? {
        if words.starts(with: ["swift", "run", "-c", "release"]) { return Array(words.dropFirst(4)) }
        if words.starts(with: ["swift", "run"]) { return Array(words.dropFirst(2)) }
        return words.first == "martlet" ? words : nil
    }
}
