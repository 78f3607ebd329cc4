import Quantities

/// A time chart laid out for one width: where each panel lies, and its marks.
struct TimeDrawing {
    private struct Place {
        var panel: Panel
        var range: ClosedRange<Double>?
        var ticks: NumberTicks
        var headTop: Double
        var top: Double
        var bottom: Double
    }

    /// The width of a letter of the axes and legends; an estimate that is rather too wide.
    static let letter = 7.0
    private static let rowHeight = 20.0
    private static let axisHeight = 40.0
    private static let gap = 14.0

    let width: PictureWidth
    let times: ClosedRange<Instant>
    let left: Double
    let right: Double
    let height: Int
    private var places: [Place] = []

    init(_ chart: TimeChart, _ width: PictureWidth) {
        self.width = width
        let found = chart.panels.compactMap(\.timeRange)
        let low = found.map(\.lowerBound).min() ?? Instant(nanoseconds: 0)
        let high = found.map(\.upperBound).max() ?? low
        let shown = chart.times ?? low...high
        times =
            shown.lowerBound == shown.upperBound
            ? shown.lowerBound...(shown.upperBound + .seconds(1)) : shown
        let ticks = chart.panels.map { panel in
            NumberTicks(panel.range ?? 0...1, about: max(3, panel.height / 38))
        }
        let longest =
            zip(chart.panels, ticks).map { panel, ticks in
                panel.range == nil ? 0 : ticks.values.map { ticks.label($0).count }.max() ?? 0
            }.max() ?? 0
        left = max(34, Double(longest) * Self.letter + 10)
        right = Double(width.units) - (width.isNarrow ? 8 : 14)
        var y = 4.0
        for (panel, ticks) in zip(chart.panels, ticks) {
            let rows = Legend(panel, from: left, to: right).rows
            let top = y + Double(rows) * Self.rowHeight + 4
            let bottom = top + Double(panel.height)
            places.append(
                Place(
                    panel: panel, range: panel.range, ticks: ticks, headTop: y, top: top, bottom: bottom))
            y = bottom + Self.gap
        }
        height = Int(y - Self.gap + Self.axisHeight)
    }

    func write(to svg: inout Markup) {
        guard let first = places.first, let last = places.last else { return }
        let labelWidth = width.isNarrow ? 78.0 : 92.0
        let axis = TimeTicks(times, atMost: Int((right - left) / labelWidth))
        let frame = Scale(
            times: times, values: 0...1, left: left, right: right, top: first.top, bottom: last.bottom)
        for place in places { write(place, axis, to: &svg) }
        write(axis, frame, to: &svg)
        svg.empty(
            "line",
            [
                "class": "cross", "x1": "-9", "x2": "-9", "y1": NumberText.plain(first.top, 1),
                "y2": NumberText.plain(last.bottom, 1),
            ])
    }

    // MARK: Panels

    private func write(_ place: Place, _ axis: TimeTicks, to svg: inout Markup) {
        let range = place.range ?? 0...1
        let scale = Scale(
            times: times, values: range, left: left, right: right, top: place.top, bottom: place.bottom)
        let decimals = place.panel.decimals ?? min(12, place.ticks.decimals + 2)
        svg.element(
            "g",
            [
                "class": "panel", "data-title": place.panel.title, "data-unit": place.panel.unit,
                "data-top": NumberText.plain(place.top, 1), "data-bottom": NumberText.plain(place.bottom, 1),
                "data-low": NumberText.plain(range.lowerBound, 12),
                "data-high": NumberText.plain(range.upperBound, 12), "data-decimals": "\(decimals)",
            ]
        ) { group in
            Legend(place.panel, from: left, to: right).write(at: place.headTop, to: &group)
            grid(place, axis, scale, to: &group)
            guard place.range != nil else {
                let middle = NumberText.plain((place.top + place.bottom) / 2 + 4, 1)
                let center = NumberText.plain((left + right) / 2, 1)
                group.element("text", ["class": "none", "x": center, "y": middle], "nothing recorded")
                return
            }
            lines(place.panel, scale, to: &group)
        }
    }

    private func grid(_ place: Place, _ axis: TimeTicks, _ scale: Scale, to svg: inout Markup) {
        var path = ""
        for tick in axis.ticks {
            path += "M\(NumberText.plain(scale.x(tick.time), 1)) \(NumberText.plain(place.top, 1))"
            path += "V\(NumberText.plain(place.bottom, 1))"
        }
        for value in place.ticks.values where place.range != nil {
            path += "M\(NumberText.plain(left, 1)) \(NumberText.plain(scale.y(value), 1))"
            path += "H\(NumberText.plain(right, 1))"
        }
        svg.empty("path", ["class": "grid", "d": path])
        guard let range = place.range else { return }
        if range.contains(0) {
            let y = NumberText.plain(scale.y(0), 1)
            let ends = "M\(NumberText.plain(left, 1)) \(y)H\(NumberText.plain(right, 1))"
            svg.empty("path", ["class": "zero", "d": ends])
        }
        for value in place.ticks.values {
            svg.element(
                "text",
                [
                    "class": "tick y", "x": NumberText.plain(left - 6, 1),
                    "y": NumberText.plain(scale.y(value) + 4, 1),
                ], place.ticks.label(value))
        }
    }

