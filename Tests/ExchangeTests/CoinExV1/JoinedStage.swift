import CoinExVenue
import Foundation
import LiveTrading
import MarketModel
import Quantities
import Signing
import StrategyKit
import TradingCore
import VenueKit
import WireCodecs

@testable import Exchange

/// A live session that trades at the local exchange: only sockets are missing between the two.
///
/// The first account of the stage is the session's; the second one's orders are placed by the test.
final class JoinedStage {
    var session: LiveSession<Wisher, CoinExLink, NoObserver>
    let stage: FrontStage
    let wishes = Wishes()
    private var socket: FrontSessionID?
    /// Requests of the session, such as `GET /v1/order/deals`, in order.
    private(set) var requests: [String] = []

    /// What answers tell of the venue's limits, in place of the truth.
    var quota: CoinExQuota?
    private let api: CoinExAPI

    init(
        _ api: CoinExAPI = .v1,
        _ change: (inout ExchangeDefinition, inout FrontSettings) -> Void = { _, _ in }
    ) throws {
        self.api = api
        stage = try FrontStage { definition, settings in
            // Messages are handed over as texts here.
            settings.packsMessages = false
            change(&definition, &settings)
        }
        let table = Self.table
        precondition(table.assets == stage.front.core.assets, "both count the assets alike")
        guard let naming = CoinExOrderNaming(bot: "joined", run: 1) else {
            preconditionFailure("a good tag")
        }
        let key = CoinExCredentials(
            accessID: FrontStage.first.id, secret: Secret(FrontStage.first.secret))
        let settings = CoinExLinkSettings(table, naming: naming, credentials: key, api: api, bookLimit: 5)
        let desk = Desk(
            table: table, strategies: 1, seed: 1, staleAfter: .minutes(10), now: FrontStage.start)
        let floor = TradingFloor(
            risk: [RiskRules(RiskLimits())], limits: CoinExExecutor.limits(in: api), desk)
        session = LiveSession(
            engine: Engine(strategy: Wisher(wishes: wishes), desk: desk, floor: floor),
            link: CoinExLink(table, settings, random: SeededRandom(seed: 1)), observer: NoObserver())
    }

    /// The markets of the stage, as a session is told of them.
    private static let table: MarketTable = {
        var table = MarketTable()
        let btc = MarketRules(
            tick: Price(raw: 10_000_000_000), lot: Quantity(raw: 10_000),
            minimumQuantity: Quantity(raw: 1_000_000_000))
        let cet = MarketRules(
            tick: Price(raw: 100_000_000), lot: Quantity(raw: 10_000_000_000), minimumQuantity: Quantity(1))
        table.add("BTCUSDT", base: "BTC", quote: "USDT", rules: btc)
        table.add("CETUSDT", base: "CET", quote: "USDT", rules: cet)
        return table
    }()

    /// From nothing to ready.
    func start() {
        session.start(at: stage.now)
        settle()
        run(.seconds(3))
    }

    /// Lets the strategy do something with its desk, and time pass.
    func wish(_ body: @escaping (inout Desk) -> Void) {
        wishes.waiting.append(body)
        run(.seconds(10))
    }

    /// Lets time pass from one moment at which something is due to the next.
    func run(_ interval: Interval) {
        let end = stage.now + interval
        while min(session.nextDue, stage.front.nextDue) <= end {
            stage.now = max(stage.now, min(session.nextDue, stage.front.nextDue))
            stage.front.advance(to: stage.now)
            settle()
            session.advance(to: stage.now)
            settle()
        }
        stage.now = end
    }

    // MARK: Between the two

    private func settle() {
        var isMoving = true
        while isMoving {
            isMoving = carryOutActions()
            guard let socket else { continue }
            for message in stage.messages(socket) {
                isMoving = true
                Array(message.utf8).withUnsafeBufferPointer { session.received($0, at: stage.now) }
            }
        }
    }

    private func carryOutActions() -> Bool {
        var bytes = WireBuffer()
        var hasActed = false
        while let action = session.takeAction(&bytes) {
            hasActed = true
            let text = String(decoding: bytes.bytes, as: UTF8.self)
            bytes.removeAll()
            switch action {
            case .connect:
                socket = stage.front.openSession(address: 0x7F00_0001, api: api, at: stage.now)
                session.opened(at: stage.now)
            case .close:
                socket = nil
                session.closed(at: stage.now)
            case .sendText:
                guard let socket else { continue }
                Array(text.utf8).withUnsafeBytes {
                    stage.front.receive($0, from: socket, at: stage.now)
                }
            case .sendRequest(let request):
                let reply = answer(text)
                if let quota = quota ?? reply.quota.map({ CoinExQuota($0) }) {
                    session.link.heard(quota, of: request.number, at: stage.now)
                }
                reply.body.withUnsafeBufferPointer {
                    session.ended(
                        request.number, .answered(status: reply.status, body: $0), at: stage.now)
                }
            }
        }
        return hasActed
    }

    private func answer(_ text: String) -> FrontReply {
        let halves = text.components(separatedBy: "\r\n\r\n")
        let lines = halves[0].components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ").map(String.init)
        func field(_ name: String) -> String? {
            lines.first { $0.lowercased().hasPrefix("\(name):") }
                .map { $0.dropFirst(name.count + 1).trimmingCharacters(in: .whitespaces) }
        }
        requests.append("\(words[0]) \(words[1].prefix { $0 != "?" })")
        return stage.raw(
            words[0], words[1], body: Data((halves.count > 1 ? halves[1] : "").utf8),
            authorization: field("authorization"),
            signed: field("x-coinex-sign").map {
                (field("x-coinex-key") ?? "", $0, field("x-coinex-timestamp") ?? "")
            })
    }

    // MARK: What came of it

    func order(_ id: OrderID?) -> OwnOrder? {
        guard let id, let slot = session.engine.desk.orders.slot(of: id) else { return nil }
        return session.engine.desk.orders.slots[slot]
    }

    var balances: [Amount] {
        session.engine.desk.balances.indices.map { session.engine.desk.balances[$0].total }
    }

    /// What the exchange says that the session's account holds.
    var truth: [Amount] {
        get throws {
            let account = try stage.front.core.account(named: "first").map {
                try stage.front.core.balances(of: $0).map(\.total)
            }
            return account ?? []
        }
    }
}

/// What a strategy is to do next, and what it was told.
final class Wishes: @unchecked Sendable {
    var waiting: [(inout Desk) -> Void] = []
    var fills: [Fill] = []
}

/// Does what it is wished, a second later at most.
struct Wisher: StrategyCallbacks {
    let wishes: Wishes

    mutating func onStart(_ desk: inout Desk) { desk.setAlarm(after: .seconds(1)) }

    mutating func onFill(_ fill: Fill, _ desk: inout Desk) { wishes.fills.append(fill) }

    mutating func onAlarm(_ alarm: Alarm, _ desk: inout Desk) {
        let due = wishes.waiting
        wishes.waiting = []
        for wish in due { wish(&desk) }
        desk.setAlarm(after: .seconds(1))
    }
}

extension CoinExQuota {
    /// As the fields of a head tell it.
    fileprivate init(_ quota: FrontQuota) {
        self.init()
        limit = quota.limit
        remaining = quota.remaining
        longPeriods = quota.longPeriods.map { LongPeriod(hours: $0.hours, remaining: $0.requests) }
    }
}
