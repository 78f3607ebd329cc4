import MarketModel
import Quantities
import VenueKit
import WireCodecs
import WireValues

/// A market of the venue, and what its ticks and lots are.
package struct JayxSourceMarket: Equatable, Sendable {
    package let listing: VenueListing
    package let scale: JayxScale

    package init(_ listing: VenueListing, _ scale: JayxScale) {
        self.listing = listing
        self.scale = scale
    }
}

/// Market data of Jayx: the book and the trades of some markets.
///
/// A payload does not say of which market it is. So each market has a connection of its own.
package struct JayxSource: MarketSource {
    private struct Lane {
        var session: JayxSession
        var feed: JayxFeed
        /// Counts connections; a word about an earlier one changes nothing.
        var connection: UInt64 = 0
        var isReady = false
    }

    private let codec: any JayxCodec
    private let markets: [JayxSourceMarket]
    private var lanes: [Lane] = []
    private var random: SeededRandom
    private var isAnnounced = false
    /// What was wrong with the last message that could not be read: the same is told once.
    private var lastFault: String?

    package init(
        _ markets: [JayxSourceMarket], _ framing: JayxFraming,
        settings: JayxSessionSettings = JayxSessionSettings(), random: SeededRandom
    ) {
        codec = framing.codec
        self.markets = markets
        self.random = random
        for market in markets {
            let session = JayxSession(
                [.orderBook(symbol: market.listing.symbol, precise: 1)], framing.codec, settings)
            lanes.append(Lane(session: session, feed: JayxFeed(market.listing.market, market.scale)))
        }
    }

    package var nextDue: Instant {
        lanes.reduce(.distantFuture) { min($0, $1.session.nextDue) }
    }

    package var isReady: Bool { lanes.allSatisfy(\.isReady) }
}

// MARK: - What the driver reports

extension JayxSource {
    package mutating func start(at now: Instant, into output: inout SourceOutput) {
        for lane in lanes.indices { take(lanes[lane].session.start(at: now), lane, at: now, &output) }
    }

    package mutating func stop(at now: Instant, into output: inout SourceOutput) {
        for lane in lanes.indices { take(lanes[lane].session.stop(), lane, at: now, &output) }
    }

    package mutating func advance(to now: Instant, into output: inout SourceOutput) {
        for lane in lanes.indices where lanes[lane].session.nextDue <= now {
            take(lanes[lane].session.advance(to: now), lane, at: now, &output)
        }
    }

    package mutating func opened(_ socket: UInt64, at now: Instant, into output: inout SourceOutput) {
        guard let lane = lane(of: socket) else { return }
        lanes[lane].feed.expectHistory()
        take(lanes[lane].session.connected(at: now), lane, at: now, &output)
    }

    package mutating func closed(_ socket: UInt64, at now: Instant, into output: inout SourceOutput) {
        guard let lane = lane(of: socket) else { return }
        take(lanes[lane].session.disconnected(at: now, &random), lane, at: now, &output)
    }

    /// The venue's own pings are messages; those of the transport change nothing.
    package mutating func heard(_ socket: UInt64, at now: Instant, into output: inout SourceOutput) {}

    package mutating func received(
        _ message: UnsafeBufferPointer<UInt8>, on socket: UInt64, at now: Instant,
        into output: inout SourceOutput
    ) {
        guard let lane = lane(of: socket) else { return }
        if receiveUsual(message, lane, at: now, &output) { return }
        let frame: JayxFrame
        do throws(WireError) {
            frame = try codec.decode(message)
        } catch {
            tell("\(error)", &output)
            return
        }
        take(lanes[lane].session.received(frame, at: now), lane, at: now, &output)
        guard case .event(let event) = frame else { return }
        do throws(ArithmeticError) {
            try lanes[lane].feed.receive(event, at: now, into: &output.events)
        } catch {
            tell("a number is too large", &output)
        }
    }

    /// Takes a book that is written as usual; false, with nothing done, for any other message.
    private mutating func receiveUsual(
        _ message: UnsafeBufferPointer<UInt8>, _ lane: Int, at now: Instant, _ output: inout SourceOutput
    ) -> Bool {
        do throws(ArithmeticError) {
            guard try lanes[lane].feed.receiveUsual(message, codec, at: now, into: &output.events) else {
                return false
            }
        } catch {
            tell("a number is too large", &output)
        }
        // An event says nothing to the session but that it came.
        take(lanes[lane].session.received(.ignored, at: now), lane, at: now, &output)
        return true
    }

    /// It asks nothing.
    package mutating func answered(
        _ request: UInt64, _ answer: SourceAnswer, at now: Instant, into output: inout SourceOutput
    ) {}
}

// MARK: - What follows

extension JayxSource {
    private func lane(of socket: UInt64) -> Int? {
        let lane = SourceSocket.lane(socket)
        return lanes[lane].connection == SourceSocket.number(socket) ? lane : nil
    }

    private mutating func take(
        _ actions: [JayxSessionAction], _ lane: Int, at now: Instant, _ output: inout SourceOutput
    ) {
        for action in actions {
            let socket = SourceSocket.number(lane: lane, lanes[lane].connection)
            switch action {
            case .connect:
                lanes[lane].connection += 1
                output.actions.append(
                    .connect(
                        SourceSocket.number(lane: lane, lanes[lane].connection), target: codec.path))
            case .close:
                output.actions.append(.close(socket))
                // The driver need not report it.
                take(lanes[lane].session.disconnected(at: now, &random), lane, at: now, &output)
            case .send(let bytes): output.actions.append(.send(socket, bytes))
            case .announce(let state): announce(state, lane, at: now, &output)
            case .tell(let fault):
                output.actions.append(.tell("\(markets[lane].listing.symbol): \(fault)"))
            }
        }
    }

    private mutating func announce(
        _ state: ConnectionChange.State, _ lane: Int, at now: Instant, _ output: inout SourceOutput
    ) {
        switch state {
        case .connecting: return
        case .ready:
            lanes[lane].isReady = true
            guard isReady, !isAnnounced else { return }
            isAnnounced = true
            output.actions.append(.announce(.ready))
        case .lost:
            lanes[lane].isReady = false
            output.events.append(
                .reset(
                    BookReset(
                        market: lanes[lane].feed.market, reason: .disconnected, sequence: 0, venueTime: now,
                        receivedAt: now)))
            guard isAnnounced else { return }
            isAnnounced = false
            output.actions.append(.announce(.lost))
        }
    }

    private mutating func tell(_ fault: String, _ output: inout SourceOutput) {
        guard fault != lastFault else { return }
        lastFault = fault
        output.actions.append(.tell("a message cannot be read: \(fault)"))
    }
}
