import BinanceVenue
import MarketModel

/// A reader of one format.
protocol EventReader: AnyObject {
    /// Appends the events of the next piece of input, perhaps none; false at the end.
    ///
    /// After the error of a line the next call goes on behind it; any other error is final and is
    /// thrown again. With an error nothing is appended.
    func read(into events: inout [MarketEvent]) throws(RecordingError) -> Bool

    var tally: ReaderTally { get }
}

/// What a reader has counted itself.
struct ReaderTally {
    var lines = 0
    /// Lines that were received before the one in front of them and were moved to its time.
    var clampedTimes = 0
    var frames = BinanceFeedCounts()
}
