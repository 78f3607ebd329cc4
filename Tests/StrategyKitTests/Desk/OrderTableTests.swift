import MarketModel
import Quantities
import StrategyKit
import Testing

struct OrderTableTests {
    private let ticket = OrderTicket.limit(.buy, Quantity(1), at: Price(1), in: MarketID(0))

    private func create(_ table: inout OrderTable) -> OrderID? {
        table.create(strategy: StrategyID(0), ticket: ticket, replaces: .none, at: .distantPast)
    }

    private func close(_ id: OrderID, in table: inout OrderTable) {
        table.slots[id.slot].state = .closed(.filled)
        table.retire(slot: id.slot)
    }

    @Test func `more orders than the table holds are refused, until one of them is closed`() {
        var table = OrderTable()
        let ids = (0..<4_096).compactMap { _ in create(&table) }
        #expect(ids.count == 4_096)
        #expect(create(&table) == nil)
        close(ids[7], in: &table)
        #expect(create(&table) != nil)
        #expect(create(&table) == nil)
    }

    @Test func `a closed order is readable until its slot is used again, then its id is of no use`() {
        var table = OrderTable()
        let first = create(&table) ?? .none
        close(first, in: &table)
        var later: [OrderID] = []
        for _ in 0..<64 {
            let id = create(&table) ?? .none
            later.append(id)
            close(id, in: &table)
        }
        #expect(table.slot(of: first) == first.slot)
        let heir = create(&table) ?? .none
        #expect(heir.slot == first.slot)
        #expect(table.slot(of: first) == nil)
        #expect(table.slot(of: heir) == heir.slot)
        #expect(later.allSatisfy { table.slot(of: $0) != nil })
    }

    @Test func `long use takes no more slots, and ids are never given twice`() {
        var table = OrderTable()
        var random = SeededRandom(seed: 5)
        var living: [OrderID] = []
        var last = OrderID.none
        for _ in 0..<20_000 {
            if living.count < 20, let id = create(&table) {
                #expect(id.sequence == last.sequence + 1)
                last = id
                living.append(id)
            } else {
                close(living.remove(at: random.below(living.count)), in: &table)
            }
            #expect(table.active.map { table.slots[Int($0)].id } == living, "oldest first")
        }
        #expect(table.slots.count <= 20 + 65)
    }

    @Test func `ids that were never given are not found`() {
        var table = OrderTable()
        #expect(table.slot(of: .none) == nil)
        _ = create(&table)
        #expect(table.slot(of: .none) == nil)
        #expect(table.slot(of: OrderID(sequence: 1, slot: 5)) == nil)
        #expect(table.slot(of: OrderID(raw: .max)) == nil)
    }

    @Test func `a snapshot of open orders skips those that were closed, and those of others`() {
        var desk = Desk(table: Self.markets, strategies: 2, seed: 1)
        let mine = [desk.place(ticket), desk.place(ticket)]
        desk.active = StrategyID(1)
        let theirs = desk.place(ticket)
        #expect(desk.openOrders().map(\.id) == [theirs].compactMap { $0 })
        #expect(mine.compactMap { $0 }.allSatisfy { desk.order($0) == nil }, "not to be read by others")
        desk.cancel(mine[0] ?? .none)
        desk.active = StrategyID(0)
        #expect(desk.openOrders().allSatisfy { !$0.isCancelRequested }, "nor to be cancelled by them")
        #expect(desk.openOrders(in: MarketID(0)).count == 2)
        #expect(desk.openOrders(in: MarketID(1)).isEmpty)
        #expect(desk.modify(theirs ?? .none, price: Price(2)) == nil)
    }

    private static let markets: MarketTable = {
        var table = MarketTable()
        let rules = MarketRules(tick: Price(1), lot: Quantity(1), minimumQuantity: Quantity(1))
        table.add("BTCUSDT", base: "BTC", quote: "USDT", rules: rules)
        table.add("CETUSDT", base: "CET", quote: "USDT", rules: rules)
        return table
    }()
}
