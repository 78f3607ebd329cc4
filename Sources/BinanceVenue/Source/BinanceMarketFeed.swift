import MarketModel
import Quantities
import VenueKit
import WireCodecs
import WireValues

/// What a market connection says about itself.
package enum BinanceControl: Sendable {
    case reply(BinanceReply)
    /// The venue ends the connection soon.
    case shutdown
}

/// What makes market events of the messages of a venue of Binance.
package protocol BinanceMarketFeed {
    var listings: [VenueListing] { get }
    /// The market whose last message had to be kept until a whole book is there.
    var awaitsSnapshot: MarketID? { get }
    func isBookLive(_ market: MarketID) -> Bool
    /// Takes a message; what it says of the connection is returned.
    mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, into events: inout [MarketEvent]
    ) throws(BinanceSourceFault) -> BinanceControl?
    /// Takes the answer to a request for the whole book of a market.
    mutating func take(
        snapshot bytes: UnsafeBufferPointer<UInt8>, of market: MarketID, at now: Instant,
        into events: inout [MarketEvent]
    ) throws(BinanceSourceFault)
    /// Something was missed: no book is whole any more.
    mutating func disconnect(at now: Instant, reason: BookReset.Reason, into events: inout [MarketEvent])
    /// Where the whole book of a market is asked for.
    static func snapshotTarget(_ symbol: String) -> String
}

/// A message that cannot be read: it is left out, and told.
package struct BinanceSourceFault: Error {
    package let text: String
}

extension BinanceFeed: BinanceMarketFeed {
    package mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, into events: inout [MarketEvent]
    ) throws(BinanceSourceFault) -> BinanceControl? {
        do throws(BinanceFrameError) {
            guard try receiveKind(bytes, at: now, into: &events) == .control else { return nil }
        } catch {
            throw BinanceSourceFault(text: "\(error)")
        }
        do throws(WireError) {
            switch try BinanceMessage(decoding: bytes) {
            case .reply(let reply): return .reply(reply)
            case .event, .events: return .shutdown
            }
        } catch {
            throw BinanceSourceFault(text: "\(error)")
        }
    }

    package mutating func take(
        snapshot bytes: UnsafeBufferPointer<UInt8>, of market: MarketID, at now: Instant,
        into events: inout [MarketEvent]
    ) throws(BinanceSourceFault) {
        do throws(BinanceFrameError) {
            try receive(bytes, at: now, snapshotOf: market, into: &events)
        } catch {
            throw BinanceSourceFault(text: "\(error)")
        }
    }

    /// The deepest book: 250 of 6,000 a minute.
    package static func snapshotTarget(_ symbol: String) -> String {
        "/api/v3/depth?symbol=\(symbol)&limit=5000"
    }
}

extension BinanceOptionsFeed: BinanceMarketFeed {
    package mutating func take(
        _ bytes: UnsafeBufferPointer<UInt8>, at now: Instant, into events: inout [MarketEvent]
    ) throws(BinanceSourceFault) -> BinanceControl? {
        if receiveUsual(bytes, at: now, into: &events) { return nil }
        do throws(WireError) {
            switch try BinanceOptionsMessage(decoding: bytes) {
            case .reply(let reply): return .reply(reply)
            case .account: return nil
            case .event(let stream, let event):
                receive(CollectionOfOne(event), stream: stream, at: now, into: &events)
                if case .shutdown = event { return .shutdown }
                return nil
            case .events(let stream, let list):
                receive(list, stream: stream, at: now, into: &events)
                for case .shutdown in list { return .shutdown }
                return nil
            }
        } catch {
            throw BinanceSourceFault(text: "\(error)")
        }
    }

    package mutating func take(
        snapshot bytes: UnsafeBufferPointer<UInt8>, of market: MarketID, at now: Instant,
        into events: inout [MarketEvent]
    ) throws(BinanceSourceFault) {
        do throws(WireError) {
            _ = receive(try BinanceOptionsSnapshot(decoding: bytes), of: market, at: now, into: &events)
        } catch {
            throw BinanceSourceFault(text: "\(error)")
        }
    }

    package static func snapshotTarget(_ symbol: String) -> String {
        "/eapi/v1/depth?symbol=\(symbol)&limit=1000"
    }
}
