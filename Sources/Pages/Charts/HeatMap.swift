/// Two parameters against a figure: a table of coloured cells with their values, as of a sweep.
///
/// The colours go from blue over grey to orange and differ in lightness too, so that they can be told apart
/// with any colour vision; zero is grey where the values lie on both sides of it.
package struct HeatMap: Equatable, Sendable {
    /// Columns and rows; more are left out.
    package static let sideMax = 60

    package var title: String
    package var xName: String
    package var yName: String
    package var xLabels: [String]
    package var yLabels: [String]
    /// By row, from the top, then by column; NaN is a cell without a value.
    package var values: [[Double]]
    package var decimals: Int

    package init(
        _ title: String, x: (name: String, labels: [String]), y: (name: String, labels: [String]),
        _ values: [[Double]], decimals: Int = 2
    ) {
        self.title = title
        (xName, yName) = (x.name, y.name)
        xLabels = Array(x.labels.prefix(Self.sideMax))
        yLabels = Array(y.labels.prefix(Self.sideMax))
        self.values = values.prefix(Self.sideMax).map { Array($0.prefix(Self.sideMax)) }
        self.decimals = decimals
    }

    /// The map for a page; it scrolls in its place where it is wider than that.
    package var figure: String {
        let scale = ColourScale(values.flatMap(\.self))
        var markup = Markup()
        markup.element("figure", ["class": "chart"]) { figure in
            figure.element("figcaption", [:], "\(title): \(yName) down, \(xName) across")
            figure.element(
                "div", ["class": "scroll", "tabindex": "0", "role": "region", "aria-label": title]
            ) { scroll in
                scroll.element("table", ["class": "heat"]) { table in
                    table.element("tr") { row in
                        row.element("th", ["scope": "col"], "\(yName) \\ \(xName)")
                        for label in xLabels { row.element("th", ["scope": "col"], label) }
                    }
                    for (label, cells) in zip(yLabels, values) {
                        table.element("tr") { row in
                            row.element("th", ["scope": "row"], label)
                            for value in cells { write(value, scale, to: &row) }
                        }
                    }
                }
            }
        }
        return markup.text
    }

    private func write(_ value: Double, _ scale: ColourScale, to row: inout Markup) {
        guard value.isFinite else {
            row.element("td", ["class": "empty"], NumberText.none)
            return
        }
        let colour = scale.colour(value)
        row.element(
            "td", ["style": "background:\(colour.text);color:\(colour.isDark ? "#fff" : "#111")"],
            NumberText.fixed(value, decimals))
    }
}

/// Colours for values: from blue over light grey to orange.
struct ColourScale {
    struct Colour: Equatable {
        var red: Double
        var green: Double
        var blue: Double

        var text: String {
            "rgb(\(Int(red.rounded())),\(Int(green.rounded())),\(Int(blue.rounded())))"
        }

        /// Whether light letters can be read on it better than dark ones.
        ///
        /// Where both have the same contrast the ground has this share of white's light.
        var isDark: Bool {
            func linear(_ part: Double) -> Double { (part / 255) * (part / 255) }
            return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) < 0.189
        }
    }

    private static let stops = [
        Colour(red: 20, green: 66, blue: 130), Colour(red: 92, green: 148, blue: 204),
        Colour(red: 232, green: 234, blue: 237), Colour(red: 238, green: 160, blue: 84),
        Colour(red: 160, green: 72, blue: 8),
    ]

    private let low: Double
    private let high: Double

    /// Over both signs the scale is even around zero.
    init(_ values: [Double]) {
        let values = values.filter(\.isFinite)
        let (least, most) = (values.min() ?? 0, values.max() ?? 0)
        if least < 0, most > 0 {
            let side = max(-least, most)
            (low, high) = (-side, side)
        } else {
            (low, high) = (least, most)
        }
    }

    func colour(_ value: Double) -> Colour {
        guard high > low else { return Self.stops[2] }
        let place = min(max((value - low) / (high - low), 0), 1) * Double(Self.stops.count - 1)
        let index = min(Int(place), Self.stops.count - 2)
        let (a, b, share) = (Self.stops[index], Self.stops[index + 1], place - Double(index))
        return Colour(
            red: a.red + (b.red - a.red) * share, green: a.green + (b.green - a.green) * share,
            blue: a.blue + (b.blue - a.blue) * share)
    }
}
