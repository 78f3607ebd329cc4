/// A family of pushes, whatever the generation of the protocol calls its methods.
///
/// Within one connection a subscription of a family replaces the one before as a whole.
public enum CoinExStream: UInt8, BitwiseCopyable, CaseIterable, Hashable, Sendable {
    case depth
    case deals
    case state
    case kline
    case index
    case order
    case ownDeals
    case asset
    case notice
    /// Stop orders, where they have a family of their own.
    case stop
    case bestPrices

    /// Whether the venue wants a signature first.
    public var isPrivate: Bool {
        switch self {
        case .depth, .deals, .state, .kline, .index, .bestPrices: false
        case .order, .ownDeals, .asset, .notice, .stop: true
        }
    }
}
