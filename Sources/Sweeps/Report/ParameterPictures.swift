import Pages

/// How the objective depends on the parameters: bars per parameter, heat maps per pair.
///
/// Drawn of the combinations that ran over all of the time; a value stands for the mean of all combinations that
/// have it, so that a single lucky one does not colour its neighbourhood.
struct ParameterPictures {
    /// Pairs of parameters that are drawn; more are left out.
    static let mapsMax = 6

    private let objective: Objective
    private let space: ParameterSpace
    /// Indices of the values, and the objective, per combination.
    private let points: [(indices: [Int], value: Double)]

    init(_ outcome: SweepOutcome) {
        let space = outcome.request.space
        let objective = outcome.request.objective
        self.space = space
        self.objective = objective
        points = outcome.candidates.filter { $0.divisor == 1 }.compactMap { candidate in
            candidate.value(of: objective).map { (space.indices(of: candidate.point), $0) }
        }
    }

    func write(to page: inout Page) {
        page.heading("Parameters", id: "parameters")
        let varied = space.axes.indices.filter { space.axes[$0].values.count > 1 }
        guard !points.isEmpty, !varied.isEmpty else {
            page.paragraph("No parameter takes more than one value.")
            return
        }
        page.paragraph(
            "Look for broad regions, not for peaks: a good value whose neighbours are bad is most likely luck."
        )
        page.charts(varied.map(bars))
        var pairs: [(Int, Int)] = []
        for (place, first) in varied.enumerated() {
            for second in varied[(place + 1)...] { pairs.append((first, second)) }
        }
        for (first, second) in pairs.prefix(Self.mapsMax) { page.map(map(first, second)) }
        if pairs.count > Self.mapsMax {
            page.remark("\(pairs.count - Self.mapsMax) more pairs of parameters are not drawn.")
        }
        if varied.contains(where: { space.axes[$0].values.count > HeatMap.sideMax }) {
            page.remark("Pictures show the first \(HeatMap.sideMax) values of a parameter.")
        }
    }

    private func bars(_ axis: Int) -> BarChart {
        let means = means(space.axes[axis].values.count) { $0[axis] }
        let every = max(1, (means.count + 7) / 8)
        let groups = zip(space.axes[axis].values, means).enumerated().map { index, pair in
            BarChart.Group(
                index.isMultiple(of: every) ? pair.0.text : "", [.init(pair.1, .series(axis))])
        }
        var chart = BarChart("Mean by \(space.axes[axis].name)", unit: objective.title, groups)
        chart.showsValues = means.count <= 8
        return chart
    }

    private func map(_ first: Int, _ second: Int) -> HeatMap {
        let (rows, columns) = (space.axes[first], space.axes[second])
        let width = columns.values.count
        let means = means(rows.values.count * width) { $0[first] * width + $0[second] }
        let values = rows.values.indices.map { Array(means[$0 * width..<($0 + 1) * width]) }
        let largest = means.filter(\.isFinite).map(\.magnitude).max() ?? 0
        return HeatMap(
            space.axes.count > 2 ? "Mean \(objective.title)" : objective.title.capitalisedFirst,
            x: (columns.name, columns.values.map(\.text)), y: (rows.name, rows.values.map(\.text)), values,
            decimals: min(4, NumberText.decimals(for: largest)))
    }

    /// The mean objective of each class; NaN of one without combinations.
    private func means(_ count: Int, _ place: ([Int]) -> Int) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        var counts = [Int](repeating: 0, count: count)
        for point in points {
            sums[place(point.indices)] += point.value
            counts[place(point.indices)] += 1
        }
        return zip(sums, counts).map { $1 > 0 ? $0 / Double($1) : .nan }
    }
}
