import MarketModel
import Quantities
import Testing

@testable import Exchange

/// An exchange that is talked to in text.
///
/// The accounts `ann` and `ben` own 100 BTC and 10,000 USDT each and trade in the market BTCUSDT, prices with
/// two decimals, amounts with three, at least 0.01, without fees unless a test sets some. Orders are numbered
/// from 1.
///
/// A line is a command, `->` and what came of it: the answer, then the news that the test shows. `ann buy
/// 2@100 ioc #x -> 1 cancelled left 1; finish 1 left 1 dealt 1 for 100` is order 1 of `ann` with the client
/// id `x`, of which 1 traded at 100. Other commands: `ann sell market 2`, `ann buy market 150 quote`, `ann
/// stop buy 2@101 when 105`, `ann modify 1 3@99` (or `3`, or `@99`), `ann modifystop 4 3@99 when 98`, `ann
/// cancel 1`, `ann cancel all`, `ann cancel #x`, `ann cancelstop 4`, `ann cancelstop all`. Questions: `ann
/// owns`, `ann pending`, `ann finished`, `ann stops`, `ann firedstops`, `ann order 3`, `book`. After every
/// line the audit must hold.
struct ExchangeDialogue: ~Copyable {
    /// What news is shown behind the answers.
    enum Show { case orders, balances, deals }

    var core: ExchangeCore
    var time = second(0)
    private let shown: [Show]

    init(show shown: [Show] = [.orders], _ change: (inout ExchangeDefinition) -> Void = { _ in }) throws {
        var definition = Self.definition()
        change(&definition)
        core = try ExchangeCore(definition)
        self.shown = shown
    }

    static func definition() -> ExchangeDefinition {
        var market = MarketDefinition(
            name: "BTCUSDT", base: "BTC", quote: "USDT", amountDecimals: 3, priceDecimals: 2,
            minimumAmount: quantity("0.01"))
        market.makerRate = .zero
        market.takerRate = .zero
        market.mergeSteps = [price("0.1"), price("1"), price("10")]
        let accounts = ["ann", "ben"].map { name in
            var account = AccountDefinition(name: name)
            account.balances = [AssetAmount("BTC", amount("100")), AssetAmount("USDT", amount("10000"))]
            return account
        }
        var definition = ExchangeDefinition(
            seed: 1, startsAt: second(0), markets: [market], accounts: accounts)
        definition.firstOrder = 1
        definition.firstDeal = 1
        return definition
    }

    func account(_ name: String) -> AccountID {
        guard let account = core.account(named: name) else { preconditionFailure("\(name) has no account") }
        return account
    }

    func asset(_ name: String) -> AssetID {
        guard let asset = core.asset(named: name) else { preconditionFailure("\(name) is no asset") }
        return asset
    }

    /// Plays a dialogue and compares it with what it says itself.
    mutating func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        var played: [String] = []
        var wanted: [String] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            guard !words.isEmpty else { continue }
            wanted.append(words.joined(separator: " "))
            let command = Array(words.prefix { $0 != "->" })
            let answer = play(command).split(separator: " ").map(String.init)
            played.append((command + ["->"] + answer).joined(separator: " "))
            let audit = core.audit()
            #expect(
                audit.faults == [], "after \(command.joined(separator: " "))", sourceLocation: sourceLocation)
        }
        #expect(
            played.joined(separator: "\n") == wanted.joined(separator: "\n"), sourceLocation: sourceLocation)
    }

    private mutating func play(_ command: [String]) -> String {
        time = time + .seconds(1)
        if command == ["book"] { return book() }
        guard let account = core.account(named: command[0]) else { return "nobody" }
        let answer: String
        do throws(ExchangeRefusal) {
            answer = try carryOut(command[1], Array(command.dropFirst(2)), of: account)
        } catch {
            answer = "\(error)"
        }
        var news: [ExchangeNews] = []
        core.takeNews(into: &news)
        return ([answer] + news.compactMap { picture($0) }).joined(separator: "; ")
    }

    private mutating func carryOut(
        _ verb: String, _ words: [String], of account: AccountID
    ) throws(ExchangeRefusal) -> String {
        let market = MarketID(0)
        switch verb {
        case "buy", "sell":
            return Self.picture(try core.place(request(verb, words, account), at: time))
        case "stop":
            let order = request(words[0], Array(words.dropFirst()), account)
            return "\(try core.place(StopRequest(order, stopPrice: trigger(words)!), at: time).id.raw)"
        case "modify":
            let (newAmount, newPrice) = terms(words[1])
            return Self.picture(
                try core.modify(
                    id(words[0]), of: account, in: market, amount: newAmount, price: newPrice, at: time))
        case "modifystop":
            let (newAmount, newPrice) = terms(words[1])
            let stop = try core.modifyStop(
                id(words[0]), of: account, in: market, amount: newAmount, price: newPrice,
                stopPrice: trigger(words), at: time)
            return "\(stop.id.raw) \(stop.direction)"
        case "cancel":
            if words[0] == "all" { return "\(try core.cancelAll(of: account, in: market, at: time))" }
            if words[0].hasPrefix("#") {
                let name = ShortText(String(words[0].dropFirst()))!
                return try core.cancel(clientID: name, of: account, in: market, at: time)
                    .map(Self.picture).joined(separator: ", ")
            }
            return Self.picture(try core.cancel(id(words[0]), of: account, in: market, at: time))
        case "cancelstop":
            if words[0] == "all" { return "\(try core.cancelStops(of: account, in: market, at: time).count)" }
            return "\(try core.cancelStop(id(words[0]), of: account, in: market, at: time).status)"
        default: return try answer(verb, words, of: account)
        }
    }

    private func answer(
        _ question: String, _ words: [String], of account: AccountID
    ) throws(ExchangeRefusal) -> String {
        let all = PageRequest(limit: 100)
        let any = RowFilter()
        switch question {
        case "owns":
            return try core.balances(of: account).map { picture($0) }.joined(separator: " ")
        case "pending":
            return Self.numbers(try core.pendingOrders(of: account, any, all).rows.map(\.id))
        case "finished":
            return Self.numbers(try core.finishedOrders(of: account, any, all).rows.map(\.id))
        case "stops":
            return Self.numbers(try core.pendingStops(of: account, any, all).rows.map(\.id))
        case "firedstops":
            return try core.finishedStops(of: account, any, all).rows.map { "\($0.id.raw) \($0.status)" }
                .joined(separator: " ")
        case "order": return Self.picture(try core.order(id(words[0]), of: account))
        default: return "what?"
        }
    }
}

