import MarketModel
import Quantities
import VenueKit

extension OrderAccepted: TapeFields {
    static var blank: OrderAccepted {
        OrderAccepted(order: .none, venueOrder: .unknown, venueTime: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&order)
        try coder.field(&venueOrder)
        try coder.field(&venueTime)
    }
}

extension OrderRefused: TapeFields {
    static var blank: OrderRefused {
        OrderRefused(order: .none, reason: .venueOther, venueTime: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&order)
        try coder.field(&reason)
        try coder.field(&venueTime)
    }
}

extension OrderProgress: TapeFields {
    static var blank: OrderProgress {
        OrderProgress(
            order: .none, venueOrder: .unknown, phase: .open, filled: .zero, venueTime: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&order)
        try coder.field(&venueOrder)
        try coder.field(&phase)
        try coder.field(&filled)
        try coder.field(&venueTime)
    }
}

extension Deal: TapeFields {
    static var blank: Deal {
        Deal(
            id: DealID(0), market: MarketID(0), order: .none, liquidity: .maker, price: .zero,
            quantity: .zero, notional: .zero, fee: .zero, feeAsset: AssetID(0), venueTime: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&id)
        try coder.field(&market)
        try coder.field(&order)
        try coder.field(&liquidity)
        try coder.field(&price)
        try coder.field(&quantity)
        try coder.field(&notional)
        try coder.field(&fee)
        try coder.field(&feeAsset)
        try coder.field(&venueTime)
    }
}

extension OrderUncertain: TapeFields {
    static var blank: OrderUncertain { OrderUncertain(order: .none, venueTime: .distantPast) }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&order)
        try coder.field(&venueTime)
    }
}

extension Balance: TapeFields {
    static var blank: Balance {
        Balance(asset: AssetID(0), total: .zero, frozen: .zero, venueTime: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&asset)
        try coder.field(&total)
        try coder.field(&frozen)
        try coder.field(&venueTime)
    }
}

extension RateLimited: TapeFields {
    static var blank: RateLimited { RateLimited(group: .place, order: .none, venueTime: .distantPast) }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.field(&group)
        try coder.field(&order)
        try coder.field(&venueTime)
    }
}

extension OrderPause: TapeFields {
    static var blank: OrderPause {
        OrderPause(pause: .zero, until: .distantPast, venueTime: .distantPast)
    }

    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError) {
        try coder.word(&pause.nanoseconds)
        try coder.field(&until)
        try coder.field(&venueTime)
    }
}

extension VenueFact {
    func encode(into encoder: inout FieldEncoder) throws(TapeFieldError) {
        switch self {
        case .accepted(var fact): try encoder.put(1, &fact)
        case .refused(var fact): try encoder.put(2, &fact)
        case .progress(var fact): try encoder.put(3, &fact)
        case .deal(var fact): try encoder.put(4, &fact)
        case .actionRefused(var fact): try encoder.put(5, &fact)
        case .outcomeUnknown(var fact): try encoder.put(6, &fact)
        case .neverSent(var fact): try encoder.put(7, &fact)
        case .absent(var fact): try encoder.put(8, &fact)
        case .balance(var fact): try encoder.put(9, &fact)
        case .rateLimited(var fact): try encoder.put(10, &fact)
        case .orderPause(var fact): try encoder.put(11, &fact)
        }
    }

    init(from decoder: inout FieldDecoder) throws(TapeFieldError) {
        switch try decoder.code() {
        case 1: self = .accepted(try decoder.take())
        case 2: self = .refused(try decoder.take())
        case 3: self = .progress(try decoder.take())
        case 4: self = .deal(try decoder.take())
        case 5: self = .actionRefused(try decoder.take())
        case 6: self = .outcomeUnknown(try decoder.take())
        case 7: self = .neverSent(try decoder.take())
        case 8: self = .absent(try decoder.take())
        case 9: self = .balance(try decoder.take())
        case 10: self = .rateLimited(try decoder.take())
        case 11: self = .orderPause(try decoder.take())
        default: throw .unknownCode("fact")
        }
    }
}
