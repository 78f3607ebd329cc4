import MarketModel
import Quantities

/// Turns a recording of any format into a record file.
package enum RecordingImporter {
    /// Reads a recording and writes all of its events; returns what was read.
    ///
    /// The first error ends it and nothing is left behind; a recording with damage at its end is first
    /// to be cut by the caller, who knows what the rest was worth.
    package static func convert(
        _ paths: [String], to target: String, _ options: RecordingOptions = RecordingOptions()
    ) throws(RecordingError) -> RecordingReport {
        var source = try RecordingSource(paths, options)
        var writer = try RecordFileWriter(target, source.markets)
        while let event = try source.next() { try writer.append(event) }
        try writer.finish()
        return source.report
    }
}
