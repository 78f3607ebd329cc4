/// Which side of the book.
@frozen public enum Side: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
    case buy = 1
    case sell = 2

    @inlinable public var opposite: Side {
        switch self {
        case .buy: .sell
        case .sell: .buy
        }
    }

    /// +1 for a buy, -1 for a sell.
    @inlinable public var sign: Int {
        switch self {
        case .buy: 1
        case .sell: -1
        }
    }
}

/// Whether a fill added liquidity or took it.
@frozen public enum Liquidity: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
    case maker = 1
    case taker = 2
}
