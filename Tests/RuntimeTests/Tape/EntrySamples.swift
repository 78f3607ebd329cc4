import MarketModel
import Quantities
import TradingCore
import VenueKit

@testable import Runtime

/// Entries of every kind with numbers from a seed: everyday ones, and the ends of their ranges.
struct EntrySamples {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    /// One entry of every shape that there is.
    mutating func all() -> [SessionEntry] {
        var entries: [SessionEntry] = [
            .start(time()), .advance(time()), .stop(time()), .end(time()),
            .event(
                .quote(
                    Quote(
                        market: market(), bid: number(), bidSize: number(), ask: number(), askSize: number(),
                        sequence: word(), venueTime: time(), receivedAt: time()))),
            .event(
                .trade(
                    Trade(
                        market: market(), aggressor: pick(Side.allCases), id: DealID(word()),
                        price: number(), quantity: number(), venueTime: time(), receivedAt: time()))),
            .event(
                .level(
                    LevelChange(
                        market: market(), side: pick(Side.allCases), isLast: flag(), price: number(),
                        quantity: number(), sequence: word(), venueTime: time(), receivedAt: time()))),
            .event(
                .ticker(
                    Ticker(
                        market: market(), last: number(), open: number(), high: number(), low: number(),
                        volume: number(), venueTime: time(), receivedAt: time()))),
        ]
        entries.append(
            .event(
                .optionMark(
                    OptionMark(
                        market: market(), price: number(), volatility: signal(), bidVolatility: signal(),
                        askVolatility: signal(), delta: -signal(), gamma: signal(), theta: -signal(),
                        vega: signal(), venueTime: time(), receivedAt: time()))))
        for reason in BookReset.Reason.allCases {
            entries.append(
                .event(
                    .reset(
                        BookReset(
                            market: market(), reason: reason, sequence: word(), venueTime: time(),
                            receivedAt: time()))))
        }
        for state in ConnectionChange.State.allCases {
            entries.append(
                .event(
                    .connection(ConnectionChange(state: state, venueTime: time(), receivedAt: time()))))
        }
        entries.append(.adopt(adoption()))
        for step in TradingPause.allCases { entries.append(.pause(step, time())) }
        entries.append(
            .carry(
                Carry(
                    strategy: StrategyID(Int(word() % 64)), market: market(), quantity: number(),
                    openCost: number(), at: time())))
        entries.append(.resume(SequenceGap(after: word() >> 1, since: time(), resumedAt: time())))
        entries += LadderStep.allCases.map { .halt($0, time()) }
        entries += facts().map { .fact($0, time()) }
        entries += commands().map {
            .decision(
                Dispatch(request: word(), group: pick(RateGroup.allCases), command: $0, at: time()))
        }
        return entries
    }

    private mutating func signal() -> Float { Float(word() >> 40) / 1_000 }

    private mutating func facts() -> [VenueFact] {
        var facts: [VenueFact] = [
            .accepted(OrderAccepted(order: order(), venueOrder: VenueOrderID(word()), venueTime: time())),
            .deal(
                Deal(
                    id: DealID(word()), market: market(), order: order(), liquidity: pick([.maker, .taker]),
                    price: number(), quantity: number(), notional: number(), fee: number(),
                    feeAsset: AssetID(Int(word() & 0xFFFF)), venueTime: time())),
            .outcomeUnknown(OrderUncertain(order: order(), venueTime: time())),
            .neverSent(OrderUncertain(order: order(), venueTime: time())),
            .absent(OrderUncertain(order: order(), venueTime: time())),
            .balance(
                Balance(
                    asset: AssetID(Int(word() & 0xFFFF)), total: number(), frozen: number(),
                    venueTime: time())),
        ]
        for reason in Refusal.allCases {
            let refused = OrderRefused(order: order(), reason: reason, venueTime: time())
            facts += [.refused(refused), .actionRefused(refused)]
        }
        for phase in OrderProgress.Phase.allCases {
            facts.append(
                .progress(
                    OrderProgress(
                        order: order(), venueOrder: VenueOrderID(word()), phase: phase, filled: number(),
                        venueTime: time())))
        }
        for group in RateGroup.allCases {
            facts.append(.rateLimited(RateLimited(group: group, order: order(), venueTime: time())))
            facts.append(
                .orderPause(OrderPause(pause: .milliseconds(37), until: time(), venueTime: time())))
        }
        return facts
    }

    private mutating func adoption() -> Adoption {
        let ticket = OrderTicket(
            market: market(), side: pick(Side.allCases), kind: pick(OrderKind.allCases),
            duration: pick(OrderDuration.allCases), price: number(), stopPrice: number(), quantity: number(),
            isHidden: flag())
        let found = FoundOrder(
            venueOrder: VenueOrderID(word()), run: UInt32(word() & 0xFFFF_FFFF), name: order(),
            strategy: StrategyID(Int(word() & 0xFF)), ticket: ticket, filled: number())
        return Adoption(found, cancels: flag(), at: time())
    }

    private mutating func commands() -> [Command] {
        var commands: [Command] = [
            .cancel(
                Cancellation(
                    order: order(), venueOrder: VenueOrderID(word()), market: market(), isStop: flag())),
            .query(
                OrderQuery(
                    order: order(), venueOrder: VenueOrderID(word()), market: market(), sentAt: time())),
        ]
        for kind in OrderKind.allCases {
            for duration in OrderDuration.allCases {
                let ticket = OrderTicket(
                    market: market(), side: pick(Side.allCases), kind: kind, duration: duration,
                    price: number(), stopPrice: number(), quantity: number(), spend: number(),
                    isHidden: flag())
                let placement = Placement(
                    order: order(), strategy: StrategyID(Int(word() & 0xFF)), ticket: ticket)
                commands += [
                    .place(placement),
                    .modify(
                        Modification(
                            order: order(), venueOrder: VenueOrderID(word()), replacement: placement)),
                ]
            }
        }
        return commands
    }

    // MARK: Parts

    private mutating func word() -> UInt64 { pick([0, 1, .max, random.next(), random.next() >> 40]) }
    private mutating func flag() -> Bool { random.next() & 1 == 1 }
    private mutating func market() -> MarketID { MarketID(Int(word() & 0xFFFF)) }
    private mutating func order() -> OrderID { OrderID(raw: word()) }

    private mutating func time() -> Instant {
        Instant(nanoseconds: pick([.min, .max, 0, Int64(bitPattern: random.next())]))
    }

    private mutating func number<Number: FixedPoint>() -> Number {
        let wide = Int128(random.next()) << 64 | Int128(random.next())
        return Number(raw: pick([.min, .max, 0, -1, wide, Int128(random.next() >> 20)]))
    }

    mutating func pick<Value>(_ values: [Value]) -> Value {
        values[Int(random.next() % UInt64(values.count))]
    }
}

extension SessionEntry {
    /// The entry's bytes on the tape.
    func encoded() throws(TapeFieldError) -> [UInt8] {
        var encoder = FieldEncoder()
        try encode(into: &encoder)
        return encoder.bytes
    }

    /// The entry of a kind that bytes stand for.
    static func decoded(kind: UInt8, _ bytes: [UInt8]) throws(TapeFieldError) -> SessionEntry {
        try bytes.withUnsafeBufferPointer { bytes throws(TapeFieldError) in
            try SessionEntry(kind: kind, UnsafeRawBufferPointer(bytes))
        }
    }
}
