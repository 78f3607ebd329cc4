import TestSupport
import Testing

@testable import Sweeps

@Suite struct SweepPageTests {
    private let scratch = ScratchFolder()

    @Test func `the page shows what was found and asks nothing of a network`() throws {
        let file = scratch.compress(Frames.swings(1_200), "day.gz")
        var request = try Sweeping.request(
            file, ["fast=1s,2s,4s", "threshold=0.1,0.3", "order=limit,market"], in: scratch.file("s"))
        request.objective = .sharpe
        request.walkForward = try WalkForward("2")
        let outcome = try Sweeping.run(request)
        let page = SweepPage(outcome).document
        #expect(page.hasPrefix("<!DOCTYPE html>"))
        for id in ["best", "parameters", "luck", "walk-forward", "configuration"] {
            #expect(page.contains("<h2 id=\"\(id)\">"), "\(id)")
        }
        let best = try #require(outcome.best)
        #expect(page.contains(request.space.description(of: best.point)))
        // Three pairs of parameters.
        #expect(page.ranges(of: "<table class=\"heat\">").count == 3)
        #expect(page.contains("Look for broad regions"))
        for word in ["src=", "@import", "url(", "<link rel=\"stylesheet\""] {
            #expect(!page.contains(word), "\(word)")
        }
        #expect(SweepPage(outcome).document == page)
    }

    @Test func `figures are rounded as people do`() {
        #expect(FigureText.fixed(-0.0004, 3) == "0.000")
        #expect(FigureText.fixed(-0.0005, 3) == "-0.001")
        #expect(FigureText.fixed(12.345, 1) == "12.3")
        #expect(FigureText.fixed(0.5, 0) == "1")
        #expect(FigureText.percent(0.1234) == "12.3 %")
        #expect(FigureText.significant(0.01234) == "0.012340")
        #expect(FigureText.significant(1_234.56) == "1234.6")
        #expect(FigureText.fixed(.nan, 2) == "nan")
    }
}
