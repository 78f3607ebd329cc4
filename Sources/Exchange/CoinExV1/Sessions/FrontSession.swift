import CoinExVenue
import MarketModel
import Quantities

/// Which markets or assets a subscription is for.
enum FrontChoice: Equatable {
    case none
    case all
    case some([UInt16])

    func contains(_ index: UInt16) -> Bool {
        switch self {
        case .none: false
        case .all: true
        case .some(let indices): indices.contains(index)
        }
    }

    func contains(_ market: MarketID) -> Bool { contains(market.index) }
    func contains(_ asset: AssetID) -> Bool { contains(asset.index) }

    var isNone: Bool { self == .none }
}

/// What a client has subscribed to of a market's depth.
struct FrontDepthWish: Equatable {
    /// The picture that it shares with all who want the same.
    var view: FrontDepthKey
    /// Only what changed, but for the full picture of each minute.
    var wantsChanges: Bool
    /// The next push has to be full.
    var needsFull: Bool
}

/// One client on a WebSocket: who it is, and what it wants to be told.
///
/// A subscription takes the place of the one before it of its family.
struct FrontSession {
    let id: FrontSessionID
    let address: UInt64
    /// What is spoken on it.
    let api: CoinExAPI
    /// Nil before `server.sign`.
    var account: AccountID?
    /// Nothing more is taken from it: its end is on the way.
    var isClosing = false
    /// More waits to be sent than it takes: pictures that replace each other are left out until it has caught up.
    var isCongested = false

    var kline: (market: MarketID, period: CandlePeriod)?
    var state = FrontChoice.none
    var deals = FrontChoice.none
    var depth: [FrontDepthWish] = []
    var index = FrontChoice.none
    var orders = FrontChoice.none
    var assets = FrontChoice.none
    var ownDeals = FrontChoice.none
    var wantsNotices = false
    // Families that only the second generation has.
    var stops = FrontChoice.none
    var bestPrices = FrontChoice.none

    /// A window per method.
    var windows = FrontWindows(count: FrontMethod.allCases.count)

    init(_ id: FrontSessionID, address: UInt64, api: CoinExAPI) {
        self.id = id
        self.address = address
        self.api = api
    }

    /// It signed: for another account its orders, balances and deals are not told any more.
    mutating func sign(_ account: AccountID) {
        if let before = self.account, before != account {
            orders = .none
            assets = .none
            ownDeals = .none
            stops = .none
        }
        self.account = account
    }
}
