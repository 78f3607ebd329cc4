/// A number that no order and no withdrawal of the venue has: to ask for something that cannot be, and learn from how
/// that is refused.
package enum CoinExProbe {
    /// The largest that every reader of JSON takes.
    package static let number: Int64 = 9_007_199_254_740_991
}
