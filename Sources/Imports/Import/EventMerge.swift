import MarketModel
import Quantities

/// The events of several lanes by the time of their receipt; of equal times the earlier lane's come first.
struct EventMerge {
    private let streams: [any EventStream]
    private var heads: [MarketEvent?]

    init(_ streams: [any EventStream]) throws(ImportError) {
        self.streams = streams
        heads = []
        for stream in streams { heads.append(try stream.next()) }
    }

    /// The next event and the lane that it is of.
    mutating func next() throws(ImportError) -> (event: MarketEvent, lane: Int)? {
        var first: (event: MarketEvent, lane: Int)?
        for lane in heads.indices {
            guard let head = heads[lane] else { continue }
            if let known = first, known.event.receivedAt <= head.receivedAt { continue }
            first = (head, lane)
        }
        guard let first else { return nil }
        heads[first.lane] = try streams[first.lane].next()
        return first
    }
}
