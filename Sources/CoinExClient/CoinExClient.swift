import CoinExVenue
import Locks
import MarketModel
import Quantities
import Synchronization
import Transport

/// The REST interface of CoinEx, for any Swift program: typed requests in, typed replies or typed errors out.
///
/// ```swift
/// var settings = CoinExClientSettings()
/// settings.credentials = CoinExCredentials(accessID: id, secret: Secret(secret))
/// let client = try CoinExClient(settings)
/// let depth = try await client.send(CoinExV1.depth(market))
/// let order = try await client.send(CoinExPlaceOrder(.buy, amount, .limit(price, .normal), in: "BTCUSDT"))
/// ```
///
/// 1. Requests are paced: each waits until its group's window has room. The order within a group is kept.
/// 2. Signatures carry the venue's time as far as its answers tell it. A request that was refused for its time is
///    repeated once with the time that this answer told.
/// 3. Nothing else is ever sent twice; what became of a request is the case of ``CoinExClientError``.
/// 4. A task that is cancelled gets its error at once; what was under way is then of unknown outcome.
///
/// A client speaks one generation of the interface: that of its settings. Requests of the other are not sent.
/// Withdrawals and keys of sub-accounts ask for a ``WithdrawalPermission`` or ``KeyPermission``.
public final class CoinExClient: Sendable {
    /// The generation that is spoken.
    public let api: CoinExAPI
    private let link: CoinExRequestLink
    private let loop: EventLoop
    private let ownsLoop: Bool
    /// Requests are handed to the loop under this lock, so that all of them come before the end.
    private let isClosed = Lock(false)

    /// Opens no connection yet.
    public convenience init(_ settings: CoinExClientSettings = CoinExClientSettings())
        throws(CoinExClientError)
    {
        let loop: EventLoop
        do throws(SystemError) {
            loop = try EventLoop.start("coinex")
        } catch {
            throw .misconfigured("no thread for the client: \(error)")
        }
        do throws(CoinExClientError) {
            try self.init(settings, on: loop, ownsLoop: true)
        } catch {
            loop.stop()
            throw error
        }
    }

    /// On a loop that others use too, and that outlives the client.
    package convenience init(_ settings: CoinExClientSettings, on loop: EventLoop) throws(CoinExClientError) {
        try self.init(settings, on: loop, ownsLoop: false)
    }

    private init(
        _ settings: CoinExClientSettings, on loop: EventLoop, ownsLoop: Bool
    ) throws(CoinExClientError) {
        let place = try CoinExPlace(settings.url, schemes: ("http", "https"), settings)
        api = settings.api
        link = CoinExRequestLink(settings, place, loop)
        self.loop = loop
        self.ownsLoop = ownsLoop
    }

    deinit { close() }

    /// Sends a request when its group has room, and waits for the reply.
    public func send<Request: CoinExRequest>(
        _ request: Request
    ) async throws(CoinExClientError) -> Request.Reply {
        do throws(CoinExClientError) {
            return try await sendOnce(request)
        } catch {
            // Proof that it was not carried out. The answer did not tell the time: another one does.
            guard case .clockIsOff(_, ahead: nil) = error,
                (try? await measureClock())?.uncertainty != nil
            else { throw error }
            return try await sendOnce(request)
        }
    }

    /// Asks the venue for its time, to the millisecond: a large answer in the first generation, which is seldom needed.
    @discardableResult
    public func measureClock() async throws(CoinExClientError) -> CoinExClockReading {
        switch api {
        case .v1: _ = try await sendOnce(CoinExV1.allTickers())
        case .v2: _ = try await sendOnce(CoinExV2.time())
        }
        return await clock
    }

    private func sendOnce<Request: CoinExRequest>(
        _ request: Request
    ) async throws(CoinExClientError) -> Request.Reply {
        guard request.endpoint.api == api else {
            throw .misconfigured(
                "\(request.endpoint) is of \(request.endpoint.api.rawValue), and the client speaks "
                    + api.rawValue)
        }
        let ticket = CoinExTicket()
        let result: Result<Request.Reply, CoinExClientError> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isTaken = hand { [link] in
                    let pending = CoinExPendingRequest(request, ticket) { continuation.resume(returning: $0) }
                    link.begin(pending)
                }
                if !isTaken { continuation.resume(returning: .failure(.notSent(.closed))) }
            }
        } onCancel: {
            ticket.cancel()
            _ = hand { [link] in link.cancel(ticket) }
        }
        return try result.get()
    }

    /// What is known of the venue's clock, from the answers so far.
    public var clock: CoinExClockReading {
        get async {
            await withCheckedContinuation { continuation in
                let isTaken = hand { [link] in continuation.resume(returning: link.clockReading) }
                if !isTaken { continuation.resume(returning: .unknown) }
            }
        }
    }

    /// What the heads of the latest answers told of the venue's limits, by group; empty before the first.
    public var quotas: [CoinExRateGroup: CoinExQuota] {
        get async {
            await withCheckedContinuation { continuation in
                let isTaken = hand { [link] in continuation.resume(returning: link.quotas) }
                if !isTaken { continuation.resume(returning: [:]) }
            }
        }
    }

    /// Ends what is under way, each request with what is known of it; later ones are not sent.
    public func close() {
        isClosed.withLock { isClosed in
            guard !isClosed else { return }
            isClosed = true
            loop.submit { [link, loop, ownsLoop] in
                link.close()
                if ownsLoop { loop.stop() }
            }
        }
    }

    private func hand(_ body: @escaping @Sendable () -> Void) -> Bool {
        isClosed.withLock { isClosed in
            guard !isClosed else { return false }
            loop.submit(body)
            return true
        }
    }
}

/// How far the venue's clock is from ours.
public struct CoinExClockReading: Equatable, Sendable {
    /// By how much the venue is ahead of this machine; negative where this machine is ahead.
    public let offset: Interval
    /// By how much that may be wrong; nil when no answer has told the venue's time yet.
    public let uncertainty: Interval?

    static let unknown = CoinExClockReading(offset: .zero, uncertainty: nil)
}

/// Who asked: so that a request can be cancelled before and after it has come to the loop.
final class CoinExTicket: Sendable {
    private let flag = Atomic<Bool>(false)

    var isCancelled: Bool { flag.load(ordering: .acquiring) }

    func cancel() { flag.store(true, ordering: .releasing) }
}
