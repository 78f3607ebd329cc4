import Configuration
import StrategyKit

/// All combinations of the values of some parameters: a lattice, whose points are numbered.
///
/// Point numbers count like the digits of a clock: the last axis changes first. They are the canonical order of
/// everything that a sweep writes.
package struct ParameterSpace: Equatable, Sendable {
    /// The most parameters that one sweep varies.
    package static let axesMax = 16

    package let axes: [SweepAxis]
    /// How many points there are; `Int.max` when there are more.
    package let count: Int

    /// Reads the ranges of a command line.
    package init(_ texts: [String], _ strategies: [StrategySelection]) throws(SweepError) {
        guard !texts.isEmpty else {
            let names = strategies.flatMap { $0.description.parameters.map(\.name) }
            throw .request(
                "which parameters? --set NAME=RANGE, with \(names.prefix(40).joined(separator: ", "))")
        }
        guard texts.count <= Self.axesMax else {
            throw .request("\(texts.count) parameters at once; at most \(Self.axesMax)")
        }
        let reading = AxisReading(strategies: strategies)
        var axes: [SweepAxis] = []
        for text in texts {
            let axis = try reading.axis(text)
            if axes.contains(where: { $0.name == axis.name }) {
                throw .request("--set \(axis.name): it is set twice; write all its values in one list")
            }
            axes.append(axis)
        }
        self.init(axes)
    }

    init(_ axes: [SweepAxis]) {
        self.axes = axes
        var count = 1
        for axis in axes {
            let (product, overflow) = count.multipliedReportingOverflow(by: axis.values.count)
            count = overflow ? .max : product
        }
        self.count = count
    }

    /// Per axis the index of the point's value.
    package func indices(of point: Int) -> [Int] {
        var rest = point
        var indices = [Int](repeating: 0, count: axes.count)
        for axis in axes.indices.reversed() {
            indices[axis] = rest % axes[axis].values.count
            rest /= axes[axis].values.count
        }
        return indices
    }

    /// The point with these indices.
    package func point(_ indices: [Int]) -> Int {
        var point = 0
        for (axis, index) in indices.enumerated() { point = point * axes[axis].values.count + index }
        return point
    }

    /// The texts of a point's values.
    package func texts(of point: Int) -> [String] {
        zip(axes, indices(of: point)).map { axis, index in axis.values[index].text }
    }

    /// `fast=5s order=limit`.
    package func description(of point: Int) -> String {
        zip(axes, texts(of: point)).map { "\($0.name)=\($1)" }.joined(separator: " ")
    }

    /// A configuration with the values of a point.
    package func apply(_ point: Int, to base: SessionConfiguration) -> SessionConfiguration {
        var configuration = base
        for (axis, index) in zip(axes, indices(of: point)) {
            let setting = ParameterSetting(name: axis.parameter.name, value: axis.values[index].value)
            configuration.strategies[axis.strategy].set(setting)
        }
        return configuration
    }
}

extension StrategySelection {
    /// Sets a parameter, keeping the order of the schema.
    fileprivate mutating func set(_ setting: ParameterSetting) {
        let others = parameters.filter { $0.name != setting.name } + [setting]
        parameters = description.parameters.compactMap { parameter in
            others.first { $0.name == parameter.name }
        }
    }
}
