import CoinExVenue
import MarketModel
import Quantities
import VenueKit
import WireCodecs

/// CoinEx as a source of market data: a link without a key, which asks for nothing but the socket.
///
/// What the link makes of the messages is what a session that trades there would see.
package final class CoinExSource: MarketSource {
    private var link: CoinExLink
    private var news = LinkOutput()
    private var wire = WireBuffer(capacity: 4_096)
    /// Of the socket that the link wants.
    private var number: UInt64 = 0
    private let target: String

    /// - Parameter table: the markets under the venue's names, and all assets in which fees are taken.
    package init(_ table: MarketTable, api: CoinExAPI, random: SeededRandom) {
        let settings = CoinExLinkSettings(table, naming: Self.naming, credentials: nil, api: api)
        link = CoinExLink(table, settings, random: random)
        switch api {
        case .v1: target = "/"
        case .v2: target = ""
        }
    }

    /// No order has this name: nothing is placed.
    private static var naming: CoinExOrderNaming {
        guard let naming = CoinExOrderNaming(bot: "source", run: 0) else {
            preconditionFailure("six letters are a name")
        }
        return naming
    }

    package var nextDue: Instant { link.nextDue }
    package var isReady: Bool { link.isReady }

    package func start(at now: Instant, into output: inout SourceOutput) {
        link.start(at: now, into: &news)
        hand(over: &output)
    }

    package func stop(at now: Instant, into output: inout SourceOutput) {
        link.stop(at: now, into: &news)
        hand(over: &output)
    }

    package func advance(to now: Instant, into output: inout SourceOutput) {
        link.advance(to: now, into: &news)
        hand(over: &output)
    }

    package func opened(_ socket: UInt64, at now: Instant, into output: inout SourceOutput) {
        guard socket == number else { return }
        link.opened(at: now, into: &news)
        hand(over: &output)
    }

    package func closed(_ socket: UInt64, at now: Instant, into output: inout SourceOutput) {
        guard socket == number else { return }
        link.closed(at: now, into: &news)
        hand(over: &output)
    }

    package func heard(_ socket: UInt64, at now: Instant, into output: inout SourceOutput) {}

    package func received(
        _ message: UnsafeBufferPointer<UInt8>, on socket: UInt64, at now: Instant,
        into output: inout SourceOutput
    ) {
        guard socket == number else { return }
        link.received(message, at: now, into: &news)
        hand(over: &output)
    }

    package func answered(
        _ request: UInt64, _ answer: SourceAnswer, at now: Instant, into output: inout SourceOutput
    ) {}

    private func hand(over output: inout SourceOutput) {
        for event in news.events {
            if case .connection(let change) = event {
                output.actions.append(.announce(change.state))
            } else {
                output.events.append(event)
            }
        }
        news.dropNews()
        for notice in link.takeNotices() { output.actions.append(.tell("\(notice)")) }
        while let action = news.takeAction(&wire) {
            switch action {
            case .connect:
                number += 1
                output.actions.append(.connect(SourceSocket.number(lane: 0, number), target: target))
            case .close: output.actions.append(.close(number))
            case .sendText: output.actions.append(.send(number, Array(wire.bytes)))
            case .sendRequest: preconditionFailure("a link without a key asks for nothing over HTTP")
            }
            wire.removeAll(keeping: 4_096)
        }
    }
}
