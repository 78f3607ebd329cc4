import Configuration
import Journal
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore

// From run to run: what the strategies held at the end of one is what they begin the next with.

extension LiveRun {
    /// What the strategies begin with: what the ledger says that they held when the bot's last run ended.
    @usableFromInline
    func carries() throws -> [Carry] {
        let connection = parts.configuration.connection
        switch connection.position {
        case .zero: return []
        case .carry: break
        }
        guard let book = recorder.book else {
            recorder.note("no ledger: the strategies begin with no position", at: startedAt)
            return []
        }
        let line = connection.botLine
        let balance = try book.ledger.forward(before: book.run) { text in
            text.split(separator: "\n").contains { $0.drop { $0 == " " } == line }
        }
        switch balance {
        case .nothing: return []
        case .open(let run):
            throw RunError.setup(
                "\(run) of '\(connection.bot)' has traded and has not come to its end in good order, so what it "
                    + "holds is not certain; 'position: zero' in 'connection' begins without it")
        case .closed(let run, let positions): return try carries(positions, from: run)
        }
    }

    private func carries(_ positions: [ForwardPosition], from run: String) throws -> [Carry] {
        var carries: [Carry] = []
        for held in positions where !held.quantity.isZero {
            guard let carry = carry(held) else {
                throw RunError.setup(
                    "\(run) left \(held.quantity) in \(held.market) to '\(held.strategy)', which this configuration "
                        + "does not have there; add it, or begin without it by 'position: zero' in 'connection'"
                )
            }
            carries.append(carry)
            recorder.note(
                "\(held.strategy) goes on with \(held.quantity) in \(held.market) that \(run) left",
                at: startedAt)
        }
        return carries
    }

    private func carry(_ held: ForwardPosition) -> Carry? {
        let selections = parts.configuration.strategies
        guard
            let index = selections.firstIndex(where: {
                $0.label == held.strategy && $0.markets.contains(held.market)
            }), let market = parts.table.market(named: held.market)
        else { return nil }
        return Carry(
            strategy: StrategyID(index), market: market.id, quantity: Quantity(raw: held.quantity.raw),
            openCost: Notional(raw: held.cost.raw), at: startedAt)
    }

    /// Writes down what the next run begins with: only where nothing is open, and all fills are booked.
    func bringForward(_ desk: borrowing Desk, at now: Instant) {
        guard !isPaper else { return }
        for (index, selection) in parts.configuration.strategies.enumerated() {
            for name in selection.markets {
                guard let market = parts.table.market(named: name) else { continue }
                let position = desk.positions[index * parts.table.markets.count + Int(market.id.index)]
                recorder.book?.addForward(position, selection.label, market, at: now)
            }
        }
    }

    /// Why a run that was to go on with more than the account holds has not begun.
    func refusal(_ shortfalls: [Shortfall]) -> String {
        let assets = shortfalls.map { short in
            let name = parts.table.name(of: short.asset)
            return "the account holds \(short.held) \(name) and the bot goes on with \(short.carried)"
        }
        return assets.joined(separator: "; ")
            + ": bring it back, or begin without it by 'position: zero' in 'connection'"
    }
}
