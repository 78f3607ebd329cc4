/// A member of the venue's frames, by its name on the wire; upper case ones are spelt out.
package enum BinanceField: UInt8, BitwiseCopyable, Equatable, Sendable {
    /// The frame as a whole.
    case frame = 0
    case stream
    case data
    /// `e`: the kind of event.
    case event
    /// `E`: when the venue sent it.
    case eventTime
    /// `T`: when it happened in the matching engine.
    case transactionTime
    /// `s`
    case symbol
    /// `U`: the first update number of a depth frame.
    case firstUpdate
    /// `u`: its last update number, or that of a ticker.
    case lastUpdate
    /// `pu`: the last update number of the depth frame before (futures).
    case previousUpdate
    /// `b`: bids, or the best bid of a ticker.
    case bid
    /// `B`
    case bidSize
    /// `a`: asks, or the best ask of a ticker.
    case ask
    /// `A`
    case askSize
    /// `t`
    case tradeID
    /// `p`
    case price
    /// `q`
    case quantity
    /// `m`: whether the buyer was the maker.
    case buyerIsMaker
    /// `X`: the kind of trade (futures).
    case tradeKind
    case lastUpdateID
    case bids
    case asks

    /// The field's bit in a set of fields.
    var bit: UInt32 { 1 << UInt32(rawValue) }

    /// The bits of several fields.
    static func set(_ fields: BinanceField...) -> UInt32 { fields.reduce(0) { $0 | $1.bit } }
}

/// The fields that a decoder has met, and the one it is at.
struct BinanceFieldTrail {
    private(set) var current = BinanceField.frame
    private var seen: UInt32 = 0

    @inline(__always)
    mutating func enter(_ field: BinanceField) {
        current = field
        seen |= field.bit
    }

    /// Throws when a field of `required` was not met; `offset` is where the object ended.
    @inline(__always)
    func require(_ required: UInt32, endingAt offset: Int) throws(BinanceFrameError) {
        if required & ~seen != 0 { throw missing(required, offset) }
    }

    @inline(never)
    private func missing(_ required: UInt32, _ offset: Int) -> BinanceFrameError {
        let index = UInt8((required & ~seen).trailingZeroBitCount)
        return BinanceFrameError(
            .missingField, offset: offset, field: BinanceField(rawValue: index) ?? .frame)
    }
}
