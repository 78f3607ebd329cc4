import Quantities

/// The source of market data as the file gives it.
struct DataDraft {
    private enum Source: String, CaseIterable {
        case synthetic, recording
    }

    private static let pathLengthMax = 1_024

    /// The synthetic market where the section could not be read.
    private(set) var settings = DataSettings.synthetic(SyntheticSettings())
    /// The start price, if the file gives one.
    private var price: Placed<Price>?

    /// - Parameter files: the recordings that the command line plays instead; empty for none.
    init(_ top: Section, folder: String, insteadOf files: [String]) {
        if !files.isEmpty { settings = .recording(files: files) }
        guard let section = top.optional("data", .openSection) else { return }
        defer { section.finish() }
        // Nil where it is given and wrong: then nothing follows from it.
        let source = section.has("source") ? section.optional("source", .choice(of: Source.self)) : .synthetic
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

    private static func path(_ file: String, in folder: String) -> String {
        file.hasPrefix("/") ? file : folder + file
    }

    private mutating func readSynthetic(_ section: Section) -> SyntheticSettings {
        defer { section.finish() }
        var settings = SyntheticSettings()
        price = section.optional("price", .placed(.price(SyntheticSettings.prices)))
        settings.price = price?.value ?? settings.price
        settings.spreadTicks = section.value(
            "spread_ticks", .int(in: SyntheticSettings.spreadTicksRange), default: settings.spreadTicks)
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

    /// Checks that the books of a synthetic market have room for their bids: twice their depth in ticks.
    func checkRoom(_ markets: MarketList) {
        guard case .synthetic(let settings) = settings else { return }
        let ticks = 2 * (settings.depthLevels + settings.spreadTicks)
        for market in markets.drafts {
            guard let name = market.name, let tick = market.tick else { continue }
            let least = tick.value * ticks
            if settings.price >= least { continue }
            let reason = "the book of a synthetic market starts at \(ticks) ticks or more"
            if let price {
                price.refuse("is \(price.value), less than \(least) for '\(name.value)': \(reason)")
            } else {
                tick.refuse(
                    "is \(tick.value), too large for the start price \(settings.price): \(reason)",
                    suggestion: "set 'data.synthetic.price'")
            }
        }
    }
}
