import MarketModel
import Quantities
import Simulation

/// The source of market data as the file gives it.
struct DataDraft {
    enum Source: String, CaseIterable {
        case synthetic, recording, venue
    }

    static let pathLengthMax = 1_024

    /// The synthetic market where the section could not be read.
    private(set) var settings = DataSettings.synthetic(SyntheticSettings())
    /// The start price and the spread, if the file gives them.
    private var price: Placed<Price>?
    private var spread: Placed<Int>?

    /// - Parameters:
    ///   - usual: the source where the file names none.
    ///   - files: the recordings that the command line plays instead; empty for none.
    init(_ top: Section, folder: String, usual: Source, insteadOf files: [String]) {
        if usual == .venue { settings = .venue }
        if !files.isEmpty { settings = .recording(files: files) }
        guard let section = top.optional("data", .openSection) else { return }
        defer { section.finish() }
        // Nil where it is given and wrong: then nothing follows from it.
        let source = section.has("source") ? section.optional("source", .choice(of: Source.self)) : usual
        let synthetic = section.optional("synthetic", .openSection).map { readSynthetic($0) }
        let needsFiles = source == .recording && files.isEmpty
        let named = needsFiles ? section.required("files", Self.files) : section.optional("files", Self.files)
        if !files.isEmpty { return }
        switch source {
        case nil: break
        case .synthetic:
            settings = .synthetic(synthetic ?? SyntheticSettings())
            if section.has("files") { refuseFiles(section) }
        case .recording:
            settings = .recording(files: (named ?? []).map { Self.path($0, in: folder) })
            if section.has("synthetic") { section.warn("synthetic", "has no effect on a recording") }
        case .venue:
            settings = .venue
            for key in ["synthetic", "files"] where section.has(key) {
                section.warn(key, "has no effect on the venue's own data")
            }
        }
    }

    /// Files that are named and not played are an error, unless the source says so in as many words.
    private func refuseFiles(_ section: Section) {
        if section.has("source") {
            section.warn("files", "has no effect on a synthetic market")
        } else {
            section.refuse("files", "needs a recording as its source", suggestion: "write source: recording")
        }
    }

    private static var files: Format<[String]> {
        let file = Format.placed(.string(length: 1...pathLengthMax))
        return Format.list(of: file, count: 1...DataSettings.filesMax).map { files in
            var seen: Set<String> = []
            for file in files where !seen.insert(file.value).inserted {
                file.refuse("is in the list already")
            }
            return files.map(\.value)
        }
    }

    static func path(_ file: String, in folder: String) -> String {
        file.hasPrefix("/") ? file : folder + file
    }

    private mutating func readSynthetic(_ section: Section) -> SyntheticSettings {
        defer { section.finish() }
        var settings = SyntheticSettings()
        price = section.optional("price", .placed(.price(SyntheticSettings.prices)))
        settings.price = price?.value ?? settings.price
        settings.orderValue = section.value(
            "order_value", .notional(SyntheticSettings.orderValues), default: settings.orderValue)
        spread = section.optional("spread_ticks", .placed(.int(in: SyntheticSettings.spreadTicksRange)))
        settings.spreadTicks = spread?.value ?? settings.spreadTicks
        settings.depthLevels = section.value(
            "depth_levels", .int(in: SyntheticSettings.depthLevelsRange), default: settings.depthLevels)
        settings.eventsPerSecond = section.value(
            "events_per_second", .double(in: SyntheticSettings.eventsPerSecondRange),
            default: settings.eventsPerSecond)
        settings.volatility = section.value(
            "volatility", .double(in: SyntheticSettings.volatilityRange), default: settings.volatility)
        settings.clustering = section.value(
            "clustering", .double(in: SyntheticSettings.clusteringRange), default: settings.clustering)
        return settings
    }

    /// Checks that each market can be a synthetic one of this shape.
    func checkShape(_ markets: MarketList) {
        guard case .synthetic(let settings) = settings else {
            for market in markets.drafts {
                market.startPrice?.warn("has an effect on synthetic markets only")
                market.follows?.warn("is followed by synthetic markets only")
            }
            return
        }
        for market in markets.drafts {
            if market.source == .binanceOptions, market.follows != nil { continue }
            guard let tick = market.tick, let rules = market.settings?.rules else { continue }
            let shape = settings.configuration(
                for: MarketID(0), rules, startPrice: market.startPrice?.value, startsAt: .distantPast)
            switch shape.defect {
            case .startPriceOutOfRange: refusePrice(market.startPrice ?? price, settings, tick)
            case .spreadOutOfRange:
                spread?.refuse("is \(settings.spreadTicks), more than a tenth of the price in '\(tick.path)'")
            case nil: break
            case .tickOutOfRange, .lotOutOfRange, .typicalQuantityOutOfRange, .depthOutOfRange,
                .eventsPerSecondOutOfRange, .volatilityOutOfRange, .clusteringOutOfRange:
                break  // Their ranges were checked, or made to fit, one by one.
            }
        }
    }

    private func refusePrice(_ price: Placed<Price>?, _ settings: SyntheticSettings, _ tick: Placed<Price>) {
        let reason = "a synthetic market starts at 100 to 10^12 ticks"
        if let price {
            price.refuse(
                "is \(price.value), which does not go with '\(tick.path)' (\(tick.value)): \(reason)")
        } else {
            tick.refuse(
                "is \(tick.value), which does not go with the start price \(settings.price): \(reason)",
                suggestion: "set 'start_price' or 'data.synthetic.price'")
        }
    }
}
