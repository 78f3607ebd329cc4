import Glibc
import MarketModel
import Quantities
import Runtime
import StrategyKit
import TestSupport

@testable import Launcher

struct NoParameters: StrategyParameters {
    static var schema: [Parameter<Self>] { [] }
}

/// Throws at the hundredth quote.
struct Failing: Strategy {
    static let name = "failing"
    private var quotes = 0

    init(_ parameters: NoParameters, _ setup: StrategySetup) {}

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) throws {
        quotes += 1
        if quotes == 100 { throw StrategyError("the hundredth quote is too much") }
    }
}

/// Notes the first quote, and goes on.
struct Patient: Strategy {
    static let name = "patient"
    private var quotes = 0

    init(_ parameters: NoParameters, _ setup: StrategySetup) {}

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        quotes += 1
        if quotes == 1_000 { desk.note("a thousand quotes") }
    }
}

/// Stops by itself at the tenth quote.
struct Modest: Strategy {
    static let name = "modest"
    private var quotes = 0

    init(_ parameters: NoParameters, _ setup: StrategySetup) {}

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        quotes += 1
        if quotes == 10 { desk.stop(because: "ten quotes are enough") }
    }
}

/// Has done its work at the tenth quote.
struct Content: Strategy {
    static let name = "content"
    private var quotes = 0

    init(_ parameters: NoParameters, _ setup: StrategySetup) {}

    mutating func onQuote(_ quote: Quote, _ desk: inout Desk) {
        quotes += 1
        if quotes == 10 { desk.finish("ten quotes were all that it wanted") }
    }
}

/// A program with the strategies above, run in the test's own process with its words caught.
struct Caught {
    let code: ExitCode
    let output: String
    let errors: String

    init(_ words: [String], in folder: ScratchFolder) {
        let program = Program(
            name: "test-bot",
            bindings: [
                StrategyBinding(Failing.self), StrategyBinding(Patient.self), StrategyBinding(Modest.self),
                StrategyBinding(Content.self),
            ], own: nil)
        let (outputPath, errorPath) = (folder.file("caught.out"), folder.file("caught.err"))
        let output = open(outputPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        let errors = open(errorPath, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        code = program.run(words, output: output, errors: errors)
        close(output)
        close(errors)
        self.output = String(decoding: ScratchFolder.read(outputPath), as: UTF8.self)
        self.errors = String(decoding: ScratchFolder.read(errorPath), as: UTF8.self)
    }
}
