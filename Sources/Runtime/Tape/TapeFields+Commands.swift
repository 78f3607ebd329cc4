import MarketModel
import Quantities
import TradingCore
import VenueKit

extension OrderTicket: TapeFields {
    static var blank: OrderTicket { .limit(.buy, .zero, at: .zero, in: MarketID(0)) }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&market)
        try coder.field(&side)
        try coder.field(&kind)
        try coder.field(&duration)
        var flags = isHidden ? Self.hiddenFlag : 0
        if spendsSum { flags |= Self.spendFlag }
        try coder.word(&flags)
        guard flags & ~(Self.hiddenFlag | Self.spendFlag) == 0 else { throw .unknownCode("flag") }
        isHidden = flags & Self.hiddenFlag != 0
        try coder.field(&price)
        try coder.field(&stopPrice)
        try coder.field(&quantity)
        guard flags & Self.spendFlag != 0 else { return }
        try coder.field(&spend)
        if spend.isZero { throw .unknownCode("sum to spend") }
    }

    private static var hiddenFlag: UInt8 { 1 }
    /// A sum to spend follows: only then, so that tapes from before there were sums read as they did.
    private static var spendFlag: UInt8 { 2 }
}

extension Placement: TapeFields {
    static var blank: Placement { Placement(order: .none, strategy: StrategyID(0), ticket: .blank) }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&order)
        try coder.field(&strategy)
        try ticket.fields(&coder)
    }
}

extension Cancellation: TapeFields {
    static var blank: Cancellation {
        Cancellation(order: .none, venueOrder: .unknown, market: MarketID(0), isStop: false)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&order)
        try coder.field(&venueOrder)
        try coder.field(&market)
        try coder.field(&isStop)
    }
}

extension Modification: TapeFields {
    static var blank: Modification {
        Modification(order: .none, venueOrder: .unknown, replacement: .blank)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&order)
        try coder.field(&venueOrder)
        try replacement.fields(&coder)
    }
}

extension OrderQuery: TapeFields {
    static var blank: OrderQuery {
        OrderQuery(order: .none, venueOrder: .unknown, market: MarketID(0), sentAt: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&order)
        try coder.field(&venueOrder)
        try coder.field(&market)
        try coder.field(&sentAt)
    }
}

extension Adoption: TapeFields {
    static var blank: Adoption {
        Adoption(
            FoundOrder(
                venueOrder: .unknown, run: 0, name: .none, strategy: StrategyID(0), ticket: .blank,
                filled: .zero),
            cancels: false, at: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&at)
        try coder.field(&cancels)
        try coder.field(&found.venueOrder)
        try coder.word(&found.run)
        try coder.field(&found.name)
        try coder.field(&found.strategy)
        try found.ticket.fields(&coder)
        try coder.field(&found.filled)
    }
}

extension SequenceGap: TapeFields {
    static var blank: SequenceGap {
        SequenceGap(after: 0, since: .distantPast, resumedAt: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.word(&after)
        try coder.word(&through)
        try coder.field(&since)
        try coder.field(&resumedAt)
    }
}

extension Dispatch {
    func encode(into encoder: inout FieldEncoder) throws(TapeFieldError) {
        var head = self
        encoder.word(&head.request)
        try encoder.field(&head.group)
        try encoder.field(&head.at)
        switch command {
        case .place(var command): try encoder.put(1, &command)
        case .cancel(var command): try encoder.put(2, &command)
        case .modify(var command): try encoder.put(3, &command)
        case .query(var command): try encoder.put(4, &command)
        }
    }

    init(from decoder: inout FieldDecoder) throws(TapeFieldError) {
        var request: UInt64 = 0
        var group = RateGroup.place
        var at = Instant.distantPast
        try decoder.word(&request)
        try decoder.field(&group)
        try decoder.field(&at)
        let command: Command
        switch try decoder.code() {
        case 1: command = .place(try decoder.take())
        case 2: command = .cancel(try decoder.take())
        case 3: command = .modify(try decoder.take())
        case 4: command = .query(try decoder.take())
        default: throw .unknownCode("command")
        }
        self.init(request: request, group: group, command: command, at: at)
    }
}
