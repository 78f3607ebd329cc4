import Journal
import Pages
import Quantities
import WireCodecs

/// The figures of a run for programs: `report.json`. What is not known is null.
struct RunSummaryFile {
    let run: RunData
    let figures: Figures

    var text: String {
        var json = JSONWriter(capacity: 16_384)
        json.object { json in
            json.key("run")
            json.string(run.name)
            json.key("mode")
            json.string(run.record.mode)
            json.key("seed")
            json.uint(run.record.seed)
            json.key("started_at")
            json.string("\(run.times.lowerBound)")
            json.key("ended_at")
            json.string("\(run.times.upperBound)")
            json.key("outcome")
            if let outcome = run.record.ending?.outcome { json.string(outcome) } else { json.null() }
            json.key("decisions")
            if let ending = run.record.ending { json.int(ending.decisions) } else { json.null() }
            json.key("decision_hash")
            if let ending = run.record.ending {
                json.string(RunPage.hexadecimal(ending.decisionHash))
            } else {
                json.null()
            }
            json.key("config_hash")
            json.string(run.record.configHash)
            json.key("quote")
            json.string(run.quote)
            json.key("measures")
            write(figures, to: &json)
            json.key("markouts")
            write(figures.markouts, to: &json)
            json.key("parts")
            json.array { json in
                for part in run.parts { write(part, to: &json) }
            }
        }
        return json.withBytes { String(decoding: $0, as: UTF8.self) } + "\n"
    }

    private func write(_ part: PartData, to json: inout JSONWriter) {
        let figures = Figures(run, [part])
        json.object { json in
            json.key("strategy")
            json.string(part.strategy)
            json.key("market")
            json.string(part.market)
            json.key("measures")
            write(figures, to: &json)
            json.key("markouts")
            write(figures.markouts, to: &json)
        }
    }

    private func write(_ figures: Figures, to json: inout JSONWriter) {
        json.object { json in
            for measure in figures.measures {
                key(measure.key, to: &json)
                number(measure.value, to: &json)
            }
        }
    }

    private func write(_ markouts: [MarkoutFigures], to json: inout JSONWriter) {
        json.array { json in
            for figure in markouts {
                json.object { json in
                    json.key("side")
                    json.string(figure.side)
                    json.key("after_ms")
                    json.int(figure.afterMilliseconds)
                    json.key("mean_bp")
                    number(figure.basisPoints.mean, to: &json)
                    json.key("standard_error_bp")
                    number(figure.basisPoints.standardError, to: &json)
                    json.key("quote_value")
                    number(figure.basisPoints.count > 0 ? figure.value : nil, to: &json)
                    json.key("fills")
                    json.int(Int64(figure.basisPoints.count))
                    json.key("unknown")
                    json.int(Int64(figure.unknown))
                }
            }
        }
    }

    private func key(_ name: String, to json: inout JSONWriter) {
        var name = name
        name.withUTF8 { json.key($0) }
    }

    private func number(_ value: Double?, to json: inout JSONWriter) {
        guard let value, value.isFinite else { return json.null() }
        var text = NumberText.plain(value, value.magnitude < 1e6 ? 10 : 4)
        text.withUTF8 { json.number($0) }
    }
}
