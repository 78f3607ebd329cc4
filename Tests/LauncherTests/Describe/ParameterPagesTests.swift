import StrategyKit
import TestSupport
import Testing

@testable import Launcher

struct ParameterPagesTests {
    private struct Leaning: Strategy {
        struct Parameters: StrategyParameters {
            var size = 2

            static var schema: [Parameter<Self>] {
                [.integer("size", \.size, in: 1...9, unit: "lots", "How much | how far.")]
            }
        }

        static let name = "leaning"
        init(_ parameters: Parameters, _ setup: StrategySetup) {}
    }

    private let pages = ParameterPages([StrategyDescription(Leaning.self)])

    private let table = """
        | parameter | default | range | what it does |
        |---|---|---|---|
        | `size` | 2 | 1 to 9 (lots) | How much \\| how far. |
        """

    @Test func `a block is written anew, and what is around it stays`() throws {
        let page = "# Leaning\n\n<!-- parameters: leaning -->\nold\nlines\n<!-- end -->\n\nThe end.\n"
        let updated = try pages.updated(page, path: "leaning.md")
        #expect(
            updated == "# Leaning\n\n<!-- parameters: leaning -->\n\(table)\n<!-- end -->\n\nThe end.\n")
        #expect(try pages.updated(updated, path: "leaning.md") == updated)
    }

    @Test func `a page without a block stays as it is`() throws {
        #expect(try pages.updated("text\n<!-- end -->\n", path: "x.md") == "text\n<!-- end -->\n")
    }

    @Test(arguments: [
        (
            "\n<!-- parameters: leanin -->\n<!-- end -->",
            "x.md:2: there is no strategy 'leanin'; did you mean 'leaning'?"
        ),
        ("<!-- parameters: leaning -->\n", "x.md:1: the block of 'leaning' has no '<!-- end -->'"),
        (
            "<!-- parameters: leaning -->\n<!-- parameters: leaning -->\n<!-- end -->",
            "x.md:1: the block of 'leaning' has no '<!-- end -->'"
        ),
        ("<!-- parameters: leaning", "x.md:1: write '<!-- parameters: NAME -->', and nothing behind it"),
    ])
    func `a block that cannot be understood is told with its place`(page: String, message: String) {
        #expect(throws: PageError(message)) { try pages.updated(page, path: "x.md") }
    }

    @Test func `committed pages are up to date`() {
        let scratch = ScratchFolder()
        let names = ScratchFolder.names(in: Checkout.file("docs/strategies")).filter { $0.hasSuffix(".md") }
        #expect(names.contains("market-maker.md") && names.contains("ema-cross.md"))
        for name in names {
            let committed = ScratchFolder.read(Checkout.file("docs/strategies/\(name)"))
            let copy = scratch.write(committed, name)
            let saying = Saying(["describe", "--update-docs", copy], in: scratch)
            #expect(saying.ending == .exit(0), "\(saying.errors)")
            #expect(
                saying.output == "\(copy): up to date\n", "'make docs' writes docs/strategies/\(name) anew")
        }
    }

    @Test func `no page is written when one of them is wrong`() {
        let scratch = ScratchFolder()
        let old = "<!-- parameters: ema-cross -->\n<!-- end -->\n"
        let (good, bad) = (scratch.write(old, "good.md"), scratch.write("<!-- parameters: x -->\n", "bad.md"))
        let saying = Saying(["describe", "--update-docs", good, bad], in: scratch)
        #expect(saying.ending == .exit(65))
        #expect(saying.errors == "martlet: \(bad):1: there is no strategy 'x'\n")
        #expect(String(decoding: ScratchFolder.read(good), as: UTF8.self) == old)
        let missing = Saying(["describe", "--update-docs", good, scratch.file("no.md")], in: scratch)
        #expect(missing.ending == .exit(65))
        let done = Saying(["describe", "--update-docs", good], in: scratch)
        #expect(done.output == "\(good): written anew\n")
        #expect(ScratchFolder.size(good) > old.utf8.count)
    }
}
