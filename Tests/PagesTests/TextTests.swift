import Quantities
import Testing

@testable import Pages

@Suite struct TextTests {
    @Test(arguments: [
        (1234.5, 2, "1,234.50"), (-0.046, 2, "−0.05"), (-0.004, 2, "0.00"), (0.5, 0, "1"),
        (1e6, 0, "1,000,000"),
        (999.999, 2, "1,000.00"), (12, 0, "12"), (.nan, 2, "–"), (.infinity, 2, "–"), (1e19, 0, "–"),
    ]) func `a number has its decimals and its thousands`(value: Double, decimals: Int, text: String) {
        #expect(NumberText.fixed(value, decimals) == text)
    }

    @Test func `a sign is told where there is one`() {
        #expect(NumberText.signed(3, 1) == "+3.0")
        #expect(NumberText.signed(-3, 1) == "−3.0")
        #expect(NumberText.signed(0.01, 1) == "0.0")
        #expect(NumberText.percent(0.1234) == "12.3 %")
    }

    @Test(arguments: [
        (12_345.0, "12.3 k"), (4_560_000, "4.56 M"), (123.4, "123"), (1.234, "1.23"), (0.01234, "0.0123"),
        (0, "0"),
    ]) func `a compact number has about three digits`(value: Double, text: String) {
        #expect(NumberText.compact(value) == text)
    }

    @Test(arguments: [(12.50, "12.5"), (-0.001, "0"), (100, "100"), (-3.25, "-3.25"), (.nan, "0")])
    func `a coordinate is short and always a number`(value: Double, text: String) {
        #expect(NumberText.plain(value, 2) == text)
    }

    @Test func `lengths of time have their two largest units`() {
        let lengths: [(Interval, String)] = [
            (.microseconds(20), "20 µs"), (.milliseconds(850), "850 ms"), (.milliseconds(4_200), "4.2 s"),
            (.seconds(750), "12 min 30 s"), (.minutes(60), "1 h"), (.minutes(4_560), "3 d 4 h"),
        ]
        for (interval, text) in lengths { #expect(TimeText.length(interval) == text) }
    }

    @Test func `no text becomes markup`() {
        #expect(
            Markup.escaped(#"<script>alert("x")</script> & 'y'"#)
                == "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;")
        #expect(Markup.escaped("a\u{0}b\u{7}c\td\n") == "a\u{FFFD}b\u{FFFD}c\td\n")
        #expect(Markup.escaped("λ – 5 µs") == "λ – 5 µs")
    }

    @Test func `labels of people stay labels in every place of a page`() {
        let evil = #"</title><script>bad()</script>" onload="bad()"#
        let series = Series(evil, .series(0), .line, [Point(Instant(nanoseconds: 0), 1)])
        var page = Page(evil, subtitle: evil)
        page.heading(evil, id: evil)
        page.warning(evil)
        page.facts([(evil, evil)])
        page.figures([.init(evil, Table.Cell(evil), note: evil)])
        page.table(Table(evil, [.text(evil)], [[Table.Cell(evil)]]))
        page.chart(TimeChart(evil, [Panel(evil, unit: evil, [series])]))
        page.charts([BarChart(evil, unit: evil, keys: [(evil, .good)], [.init(evil, [.init(1, .good)])])])
        page.map(HeatMap(evil, x: (evil, [evil]), y: (evil, [evil]), [[1]]))
        page.folded(evil) { $0.verbatim(evil) }
        page.contents([(evil, evil)])
        let text = page.document
        #expect(!text.contains("<script>bad"))
        #expect(!text.contains("\" onload"))
        #expect(text.components(of: "<script>") == 1, "the page's own script is the only one")
    }
}

extension String {
    /// How often a text is in it.
    func components(of part: String) -> Int {
        var (count, rest) = (0, self[...])
        while let range = rest.firstRange(of: part) {
            count += 1
            rest = rest[range.upperBound...]
        }
        return count
    }
}
