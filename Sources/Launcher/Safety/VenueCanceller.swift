import CoinExClient
import CoinExVenue
import MarketModel
import Quantities
import Runtime
import Transport

/// Cancels a bot's orders at CoinEx: all that have its name, of whatever run, resting ones and stop orders that wait.
/// Nothing else is touched.
///
/// A request that the session handed to the system before it hung may still arrive. So it is done when the venue has
/// listed none of them in two attempts in a row.
final class VenueCanceller: OrderCanceller {
    /// Rows of a list that are read.
    private static let rowsMax = 10_000

    private let settings: CoinExClientSettings
    private let tell: (String) -> Void
    private var wasClean = false

    /// - Parameters:
    ///   - settings: with the key of the account.
    ///   - tell: is told how many orders were cancelled, and why it did not work.
    init(_ settings: CoinExClientSettings, tell: @escaping (String) -> Void) {
        self.settings = settings
        self.tell = tell
    }

    func cancelOwnOrders(of bot: String) -> Bool {
        guard let naming = CoinExOrderNaming(bot: bot, run: 0) else {
            tell("'\(bot)' is no name that orders at the venue could have")
            return false
        }
        do {
            let count = try cancel(naming)
            if count > 0 { tell("\(count) orders of \(bot) cancelled") }
            let isDone = count == 0 && wasClean
            wasClean = count == 0
            return isDone
        } catch {
            tell("the venue: \(error)")
            wasClean = false
            return false
        }
    }

    /// Cancels what the venue lists; how many orders that was.
    private func cancel(_ naming: CoinExOrderNaming) throws -> Int {
        let loop = try EventLoop.start("guardian")
        defer { loop.stop() }
        let client = try CoinExClient(settings, on: loop)
        defer { client.close() }
        let counter = Counter()
        let outcome = Waiting.wait(on: loop) {
            counter.count += try await Self.cancelStops(client, naming)
            counter.count += try await Self.cancelOrders(client, naming)
        }
        try outcome.get()
        return counter.count
    }

    /// Stop orders first: one that fires meanwhile is in the second list.
    private static func cancelStops(_ client: CoinExClient, _ naming: CoinExOrderNaming) async throws -> Int {
        let counter = CoinExCounter(client)
        let stops = try await counter.waitingStops(nil, limit: rowsMax)
            .filter { naming.order(named: $0.clientID) != nil }
        for stop in stops {
            try await ignoringAbsence { try await counter.cancelStop(stop.id, in: stop.market) }
        }
        return stops.count
    }

    private static func cancelOrders(_ client: CoinExClient, _ naming: CoinExOrderNaming) async throws -> Int
    {
        let counter = CoinExCounter(client)
        let orders = try await counter.restingOrders(nil, limit: rowsMax)
            .filter { naming.order(named: $0.clientID) != nil }
        for order in orders {
            try await ignoringAbsence { try await counter.cancel(order.id, in: order.market) }
        }
        return orders.count
    }

    /// What ended by itself meanwhile need not be cancelled.
    private static func ignoringAbsence(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch CoinExClientError.refused(let refusal) where refusal.code.isUnknownOrder {
            return
        }
    }
}

/// A count that a task leaves behind. The caller waits while the task counts; hence `@unchecked Sendable`.
private final class Counter: @unchecked Sendable {
    var count = 0
}
