import Quantities
import Testing

@testable import Pages

@Suite struct ChartTests {
    private func points(_ values: [Double]) -> [Point] {
        values.enumerated().map { Point(Instant(milliseconds: Int64($0.offset) * 1_000), $0.element) }
    }

    private func range(_ points: [Point]) -> ClosedRange<Instant> {
        points[0].time...points[points.count - 1].time
    }

    @Test func `thinning keeps every spike, the ends, and the order of time`() {
        var values = (0..<100_000).map { Double($0 % 17) }
        values[31_337] = 1_000
        values[77_777] = -500
        let all = points(values)
        let thinned = Series("x", .series(0), .line, all).thinned(range(all), columns: 200)
        #expect(thinned.count <= 2 * 200 + 2)
        #expect(thinned.contains(all[31_337]) && thinned.contains(all[77_777]))
        #expect(thinned.first == all.first && thinned.last == all.last)
        #expect(zip(thinned, thinned.dropFirst()).allSatisfy { $0.time <= $1.time })
    }

    @Test func `of every column the lowest and the highest are kept`() {
        let all = points([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8])
        let thinned = Series("x", .series(0), .line, all).thinned(range(all), columns: 3)
        // Columns of four: 3 1 4 1 | 5 9 2 6 | 5 3 5 8.
        #expect(thinned.map(\.value) == [3, 1, 4, 9, 2, 3, 8])
    }

    @Test func `few points are left alone, and gaps stay gaps`() {
        let few = points([1, .nan, 2])
        #expect(Series("x", .series(0), .line, few).thinned(range(few), columns: 100).count == 3)
        let many = points((0..<1_000).map { (400..<600).contains($0) ? .nan : 1 })
        let thinned = Series("x", .series(0), .line, many).thinned(range(many), columns: 10)
        #expect(thinned.contains { $0.value.isNaN })
        #expect(thinned.count < 40)
    }

    @Test func `a line is drawn where its scale says`() {
        let all = points([0, 10, .nan, 5])
        let scale = Scale(times: range(all), values: 0...10, left: 0, right: 30, top: 0, bottom: 100)
        #expect(scale.path(all, isStep: false) == "M0 100L10 0M30 50")
        #expect(scale.path(all, isStep: true) == "M0 100H10V0H20M30 50H30")
        #expect(scale.area(points([5, 10]), isStep: false) == "M0 100L0 50L10 0L10 100Z")
        #expect(
            scale.band(low: points([0, 5]), high: points([10, 10]))
                == "M0 0L10 0L10 0L10 0L10 50L10 50L10 100L0 100Z")
    }

    @Test func `a band is as wide as it ever was in a column, and a gap stays a gap`() {
        let (low, high) = (points([3, 1, 2, 5, .nan, 5]), points([4, 6, 7, 8, 9, 10]))
        let thin = Band("x", .muted, low: low, high: high).thinned(range(low), columns: 2)
        #expect(thin.low.map(\.value).first == 1 && thin.high.map(\.value).first == 7)
        #expect(thin.low.count == 2 && thin.low[1].value.isNaN)
    }

    @Test func `marks of one place are drawn once`() {
        let scale = Scale(
            times: Instant(milliseconds: 0)...Instant(milliseconds: 1_000), values: 0...1, left: 0,
            right: 100, top: 0,
            bottom: 100)
        let marker = Marker(at: Point(Instant(milliseconds: 500), 0.5), .up)
        #expect(scale.markers([marker, marker], atMost: 9) == "M50 50l4 8h-8z")
        #expect(scale.markers([Marker(at: Point(marker.at.time, .nan), .dot)], atMost: 9) == "")
    }

    private func chart(_ count: Int) -> TimeChart {
        let price = Series(
            "mid", .series(0), .step, points((0..<count).map { 60_000 + Double($0 * 37 % 211) }))
        var panel = Panel("Price", unit: "USDT", [price])
        panel.bands = [Band("own quotes", .muted, low: price.points, high: price.points)]
        panel.markers = [
            MarkerGroup(
                "bought", .buy, price.points.filter { Int($0.value) % 5 == 0 }.map { Marker(at: $0, .up) })
        ]
        return TimeChart("Price over time", [panel, Panel("Nothing", [])])
    }

    @Test func `the same content gives the same bytes`() {
        func page() -> String {
            var page = Page("Run", subtitle: "of a test")
            page.chart(chart(500))
            page.charts([.histogram("Profit", unit: "USDT", [1, 2, 3, 4.5])])
            return page.document
        }
        #expect(page() == page())
    }

    @Test func `coordinates are finite, whatever the values are`() {
        let strange = points([.nan, .infinity, -.infinity, 1e300, 0, -1e300, 1e-300])
        var page = Page("x")
        page.chart(TimeChart("x", [Panel("x", [Series("x", .series(0), .area, strange)])]))
        page.chart(TimeChart("x", []))
        page.charts([
            BarChart("x", unit: "", [.init("a", [.init(.nan, .good), .init(1e300, error: .nan, .bad)])]),
            .histogram("x", unit: "", [.nan]), .histogram("x", unit: "", []),
            .histogram("x", unit: "", [2, 2]),
        ])
        page.map(HeatMap("x", x: ("a", ["1"]), y: ("b", ["2", "3"]), [[.nan], [.infinity]]))
        #expect(!page.document.contains("=\"nan") && !page.document.contains("inf\""))
    }

    @Test func `a picture of a hundred thousand points and fills is small`() {
        let picture = chart(100_000).picture
        #expect(picture.utf8.count < 60_000, "\(picture.utf8.count) bytes")
        #expect(picture.hasPrefix("<svg") && picture.contains("prefers-color-scheme:dark"))
        let figure = chart(100_000).figure
        #expect(figure.utf8.count < 400_000, "\(figure.utf8.count) bytes")
    }

    @Test func `a heat map is even around zero and readable in every cell`() {
        let scale = ColourScale([-1, 4])
        #expect(scale.colour(0) == ColourScale([-4, 4]).colour(0))
        #expect(scale.colour(0).text == "rgb(232,234,237)")
        for step in 0...100 {
            let colour = scale.colour(Double(step) / 20 - 1)
            let letters = colour.isDark ? 255.0 : 17
            #expect(contrast(colour, letters) >= 4, "\(colour.text)")
        }
    }

    /// The contrast of grey letters on a colour, as the accessibility guidelines define it.
    private func contrast(_ colour: ColourScale.Colour, _ letters: Double) -> Double {
        func linear(_ value: Double) -> Double { (value / 255) * (value / 255) }
        let ground =
            0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
        let (light, dark) = (max(ground, linear(letters)), min(ground, linear(letters)))
        return (light + 0.05) / (dark + 0.05)
    }
}
