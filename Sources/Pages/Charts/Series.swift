import Quantities

/// A number at a time; NaN is a gap.
package struct Point: Equatable, Sendable {
    package var time: Instant
    package var value: Double

    package init(_ time: Instant, _ value: Double) {
        self.time = time
        self.value = value
    }
}

/// One line of a chart: points in the order of time.
package struct Series: Equatable, Sendable {
    package enum Style: Equatable, Sendable {
        /// From point to point.
        case line
        /// A value holds until the next one.
        case step
        /// A line, and the surface between it and zero.
        case area
        /// Steps, and the surface between them and zero.
        case stepArea
        /// Thin steps, for what is beside the main line.
        case thinStep

        var isStep: Bool {
            switch self {
            case .step, .stepArea, .thinStep: true
            case .line, .area: false
            }
        }

        var isFilled: Bool {
            switch self {
            case .area, .stepArea: true
            case .line, .step, .thinStep: false
            }
        }
    }

    package var name: String
    package var tone: Tone
    package var style: Style
    package var points: [Point]

    package init(_ name: String, _ tone: Tone, _ style: Style = .line, _ points: [Point]) {
        self.name = name
        self.tone = tone
        self.style = style
        self.points = points
    }

    /// The points that the eye can tell apart: of every column of the picture the lowest and the highest,
    /// in the order of time, so that no spike is lost; also the first, the last, and where gaps are.
    ///
    /// At most `2 * columns + 2` points, and as many gaps as columns.
    package func thinned(_ range: ClosedRange<Instant>, columns: Int) -> [Point] {
        guard points.count > 2 * columns else { return points }
        let width = max(1, (range.upperBound - range.lowerBound).nanoseconds / Int64(max(columns, 1)) + 1)
        var result: [Point] = []
        var column = Column()
        for point in points {
            let place = (point.time - range.lowerBound).nanoseconds / width
            if place != column.place {
                column.write(to: &result)
                column = Column(place: place)
            }
            column.add(point)
        }
        column.write(to: &result)
        if let first = points.first, result.first != first, !first.value.isNaN { result.insert(first, at: 0) }
        if let last = points.last, result.last != last, !last.value.isNaN { result.append(last) }
        return result
    }
}

/// What one column of a picture has of a series.
private struct Column {
    var place = Int64.min
    var low: Point?
    var high: Point?
    var gap: Point?

    init(place: Int64 = .min) { self.place = place }

    mutating func add(_ point: Point) {
        guard !point.value.isNaN else {
            gap = point
            return
        }
        if low == nil || point.value < low!.value { low = point }
        if high == nil || point.value >= high!.value { high = point }
    }

    func write(to points: inout [Point]) {
        if let low, let high {
            points.append(low.time <= high.time ? low : high)
            if low != high { points.append(low.time <= high.time ? high : low) }
        }
        if let gap { points.append(gap) }
    }
}

/// What a colour stands for; the page's style gives it one for light and one for dark.
package struct Tone: Equatable, Sendable {
    /// The class in the style.
    package let name: String

    private init(_ name: String) { self.name = name }

    package static let buy = Tone("buy")
    package static let sell = Tone("sell")
    package static let good = Tone("good")
    package static let bad = Tone("bad")
    package static let muted = Tone("muted")

    /// Colours that differ: how many lines of one panel can be told apart by them.
    package static let seriesMax = 8

    /// The colour of the n-th line; they repeat after `seriesMax`.
    package static func series(_ index: Int) -> Tone { Tone("s\(index % seriesMax)") }
}
