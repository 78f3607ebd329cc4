import CoinExClient
import CoinExVenue
import Configuration
import MarketModel
import Quantities

// The account, what the key may do there, and the terms of the markets.

extension VenueDoctor {
    /// The markets that are traded at the venue.
    private var markets: [MarketSettings] { configuration.markets.filter { $0.source == nil } }

    /// The terms of the configuration against those of the venue.
    func terms(_ client: CoinExClient) async {
        let policy = configuration.connection.marketRules
        for market in markets {
            guard let name = CoinExMarketName(market.name) else {
                list.add(.fail("market", "'\(market.name)' is no name of the venue's", do: "correct it"))
                continue
            }
            do throws(CoinExClientError) {
                guard
                    let row = try await CoinExCounter(client).markets([name]).first(where: {
                        $0.name == name.text
                    })
                else {
                    list.add(unknown(market.name))
                    continue
                }
                list.add(compare(market, row, policy))
            } catch {
                switch error {
                case .refused: list.add(unknown(market.name))
                case .clockIsOff, .retryLater, .outcomeUnknown, .notSent, .malformed, .misconfigured:
                    list.add(.fail("market", "\(market.name): \(error)", do: "try again"))
                }
            }
        }
    }

    private func unknown(_ market: String) -> Finding {
        .fail(
            "market", "the venue has no market \(market)", do: "'martlet coinex markets' lists what there is")
    }

    private func compare(
        _ market: MarketSettings, _ row: CoinExMarketRow, _ policy: MarketRulesPolicy
    ) -> Finding {
        var differences = MarketTerms.differences(market.name, market.rules, row.rules)
        if row.base != market.base || row.quote != market.quote {
            let (here, there) = ("\(market.base)/\(market.quote)", "\(row.base)/\(row.quote)")
            differences.append("\(market.name) is \(here) here and \(there) at the venue")
        }
        guard !differences.isEmpty else {
            return .ok("market", "\(market.name) is as the venue has it")
        }
        let text = differences.joined(separator: "; ")
        switch policy {
        case .adopt:
            return .warn("market", text, do: "correct the configuration; a session takes the venue's")
        case .refuse:
            return .fail("market", text, do: "correct it, or 'market_rules: adopt' in 'connection'")
        }
    }

    // MARK: - The account

    /// Whether the venue takes the key.
    func account(_ client: CoinExClient) async -> Bool {
        let counter = CoinExCounter(client)
        do throws(CoinExClientError) {
            let balances = try await counter.balances()
            await permissions(counter)
            self.balances(balances)
            return true
        } catch {
            list.add(.fail("account", "\(error)", do: Self.advice(error)))
            return false
        }
    }

    private static func advice(_ error: CoinExClientError) -> String {
        switch error {
        case .refused(let refusal):
            switch refusal.code.rawValue {
            case 24, 4005: "is this the id of the venue's key? a new key needs ten minutes"
            case 25, 4006: "the secret does not belong to this access id"
            case 34: "the key has expired: make a new one"
            case 23, 4007: "add this machine's address to those that the key may be used from"
            case 158, 4158, 4512: "the key may not even read the account: give it leave to trade"
            default: "look the code up in the venue's documents"
            }
        case .clockIsOff: "set this machine's clock by NTP"
        case .retryLater, .outcomeUnknown, .notSent: "try again in a minute"
        case .malformed, .misconfigured: "is 'rest' in 'connection' the address of the venue?"
        }
    }

    private func permissions(_ counter: CoinExCounter) async {
        if let market = markets.first?.name {
            switch await counter.mayTrade(in: market) {
            case .present: list.add(.ok("trading", "the key may trade"))
            case .lacking(let code):
                list.add(
                    .fail("trading", "the key may not trade: code \(code)", do: "give it leave at the venue"))
            case .unknown(let error):
                list.add(.warn("trading", "cannot be known: \(error)", do: "look at the key at the venue"))
            }
        }
        // What the venue tells nobody: whether other addresses may use the key.
        let addresses = "look at the key at the venue: no withdrawals, and only this machine's address"
        switch await counter.mayWithdraw() {
        case .lacking(let code):
            list.add(
                .ok(
                    "withdrawals",
                    "the key may not withdraw: code \(code); from where it may be used cannot be known here"))
        case .present(let code):
            let text =
                "the key may withdraw: a cancel of no withdrawal was refused with \(code), not for lack of leave"
            switch configuration.connection.withdrawals {
            case .permit: list.add(.ok("withdrawals", text + "; the configuration permits that"))
            case .refuse:
                list.add(
                    .fail(
                        "withdrawals", text,
                        do: "take that from the key, or write 'withdrawals: \(WithdrawalPermission.sentence)'"
                    ))
            }
        case .unknown(let error):
            list.add(.warn("withdrawals", "cannot be known: \(error)", do: addresses))
        }
    }

    private func balances(_ balances: [CoinExStreamBalance]) {
        var assets: [String] = []
        for market in markets {
            for asset in [market.base, market.quote] where !assets.contains(asset) { assets.append(asset) }
        }
        let shown = assets.map { asset in
            guard let balance = balances.first(where: { $0.coin == asset }) else { return "\(asset) 0" }
            let frozen = balance.frozen.isZero ? "" : " and \(balance.frozen) in orders"
            return "\(asset) \(balance.available)\(frozen)"
        }
        let text = shown.joined(separator: ", ")
        let poor = markets.first { market in
            ![market.base, market.quote].contains { asset in
                balances.contains {
                    $0.coin == asset && (!$0.available.isZero || !$0.frozen.isZero)
                }
            }
        }
        if let poor {
            list.add(
                .warn(
                    "balances", text, do: "nothing can be traded in \(poor.name): bring some \(poor.quote)"))
        } else {
            list.add(.ok("balances", text))
        }
    }
}
