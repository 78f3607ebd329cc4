import CoinExVenue
import Quantities

/// How subscriptions are acknowledged; both shapes have been seen of the venue.
package enum FrontAcknowledgement: String, CaseIterable, Sendable {
    /// `{"status": "success"}`
    case object
    /// `"success"`
    case text
    /// One after the other.
    case mixed
}

/// A key that exists from the start.
package struct FrontKeySettings: Sendable {
    /// The name of the account.
    package var account: String
    package var accessID: String
    package var secret: String
    package var mayTrade: Bool
    package var mayWithdraw: Bool
    /// IPv4 addresses that may use it; empty is every address.
    package var addresses: [String]

    package init(
        account: String, accessID: String, secret: String, mayTrade: Bool = true, mayWithdraw: Bool = false,
        addresses: [String] = []
    ) {
        self.account = account
        self.accessID = accessID
        self.secret = secret
        self.mayTrade = mayTrade
        self.mayWithdraw = mayWithdraw
        self.addresses = addresses
    }
}

/// How the local exchange speaks.
package struct FrontSettings: Sendable {
    package var keys: [FrontKeySettings] = []
    /// The generations of the interface that are spoken.
    package var languages = CoinExAPI.allCases
    /// Whether messages of the second generation are packed, as the venue does it.
    package var packsMessages = true
    package var limits = FrontLimits.venue
    package var acknowledgement = FrontAcknowledgement.object
    /// What becomes of everything that leaves.
    package var fates: any FrontFates = FrontPace()
    /// From it follows which of a reply and the pushes of the same order leave first.
    package var seed: UInt64 = 0
    /// How often pushes leave before the reply: 0 never, 1 always. Delays come on top.
    package var pushFirstShare = 0.5
    /// How far from our time a signature's may be.
    package var tonceTolerance = Interval.seconds(60)
    /// Depth and deals are told at most this often.
    package var tickEvery = Interval.milliseconds(200)
    /// Candles, states and indices are told once in so many ticks.
    package var slowEvery = 3
    /// What goes wrong, counted from the start; at most `FaultScript.faultsMax`.
    package var faults: [ExchangeFault] = []
    /// More clients at a time are refused.
    package var sessionsMax = 4_096

    package init() {}
}

extension FrontAcknowledgement {
    /// Whether the acknowledgement of this number is an object.
    func isObject(_ number: Int) -> Bool {
        switch self {
        case .object: true
        case .text: false
        case .mixed: number.isMultiple(of: 2)
        }
    }
}
