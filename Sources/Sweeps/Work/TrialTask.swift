import Configuration
import Quantities
import Runtime
import StrategyKit

/// A trial that is to be run: a combination of parameters, a seed, a part of the time.
struct TrialTask: Equatable, Sendable {
    var point: Int
    var seed: UInt64
    /// Which of the windows of its round.
    var window: Int
}

/// The key under which a result is kept: what it is of, within the folder of one configuration.
///
/// Parameters that have the value of the configuration are left out, and the others are sorted, so that another
/// sweep over other ranges finds what it shares with this one.
struct TrialKey {
    private let space: ParameterSpace
    /// Per axis the text of the configuration's own value.
    private let own: [String]

    init(_ space: ParameterSpace, _ base: SessionConfiguration) {
        self.space = space
        own = space.axes.map { axis in
            let parameters = base.strategies[axis.strategy].effectiveParameters
            let value = parameters.first { $0.name == axis.parameter.name }?.value
            return value.map(SweepAxis.canonical) ?? ""
        }
    }

    func text(_ task: TrialTask, _ window: TrialWindow) -> String {
        var parts: [String] = []
        for (index, text) in space.texts(of: task.point).enumerated() where text != own[index] {
            parts.append("\(space.axes[index].name)=\(text)")
        }
        parts.sort()
        parts.append("seed=\(task.seed)")
        parts.append("from=\(window.start.nanoseconds)")
        parts.append("to=\(window.end.nanoseconds)")
        return parts.joined(separator: " ")
    }
}
