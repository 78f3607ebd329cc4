import MarketModel
import Quantities
import Transport
import VenueKit

@testable import Runtime

/// A source on sockets that a test looks at: what it brings, on a loop of its own.
final class SourceStage: SourceUser, TimerTarget, @unchecked Sendable {
    private struct Waiter {
        let condition: (SourceStage) -> Bool
        let continuation: CheckedContinuation<Bool, Never>
        let timer: TimerID
    }

    private let loop: EventLoop
    private var sockets: SourceSockets?
    private var waiters: [Waiter] = []
    /// By market.
    private(set) var markets: [MarketState]
    private(set) var states: [String] = []
    private(set) var notes: [String] = []
    private(set) var resets: [BookReset.Reason] = []
    private(set) var trades: [UInt64] = []
    private(set) var frames = 0
    private(set) var answers: [String] = []

    init(
        _ source: @escaping @Sendable () -> any MarketSource, markets: Int, socket: String, rest: String
    ) throws {
        loop = try EventLoop.start("stage")
        self.markets = (0..<markets).map { _ in MarketState() }
        let address = try SourceAddress(socket: socket, rest: rest, authority: nil, environment: [:])
        loop.submit { [self] in
            sockets = SourceSockets(loop, LiveClock(), address, source(), index: 0, user: self)
            sockets?.start()
        }
    }

    /// Waits until something holds; false when it does not in time.
    func wait(
        atMost patience: Interval = .seconds(20), until condition: @escaping @Sendable (SourceStage) -> Bool
    ) async -> Bool {
        await withCheckedContinuation { continuation in
            loop.submit { [self] in
                if condition(self) { return continuation.resume(returning: true) }
                let timer = loop.setTimer(loop.now + patience, self)
                waiters.append(Waiter(condition: condition, continuation: continuation, timer: timer))
            }
        }
    }

    /// Looks at the stage on its loop.
    func look<Result: Sendable>(_ body: @escaping @Sendable (SourceStage) -> Result) async -> Result {
        await withCheckedContinuation { continuation in
            loop.submit { [self] in continuation.resume(returning: body(self)) }
        }
    }

    func close() {
        loop.submit { [self] in
            sockets?.close()
            sockets = nil
            loop.stop()
        }
    }

    func timerFired(_ id: TimerID) {
        for waiter in waiters where waiter.timer == id { waiter.continuation.resume(returning: false) }
        waiters.removeAll { $0.timer == id }
    }

    private func check() {
        for waiter in waiters where waiter.condition(self) {
            loop.cancelTimer(waiter.timer)
            waiter.continuation.resume(returning: true)
            waiters.removeAll { $0.timer == waiter.timer }
        }
    }

    /// The levels of a side as text, from the best on: `100.01 0.003`.
    func levels(_ market: Int, ofBids: Bool) -> [String] {
        let side = ofBids ? markets[market].book.bids : markets[market].book.asks
        return (0..<side.count).map { "\(side[$0].price.text(decimals: 2)) \(side[$0].quantity)" }
    }

    // MARK: What the source tells

    func source(
        _ source: Int, received message: UnsafeBufferPointer<UInt8>, on socket: UInt64, at now: Instant
    ) {
        frames += 1
    }

    func source(
        _ source: Int, asked subject: String, received answer: UnsafeBufferPointer<UInt8>, at now: Instant
    ) {
        answers.append(subject)
    }

    func source(_ source: Int, made events: [MarketEvent], at now: Instant) {
        for event in events {
            switch event {
            case .quote(let quote): _ = markets[Int(quote.market.index)].apply(quote)
            case .level(let change): _ = markets[Int(change.market.index)].apply(change)
            case .reset(let reset):
                resets.append(reset.reason)
                markets[Int(reset.market.index)].apply(reset)
            case .trade(let trade): trades.append(trade.id.raw)
            case .ticker(let ticker): markets[Int(ticker.market.index)].ticker = ticker
            case .optionMark(let mark): markets[Int(mark.market.index)].optionMark = mark
            case .connection: break
            }
        }
        check()
    }

    func source(_ source: Int, is state: ConnectionChange.State, at now: Instant) {
        states.append("\(state)")
        check()
    }

    func source(_ source: Int, tells text: String, at now: Instant) {
        notes.append(text)
        check()
    }
}
