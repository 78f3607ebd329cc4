import Quantities

/// Where values and times lie in a panel, in units of the picture.
struct Scale {
    var times: ClosedRange<Instant>
    var values: ClosedRange<Double>
    var left: Double
    var right: Double
    var top: Double
    var bottom: Double

    func x(_ time: Instant) -> Double {
        let span = Double(max(1, (times.upperBound - times.lowerBound).nanoseconds))
        return left + Double((time - times.lowerBound).nanoseconds) / span * (right - left)
    }

    func y(_ value: Double) -> Double {
        let share = (value - values.lowerBound) / (values.upperBound - values.lowerBound)
        return bottom - share * (bottom - top)
    }
}

extension Scale {
    /// A line through points, `M` after every gap. Values have two decimals of a unit: a twenty-thousandth of
    /// a panel's height, so that the page's script can read the values back from the picture.
    func path(_ points: [Point], isStep: Bool) -> String {
        var path = ""
        var (isDrawing, lastY) = (false, "")
        for point in points {
            guard point.value.isFinite else {
                if isStep, isDrawing { path += "H" + NumberText.plain(x(point.time), 1) }
                isDrawing = false
                continue
            }
            let (x, y) = (NumberText.plain(x(point.time), 1), NumberText.plain(y(point.value), 2))
            if !isDrawing {
                path += "M\(x) \(y)"
            } else if isStep {
                path += y == lastY ? "" : "H\(x)V\(y)"
            } else {
                path += "L\(x) \(y)"
            }
            (isDrawing, lastY) = (true, y)
        }
        if isStep, isDrawing, let last = points.last { path += "H" + NumberText.plain(x(last.time), 1) }
        return path
    }

    /// The surface between a line and zero, or the edge of the panel that is nearest to zero.
    func area(_ points: [Point], isStep: Bool) -> String {
        let base = NumberText.plain(y(min(max(0, values.lowerBound), values.upperBound)), 2)
        var path = ""
        for run in runs(points) {
            guard let first = run.first, let last = run.last else { continue }
            path += "M\(NumberText.plain(x(first.time), 1)) \(base)"
            for point in run {
                let (x, y) = (NumberText.plain(x(point.time), 1), NumberText.plain(y(point.value), 2))
                path += isStep ? "H\(x)V\(y)" : "L\(x) \(y)"
            }
            path += "L\(NumberText.plain(x(last.time), 1)) \(base)Z"
        }
        return path
    }

    /// The surface between two lines of steps.
    func band(low: [Point], high: [Point]) -> String {
        let pairs = zip(low, high).map { pair in
            (time: pair.0.time, low: pair.0.value, high: pair.1.value)
        }
        var path = ""
        var index = 0
        while index < pairs.count {
            var end = index
            while end < pairs.count, pairs[end].low.isFinite, pairs[end].high.isFinite { end += 1 }
            if end > index {
                let close = end < pairs.count ? pairs[end].time : pairs[end - 1].time
                let run = pairs[index..<end]
                path += step(run.map { ($0.time, $0.high) }, to: close)
                path += step(run.map { ($0.time, $0.low) }, to: close, isBackward: true) + "Z"
            }
            index = max(end, index + 1)
        }
        return path
    }

    private func step(
        _ points: [(time: Instant, value: Double)], to end: Instant, isBackward: Bool = false
    ) -> String {
        var corners: [(String, String)] = []
        for (index, point) in points.enumerated() {
            let y = NumberText.plain(y(point.value), 1)
            corners.append((NumberText.plain(x(point.time), 1), y))
            let next = index + 1 < points.count ? points[index + 1].time : end
            corners.append((NumberText.plain(x(next), 1), y))
        }
        if isBackward { corners.reverse() }
        var path = ""
        for (index, corner) in corners.enumerated() {
            path += (index == 0 && !isBackward ? "M" : "L") + corner.0 + " " + corner.1
        }
        return path
    }

    /// Triangles and dots, at most `most` of them: of those in one cell of the picture only the first.
    func markers(_ markers: [Marker], atMost most: Int) -> String {
        let markers = markers.filter { $0.at.value.isFinite }
        var cell = 2.0
        var shown = separate(markers, cell: cell)
        while shown.count > most, cell < 256 {
            cell *= 1.5
            shown = separate(shown, cell: cell)
        }
        // Where there are many, small ones leave the line between them to be seen.
        let isCrowded = shown.count > most / 3
        var path = ""
        for marker in shown.prefix(most) {
            let (x, y) = (x(marker.at.time), y(marker.at.value))
            path += "M\(NumberText.plain(x, 1)) \(NumberText.plain(y, 1))"
            switch marker.shape {
            case .up: path += isCrowded ? "l2.5 5h-5z" : "l4 8h-8z"
            case .down: path += isCrowded ? "l2.5 -5h-5z" : "l4 -8h-8z"
            case .dot: path += "m-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0z"
            }
        }
        return path
    }

    private func separate(_ markers: [Marker], cell: Double) -> [Marker] {
        var taken: Set<Int64> = []
        return markers.filter { marker in
            let column = Int64(x(marker.at.time) / cell)
            let row = Int64(y(marker.at.value) / cell)
            return taken.insert(column << 32 | (row & 0xFFFF_FFFF)).inserted
        }
    }

    /// Points without gaps between them.
    private func runs(_ points: [Point]) -> [ArraySlice<Point>] {
        points.split { !$0.value.isFinite }
    }
}