// MARK: - Reading

extension ExchangeDialogue {
    private func request(_ side: String, _ words: [String], _ account: AccountID) -> OrderRequest {
        let isMarket = words[0] == "market"
        let (size, limit) = terms(words[isMarket ? 1 : 0])
        var request = OrderRequest(
            account: account, market: MarketID(0), side: side == "buy" ? .buy : .sell, price: limit,
            amount: size ?? .zero, unit: words.contains("quote") ? .quote : .base)
        if words.contains("ioc") { request.duration = .immediateOrCancel }
        if words.contains("fok") { request.duration = .fillOrKill }
        if words.contains("maker") { request.duration = .makerOnly }
        request.isHidden = words.contains("hidden")
        if let name = words.first(where: { $0.hasPrefix("#") }) {
            request.clientID = ShortText(String(name.dropFirst()))!
        }
        return request
    }

    /// `3@99`, `3` or `@99`.
    private func terms(_ text: String) -> (Amount?, Price?) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        let size = parts[0].isEmpty ? nil : amount(parts[0])
        return (size, parts.count > 1 ? price(parts[1]) : nil)
    }

    private func trigger(_ words: [String]) -> Price? {
        guard let place = words.firstIndex(of: "when") else { return nil }
        return price(words[place + 1])
    }

    private func id(_ text: String) -> VenueOrderID { VenueOrderID(UInt64(text)!) }
}

// MARK: - Showing

extension ExchangeDialogue {
    private static func numbers(_ ids: [VenueOrderID]) -> String {
        ids.map { "\($0.raw)" }.joined(separator: " ")
    }

    private static func picture(_ order: ExchangeOrder) -> String {
        "\(order.id.raw) \(order.status) " + progress(order)
    }

    private static func progress(_ order: ExchangeOrder) -> String {
        var text = "left \(order.left)"
        if order.hasTraded { text += " dealt \(order.dealBase) for \(order.dealQuote)" }
        if !order.baseFee.isZero { text += " fee \(order.baseFee) base" }
        if !order.quoteFee.isZero { text += " fee \(order.quoteFee)" }
        if !order.discountFee.isZero { text += " fee \(order.discountFee) CET" }
        if order.stop != .unknown { text += " from \(order.stop.raw)" }
        return text
    }

    private func picture(_ balance: AssetBalance) -> String {
        "\(core.name(of: balance.asset)) \(balance.available)+\(balance.frozen)"
    }

    private func name(_ account: AccountID) -> String { (try? core.name(of: account)) ?? "?" }

    private func picture(_ news: ExchangeNews) -> String? {
        switch news {
        case .order(let event, let order):
            return shown.contains(.orders) ? "\(event) \(order.id.raw) \(Self.progress(order))" : nil
        case .stop(let event, let stop):
            return shown.contains(.orders) ? "stop \(event) \(stop.id.raw) \(stop.status)" : nil
        case .ownDeal(let deal):
            guard shown.contains(.deals) else { return nil }
            return "\(name(deal.account)) \(deal.side) \(deal.order.raw) \(deal.role) fee \(deal.fee)"
        case .balance(let account, let balance, _):
            return shown.contains(.balances) ? "\(name(account)) \(picture(balance))" : nil
        case .deal(let deal):
            guard shown.contains(.deals) else { return nil }
            return "deal \(deal.id.raw) \(deal.aggressor) \(deal.quantity)@\(deal.price)"
        case .depth: return nil
        }
    }

    private func book() -> String {
        guard let depth = try? core.depth(of: MarketID(0), limit: 50) else { return "no market" }
        let bids = depth.bids.map { "\($0.quantity)@\($0.price)" }
        let asks = depth.asks.map { "\($0.quantity)@\($0.price)" }
        return bids.joined(separator: " ") + " | " + asks.joined(separator: " ")
    }
}
