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

    /// Whether the venue wants a signature first.
    public var isPrivate: Bool {
        switch self {
        case .depth, .deals, .state, .kline, .index: false
        case .order, .ownDeals, .asset, .notice: true
        }
    }
}
