import MarketModel
import Quantities
import Runtime
import StrategyKit
import TradingCore
import VenueKit

/// What a step says, in words: the kind of it in one, and a line about it.
struct StepWords {
    let table: MarketTable
    let label: (StrategyID) -> String

    init(_ session: RecordedSession) {
        table = session.parts.table
        label = session.label
    }

    /// One word about what kind of step it is.
    func kind(_ what: OrderStep.What) -> String {
        switch what {
        case .cause(let entry): kind(entry)
        case .asked, .replacementAsked, .cancelAsked: "decision"
        case .approved, .refused: "risk"
        case .released: "request"
        case .heard(let fact): kind(fact)
        case .stands: "order"
        case .booked: "fill"
        case .alerted: "alert"
        }
    }

    private func kind(_ entry: SessionEntry) -> String {
        switch entry {
        case .event: "event"
        case .fact(let fact, _): kind(fact)
        case .advance: "time"
        case .start, .adopt, .stop, .end, .halt, .resume, .carry, .pause: "session"
        case .decision: "request"
        }
    }

    /// The tape does not keep the channel of a fact: what answers a request is called a reply, what the venue
    /// tells of an order's way is news.
    private func kind(_ fact: VenueFact) -> String {
        switch fact {
        case .accepted, .refused, .actionRefused, .outcomeUnknown, .neverSent, .absent, .rateLimited,
            .orderPause:
            "reply"
        case .progress, .balance: "news"
        case .deal: "deal"
        }
    }

    func text(_ what: OrderStep.What) -> String {
        switch what {
        case .cause(let entry): text(entry)
        case .asked(let asked): text(asked)
        case .approved: "approved"
        case .refused(let refusal): "refused: \(refusal)"
        case .replacementAsked(let order): "to be replaced by \(order)"
        case .cancelAsked: "to be cancelled"
        case .released(let dispatch, let orders): text(dispatch, orders)
        case .heard(let fact): text(fact)
        case .stands(let state): text(state)
        case .booked(let fill):
            "booked \(fill.quantity) at \(fill.price) as \(fill.liquidity == .maker ? "maker" : "taker"), fee "
                + "\(fill.fee) \(table.name(of: fill.feeAsset)), deal \(fill.deal.raw)"
        case .alerted(let kind): text(kind)
        }
    }

    // MARK: What was asked for

    func text(_ order: OwnOrder) -> String {
        let ticket = order.ticket
        var text = "\(ticket.side == .buy ? "buy" : "sell") \(ticket.quantity) \(table[ticket.market].name)"
        switch ticket.kind {
        case .limit: text += " at \(ticket.price)"
        case .market: text += " at market"
        case .stopLimit: text += " at \(ticket.price) from \(ticket.stopPrice) on"
        case .stopMarket: text += " at market from \(ticket.stopPrice) on"
        }
        switch ticket.duration {
        case .goodTillCancelled: break
        case .immediateOrCancel: if ticket.kind.hasLimit { text += ", immediate or cancel" }
        case .fillOrKill: text += ", fill or kill"
        case .makerOnly: text += ", maker only"
        }
        if order.replaces != .none { text += ", in place of \(order.replaces)" }
        return text
    }

    private func text(_ asked: OrderStep.Asked) -> String {
        let who =
            asked.isOfLadder ? "the ladder, for \(label(asked.order.strategy))" : label(asked.order.strategy)
        var text = "\(who): \(text(asked.order)); it saw "
        text += asked.quote.map { "\($0.bid) / \($0.ask)" } ?? "no quote"
        text += ", position \(asked.position)"
        for note in asked.notes { text += "; it noted \"\(note)\"" }
        return text
    }

    private func text(_ dispatch: Dispatch, _ orders: Int) -> String {
        let what: String
        switch dispatch.command {
        case .place: what = "place"
        case .cancel: what = "cancel"
        case .modify(let modification): what = "replace \(modification.order)"
        case .query: what = "ask what became of it"
        }
        let batch = orders > 1 ? ", one of \(orders) orders in it" : ""
        return "\(what), request \(dispatch.request) of group \(text(dispatch.group))\(batch)"
    }

    func text(_ group: RateGroup) -> String {
        switch group {
        case .place: "place"
        case .cancel: "cancel"
        case .batch: "batch"
        case .query: "query"
        }
    }

    // MARK: Inputs

