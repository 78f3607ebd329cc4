import Testing

/// A session that is wrong in one thing: where it is, and what the message has to say.
struct BrokenSession: CustomTestStringConvertible {
    let text: String
    let place: String
    let message: String

    init(text: String, _ place: String, _ message: String) {
        self.text = text
        self.place = place
        self.message = message
    }

    /// Lines at the top of a sound file; the first of them is line 1.
    init(_ top: String, _ place: String, _ message: String) {
        self.init(text: top + "\n" + SessionSample.minimal, place, message)
    }

    /// A line of the only market, in line 2 at column 5, in place of the line of a sound file.
    init(market line: String, _ place: String, _ message: String) {
        let key = line.prefix { $0 != ":" }
        let sound = ["name: BTCUSDT", "base: BTC", "quote: USDT", "tick: 0.01", "lot: 0.00001"]
        let rest = sound.filter { !$0.hasPrefix(key + ":") }.map { "    \($0)\n" }.joined()
        self.init(text: "markets:\n  - \(line)\n\(rest)strategies: [{strategy: watching}]\n", place, message)
    }

    /// A line of the only strategy, in line 2 at column 5.
    init(strategy line: String, _ place: String, _ message: String) {
        let rest = line.hasPrefix("strategy:") ? "" : "    strategy: quoting\n"
        self.init(text: "strategies:\n  - \(line)\n\(rest)" + SessionSample.markets, place, message)
    }

    /// A second market, in line 9, and strategies behind it.
    init(markets second: String, strategies: String, _ place: String, _ message: String) {
        self.init(
            text: "\n\n" + SessionSample.markets
                + "  - {\(second), tick: 1, lot: 1}\nstrategies: \(strategies)\n",
            place, message)
    }

    var testDescription: String { text.debugDescription }
}
