import Quantities

/// Panels above each other over one time axis, as SVG.
///
/// Within a page it is drawn twice, for desks and for phones, and the page's style shows the one that fits:
/// letters keep their size. The page's script reads values under the pointer back from the drawn lines; all is
/// visible without it.
package struct TimeChart: Equatable, Sendable {
    /// Panels of one chart; more are left out.
    package static let panelsMax = 12

    /// For people who cannot see it.
    package var description: String
    package var panels: [Panel]
    /// What the axis shows; nil is from the first point to the last.
    package var times: ClosedRange<Instant>?

    package init(_ description: String, times: ClosedRange<Instant>? = nil, _ panels: [Panel]) {
        self.description = description
        self.times = times
        self.panels = Array(panels.prefix(Self.panelsMax))
    }

    /// The chart for a page.
    package var figure: String {
        var markup = Markup()
        markup.element("figure", ["class": "chart"]) { figure in
            figure.raw(svg(.wide))
            figure.raw(svg(.narrow))
        }
        return markup.text
    }

    /// The chart as a file of its own, with the style in it.
    package var picture: String {
        svg(.compact, style: PageStyle.picture)
    }

    func svg(_ width: PictureWidth, style: String? = nil) -> String {
        let drawing = TimeDrawing(self, width)
        var markup = Markup()
        markup.element(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "class": width.isNarrow ? "narrow" : "wide",
                "viewBox": "0 0 \(width.units) \(drawing.height)", "role": "img",
                "aria-label": description, "data-left": NumberText.plain(drawing.left, 1),
                "data-right": NumberText.plain(drawing.right, 1),
                "data-from": "\(drawing.times.lowerBound.nanoseconds / 1_000_000)",
                "data-to": "\(drawing.times.upperBound.nanoseconds / 1_000_000)",
            ]
        ) { svg in
            svg.element("title", [:], description)
            if let style {
                svg.element("style", [:]) { $0.raw(style) }
                svg.empty("rect", ["class": "paper", "width": "100%", "height": "100%"])
            }
            drawing.write(to: &svg)
        }
        return markup.text
    }
}
