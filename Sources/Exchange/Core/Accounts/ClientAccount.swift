import MarketModel
import Quantities

/// A client's account beside its row of the ledger: settings, living orders and history.
struct ClientAccount: ~Copyable, Sendable {
    let name: String
    /// Nil for a main account.
    let main: AccountID?
    var isBarred = false
    var paysFeesAtDiscount: Bool
    var rates: FeeRates?

    /// The living orders, oldest first, linked through `OrderStore`.
    var firstOrder = OrderStore.none
    var lastOrder = OrderStore.none
    var openCount = 0
    /// The numbers of the waiting stop orders, oldest first.
    var stops: [UInt64] = []

    var finishedOrders: History<ExchangeOrder>
    var finishedStops: History<ExchangeStop>
    var deals: History<OwnDeal>
    var changes: History<BalanceChange>
    var deposits: History<Deposit>
    var transfers: History<Transfer>

    init(_ definition: AccountDefinition, main: AccountID?, limits: ExchangeLimits) {
        name = definition.name
        self.main = main
        paysFeesAtDiscount = definition.paysFeesAtDiscount
        rates = definition.rates
        finishedOrders = History(limit: limits.finishedOrdersMax)
        finishedStops = History(limit: limits.finishedStopsMax)
        deals = History(limit: limits.dealsMax)
        changes = History(limit: limits.balanceRowsMax)
        deposits = History(limit: limits.transfersMax)
        transfers = History(limit: limits.transfersMax)
    }
}
