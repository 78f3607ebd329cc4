import MarketModel
import WireCodecs

/// A word of a closed set, as it stands on the wire.
public protocol CoinExWord: RawRepresentable, CaseIterable, CoinExDecodable, Equatable
where RawValue == String {}

extension CoinExWord {
    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        self = try json.coinExWord(field)
    }
}

/// A word of a set that the venue may extend without harm: what we do not know is kept as it is.
///
/// For what describes; never for what an order's life hangs on.
public enum CoinExOpen<Word: CoinExWord>: CoinExDecodable, Equatable {
    case known(Word)
    case unknown(String)

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        let text = try json.coinExText(field)
        self = Word(rawValue: text).map { .known($0) } ?? .unknown(text)
    }
}

/// Which side of the book, in REST.
public enum CoinExSide: String, CoinExWord {
    case buy
    case sell

    public init(_ side: Side) {
        self =
            switch side {
            case .buy: .buy
            case .sell: .sell
            }
    }

    public var side: Side {
        switch self {
        case .buy: .buy
        case .sell: .sell
        }
    }

    var wire: StaticString {
        switch self {
        case .buy: "buy"
        case .sell: "sell"
        }
    }
}

/// How an order finds its price; orders with an option are limit orders.
public enum CoinExOrderType: String, CoinExWord {
    case limit
    case market
}

/// How far an order is.
public enum CoinExOrderStatus: String, CoinExWord {
    /// Rests, without a fill.
    case notDealt = "not_deal"
    /// Rests, partly filled.
    case partlyDealt = "part_deal"
    /// Filled; a rest in the quote asset that buys nothing any more may be left.
    case done
    /// Ended with a remainder.
    case cancelled = "cancel"
}

/// What an order may do on entry.
public enum CoinExOption: String, CoinExWord {
    case normal = "NORMAL"
    case immediateOrCancel = "IOC"
    case fillOrKill = "FOK"
    case makerOnly = "MAKER_ONLY"

    public init(_ duration: OrderDuration) {
        self =
            switch duration {
            case .goodTillCancelled: .normal
            case .immediateOrCancel: .immediateOrCancel
            case .fillOrKill: .fillOrKill
            case .makerOnly: .makerOnly
            }
    }

    var wire: StaticString {
        switch self {
        case .normal: "NORMAL"
        case .immediateOrCancel: "IOC"
        case .fillOrKill: "FOK"
        case .makerOnly: "MAKER_ONLY"
        }
    }
}

/// Whether a deal added liquidity or took it.
public enum CoinExRole: String, CoinExWord {
    case maker
    case taker

    public var liquidity: Liquidity {
        switch self {
        case .maker: .maker
        case .taker: .taker
        }
    }
}
