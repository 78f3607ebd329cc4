import MarketModel
import Quantities
import Testing

@testable import Exchange

struct AccountTests {
    private func exchange() throws -> ExchangeDialogue {
        try ExchangeDialogue(show: [.balances]) {
            $0.accounts.append(AccountDefinition(name: "sub", main: "ann"))
        }
    }

    @Test func `what is available goes between accounts of one family, and only there`() throws {
        var exchange = try exchange()
        let usdt = exchange.asset("USDT")
        let (ann, ben, sub) = (exchange.account("ann"), exchange.account("ben"), exchange.account("sub"))
        exchange.expect("ann buy 1@100 -> 1 notDealt left 1; ann USDT 9900+100")
        try exchange.core.transfer(amount("9900"), usdt, from: ann, to: sub, at: second(9))
        #expect(throws: ExchangeRefusal.insufficientBalance) {
            try exchange.core.transfer(amount("0.01"), usdt, from: ann, to: sub, at: second(9))
        }
        try exchange.core.transfer(amount("900"), usdt, from: sub, to: ann, at: second(10))
        for (giver, taker) in [(ann, ben), (sub, ben), (ann, ann)] {
            #expect(throws: ExchangeRefusal.accountsUnrelated) {
                try exchange.core.transfer(amount("1"), usdt, from: giver, to: taker, at: second(10))
            }
        }
        for wrong in ["0", "-5"] {
            #expect(throws: ExchangeRefusal.badAmount) {
                try exchange.core.transfer(amount(wrong), usdt, from: ann, to: sub, at: second(10))
            }
        }
        exchange.expect(
            """
            ann owns -> BTC 100+0 USDT 900+100 CET 0+0; ann USDT 0+100; sub USDT 9900+0; sub USDT 9000+0; ann USDT 900+100
            sub owns -> BTC 0+0 USDT 9000+0 CET 0+0
            """)
        let rows = try exchange.core.transfers(of: ann, RowFilter(), PageRequest(limit: 9)).rows
        #expect(rows.map(\.amount) == [amount("900"), amount("9900")])
        #expect(rows.map(\.to) == [ann, sub])
        #expect(exchange.core.subAccounts(of: ann) == [sub])
        #expect(try exchange.core.main(of: sub) == ann)
    }

    @Test func `deposits come from outside, and nothing else does`() throws {
        var exchange = try exchange()
        let btc = exchange.asset("BTC")
        let sub = exchange.account("sub")
        try exchange.core.deposit(amount("5"), btc, to: sub, at: second(3))
        exchange.expect("sub owns -> BTC 5+0 USDT 0+0 CET 0+0; sub BTC 5+0")
        let audit = exchange.core.audit()
        #expect(audit.deposited == [amount("205"), amount("20000"), .zero])
        #expect(audit.owned == audit.deposited)
        let rows = try exchange.core.deposits(of: sub, RowFilter(), PageRequest(limit: 9)).rows
        #expect(rows.map(\.amount) == [amount("5")])
        #expect(throws: ExchangeRefusal.badAmount) {
            try exchange.core.deposit(amount("-5"), btc, to: sub, at: second(3))
        }
        #expect(throws: ExchangeRefusal.unknownAccount) {
            try exchange.core.deposit(amount("5"), btc, to: .flow, at: second(3))
        }
        #expect(throws: ExchangeRefusal.unknownAsset) {
            try exchange.core.deposit(amount("5"), AssetID(9), to: sub, at: second(3))
        }
    }

    @Test func `accounts are opened while the exchange runs`() throws {
        var exchange = try exchange()
        let new = try exchange.core.addAccount(named: "new", main: exchange.account("ann"))
        #expect(exchange.core.account(named: "new") == new)
        #expect(throws: ExchangeRefusal.nameTaken) { try exchange.core.addAccount(named: "new") }
        #expect(throws: ExchangeRefusal.accountsUnrelated) {
            try exchange.core.addAccount(named: "deep", main: new)
        }
        exchange.expect(
            """
            new owns      -> BTC 0+0 USDT 0+0 CET 0+0
            new buy 1@100 -> insufficientBalance
            """)
    }
}
