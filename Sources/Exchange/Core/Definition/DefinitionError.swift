import Simulation

/// Why a definition makes no exchange; `index` counts from 0 in the list that is meant.
package enum DefinitionError: Error, Equatable, Sendable {
    case noMarkets
    case tooManyMarkets
    case tooManyAccounts
    case marketNamedTwice(index: Int)
    case accountNamedTwice(index: Int)
    case nameEmpty(String)
    /// Decimals are 0 to 12.
    case decimalsOutOfRange(market: Int)
    /// The least amount is positive and a multiple of the market's step.
    case minimumOutOfRange(market: Int)
    /// Base and quote differ.
    case sameAssetTwice(market: Int)
    /// Rates lie between -0.5 and 0.5, the discount between 0 and 1.
    case rateOutOfRange
    /// Merge steps and opening prices are positive.
    case priceOutOfRange(market: Int)
    case synthetic(market: Int, SyntheticMarketError)
    /// The main account is unknown, comes later, or is itself a sub-account.
    case mainAccountUnknown(index: Int)
    /// Balances are not negative and at most 10^18.
    case balanceOutOfRange(account: Int)
    /// The first numbers are 1 to 2^53, so that every client can read what follows them.
    case numberOutOfRange
    /// Every limit is 1 to 1,000,000.
    case limitOutOfRange
}
