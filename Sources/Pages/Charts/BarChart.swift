/// Bars beside each other in groups, with error bars where wanted: profit split, markouts, histograms.
package struct BarChart: Equatable, Sendable {
    package struct Bar: Equatable, Sendable {
        package var value: Double
        /// Half the length of the error bar; nil has none.
        package var error: Double?
        package var tone: Tone

        package init(_ value: Double, error: Double? = nil, _ tone: Tone) {
            self.value = value
            self.error = error
            self.tone = tone
        }
    }

    package struct Group: Equatable, Sendable {
        package var label: String
        package var bars: [Bar]

        package init(_ label: String, _ bars: [Bar]) {
            self.label = label
            self.bars = bars
        }
    }

    /// Groups of one chart; more are left out.
    package static let groupsMax = 60

    package var title: String
    package var unit: String
    package var height: Int
    /// What the bars of a group are, for the legend.
    package var keys: [(name: String, tone: Tone)]
    package var groups: [Group]
    /// Bars touch each other, as in a histogram.
    package var isDense = false
    /// Values are written at the bars.
    package var showsValues = true

    package init(
        _ title: String, unit: String, height: Int = 180, keys: [(name: String, tone: Tone)] = [],
        _ groups: [Group]
    ) {
        self.title = title
        self.unit = unit
        self.height = min(max(height, 60), 600)
        self.keys = keys
        self.groups = Array(groups.prefix(Self.groupsMax))
    }

    package static func == (a: BarChart, b: BarChart) -> Bool { a.figure == b.figure }

    /// A histogram: how many values lie in each of equally wide classes from the lowest to the highest.
    ///
    /// - Parameter classes: how many at most, 1 to 60; fewer for few values.
    package static func histogram(
        _ title: String, unit: String, _ values: [Double], classes: Int = 24, tone: Tone = .series(0)
    ) -> BarChart {
        let values = values.filter(\.isFinite)
        guard let low = values.min(), let high = values.max() else { return BarChart(title, unit: unit, []) }
        // Few values in many classes show nothing but themselves.
        let wanted = min(classes, max(5, values.count / 4))
        let count = low == high ? 1 : min(max(wanted, 1), groupsMax)
        let width = low == high ? 1 : (high - low) / Double(count)
        var counts = [Int](repeating: 0, count: count)
        for value in values { counts[min(count - 1, Int((value - low) / width))] += 1 }
        let digits = NumberText.decimals(for: max(low.magnitude, high.magnitude))
        let every = max(1, count / 4)
        let groups = counts.enumerated().map { index, number in
            let label =
                index.isMultiple(of: every) ? NumberText.fixed(low + Double(index) * width, digits) : ""
            return Group(label, [Bar(Double(number), tone)])
        }
        var chart = BarChart(title, unit: unit, height: 140, groups)
        chart.isDense = true
        chart.showsValues = false
        return chart
    }

    /// The chart for a page, made to stand beside others.
    package var figure: String {
        var markup = Markup()
        markup.element("figure", ["class": "chart small"]) { $0.raw(svg(width: 440)) }
        return markup.text
    }

    func svg(width: Int) -> String {
        let bars = groups.flatMap(\.bars).filter { $0.value.isFinite }
        let lows = bars.map { $0.value - ($0.error ?? 0) }
        let highs = bars.map { $0.value + ($0.error ?? 0) }
        var range = NumberTicks.range(lows.min() ?? 0, highs.max() ?? 1, includesZero: true)
        if showsValues {
            // Room for the values beyond the bars.
            let room = (range.upperBound - range.lowerBound) * 16 / Double(height)
            let low = range.lowerBound < 0 ? range.lowerBound - room : range.lowerBound
            let high = range.upperBound > 0 ? range.upperBound + room : range.upperBound
            range = low...high
        }
        // Counts are whole: a histogram has no ticks between them.
        let about = isDense ? min(height / 40, max(1, Int(min(1_000, highs.max() ?? 1)))) : height / 40
        let ticks = NumberTicks(range, about: max(isDense ? 1 : 2, about))
        let longest = ticks.values.map { ticks.label($0).count }.max() ?? 1
        let head = keys.isEmpty ? 24.0 : 44.0
        let frame = Frame(
            left: Double(longest) * TimeDrawing.letter + 14, right: Double(width) - 6, top: head,
            bottom: head + Double(height), range: range)
        var markup = Markup()
        markup.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(width) \(Int(frame.bottom) + 24)",
                "role": "img", "aria-label": "\(title), \(unit)",
            ]
        ) { svg in
            svg.element("title", [:], "\(title), \(unit)")
            svg.element(
                "text", ["class": "title", "x": "2", "y": "15"], unit.isEmpty ? title : "\(title), \(unit)")
            writeKeys(to: &svg)
            frame.writeGrid(ticks, to: &svg)
            if bars.isEmpty {
                let (x, y) = (text((frame.left + frame.right) / 2), text((frame.top + frame.bottom) / 2))
                svg.element("text", ["class": "none", "x": x, "y": y], "nothing recorded")
            }
            writeBars(frame, to: &svg)
        }
        return markup.text
    }

    private func writeKeys(to svg: inout Markup) {
        var x = 2.0
        for key in keys {
            svg.empty("path", ["class": "bar \(key.tone.name)", "d": "M\(text(x)) 27h12v10h-12z"])
            svg.element("text", ["class": "legend", "x": text(x + 17), "y": "36"], key.name)
            x += Double(key.name.count) * (TimeDrawing.letter + 0.4) + 34
        }
    }

    private func writeBars(_ frame: Frame, to svg: inout Markup) {
        guard !groups.isEmpty else { return }
        let slot = (frame.right - frame.left) / Double(groups.count)
        let zero = frame.y(0)
        for (index, group) in groups.enumerated() {
            let start = frame.left + slot * Double(index)
            let room = isDense ? slot : slot * 0.7
            let width = min(isDense ? 400 : 64, room / Double(max(1, group.bars.count)))
            let first = start + (slot - width * Double(group.bars.count)) / 2
            for (place, bar) in group.bars.enumerated() {
                guard bar.value.isFinite else { continue }
                let (x, y) = (first + width * Double(place), frame.y(bar.value))
                let space = isDense ? 0.5 : 2
                let rectangle =
                    "M\(text(x + space)) \(text(zero))V\(text(y))H\(text(x + width - space))V\(text(zero))z"
                svg.empty("path", ["class": "bar \(bar.tone.name)", "d": rectangle])
                writeError(bar, x + width / 2, frame, to: &svg)
                if showsValues { writeValue(bar, x + width / 2, frame, to: &svg) }
            }
            if group.label.isEmpty { continue }
            svg.element(
                "text",
                ["class": "tick x", "x": text(start + slot / 2), "y": text(frame.bottom + 16)], group.label)
        }
    }

    private func writeError(_ bar: Bar, _ x: Double, _ frame: Frame, to svg: inout Markup) {
        guard let error = bar.error, error > 0 else { return }
        let (high, low) = (text(frame.y(bar.value + error)), text(frame.y(bar.value - error)))
        let path = "M\(text(x)) \(high)V\(low)M\(text(x - 5)) \(high)h10M\(text(x - 5)) \(low)h10"
        svg.empty("path", ["class": "error", "d": path])
    }

    private func writeValue(_ bar: Bar, _ x: Double, _ frame: Frame, to svg: inout Markup) {
        let end = bar.value + (bar.value < 0 ? -1 : 1) * (bar.error ?? 0)
        let y = frame.y(end) + (bar.value < 0 ? 15 : -5)
        let digits = NumberText.decimals(for: groups.flatMap(\.bars).map(\.value.magnitude).max() ?? 0)
        svg.element(
            "text",
            ["class": "value", "x": text(x), "y": text(min(frame.bottom - 2, max(frame.top + 10, y)))],
            NumberText.fixed(bar.value, min(digits, 2)))
    }

    private func text(_ value: Double) -> String { NumberText.plain(value, 1) }
}

/// Where the bars stand.
private struct Frame {
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double
    var range: ClosedRange<Double>

    func y(_ value: Double) -> Double {
        bottom - (value - range.lowerBound) / (range.upperBound - range.lowerBound) * (bottom - top)
    }

    func writeGrid(_ ticks: NumberTicks, to svg: inout Markup) {
        var path = ""
        for value in ticks.values {
            path += "M\(NumberText.plain(left, 1)) \(NumberText.plain(y(value), 1))"
            path += "H\(NumberText.plain(right, 1))"
            svg.element(
                "text",
                [
                    "class": "tick y", "x": NumberText.plain(left - 6, 1),
                    "y": NumberText.plain(y(value) + 4, 1),
                ], ticks.label(value))
        }
        svg.empty("path", ["class": "grid", "d": path])
        let zero = NumberText.plain(y(0), 1)
        svg.empty(
            "path",
            ["class": "zero", "d": "M\(NumberText.plain(left, 1)) \(zero)H\(NumberText.plain(right, 1))"])
    }
}