    private func lines(_ panel: Panel, _ scale: Scale, to svg: inout Markup) {
        for band in panel.bands {
            let thin = band.thinned(times, columns: width.columns / 2)
            let path = scale.band(low: thin.low, high: thin.high)
            svg.empty("path", ["class": "band \(band.tone.name)", "d": path])
        }
        for series in panel.series {
            let points = series.thinned(times, columns: width.columns)
            if series.style.isFilled {
                svg.empty(
                    "path",
                    [
                        "class": "area \(series.tone.name)",
                        "d": scale.area(points, isStep: series.style.isStep),
                    ])
            }
            let thin = series.style == .thinStep ? " thin" : ""
            let path = scale.path(points, isStep: series.style.isStep)
            svg.empty(
                "path", ["class": "line \(series.tone.name)\(thin)", "data-name": series.name, "d": path])
        }
        for group in panel.markers {
            let path = scale.markers(group.markers, atMost: width.markersMax)
            svg.empty("path", ["class": "marker \(group.tone.name)", "d": path])
        }
    }

    // MARK: Time axis

    private func write(_ axis: TimeTicks, _ frame: Scale, to svg: inout Markup) {
        var lastEnd = -Double.infinity
        var lastDateEnd = -Double.infinity
        for tick in axis.ticks {
            let half = Double(tick.label.count) * Self.letter / 2
            let x = inside(frame.x(tick.time), half)
            // A label that would touch the one before it is left out.
            if x - half > lastEnd + 6 {
                svg.element(
                    "text",
                    [
                        "class": "tick x", "x": NumberText.plain(x, 1),
                        "y": NumberText.plain(frame.bottom + 16, 1),
                    ], tick.label)
                lastEnd = x + half
            }
            let dateHalf = 5.2 * Self.letter
            let dateX = inside(frame.x(tick.time), dateHalf)
            if let date = tick.date, dateX - dateHalf > lastDateEnd + 6 {
                svg.element(
                    "text",
                    [
                        "class": "tick x date", "x": NumberText.plain(dateX, 1),
                        "y": NumberText.plain(frame.bottom + 32, 1),
                    ], date)
                lastDateEnd = dateX + dateHalf
            }
        }
    }

    /// The nearest place to `x` where a label stays within the picture.
    private func inside(_ x: Double, _ half: Double) -> Double {
        min(max(x, half + 1), Double(width.units) - half - 1)
    }
}

/// The head of a panel: its title and what its colours mean, in as many rows as that takes.
struct Legend {
    private struct Entry {
        var text: String
        var className: String
        var shape: Shape
        var x = 0.0
        var row = 0
    }

    private enum Shape { case title, line, box, up, down, dot }

    private var entries: [Entry] = []
    let rows: Int

    init(_ panel: Panel, from left: Double, to right: Double) {
        let title = panel.unit.isEmpty ? panel.title : "\(panel.title), \(panel.unit)"
        var entries = [Entry(text: title, className: "title", shape: .title)]
        let bands = panel.bands.map {
            Entry(text: $0.name, className: "key band \($0.tone.name)", shape: .box)
        }
        let lines = panel.series.map {
            Entry(text: $0.name, className: "key line \($0.tone.name)", shape: .line)
        }
        let markers = panel.markers.map { group in
            let shape: Shape =
                switch group.markers.first?.shape ?? .dot {
                case .up: .up
                case .down: .down
                case .dot: .dot
                }
            return Entry(text: group.name, className: "key marker \(group.tone.name)", shape: shape)
        }
        let signs = lines + bands + markers
        // One line alone that is called as the panel needs no name beside the title.
        if signs.count > 1 || signs.contains(where: { $0.text != panel.title }) { entries += signs }
        var (x, row) = (left, 0)
        for index in entries.indices {
            let width = Double(entries[index].text.count) * (TimeDrawing.letter + 0.4) + 30
            if index > 0, x + width > right {
                x = left
                row += 1
            }
            entries[index].x = x
            entries[index].row = row
            x += width
        }
        self.entries = entries
        rows = row + 1
    }

    func write(at top: Double, to svg: inout Markup) {
        for entry in entries {
            let y = top + Double(entry.row) * 20 + 15
            let x = entry.x
            if entry.shape == .title {
                svg.element("text", ["class": "title", "x": text(x), "y": text(y)], entry.text)
                continue
            }
            let sign: String =
                switch entry.shape {
                case .title: ""
                case .line: "M\(text(x)) \(text(y - 4))h16"
                case .box: "M\(text(x)) \(text(y - 9))h16v9h-16z"
                case .up: "M\(text(x + 8)) \(text(y - 9))l4 8h-8z"
                case .down: "M\(text(x + 8)) \(text(y - 1))l4 -8h-8z"
                case .dot: "M\(text(x + 5)) \(text(y - 5))a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z"
                }
            svg.empty("path", ["class": entry.className, "d": sign])
            svg.element("text", ["class": "legend", "x": text(x + 20), "y": text(y)], entry.text)
        }
    }

    private func text(_ value: Double) -> String { NumberText.plain(value, 1) }
}
