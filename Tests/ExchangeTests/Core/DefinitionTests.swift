import MarketModel
import Quantities
import Simulation
import Testing

@testable import Exchange

struct DefinitionTests {
    private func error(_ change: (inout ExchangeDefinition) -> Void) -> DefinitionError? {
        var definition = ExchangeDialogue.definition()
        change(&definition)
        do throws(DefinitionError) {
            _ = try ExchangeCore(definition)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a definition that makes sense is taken`() {
        #expect(error { _ in } == nil)
    }

    @Test func `what is wrong with markets is named with its place`() {
        #expect(error { $0.markets = [] } == .noMarkets)
        #expect(error { $0.markets += $0.markets } == .marketNamedTwice(index: 1))
        #expect(error { $0.markets[0].name = "" } == .nameEmpty("market"))
        #expect(error { $0.markets[0].quote = "BTC" } == .sameAssetTwice(market: 0))
        #expect(error { $0.markets[0].amountDecimals = 13 } == .decimalsOutOfRange(market: 0))
        #expect(error { $0.markets[0].priceDecimals = -1 } == .decimalsOutOfRange(market: 0))
        #expect(error { $0.markets[0].minimumAmount = .zero } == .minimumOutOfRange(market: 0))
        #expect(error { $0.markets[0].minimumAmount = quantity("0.0105") } == .minimumOutOfRange(market: 0))
        #expect(error { $0.markets[0].takerRate = rate("0.6") } == .rateOutOfRange)
        #expect(error { $0.markets[0].priceBand = .zero } == .rateOutOfRange)
        #expect(error { $0.markets[0].mergeSteps = [.zero] } == .priceOutOfRange(market: 0))
        #expect(error { $0.markets[0].openingPrice = price("-1") } == .priceOutOfRange(market: 0))
    }

    @Test func `what is wrong with a crowd is named with its place`() {
        var flow = SyntheticFlow(startPrice: price("100"), typicalQuantity: quantity("0.1"))
        flow.tick = price("0.015")
        #expect(
            error { $0.markets[0].flow = .synthetic(flow) } == .synthetic(market: 0, .tickOutOfRange))
        flow.tick = nil
        flow.depthLevels = 1
        #expect(
            error { $0.markets[0].flow = .synthetic(flow) } == .synthetic(market: 0, .depthOutOfRange))
        flow.depthLevels = 5
        #expect(error { $0.markets[0].flow = .synthetic(flow) } == nil)
    }

    @Test func `what is wrong with accounts is named with its place`() {
        let sub = AccountDefinition(name: "sub", main: "carl")
        #expect(error { $0.accounts.append(sub) } == .mainAccountUnknown(index: 2))
        #expect(
            error {
                $0.accounts.append(AccountDefinition(name: "a", main: "ann"))
                $0.accounts.append(AccountDefinition(name: "b", main: "a"))
            } == .mainAccountUnknown(index: 3))
        #expect(error { $0.accounts[1].name = "ann" } == .accountNamedTwice(index: 1))
        #expect(error { $0.accounts[1].name = "" } == .nameEmpty("account"))
        #expect(error { $0.accounts[1].balances[0].amount = amount("-1") } == .balanceOutOfRange(account: 1))
        #expect(
            error { $0.accounts[1].rates = FeeRates(maker: .zero, taker: rate("1")) } == .rateOutOfRange)
    }

    @Test func `numbers and limits have ranges`() {
        #expect(error { $0.firstOrder = 0 } == .numberOutOfRange)
        #expect(error { $0.firstDeal = 1 << 60 } == .numberOutOfRange)
        #expect(error { $0.limits.dealsMax = 0 } == .limitOutOfRange)
        #expect(error { $0.discountRate = rate("1.1") } == .rateOutOfRange)
    }
}
