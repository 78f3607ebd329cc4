import Quantities
import WireCodecs

/// The results as a JSON document, for notebooks and scripts.
///
/// Money is text, so that nothing of it is lost; signals are numbers. Times are nanoseconds since 1970.
enum ResultsDocument {
    static func text(_ outcome: SweepOutcome) -> String {
        let request = outcome.request
        var json = JSONWriter(capacity: 1 << 16)
        json.beginObject()
        json.field("objective", request.objective.rawValue)
        json.field("search", request.method.rawValue)
        json.field("from", outcome.span.start.nanoseconds)
        json.field("to", outcome.span.end.nanoseconds)
        json.field("blocks", Int64(Sweep.blocks))
        json.key("seeds")
        json.beginArray()
        for seed in request.seeds { json.uint(seed) }
        json.endArray()
        json.key("parameters")
        json.beginArray()
        for axis in request.space.axes {
            json.beginObject()
            json.field("name", axis.name)
            json.key("values")
            json.beginArray()
            for value in axis.values { json.string(value.text) }
            json.endArray()
            json.endObject()
        }
        json.endArray()
        write(outcome.overfit, &json)
        json.key("results")
        json.beginArray()
        for index in outcome.ranking { write(outcome.candidates[index], request, &json) }
        json.endArray()
        json.field("refused", Int64(outcome.refusedCount))
        json.key("walk_forward")
        json.beginArray()
        for fold in outcome.folds { write(fold, request, &json) }
        json.endArray()
        json.endObject()
        return json.withBytes { String(decoding: $0, as: UTF8.self) } + "\n"
    }

    private static func write(_ report: OverfitReport?, _ json: inout JSONWriter) {
        json.key("overfit")
        guard let report else {
            json.null()
            return
        }
        json.beginObject()
        json.field("trials", Int64(report.trials))
        json.field("independent_trials", report.independentTrials)
        json.field("sharpe", report.sample.sharpe)
        json.field("skewness", report.sample.skewness)
        json.field("kurtosis", report.sample.kurtosis)
        json.field("expected_best_sharpe", report.deflated.expectedBest)
        json.field("deflated_sharpe", report.deflated.probability)
        json.field("deflated_sharpe_independent", report.deflatedIndependent.probability)
        if let overfit = report.overfit {
            json.field("overfit_probability", overfit.probability)
            json.field("loss_probability", overfit.lossProbability)
            json.field("mean_rank", overfit.meanRank)
            json.field("combinations", Int64(overfit.combinations))
        }
        json.endObject()
    }

    private static func write(_ candidate: Candidate, _ request: SweepRequest, _ json: inout JSONWriter) {
        guard let measure = candidate.measure else { return }
        json.beginObject()
        write(candidate.point, request, &json)
        json.field("share", 1 / Double(candidate.divisor))
        write(measure, request, &json)
        json.endObject()
    }

    private static func write(_ point: Int, _ request: SweepRequest, _ json: inout JSONWriter) {
        json.key("set")
        json.beginObject()
        for (axis, text) in zip(request.space.axes, request.space.texts(of: point)) {
            Array(axis.name.utf8).withUnsafeBufferPointer { json.key($0) }
            json.string(text)
        }
        json.endObject()
    }

    private static func write(_ measure: Measure, _ request: SweepRequest, _ json: inout JSONWriter) {
        json.field("objective", measure.value(of: request.objective))
        json.field("profit", "\(measure.profit)")
        json.field("drawdown", "\(measure.drawdown)")
        json.field("sharpe", measure.sample.sharpe)
        json.field("fees", "\(measure.fees)")
        json.field("turnover", "\(measure.turnover)")
        json.field("fills", Int64(measure.fills))
        json.field("orders", Int64(measure.orders))
        json.field("decisions", Int64(measure.decisions))
        json.field("hash", measure.hash)
        if !measure.stopped.isEmpty { json.field("stopped", measure.stopped) }
    }

    private static func write(_ fold: SweepFold, _ request: SweepRequest, _ json: inout JSONWriter) {
        json.beginObject()
        json.field("train_from", fold.train.start.nanoseconds)
        json.field("train_to", fold.train.end.nanoseconds)
        json.field("test_from", fold.test.start.nanoseconds)
        json.field("test_to", fold.test.end.nanoseconds)
        write(fold.point, request, &json)
        json.key("train")
        json.beginObject()
        write(fold.inSample, request, &json)
        json.endObject()
        json.key("test")
        json.beginObject()
        write(fold.outOfSample, request, &json)
        json.endObject()
        json.endObject()
    }
}

extension JSONWriter {
    fileprivate mutating func field(_ name: StaticString, _ text: String) {
        key(name)
        string(text)
    }

    fileprivate mutating func field(_ name: StaticString, _ value: Int64) {
        key(name)
        int(value)
    }

    /// A number that is not finite is null.
    fileprivate mutating func field(_ name: StaticString, _ value: Double) {
        key(name)
        guard value.isFinite else {
            null()
            return
        }
        Array("\(value)".utf8).withUnsafeBufferPointer { number($0) }
    }
}
