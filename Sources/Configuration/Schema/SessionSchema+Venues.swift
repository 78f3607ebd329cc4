import Quantities

extension SessionSchema {
    // MARK: - Sources of market data

    var venues: JSONTree {
        ValueSchema.section([
            "binance": binance, "binance-options": binanceOptions, "jayx": jayx,
        ]).about("Venues that bring market data beside the one that is traded at; a market names its own.")
    }

    private var binance: JSONTree {
        source(.binance).with(rhythm(.binance)).section("Binance Spot.")
    }

    private var binanceOptions: JSONTree {
        source(.binanceOptions).with(rhythm(.binanceOptions)).with([
            "generation": ValueSchema.choice(OptionsGeneration.self)
                .about("Which interface is spoken: it was rebuilt about January 2026.", default: "second")
        ]).section("Binance Options.")
    }

    private var jayx: JSONTree {
        source(.jayx).with([
            "framing": ValueSchema.choice(SourceFraming.self)
                .about("How messages are framed, which the venue does not document.", default: "socket.io")
        ]).section("Jayx.")
    }

    /// What every source has.
    private func source(_ venue: SourceVenue) -> JSONTree {
        let usual = SourceSettings(venue)
        let streams = ValueSchema.list(
            ValueSchema.choice(SourceStream.self), 1...SourceStream.allCases.count)
        return [
            "socket": ValueSchema.line(Format<String>.lengthMax)
                .about("The base of its streams.", default: .text(usual.socket)),
            "rest": ValueSchema.line(Format<String>.lengthMax)
                .about("The base of its requests.", default: .text(usual.rest)),
            "authority": ValueSchema.line(DataDraft.pathLengthMax)
                .about("A file of PEM certificates to trust instead of the system's."),
            "streams": streams.with(["uniqueItems": true])
                .about("What is taken of each market."),
        ]
    }

    private func rhythm(_ venue: SourceVenue) -> JSONTree {
        let levels = JSONTree.list(SourceSettings.topLevels.map { .number("\($0)") })
        return [
            "top_levels": (["enum": levels] as JSONTree)
                .about("Levels of a side of 'top'.", default: 20),
            "fast": ValueSchema.flag
                .about("Whether books are pushed as often as the venue can.", default: .flag(true)),
            "combined": ValueSchema.flag
                .about("Whether messages come with the name of their stream.", default: .flag(true)),
        ]
    }
}

extension JSONTree {
    fileprivate func section(_ text: String) -> JSONTree { ValueSchema.section(self).about(text) }
}
