import CoinExClient
import CoinExVenue
import Configuration
import Glibc
import MarketModel
import Quantities
import Runtime
import Transport

/// The terms of the markets as the venue tells them, against those of the configuration.
///
/// With other terms than the venue's, orders are refused there, fees are counted wrongly and books of numbers do not
/// agree. So a session starts with the same ones, or not at all.
struct MarketTerms {
    /// The pause before a venue that cannot be reached is asked again.
    static let retryPause = Interval.seconds(5)

    let client: CoinExClientSettings

    init(_ connection: ConnectionSettings, environment: [String: String]) {
        client = Self.settings(connection, environment: environment)
    }

    /// How a client reaches the venue of a connection, without a key.
    static func settings(
        _ connection: ConnectionSettings, environment: [String: String]
    ) -> CoinExClientSettings {
        var settings = CoinExClientSettings(api: CoinExAPI(connection.api))
        settings.url = connection.rest
        settings.socketURL = connection.socket
        settings.authorities = connection.authority
        settings.environment = environment.filter { $0.key.lowercased().hasSuffix("_proxy") }
        return settings
    }

    /// The configuration with terms that are the venue's.
    ///
    /// - Parameter tell: is told what was taken over, and that the venue does not answer.
    /// - Throws: `RunError.setup` with both values where terms differ and are not to be taken over.
    func agree(
        _ configuration: SessionConfiguration, tell: (String) -> Void
    ) throws -> SessionConfiguration {
        let found = try ask(configuration.markets.map(\.name), tell: tell)
        var agreed = configuration
        var differences: [String] = []
        for index in agreed.markets.indices {
            guard let rules = found[agreed.markets[index].name] else { continue }
            differences += Self.differences(agreed.markets[index].name, agreed.markets[index].rules, rules)
            agreed.markets[index].rules = rules
        }
        if differences.isEmpty { return configuration }
        switch configuration.connection.marketRules {
        case .adopt:
            for difference in differences { tell("taken over from the venue: \(difference)") }
            return agreed
        case .refuse:
            throw RunError.setup(
                "the markets are not as the venue has them: " + differences.joined(separator: "; ")
                    + " (correct the configuration, or take the venue's with 'market_rules: adopt' in 'connection')"
            )
        }
    }

    static func differences(_ name: String, _ own: MarketRules, _ venue: MarketRules) -> [String] {
        var found: [String] = []
        func compare(_ key: String, _ own: String, _ venue: String) {
            if own != venue { found.append("\(key) of \(name) is \(own) here and \(venue) at the venue") }
        }
        compare("tick", "\(own.tick)", "\(venue.tick)")
        compare("lot", "\(own.lot)", "\(venue.lot)")
        compare("minimum", "\(own.minimumQuantity)", "\(venue.minimumQuantity)")
        compare("maker_fee", "\(own.makerFee)", "\(venue.makerFee)")
        compare("taker_fee", "\(own.takerFee)", "\(venue.takerFee)")
        return found
    }

    /// Asks until the venue answers, or a signal comes.
    private func ask(_ names: [String], tell: (String) -> Void) throws -> [String: MarketRules] {
        var hasTold = false
        while true {
            do {
                return try askOnce(names)
            } catch let error as CoinExClientError {
                switch error {
                case .notSent, .outcomeUnknown, .retryLater: break
                case .refused, .clockIsOff, .malformed, .misconfigured:
                    throw RunError.connection("the venue does not tell the terms of its markets: \(error)")
                }
                if Interruption.isRequested {
                    throw RunError.connection("the venue does not tell the terms of its markets: \(error)")
                }
                if !hasTold { tell("the venue does not answer yet: \(error)") }
                hasTold = true
            }
            pause()
        }
    }

    private func askOnce(_ names: [String]) throws -> [String: MarketRules] {
        let loop = try EventLoop.start("terms")
        defer { loop.stop() }
        let client = try CoinExClient(client, on: loop)
        defer { client.close() }
        let answer = Answer()
        let outcome = Waiting.wait(on: loop) {
            for row in try await CoinExCounter(client).markets(names.compactMap { CoinExMarketName($0) }) {
                answer.rules[row.name] = row.rules
            }
        }
        try outcome.get()
        return answer.rules
    }

    private func pause() {
        let naps = Self.retryPause.nanoseconds / 100_000_000
        for _ in 0..<naps where !Interruption.isRequested { usleep(100_000) }
    }

    /// What a task leaves behind. The caller waits while the task writes; hence `@unchecked Sendable`.
    private final class Answer: @unchecked Sendable {
        var rules: [String: MarketRules] = [:]
    }
}

extension CoinExAPI {
    init(_ generation: VenueGeneration) {
        self =
            switch generation {
            case .v1: .v1
            case .v2: .v2
            }
    }
}
