import CoinExVenue
import LiveTrading
import MarketModel
import Quantities
import StrategyKit
import TradingCore
import VenueKit

/// A live session and a venue with bad weather between them: answers and pushes are late, lost, doubled and out of
/// order, and the connection breaks. All by a seed.
final class StormyStage {
    let stage = LiveStage()
    var venue: ModelVenue
    var isStormy = true
    private var random: SeededRandom
    private var arrivals: [(at: Instant, number: UInt64, event: Event)] = []
    private var count: UInt64 = 0
    private var isUp = false
    private var connection = 0
    private var heardOfSocket = 0
    /// Requests that have not ended, with their deadlines.
    private var open: [(number: UInt64, deadline: Instant)] = []

    private enum Event {
        case opens
        case breaks(Int)
        /// A request reaches the venue.
        case request(Asked)
        /// Its answer reaches us.
        case answer(UInt64, String)
        case unsent(UInt64)
        case push(Int, ModelPush)
        case reply(Int, Called)
        case book(Int)
        /// The venue fills something, or the strategy acts.
        case life
    }

    init(seed: UInt64) {
        random = SeededRandom(seed: seed)
        venue = ModelVenue(keepsNames: seed % 2 == 0)
    }

    private func chance(_ probability: Double) -> Bool { isStormy && random.chance(probability) }

    private func schedule(_ event: Event, in least: Int64, to most: Int64) {
        count += 1
        let delay = Interval.milliseconds(least + Int64(random.below(Int(most - least) + 1)))
        arrivals.append((stage.now + delay, count, event))
    }

    func start() {
        stage.start()
        carry()
        schedule(.life, in: 1_000, to: 1_000)
    }

    func stop() {
        stage.session.stop(at: stage.now)
        carry()
    }

    /// Lets everything happen up to a time, in order.
    func run(_ interval: Interval) {
        let end = stage.now + interval
        while true {
            let next = arrivals.indices.min {
                (arrivals[$0].at, arrivals[$0].number) < (arrivals[$1].at, arrivals[$1].number)
            }
            let arrival = next.map { arrivals[$0].at } ?? .distantFuture
            let deadline = open.map(\.deadline).min() ?? .distantFuture
            let due = min(arrival, min(deadline, stage.session.nextDue))
            guard due <= end else { break }
            stage.now = max(stage.now, due)
            if stage.session.nextDue <= stage.now {
                stage.session.advance(to: stage.now)
            } else if deadline <= stage.now, let index = open.firstIndex(where: { $0.deadline <= stage.now })
            {
                conclude(open[index].number, nil)
            } else if let next {
                happen(arrivals.remove(at: next).event)
            }
            carry()
        }
        stage.now = end
    }

    private func conclude(_ number: UInt64, _ body: String?, unsent: Bool = false) {
        guard let index = open.firstIndex(where: { $0.number == number }) else { return }
        open.remove(at: index)
        if let body {
            Array(body.utf8).withUnsafeBufferPointer {
                stage.session.ended(number, .answered(status: 200, body: $0), at: stage.now)
            }
        } else {
            stage.session.ended(number, unsent ? .neverSent : .maybeSent, at: stage.now)
        }
    }

    // MARK: - What happens

    private func happen(_ event: Event) {
        switch event {
        case .opens:
            connection += 1
            isUp = true
            stage.session.opened(at: stage.now)
            schedule(.book(connection), in: 500, to: 600)
            if chance(0.5) { schedule(.breaks(connection), in: 1_000, to: 60_000) }
        case .breaks(let number):
            guard isUp, number == connection else { return }
            isUp = false
            stage.session.closed(at: stage.now)
        case .request(let asked):
            let body = asked.call == "GET /market/ticker" ? nil : venue.answer(asked)
            let answer = body ?? #"{"code":0,"data":\#(stage.list(asked.call)),"message":"Ok"}"#
            if !chance(0.15) {
                schedule(.answer(asked.request.number, answer), in: 5, to: isStormy ? 3_000 : 50)
            }
        case .answer(let number, let body): conclude(number, body)
        case .unsent(let number): conclude(number, nil, unsent: true)
        case .push(let number, let push): if isUp, number == connection { deliver(push) }
        case .reply(let number, let call):
            guard isUp, number == connection else { return }
            let result = call.method == "server.ping" ? #""pong""# : #"{"status":"success"}"#
            stage.push(#"{"error":null,"result":\#(result),"id":\#(call.id)}"#)
        case .book(let number):
            guard isUp, number == connection else { return }
            stage.book()
            stage.wish { _ in }
            schedule(.book(number), in: 5_000, to: 5_000)
        case .life: live()
        }
    }

    private func deliver(_ push: ModelPush) {
        switch push {
        case .order(let event, let order, let deal, let last):
            stage.pushOrder(
                event, order.id, client: order.client, amount: "\(order.amount)", filled: "\(order.filled)",
                deal: deal, last: "\(last)", price: order.price, side: order.side == "buy" ? 2 : 1)
        case .deal(let order, let deal, let amount):
            stage.pushDeal(deal, of: order.id, client: order.client, "\(amount)", price: order.price)
        }
    }

    /// Carries actions to the venue, and its pushes back.
    private func carry() {
        stage.take()
        while heardOfSocket < stage.socket.count {
            if stage.socket[heardOfSocket] == "connect" {
                schedule(.opens, in: 10, to: 200)
            } else {
                schedule(.breaks(connection), in: 1, to: 10)
            }
            heardOfSocket += 1
        }
        for asked in stage.asked {
            open.append((asked.request.number, asked.request.deadline))
            if chance(0.05) {
                schedule(.unsent(asked.request.number), in: 1, to: 100)
            } else if !chance(0.1) {
                // Some arrive when nobody waits for them any more.
                schedule(.request(asked), in: 5, to: chance(0.05) ? 55_000 : 200)
            }
        }
        stage.asked = []
        for call in stage.called where isUp { schedule(.reply(connection, call), in: 5, to: 100) }
        stage.called = []
        for push in venue.pushes where isUp && !chance(0.2) {
            for _ in 0..<(chance(0.2) ? 2 : 1) {
                schedule(.push(connection, push), in: 5, to: chance(0.2) ? 5_000 : 50)
            }
        }
        venue.pushes = []
    }

    private func live() {
        schedule(.life, in: 200, to: 3_000)
        if let order = venue.open.randomElement(&random), random.chance(0.3) {
            venue.fill(order.id, random.chance(0.5) ? order.amount : Quantity(1))
        }
        guard isStormy, isUp else { return }
        let choice = random.below(10)
        let step = random.below(20)
        stage.wish { desk in
            let first = desk.openOrders().first { _ in true }
            switch choice {
            case 0...3: desk.place(buy(Quantity(1 + step % 3), at: Price(80 - step)))
            case 4: desk.place([buy(at: Price(60 - step)), buy(at: Price(61 - step))])
            case 5, 6: if let first { desk.cancel(first.id) }
            case 7: if let first { desk.modify(first.id, price: Price(50 - step)) }
            default: break
            }
        }
    }
}

extension Array {
    fileprivate func randomElement(_ random: inout SeededRandom) -> Element? {
        isEmpty ? nil : self[random.below(count)]
    }
}
