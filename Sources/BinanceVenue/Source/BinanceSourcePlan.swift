import VenueKit

/// Which streams a source has, and over which connections they come.
package struct BinanceSourcePlan: Equatable, Sendable {
    /// One session: a path, and the streams that are subscribed to on it.
    package struct Lane: Equatable, Sendable {
        /// Behind the base of the venue's streams.
        package var target: String
        package var streams: [String]
    }

    package let lanes: [Lane]
    package let listings: [VenueListing]

    /// Lanes of one source; more streams than they carry are refused.
    package static var lanesMax: Int { 16 }

    /// The streams of Binance Spot.
    ///
    /// - Parameter isCombined: whether payloads come wrapped with the name of their stream. Raw connections do not
    ///   tell of which market a partial book is.
    package init?(spot streams: [BinanceStream], of listings: [VenueListing], isCombined: Bool = true) {
        let target = isCombined ? "/stream" : "/ws"
        self.init([(target, streams.map(\.name))], BinanceSessionSettings.spot.streamsMax, listings)
    }

    /// The streams of Binance Options; the second generation has an address for each kind of data.
    package init?(
        options streams: [BinanceOptionsStream], in generation: BinanceOptionsGeneration,
        of listings: [VenueListing], isCombined: Bool = true
    ) throws(BinanceOptionsStreamError) {
        let target = isCombined ? "/stream" : "/ws"
        var groups: [(String, [String])] = []
        switch generation {
        case .first: groups = [(target, try Self.names(streams, generation))]
        case .second:
            for section in [BinanceOptionsStream.Section.market, .public] {
                let names = try Self.names(streams.filter { $0.section == section }, generation)
                if !names.isEmpty { groups.append(("/\(section.rawValue)\(target)", names)) }
            }
        }
        self.init(groups, BinanceSessionSettings.options.streamsMax, listings)
    }

    private static func names(
        _ streams: [BinanceOptionsStream], _ generation: BinanceOptionsGeneration
    ) throws(BinanceOptionsStreamError) -> [String] {
        var names: [String] = []
        for stream in streams { names.append(try stream.name(in: generation)) }
        return names
    }

    private init?(
        _ groups: [(target: String, names: [String])], _ streamsMax: Int, _ listings: [VenueListing]
    ) {
        var lanes: [Lane] = []
        for group in groups {
            for start in stride(from: 0, to: group.names.count, by: streamsMax) {
                let names = group.names[start..<min(start + streamsMax, group.names.count)]
                lanes.append(Lane(target: group.target, streams: Array(names)))
            }
        }
        guard (1...Self.lanesMax).contains(lanes.count) else { return nil }
        self.lanes = lanes
        self.listings = listings
    }
}
