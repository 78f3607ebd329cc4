import TestSupport
import Testing

/// The pictures of docs/strategies, which `make docs` draws.
struct StrategyPicturesTests {
    static let names = ScratchFolder.names(in: Checkout.file("docs/strategies"))
        .filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }

    private let scratch = ScratchFolder()

    @Test(arguments: names)
    func `every page shows a picture of its own, which is small`(name: String) {
        let page = ScratchFolder.text(Checkout.file("docs/strategies/\(name).md"))
        #expect(page.split(separator: "](\(name).svg)").count == 2)
        let picture = ScratchFolder.text(Checkout.file("docs/strategies/\(name).svg"))
        #expect(picture.hasPrefix("<svg xmlns=") && picture.hasSuffix("</svg>\n"), "\(picture.suffix(20))")
        #expect(picture.contains("prefers-color-scheme:dark"))
        #expect(picture.utf8.count < 60_000)
        #expect(ScratchFolder.size(Checkout.file("configs/\(name).yaml")) > 0)
    }

    /// Those whose runs are short; the others are drawn by the same commands.
    @Test(arguments: ["ema-cross", "grid", "twap"])
    func `a picture is the one that its configuration makes`(name: String) {
        let draw = "DRAWN=. exec \(Checkout.file(".ci/draw-strategies")) \(BuiltPrograms.martlet) \(name)"
        let drawn = Saying(["-c", draw], program: "sh", in: scratch)
        #expect(drawn.ending == .exit(0), "\(drawn.errors)")
        let isSame =
            ScratchFolder.read(scratch.file("\(name).svg"))
            == ScratchFolder.read(Checkout.file("docs/strategies/\(name).svg"))
        #expect(isSame, "'make docs' draws docs/strategies/\(name).svg anew")
    }
}
