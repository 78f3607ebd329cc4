import MarketModel
import Quantities

extension FieldCoder {
    mutating func field(_ market: inout MarketID) throws(TapeFieldError) { try word(&market.index) }
    mutating func field(_ asset: inout AssetID) throws(TapeFieldError) { try word(&asset.index) }
    mutating func field(_ strategy: inout StrategyID) throws(TapeFieldError) { try word(&strategy.index) }
    mutating func field(_ order: inout OrderID) throws(TapeFieldError) { try word(&order.raw) }
    mutating func field(_ order: inout VenueOrderID) throws(TapeFieldError) { try word(&order.raw) }
    mutating func field(_ deal: inout DealID) throws(TapeFieldError) { try word(&deal.raw) }
}

extension Quote: TapeFields {
    static var blank: Quote {
        Quote(
            market: MarketID(0), bid: .zero, bidSize: .zero, ask: .zero, askSize: .zero, sequence: 0,
            venueTime: .distantPast, receivedAt: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&market)
        try coder.field(&bid)
        try coder.field(&bidSize)
        try coder.field(&ask)
        try coder.field(&askSize)
        try coder.word(&sequence)
        try coder.field(&venueTime)
        try coder.field(&receivedAt)
    }
}

extension Trade: TapeFields {
    static var blank: Trade {
        Trade(
            market: MarketID(0), aggressor: .buy, id: DealID(0), price: .zero, quantity: .zero,
            venueTime: .distantPast, receivedAt: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&market)
        try coder.field(&aggressor)
        try coder.field(&id)
        try coder.field(&price)
        try coder.field(&quantity)
        try coder.field(&venueTime)
        try coder.field(&receivedAt)
    }
}

extension LevelChange: TapeFields {
    static var blank: LevelChange {
        LevelChange(
            market: MarketID(0), side: .buy, isLast: false, price: .zero, quantity: .zero, sequence: 0,
            venueTime: .distantPast, receivedAt: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&market)
        try coder.field(&side)
        try coder.field(&isLast)
        try coder.field(&price)
        try coder.field(&quantity)
        try coder.word(&sequence)
        try coder.field(&venueTime)
        try coder.field(&receivedAt)
    }
}

extension BookReset: TapeFields {
    static var blank: BookReset {
        BookReset(
            market: MarketID(0), reason: .snapshot, sequence: 0, venueTime: .distantPast,
            receivedAt: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&market)
        try coder.field(&reason)
        try coder.word(&sequence)
        try coder.field(&venueTime)
        try coder.field(&receivedAt)
    }
}

extension Ticker: TapeFields {
    static var blank: Ticker {
        Ticker(
            market: MarketID(0), last: .zero, open: .zero, high: .zero, low: .zero, volume: .zero,
            venueTime: .distantPast, receivedAt: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&market)
        try coder.field(&last)
        try coder.field(&open)
        try coder.field(&high)
        try coder.field(&low)
        try coder.field(&volume)
        try coder.field(&venueTime)
        try coder.field(&receivedAt)
    }
}

extension OptionMark: TapeFields {
    static var blank: OptionMark {
        OptionMark(
            market: MarketID(0), price: .zero, volatility: 0, venueTime: .distantPast,
            receivedAt: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&market)
        try coder.field(&price)
        try coder.field(&volatility)
        try coder.field(&bidVolatility)
        try coder.field(&askVolatility)
        try coder.field(&delta)
        try coder.field(&gamma)
        try coder.field(&theta)
        try coder.field(&vega)
        try coder.field(&venueTime)
        try coder.field(&receivedAt)
    }
}

extension ConnectionChange: TapeFields {
    static var blank: ConnectionChange {
        ConnectionChange(state: .connecting, venueTime: .distantPast, receivedAt: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&state)
        try coder.field(&venueTime)
        try coder.field(&receivedAt)
    }
}

extension MarketEvent {
    func encode(into encoder: inout FieldEncoder) throws(TapeFieldError) {
        switch self {
        case .quote(var event): try encoder.put(1, &event)
        case .trade(var event): try encoder.put(2, &event)
        case .level(var event): try encoder.put(3, &event)
        case .reset(var event): try encoder.put(4, &event)
        case .ticker(var event): try encoder.put(5, &event)
        case .connection(var event): try encoder.put(6, &event)
        case .optionMark(var event): try encoder.put(7, &event)
        }
    }

    init(from decoder: inout FieldDecoder) throws(TapeFieldError) {
        switch try decoder.code() {
        case 1: self = .quote(try decoder.take())
        case 2: self = .trade(try decoder.take())
        case 3: self = .level(try decoder.take())
        case 4: self = .reset(try decoder.take())
        case 5: self = .ticker(try decoder.take())
        case 6: self = .connection(try decoder.take())
        case 7: self = .optionMark(try decoder.take())
        default: throw .unknownCode("market event")
        }
    }
}

extension FieldEncoder {
    /// A code and the fields of what it stands for.
    mutating func put<Value: TapeFields>(_ code: UInt8, _ value: inout Value) throws(TapeFieldError) {
        var code = code
        word(&code)
        try value.fields(&self)
    }
}

extension FieldDecoder {
    mutating func code() throws(TapeFieldError) -> UInt8 {
        var code: UInt8 = 0
        try word(&code)
        return code
    }

    mutating func take<Value: TapeFields>() throws(TapeFieldError) -> Value {
        var value = Value.blank
        try value.fields(&self)
        return value
    }
}
