/// Why a text of the venue is not read at all, though it is known what it is.
public struct CoinExTextRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    public let reason: String

    package init(_ reason: String) { self.reason = reason }

    public var description: String { "not read: \(reason)" }
}

// What is read of the second generation without being asked for by this client, and what is known and refused.

extension CoinExV2 {
    /// Replies that can be read and are never asked for: the wallet, margin, futures in public.
    package static let readOnly: [CoinExDecoder] = wallet + margin + futures

    private static let wallet: [CoinExDecoder] = [
        reply(CoinExV2Records<CoinExV2Deposit>.self, "GET /assets/deposit-history"),
        reply(CoinExV2Records<CoinExV2Withdrawal>.self, "GET /assets/withdraw"),
        reply(CoinExV2DepositAddress.self, "GET /assets/deposit-address"),
        reply(CoinExV2TransferTerms.self, "GET /assets/deposit-withdraw-config"),
        reply([CoinExV2TransferTerms].self, "GET /assets/all-deposit-withdraw-config"),
        reply(CoinExV2Records<CoinExV2Transfer>.self, "GET /assets/transfer-history"),
    ]

    private static let margin: [CoinExDecoder] = [
        reply([CoinExV2MarginBalance].self, "GET /assets/margin/balance"),
        reply(CoinExV2LoanTerms.self, "GET /assets/margin/interest-limit"),
        reply(CoinExV2Records<CoinExV2Loan>.self, "GET /assets/margin/borrow-history"),
        reply([CoinExV2Balance].self, "GET /assets/financial/balance"),
        reply([CoinExV2PoolShare].self, "GET /assets/amm/liquidity"),
        reply(CoinExV2Credit.self, "GET /assets/credit/info"),
        reply([CoinExV2FuturesBalance].self, "GET /assets/futures/balance"),
    ]

    private static let futures: [CoinExDecoder] = [
        reply([CoinExV2FuturesMarket].self, "GET /futures/market"),
        reply([CoinExV2FuturesTicker].self, "GET /futures/ticker"),
        reply(CoinExV2Depth.self, "GET /futures/depth"),
        reply([CoinExV2MarketDeal].self, "GET /futures/deals"),
        reply([CoinExV2Candle].self, "GET /futures/kline"),
        reply([CoinExV2Index].self, "GET /futures/index"),
        reply([CoinExV2FundingRate].self, "GET /futures/funding-rate"),
        reply(CoinExV2Records<CoinExV2PastFunding>.self, "GET /futures/funding-rate-history"),
        reply(CoinExV2Records<CoinExV2Basis>.self, "GET /futures/basis-history"),
        reply(CoinExV2Records<CoinExV2Basis>.self, "GET /futures/premium-index-history"),
        reply([CoinExV2PositionLevels].self, "GET /futures/position-level"),
    ]

    private static func reply<Reply: CoinExDecodable>(_: Reply.Type, _ name: String) -> CoinExDecoder {
        CoinExDecoder(name) { body in try CoinExAnswer.decode(Reply.self, status: 200, body) }
    }

    // MARK: - What is refused

    /// Names that are known, whose texts are refused with a reason.
    package static let refused: [CoinExDecoder] =
        Refusal.moves.names.map { Refusal.moves.decoder($0) }
        + Refusal.accounts.names.map { Refusal.accounts.decoder($0) }
        + Refusal.futures.names.map { Refusal.futures.decoder($0) }
        + Refusal.unseen.names.map { Refusal.unseen.decoder($0) }

    /// The decoder of a name that stands in no list: by the area that it belongs to; nil for none.
    package static func refusal(of name: String) -> CoinExDecoder? {
        let words = name.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0] == "GET" || words[0] == "POST" else {
            return name.hasPrefix("position.") ? Refusal.futures.decoder(name) : nil
        }
        let area = words[1].split(separator: "/").first
        switch area {
        case "futures": return Refusal.futures.decoder(name)
        case "assets": return Refusal.moves.decoder(name)
        case "account", "refer", "copy-trading", "copy": return Refusal.accounts.decoder(name)
        case "amm": return Refusal.moves.decoder(name)
        case "spot", "maintain": return Refusal.unseen.decoder(name)
        default: return nil
        }
    }

    /// What is known and not spoken.
    private enum Refusal {
        case moves
        case accounts
        case futures
        /// Known by name alone.
        case unseen

        var reason: String {
            switch self {
            case .moves: "it moves money between accounts, loans and pools, which this client never asks for"
            case .accounts: "it is about sub-accounts, keys and settings, which this client never asks for"
            case .futures:
                "orders and positions of futures are another interface, which this client does not speak"
            case .unseen: "no reply of this kind was ever seen, and its members are not guessed"
            }
        }

        func decoder(_ name: String) -> CoinExDecoder {
            CoinExDecoder(name) { [reason] _ throws in throw CoinExTextRefusal(reason) }
        }

        var names: [String] {
            switch self {
            case .moves:
                [
                    "POST /assets/withdraw", "POST /assets/transfer", "POST /assets/margin/borrow",
                    "POST /assets/margin/repay", "POST /assets/amm/add-liquidity",
                    "POST /assets/amm/remove-liquidity", "POST /assets/renewal-deposit-address",
                    "GET /assets/amm/income-history", "GET /amm/market",
                ]
            case .accounts:
                [
                    "GET /account/info", "POST /account/subs", "GET /account/subs",
                    "POST /account/subs/frozen",
                    "POST /account/subs/unfrozen", "POST /account/subs/api", "GET /account/subs/api",
                    "POST /account/subs/edit-api", "POST /account/subs/delete-api",
                    "GET /account/subs/api-detail", "GET /account/subs/balance",
                    "GET /account/subs/spot-balance", "POST /account/subs/transfer",
                    "GET /account/subs/transfer-history", "POST /account/futures-market-settings",
                    "GET /account/futures-market-settings",
                ]
            case .unseen:
                [
                    "GET /assets/credit/balance", "GET /futures/liquidation-history",
                    // As the venue spells it, and as it would be spelt.
                    "GET /assets/spot/transcation-history", "GET /assets/spot/transaction-history",
                ]
            case .futures:
                Self.futuresPosts.map { "POST /futures/\($0)" }
                    + Self.futuresGets.map { "GET /futures/\($0)" }
                    + ["position.subscribe", "position.update", "position.unsubscribe"]
            }
        }

        private static let futuresPosts = [
            "order", "stop-order", "batch-order", "batch-stop-order", "modify-order", "modify-stop-order",
            "batch-modify-order", "cancel-order", "cancel-stop-order", "cancel-batch-order",
            "cancel-batch-stop-order", "cancel-all-order", "cancel-order-by-client-id",
            "cancel-stop-order-by-client-id", "close-position", "adjust-position-margin",
            "adjust-position-leverage", "set-position-stop-loss", "set-position-take-profit",
            "modify-position-stop-loss", "modify-position-take-profit", "cancel-position-stop-loss",
            "cancel-position-take-profit",
        ]

        private static let futuresGets = [
            "order-status", "batch-order-status", "pending-order", "finished-order", "pending-stop-order",
            "finished-stop-order", "user-deals", "order-deals", "pending-position", "finished-position",
            "position-margin-history", "position-funding-history", "position-adl-history",
            "position-settle-history",
        ]
    }
}
