import BinanceVenue
import MarketModel
import Quantities

/// What a recording holds and how good it is.
package struct RecordingReport: Equatable, Sendable {
    /// A stretch without any event of a market.
    package struct Silence: Equatable, Sendable {
        package var market: MarketID
        /// The last event before it.
        package var since: Instant
        package var length: Interval
    }

    /// A place where updates of a book are missing.
    package struct SequenceGap: Equatable, Sendable {
        package var market: MarketID
        package var at: Instant
        /// The last update number before the hole.
        package var lastGood: UInt64
    }

    /// The most silences and gaps that are kept, each; all are counted.
    package static let placesMax = 256

    /// Lines read; 0 for record files.
    package var lines = 0
    /// Lines moved to the time of the one in front of them.
    package var clampedTimes = 0
    /// Frames by kind, where the format has frames.
    package var frames = BinanceFeedCounts()

    package var quotes = 0
    package var trades = 0
    package var levels = 0
    package var resets = 0
    package var tickers = 0
    package var optionMarks = 0
    package var connections = 0

    /// When the first and the last event were received; nil without events.
    package var range: ClosedRange<Instant>?

    package var silenceCount = 0
    package var silences: [Silence] = []
    package var sequenceGapCount = 0
    package var sequenceGaps: [SequenceGap] = []
    /// Quotes whose bid is at or above their ask.
    package var crossedQuotes = 0
    /// Quotes of which a side is empty.
    package var oneSidedQuotes = 0
    /// Updates that left a book crossed.
    package var crossedBooks = 0
    /// Trades whose id is not above the one before.
    package var repeatedTrades = 0
    /// Places where ids of trades are missing.
    package var tradeGaps = 0

    /// Quotes with the update number of a rebuilt book.
    package var bookSamples = 0
    /// Of those, the ones with the same best prices and sizes.
    package var bookMatches = 0
    /// The median of venue time minus receipt: by how much the recorder's clock is behind, less the
    /// way of the data. Nil where the venue gives no times.
    package var clockOffset: Interval?

    /// The names of the markets, by the index that gaps and silences carry.
    package var markets: [String] = []

    package init() {}

    package var events: Int { quotes + trades + levels + resets + tickers + optionMarks + connections }
}

extension RecordingReport: CustomStringConvertible {
    package var description: String {
        var lines: [String] = []
        if let range {
            lines.append("from \(range.lowerBound) to \(range.upperBound)")
        }
        lines.append(
            "\(events) events: \(quotes) quotes, \(trades) trades, \(levels) level changes,"
                + " \(resets) resets, \(tickers) tickers, \(connections) connection changes"
                + (optionMarks > 0 ? ", \(optionMarks) option marks" : ""))
        if self.lines > 0 {
            lines.append(
                "\(self.lines) lines: \(frames.other) frames of other kinds,"
                    + " \(frames.foreign) of other markets, \(frames.skippedTrades) trades skipped,"
                    + " \(frames.duplicateDepths) depth frames repeated, \(clampedTimes) times moved")
        }
        if frames.keptDepths > frames.appliedKeptDepths {
            lines.append(
                "\(frames.keptDepths - frames.appliedKeptDepths) depth frames had no snapshot to"
                    + " join; \(frames.uselessSnapshots) snapshots were too old")
        }
        lines.append(
            "quality: \(sequenceGapCount) sequence gaps, \(silenceCount) silences,"
                + " \(crossedQuotes) quotes crossed, \(oneSidedQuotes) one-sided,"
                + " \(crossedBooks) books crossed, \(repeatedTrades) trades repeated,"
                + " \(tradeGaps) gaps in trade ids")
        lines += silences.map { "  \(name($0.market)) silent for \(seconds($0.length)) since \($0.since)" }
        lines += sequenceGaps.map {
            "  \(name($0.market)) lacks updates after \($0.lastGood), at \($0.at)"
        }
        if bookSamples > 0 {
            lines.append("rebuilt book equals the ticker: \(bookMatches) of \(bookSamples) samples")
        }
        if let clockOffset { lines.append("median of venue time minus receipt: \(seconds(clockOffset))") }
        return lines.joined(separator: "\n")
    }

    private func name(_ market: MarketID) -> String {
        Int(market.index) < markets.count ? markets[Int(market.index)] : "market \(market.index)"
    }

    /// A length of time in seconds, to the millisecond.
    private func seconds(_ interval: Interval) -> String {
        Amount(raw: Int128(interval.nanoseconds) * 1_000).text(decimals: 3) + " s"
    }
}
