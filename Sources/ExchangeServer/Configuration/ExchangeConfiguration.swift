import CoinExVenue
import Configuration
import Exchange
import Quantities

/// What a local exchange is started with.
package struct ExchangeConfiguration: Sendable {
    /// 0 lets the system choose.
    package var port: UInt16 = 8_710
    package var seed: UInt64 = 1
    /// The folder of the certificate authority; nil is that of the user's state.
    package var authority: String?
    /// The generations of the interface that are spoken.
    package var languages = CoinExAPI.allCases
    package var limits = FrontLimits.venue
    /// How long replies and pushes take beside the way through the sockets.
    package var replyDelay = Interval.zero...Interval.zero
    package var pushDelay = Interval.zero...Interval.zero
    /// How acknowledgements of subscriptions look.
    package var acknowledgement = FrontAcknowledgement.object
    package var discountAsset = "CET"
    package var discountRate = FeeRate(raw: 700_000_000_000)
    package var markets: [MarketDefinition] = []
    package var accounts: [AccountDefinition] = []
    /// Of markets that play one.
    package var recordings: [ExchangeRecording] = []
    package var keys: [ExchangeKeySettings] = []

    /// What goes wrong, counted from the start.
    package var faults: [ExchangeFault] = []

    package init() {}

    /// What the exchange begins with.
    package func definition(startsAt: Instant) -> ExchangeDefinition {
        var definition = ExchangeDefinition(
            seed: seed, startsAt: startsAt, markets: markets, accounts: accounts)
        definition.discountAsset = discountAsset
        definition.discountRate = discountRate
        definition.limits = .shared(among: accounts.count)
        return definition
    }

    package func frontSettings() -> FrontSettings {
        var settings = FrontSettings()
        settings.languages = languages
        settings.limits = limits
        settings.acknowledgement = acknowledgement
        settings.seed = seed
        settings.faults = faults
        settings.keys = keys.map {
            FrontKeySettings(
                account: $0.account, accessID: $0.accessID, secret: $0.secret, mayTrade: $0.mayTrade,
                mayWithdraw: $0.mayWithdraw, addresses: $0.addresses)
        }
        settings.fates = FrontPace(replies: replyDelay, pushes: pushDelay, seed: seed)
        return settings
    }
}

/// A key of an account.
package struct ExchangeKeySettings: Equatable, Sendable {
    package var account: String
    package var accessID: String
    package var secret: String
    package var mayTrade: Bool
    package var mayWithdraw: Bool
    /// Empty is every address.
    package var addresses: [String]
}
