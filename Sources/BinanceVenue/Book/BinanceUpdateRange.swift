/// The update numbers that a depth frame covers.
package struct BinanceUpdateRange: BitwiseCopyable, Equatable, Sendable {
    /// The first one, `U`.
    package var first: UInt64
    /// The last one, `u`; at least `first`.
    package var last: UInt64
    /// The last one of the frame before, `pu`; futures only.
    package var previous: UInt64?

    package init(first: UInt64, last: UInt64, previous: UInt64?) {
        self.first = first
        self.last = last
        self.previous = previous
    }

    /// Whether nothing is missing between a snapshot with this number and the frame.
    ///
    /// Futures number updates across all markets, so there `pu` tells what the market's next one is:
    /// a snapshot taken between `pu` and `U` lacks nothing.
    func joins(_ snapshot: UInt64) -> Bool {
        previous.map { $0 <= snapshot } ?? (first <= snapshot || first - snapshot == 1)
    }

    /// Whether nothing is missing between the frame that ended with this number and this one.
    ///
    /// On spot a frame may overlap the one before: levels are absolute.
    func follows(_ other: UInt64) -> Bool {
        previous.map { $0 == other } ?? (first <= other || first - other == 1)
    }
}
