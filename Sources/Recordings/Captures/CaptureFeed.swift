import BinanceVenue
import CoinExVenue
import JayxVenue
import MarketModel
import Quantities
import VenueKit
import WireCodecs
import WireValues

/// What makes market events of the records of a capture.
protocol CaptureFeed: AnyObject {
    /// Takes a message; one that cannot be read is an error, and nothing has changed.
    func take(
        frame bytes: UnsafeBufferPointer<UInt8>, on channel: UInt32, at now: Instant,
        into events: inout [MarketEvent]
    ) throws(CaptureFault)
    /// Takes an answer about a market.
    func take(
        answer bytes: UnsafeBufferPointer<UInt8>, about subject: String, at now: Instant,
        into events: inout [MarketEvent]
    ) throws(CaptureFault)
    /// Something was not recorded: no book is whole any more.
    func takeGap(at now: Instant, into events: inout [MarketEvent])
    var counts: BinanceFeedCounts { get }
}

/// Why a record of a capture cannot be read.
package struct CaptureFault: Error, Equatable, Sendable, CustomStringConvertible {
    package let description: String
}

extension CaptureHeader {
    /// The markets by their numbers in the capture.
    private var listings: [VenueListing] {
        markets.enumerated().map { VenueListing($0.element.symbol, MarketID($0.offset)) }
    }

    func makeFeed() -> any CaptureFeed {
        switch venue {
        case .binance: BinanceCaptureFeed(BinanceFeed(listings, spotExtras), listings)
        case .optionsFirst, .optionsSecond:
            BinanceCaptureFeed(BinanceOptionsFeed(listings, tellsMarks: hasMarks), listings)
        case .coinexV1: CoinExCaptureFeed(.v1, markets)
        case .coinexV2: CoinExCaptureFeed(.v2, markets)
        case .jayxSocketIO: JayxCaptureFeed(.socketIO, markets)
        case .jayxSocketIO2: JayxCaptureFeed(.socketIO2, markets)
        case .jayxData: JayxCaptureFeed(.data, markets)
        case .jayxMessage: JayxCaptureFeed(.message, markets)
        }
    }

    /// Whether marks of options were taken, and with volatilities.
    private var hasMarks: Bool {
        let kind = venue == .optionsFirst ? "@ticker" : "@optionMarkPrice"
        return streams.contains { $0.hasSuffix(kind) }
    }

    /// What repeats another stream is made into events where that other stream was not taken.
    private var spotExtras: BinanceFeedExtras {
        var hasTrades = false
        var hasBooks = false
        var extras = BinanceFeedExtras()
        for name in streams {
            guard let stream = try? BinanceStream(parsing: name) else { continue }
            switch stream.kind {
            case .trade: hasTrades = true
            case .depth: hasBooks = true
            case .aggregateTrade: extras.aggregateTrades = true
            case .ticker, .miniTicker: extras.tickers = true
            case .partialDepth: extras.partialBooks = true
            case .blockTrade, .kline, .rollingTicker, .bookTicker, .averagePrice, .referencePrice: break
            }
        }
        if hasTrades { extras.aggregateTrades = false }
        if hasBooks { extras.partialBooks = false }
        return extras
    }
}

/// Binance, spot and options: what two connections both brought counts once.
final class BinanceCaptureFeed<Feed: BinanceMarketFeed>: CaptureFeed {
    private var feed: Feed
    private let listings: [VenueListing]
    private var duplicates: BinanceDuplicates

    init(_ feed: Feed, _ listings: [VenueListing]) {
        self.feed = feed
        self.listings = listings
        duplicates = BinanceDuplicates(markets: listings.count)
    }

    var counts: BinanceFeedCounts { (feed as? BinanceFeed)?.counts ?? BinanceFeedCounts() }

    func take(
        frame bytes: UnsafeBufferPointer<UInt8>, on channel: UInt32, at now: Instant,
        into events: inout [MarketEvent]
    ) throws(CaptureFault) {
        let first = events.count
        do throws(BinanceSourceFault) {
            _ = try feed.take(bytes, at: now, into: &events)
        } catch {
            events.removeSubrange(first...)
            throw CaptureFault(description: error.text)
        }
        if events.count > first { duplicates.filter(&events, from: first) }
    }

    func take(
        answer bytes: UnsafeBufferPointer<UInt8>, about subject: String, at now: Instant,
        into events: inout [MarketEvent]
    ) throws(CaptureFault) {
        guard let market = listings.first(where: { $0.symbol == subject })?.market else { return }
        let first = events.count
        do throws(BinanceSourceFault) {
            try feed.take(snapshot: bytes, of: market, at: now, into: &events)
        } catch {
            events.removeSubrange(first...)
            throw CaptureFault(description: error.text)
        }
    }

    func takeGap(at now: Instant, into events: inout [MarketEvent]) {
        feed.disconnect(at: now, reason: .recordingGap, into: &events)
    }
}

/// Jayx: the lane of a connection is the number of its market.
final class JayxCaptureFeed: CaptureFeed {
    private let codec: any JayxCodec
    private var feeds: [JayxFeed]
    /// By lane: the connection whose messages came last.
    private var channels: [UInt32]

    init(_ framing: JayxFraming, _ markets: [CaptureHeader.Listing]) {
        codec = framing.codec
        feeds = markets.enumerated().map { index, market in
            // The venue's own numbers, where its steps are not known.
            let scale = JayxScale(
                tick: market.tick ?? JayxScale.usual.tick, lot: market.lot ?? JayxScale.usual.lot)
            return JayxFeed(MarketID(index), scale)
        }
        channels = Array(repeating: .max, count: markets.count)
    }

    var counts: BinanceFeedCounts { BinanceFeedCounts() }

    func take(
        frame bytes: UnsafeBufferPointer<UInt8>, on channel: UInt32, at now: Instant,
        into events: inout [MarketEvent]
    ) throws(CaptureFault) {
        let lane = CaptureKind.lane(of: channel)
        guard feeds.indices.contains(lane) else { return }
        if channels[lane] != channel {
            channels[lane] = channel
            feeds[lane].expectHistory()
        }
        do throws(ArithmeticError) {
            if try feeds[lane].receiveUsual(bytes, codec, at: now, into: &events) { return }
        } catch {
            throw Self.tooLarge
        }
        let frame: JayxFrame
        do throws(WireError) {
            frame = try codec.decode(bytes)
        } catch {
            throw CaptureFault(description: "\(error)")
        }
        guard case .event(let event) = frame else { return }
        do throws(ArithmeticError) {
            try feeds[lane].receive(event, at: now, into: &events)
        } catch {
            throw Self.tooLarge
        }
    }

    private static var tooLarge: CaptureFault { CaptureFault(description: "a number is too large") }

    func take(
        answer bytes: UnsafeBufferPointer<UInt8>, about subject: String, at now: Instant,
        into events: inout [MarketEvent]
    ) {}

    func takeGap(at now: Instant, into events: inout [MarketEvent]) {
        for index in feeds.indices {
            feeds[index].expectHistory()
            events.append(
                .reset(
                    BookReset(
                        market: feeds[index].market, reason: .recordingGap, sequence: 0, venueTime: now,
                        receivedAt: now)))
        }
    }
}
