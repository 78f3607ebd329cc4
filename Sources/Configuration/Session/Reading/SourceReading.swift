import MarketModel

extension SourceSettings {
    /// Reads the section of a venue in `venues`.
    ///
    /// - Parameter folder: of the configuration's file: paths are relative to it.
    init(_ section: Section, _ venue: SourceVenue, folder: String) {
        var generation = OptionsGeneration.second
        if venue == .binanceOptions {
            generation = section.value("generation", .choice(of: OptionsGeneration.self), default: generation)
        }
        self.init(venue, generation: generation)
        socket = section.value("socket", .address(plain: "ws", secure: "wss"), default: socket)
        rest = section.value("rest", .address(plain: "http", secure: "https"), default: rest)
        authority = section.optional("authority", .string(length: 1...DataDraft.pathLengthMax))
            .map { DataDraft.path($0, in: folder) }
        readStreams(section)
        switch venue {
        case .binance, .binanceOptions:
            isFast = section.value("fast", .bool, default: isFast)
            isCombined = section.value("combined", .bool, default: isCombined)
        case .jayx:
            framing = section.value("framing", .choice(of: SourceFraming.self), default: framing)
        }
    }

    private mutating func readStreams(_ section: Section) {
        let known = Format<Placed<SourceStream>>.placed(.choice(of: SourceStream.self))
        let format = Format.list(of: known, count: 1...SourceStream.allCases.count)
        if let wanted = section.optional("streams", format) { take(wanted) }
        let levels = venue.topLevels(generation)
        guard !levels.isEmpty else { return }
        topLevels = section.value(
            "top_levels", .choice(among: levels.map { ("\($0)", $0) }), default: topLevels)
    }

    /// Takes what the venue has; what it lacks is refused with what there is instead.
    private mutating func take(_ wanted: [Placed<SourceStream>]) {
        let possible = venue.streams(generation)
        var taken: [SourceStream] = []
        for stream in wanted {
            if taken.contains(stream.value) {
                stream.refuse("is '\(stream.value.rawValue)', which is in the list already")
                continue
            }
            guard possible.contains(stream.value) else {
                stream.refuse(
                    "is '\(stream.value.rawValue)', which \(whole) does not have",
                    suggestion: "possible are \(possible.map(\.rawValue).joined(separator: ", "))")
                continue
            }
            switch (stream.value, taken.contains(.trades), taken.contains(.aggregateTrades)) {
            case (.aggregateTrades, true, _), (.trades, _, true):
                stream.refuse("tells the same trades as another of the list")
            case (.quotes, _, _), (.trades, _, _), (.aggregateTrades, _, _), (.book, _, _), (.top, _, _),
                (.tickers, _, _), (.marks, _, _):
                taken.append(stream.value)
            }
        }
        if taken.contains(.book), let top = wanted.first(where: { $0.value == .top }) {
            top.refuse("is a part of 'book': one of them makes up the market's book")
        }
        streams = SourceStream.allCases.filter { taken.contains($0) }
    }

    private var whole: String {
        switch venue {
        case .binance, .jayx: venue.rawValue
        case .binanceOptions: "the \(generation.rawValue) generation of \(venue.rawValue)"
        }
    }
}

/// The sources of market data that the file names, as far as they could be read.
struct SourceList {
    private(set) var sources: [SourceSettings] = []

    /// - Parameter markets: those of the session: a source is used where a market is of it.
    init(_ top: Section, _ markets: MarketList, folder: String) {
        let used = SourceVenue.allCases.filter { venue in markets.drafts.contains { $0.source == venue } }
        guard let section = top.optional("venues", .openSection) else {
            sources = used.map { SourceSettings($0) }
            return
        }
        for venue in SourceVenue.allCases {
            let format = Format<SourceSettings>.section { SourceSettings($0, venue, folder: folder) }
            let settings = section.value(venue.rawValue, format, default: SourceSettings(venue))
            if used.contains(venue) {
                sources.append(settings)
            } else if section.has(venue.rawValue), markets.isComplete {
                section.warn(
                    venue.rawValue, "has no market",
                    suggestion: "write 'venue: \(venue.rawValue)' at the markets that it brings data of")
            }
        }
        section.finish()
    }
}
