import LiveTrading
import Quantities

/// How a session reaches its venue, and as whom it trades there.
///
/// The key itself never stands here: it comes from a credential of the service, a private file or the environment.
package struct ConnectionSettings: Equatable, Sendable {
    /// What names the bot's orders at the venue: 1 to 7 lower case letters and digits.
    package static let botLengths = 1...7
    package static let patiences = Interval.seconds(1)...Interval.minutes(10)
    package static let auditPauses = Interval.seconds(5)...Interval.minutes(60)

    package var bot = "martlet"
    /// Which generation of the venue's interface is spoken.
    package var api = VenueGeneration.v1
    /// The base of all requests, without a slash at its end.
    package var rest = VenueGeneration.v1.rest
    package var socket = VenueGeneration.v1.socket
    /// A file of PEM certificates to trust instead of the system's.
    package var authority: String?
    /// A file with the key that only its owner can read.
    package var keyFile: String?
    package var foundOrders = FoundOrderPolicy.adopt
    package var position = PositionPolicy.carry
    package var marketRules = MarketRulesPolicy.refuse
    package var withdrawals = WithdrawalPolicy.refuse
    package var stopPatience = Interval.seconds(10)
    package var auditEvery = Interval.minutes(1)

    package init() {}

    /// How the effective configuration says whose it is.
    package var botLine: String { "bot: \(EffectiveText.scalar(bot))" }

    var effectiveLines: [String] {
        var lines = [botLine]
        // What runs of the first generation are called does not depend on there being a second.
        switch api {
        case .v1: break
        case .v2: lines.append("api: \(api.rawValue)")
        }
        lines += [
            "rest: \(EffectiveText.scalar(rest))",
            "socket: \(EffectiveText.scalar(socket))",
        ]
        if let authority { lines.append("authority: \(EffectiveText.scalar(authority))") }
        if let keyFile { lines.append("key_file: \(EffectiveText.scalar(keyFile))") }
        switch withdrawals {
        case .refuse: break
        case .permit: lines.append("withdrawals: \(withdrawals.rawValue)")
        }
        return lines + [
            "found_orders: \(foundOrders.rawValue)", "position: \(position.rawValue)",
            "market_rules: \(marketRules.rawValue)", "stop_patience: \(stopPatience)",
            "audit_every: \(auditEvery)",
        ]
    }
}

/// The generations of the venue's interface.
package enum VenueGeneration: String, CaseIterable, Sendable {
    case v1
    case v2

    /// Where requests go.
    package var rest: String {
        switch self {
        case .v1: "https://api.coinex.com/v1"
        case .v2: "https://api.coinex.com/v2"
        }
    }

    /// Where streams come from.
    package var socket: String {
        switch self {
        case .v1: "wss://socket.coinex.com/"
        case .v2: "wss://socket.coinex.com/v2/spot"
        }
    }
}

/// What is thought of a key that may send money out of the account.
///
/// Leave is given by a sentence, word for word, so that it is not given by accident.
package enum WithdrawalPolicy: String, CaseIterable, Sendable {
    case refuse
    case permit = "this bot may send money out of the account"
}

/// What the strategies of a new run begin with.
package enum PositionPolicy: String, CaseIterable, Sendable {
    /// What they held when the bot's last run ended.
    case carry
    /// Nothing.
    case zero
}

/// What is done when the venue's terms of a market are not those of the configuration.
package enum MarketRulesPolicy: String, CaseIterable, Sendable {
    /// The session does not start.
    case refuse
    /// The venue's are taken over.
    case adopt
}