    private func text(_ entry: SessionEntry) -> String {
        switch entry {
        case .start: "the session starts"
        case .stop: "the session stops"
        case .end: "the session has ended"
        case .adopt(let adoption):
            "found at the venue, of an earlier run, as number \(adoption.found.venueOrder)"
        case .halt(let step, _): step == .flattened ? "the switch: halt and flatten" : "the switch: halt"
        case .pause(.begun, _): "trading is paused: books and venue do not agree"
        case .pause(.lifted, _): "trading goes on: books and venue agree"
        case .pause(.armed, _): "trading goes on: a person has accepted what differs"
        case .carry(let carry):
            "\(label(carry.strategy)) begins with \(carry.quantity) in \(table[carry.market].name)"
        case .resume(let gap):
            "the tape of a session that was cut short is gone on with; numbers go on after \(gap.through)"
        case .advance: "an alarm, or an answer that is overdue"
        case .event(let event): text(event)
        case .fact(let fact, _):
            text(fact) + (fact.order.map { ", about \($0)" } ?? "")
        case .decision(let dispatch): text(dispatch, 1)
        }
    }

    private func text(_ event: MarketEvent) -> String {
        switch event {
        case .quote(let quote):
            "quote \(name(quote.market)) \(quote.bidSize) at \(quote.bid) / \(quote.askSize) at \(quote.ask)"
        case .trade(let trade):
            "trade \(name(trade.market)) \(trade.aggressor == .buy ? "buy" : "sell") \(trade.quantity) at "
                + "\(trade.price)"
        case .level(let change):
            "book \(name(change.market)) \(change.side == .buy ? "bid" : "ask") \(change.price) now "
                + "\(change.quantity)"
        case .reset(let reset): "book \(name(reset.market)) begins anew"
        case .ticker(let ticker): "ticker \(name(ticker.market)) last \(ticker.last)"
        case .optionMark(let mark):
            "mark \(name(mark.market)) \(mark.price), implied volatility \(mark.volatility)"
        case .connection(let change):
            switch change.state {
            case .connecting: "connecting"
            case .ready: "the connection is ready"
            case .lost: "the connection is lost"
            }
        }
    }

    private func text(_ fact: VenueFact) -> String {
        switch fact {
        case .accepted(let fact): "accepted, the venue's number \(fact.venueOrder.raw)"
        case .refused(let fact): "refused: \(fact.reason)"
        case .actionRefused(let fact): "cancel or replacement refused: \(fact.reason)"
        case .progress(let fact): "\(text(fact.phase)), filled \(fact.filled) by the venue's count"
        case .deal(let deal):
            "\(deal.quantity) at \(deal.price) as \(deal.liquidity == .maker ? "maker" : "taker"), deal "
                + "\(deal.id.raw)"
        case .outcomeUnknown: "no answer: it may or may not have been carried out"
        case .neverSent: "proof that it never left"
        case .absent: "the venue does not know it"
        case .balance(let balance): "balance \(balance.total) \(table.name(of: balance.asset))"
        case .rateLimited(let fact): "too many requests of group \(text(fact.group)): not carried out"
        case .orderPause(let fact): "orders are to be \(fact.pause) apart, for the venue's quota of hours"
        }
    }

    private func text(_ phase: OrderProgress.Phase) -> String {
        switch phase {
        case .open: "open"
        case .filled: "filled"
        case .cancelled: "ended with a remainder"
        case .triggerFailed: "its trigger fired, and it could not be submitted"
        }
    }

    private func text(_ state: OrderState) -> String {
        switch state {
        case .active(.created): "created"
        case .active(.submitting): "on its way"
        case .active(.open): "open"
        case .active(.unknown): "unknown: it may or may not stand"
        case .closed(.filled): "closed: filled"
        case .closed(.cancelled): "closed: ended with a remainder"
        case .closed(.triggerFailed): "closed: its trigger failed"
        case .closed(.rejected(let refusal)): "closed: \(refusal)"
        }
    }

    private func text(_ kind: Alert.Kind) -> String {
        switch kind {
        case .orderUncertain: "went unanswered, the venue is asked about it"
        case .dealsMissing: "fills are missing, the venue is asked for them"
        case .contradiction: "was filled further than the books say"
        case .ladder, .switched, .feeNotValued, .rateLimited, .requestsDropped, .tooManyRefusals,
            .strategyFailed, .overflow, .badQuote, .crossedBook:
            "the session was told of something"
        }
    }

    private func name(_ market: MarketID) -> String { table[market].name }
}
