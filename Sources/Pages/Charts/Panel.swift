import Quantities

/// A sign at a time and a value, such as a fill.
package struct Marker: Equatable, Sendable {
    package enum Shape: Equatable, Sendable {
        /// Points up, stands below its value.
        case up
        /// Points down, stands above its value.
        case down
        case dot
    }

    package var at: Point
    package var shape: Shape

    package init(at: Point, _ shape: Shape) {
        self.at = at
        self.shape = shape
    }
}

/// Markers of one kind: one entry of the legend.
package struct MarkerGroup: Equatable, Sendable {
    package var name: String
    package var tone: Tone
    package var markers: [Marker]

    package init(_ name: String, _ tone: Tone, _ markers: [Marker]) {
        self.name = name
        self.tone = tone
        self.markers = markers
    }
}

/// The surface between two lines, such as bid and ask.
package struct Band: Equatable, Sendable {
    package var name: String
    package var tone: Tone
    /// Steps; a NaN in either is a gap.
    package var low: [Point]
    package var high: [Point]

    package init(_ name: String, _ tone: Tone, low: [Point], high: [Point]) {
        self.name = name
        self.tone = tone
        self.low = low
        self.high = high
    }

    /// As wide in every column of the picture as it ever was there; a column with a gap in it is one.
    func thinned(_ range: ClosedRange<Instant>, columns: Int) -> Band {
        guard low.count > columns, low.count == high.count else { return self }
        let width = max(1, (range.upperBound - range.lowerBound).nanoseconds / Int64(max(columns, 1)) + 1)
        var thin = Band(name, tone, low: [], high: [])
        var last = Int64.min
        for (low, high) in zip(low, high) {
            let place = (low.time - range.lowerBound).nanoseconds / width
            if place != last {
                thin.low.append(low)
                thin.high.append(high)
                last = place
            } else {
                let end = thin.low.count - 1
                let (lowest, highest) = (thin.low[end].value, thin.high[end].value)
                // Gaps spread: a sum with one is one.
                thin.low[end].value = low.value < lowest ? low.value : lowest + low.value * 0
                thin.high[end].value = high.value > highest ? high.value : highest + high.value * 0
            }
        }
        return thin
    }
}

/// One of the charts that share a time axis.
package struct Panel: Equatable, Sendable {
    package var title: String
    package var unit: String
    /// Units of the picture, about pixels; 60 to 600.
    package var height: Int
    package var includesZero: Bool
    /// Decimals of values that are read out; nil takes what the axis needs and two more.
    package var decimals: Int?
    package var bands: [Band] = []
    package var series: [Series]
    package var markers: [MarkerGroup] = []

    package init(
        _ title: String, unit: String = "", height: Int = 140, includesZero: Bool = false,
        decimals: Int? = nil, _ series: [Series]
    ) {
        self.title = title
        self.unit = unit
        self.height = min(max(height, 60), 600)
        self.includesZero = includesZero
        self.decimals = decimals
        self.series = series
    }

    /// From the lowest to the highest value with room around them; nil when there is none.
    var range: ClosedRange<Double>? {
        var (low, high) = (Double.infinity, -Double.infinity)
        func see(_ points: [Point]) {
            for point in points where point.value.isFinite {
                low = min(low, point.value)
                high = max(high, point.value)
            }
        }
        for series in series { see(series.points) }
        for band in bands {
            see(band.low)
            see(band.high)
        }
        for group in markers { see(group.markers.map(\.at)) }
        guard low <= high else { return nil }
        return NumberTicks.range(low, high, includesZero: includesZero)
    }

    var timeRange: ClosedRange<Instant>? {
        let lists =
            series.map(\.points) + bands.flatMap { [$0.low, $0.high] }
            + markers.map { $0.markers.map(\.at) }
        let firsts = lists.compactMap { $0.first?.time }
        let lasts = lists.compactMap { $0.last?.time }
        guard let low = firsts.min(), let high = lasts.max(), low <= high else { return nil }
        return low...high
    }
}

/// How large a picture is drawn: its units are about pixels.
package struct PictureWidth: Equatable, Sendable {
    package let units: Int
    /// Columns of the picture that lines are thinned to.
    let columns: Int
    /// Markers of a kind that are drawn at most: of those that share a cell only one is drawn, and the cells
    /// grow until so few are left.
    let markersMax: Int
    let isNarrow: Bool

    /// For a page on a desk.
    package static let wide = PictureWidth(units: 1_040, columns: 1_000, markersMax: 400, isNarrow: false)
    /// For a phone.
    package static let narrow = PictureWidth(units: 400, columns: 360, markersMax: 160, isNarrow: true)
    /// For a stand-alone picture, which has to be small.
    package static let compact = PictureWidth(units: 960, columns: 260, markersMax: 200, isNarrow: false)
}
