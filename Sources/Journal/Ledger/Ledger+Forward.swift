import Quantities

/// What a strategy held in a market when a run had come to its end, as the ledger keeps it for the next run.
package struct ForwardPosition: Equatable, Sendable {
    package var strategy: String
    package var market: String
    /// In the base asset; negative is short.
    package var quantity: Amount
    /// What it cost, in the quote asset.
    package var cost: Amount

    package init(strategy: String, market: String, quantity: Amount, cost: Amount) {
        self.strategy = strategy
        self.market = market
        self.quantity = quantity
        self.cost = cost
    }
}

/// What the runs of a bot have left to the next one.
package enum ForwardBalance: Equatable, Sendable {
    /// None of them has traded.
    case nothing
    /// The newest one that traded has come to its end in good order.
    case closed(run: String, [ForwardPosition])
    /// It has not: what it holds is not certain.
    case open(run: String)
}

extension ForwardPosition {
    private static let prefix = "forward"

    /// A movement between two accounts of its own, which says what is held and for how much.
    package func transaction(
        _ run: RunID, base: String, quote: String, at now: Instant
    ) -> LedgerTransaction {
        LedgerTransaction(
            run: run, id: "\(Self.prefix) \(market) \(strategy)", at: now,
            postings: [
                .init(Self.prefix, base, quantity), .init("carried", base, -quantity),
                .init(Self.prefix, quote, cost), .init("carried", quote, -cost),
            ])
    }

    fileprivate static func name(_ transaction: String) -> (market: String, strategy: String)? {
        let words = transaction.split(separator: " ", maxSplits: 2)
        guard words.count == 3, words[0] == prefix else { return nil }
        return (String(words[1]), String(words[2]))
    }
}

extension Ledger {
    /// What the newest live run of a bot that has traded left to the next one.
    ///
    /// - Parameters:
    ///   - run: the one that begins.
    ///   - isOfBot: whether a configuration is one of the bot.
    package func forward(
        before run: RunID, where isOfBot: (_ configuration: String) -> Bool
    ) throws(LedgerError) -> ForwardBalance {
        let query = try prepare(
            "SELECT id, folder, config_text, EXISTS(SELECT 1 FROM fills WHERE fills.run = runs.id) FROM runs"
                + " WHERE mode = 'live' AND id < \(run.number) ORDER BY id DESC")
        while try step(query) {
            guard isOfBot(query.text(2)) else { continue }
            let name = query.isNull(1) ? "run \(query.integer(0))" : query.text(1)
            if let positions = try forward(of: RunID(query.integer(0))) {
                return .closed(run: name, positions)
            }
            if query.integer(3) != 0 { return .open(run: name) }
        }
        return .nothing
    }

    /// Nil when the run has left none.
    private func forward(of run: RunID) throws(LedgerError) -> [ForwardPosition]? {
        let query = try prepare(
            "SELECT transaction_id, leg, amount FROM entries WHERE run = \(run.number)"
                + " AND transaction_id GLOB 'forward *' AND account = 'forward' ORDER BY transaction_id, leg")
        var positions: [ForwardPosition] = []
        while try step(query) {
            let amount: Amount
            do throws(DecimalError) {
                amount = try Amount(query.text(2))
            } catch {
                throw .unreadableAmount(column: "amount", text: query.text(2))
            }
            guard let name = ForwardPosition.name(query.text(0)) else { continue }
            if query.integer(1) == 0 {
                positions.append(
                    ForwardPosition(
                        strategy: name.strategy, market: name.market, quantity: amount, cost: .zero))
            } else if !positions.isEmpty {
                positions[positions.count - 1].cost = amount
            }
        }
        return positions.isEmpty ? nil : positions
    }
}
