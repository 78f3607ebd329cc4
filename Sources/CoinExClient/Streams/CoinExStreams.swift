import CoinExVenue
import Locks
import Transport

/// A connection to the streams of CoinEx, for any Swift program: calls, and what the venue pushes.
///
/// ```swift
/// let streams = try await CoinExStreams.open(settings)
/// try await streams.call(.subscribeDeals(["BTCUSDT"]))
/// for try await event in streams.events {
///     guard case .deals(let market, let deals) = event else { continue }
/// }
/// ```
///
/// 1. Within a connection a subscription **replaces** the one of its family, so each names all that is wanted.
/// 2. `sign` comes before queries and subscriptions of orders, own deals and balances.
/// 3. Events wait for their one reader, in order; none is left out. When `streamEventsMax` wait, the connection is
///    ended, and the events end with `overflow` behind those that wait.
/// 4. A connection that has ended stays so; what was missed meanwhile is asked for by REST after the next `open`.
public final class CoinExStreams: Sendable {
    /// What the venue pushes; ends by throwing a ``CoinExStreamFault``, or without after `close`.
    public let events: AsyncThrowingStream<CoinExStreamEvent, any Error>
    /// The generation that is spoken: that of the settings; calls of the other are refused.
    public let api: CoinExAPI
    private let link: CoinExStreamLink
    private let loop: EventLoop
    private let ownsLoop: Bool
    private let isClosed = Lock(false)

    /// Connects, and returns when calls can be made.
    public static func open(
        _ settings: CoinExClientSettings = CoinExClientSettings()
    ) async throws(CoinExStreamFault) -> CoinExStreams {
        let loop: EventLoop
        do throws(SystemError) {
            loop = try EventLoop.start("coinex-streams")
        } catch {
            throw .misconfigured("no thread for the streams: \(error)")
        }
        do throws(CoinExStreamFault) {
            return try await open(settings, on: loop, ownsLoop: true)
        } catch {
            loop.stop()
            throw error
        }
    }

    /// On a loop that others use too, and that outlives the connection.
    package static func open(
        _ settings: CoinExClientSettings, on loop: EventLoop
    ) async throws(CoinExStreamFault) -> CoinExStreams {
        try await open(settings, on: loop, ownsLoop: false)
    }

    private static func open(
        _ settings: CoinExClientSettings, on loop: EventLoop, ownsLoop: Bool
    ) async throws(CoinExStreamFault) -> CoinExStreams {
        let place: CoinExPlace
        do throws(CoinExClientError) {
            place = try CoinExPlace(settings.socketURL, schemes: ("ws", "wss"), settings)
        } catch {
            throw .misconfigured("\(error)")
        }
        let streams = CoinExStreams(settings, place, loop, ownsLoop: ownsLoop)
        let fault: CoinExStreamFault? = await withCheckedContinuation { continuation in
            let isTaken = streams.hand { [link = streams.link] in
                link.open { continuation.resume(returning: $0) }
            }
            if !isTaken { continuation.resume(returning: .cancelled) }
        }
        if let fault { throw fault }
        return streams
    }

    private init(
        _ settings: CoinExClientSettings, _ place: CoinExPlace, _ loop: EventLoop, ownsLoop: Bool
    ) {
        let (events, continuation) = AsyncThrowingStream<CoinExStreamEvent, any Error>.makeStream(
            bufferingPolicy: .bufferingOldest(max(1, settings.streamEventsMax)))
        self.events = events
        api = settings.api
        self.loop = loop
        self.ownsLoop = ownsLoop
        link = CoinExStreamLink(settings, place, loop, continuation)
    }

    deinit { close() }

    /// Calls a method of the venue, and waits for the answer.
    @discardableResult
    public func call(_ request: CoinExV1Request) async throws(CoinExStreamFault) -> CoinExStreamReply {
        try await carry(.v1(request))
    }

    /// The same in the words of the second generation.
    @discardableResult
    public func call(v2 request: CoinExV2Request) async throws(CoinExStreamFault) -> CoinExStreamReply {
        try await carry(.v2(request))
    }

    private func carry(_ request: CoinExStreamCall) async throws(CoinExStreamFault) -> CoinExStreamReply {
        let ticket = CoinExTicket()
        let result: Result<CoinExStreamReply, CoinExStreamFault> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isTaken = hand { [link] in
                    link.call(request, ticket) { continuation.resume(returning: $0) }
                }
                if !isTaken { continuation.resume(returning: .failure(.ended("closed"))) }
            }
        } onCancel: {
            ticket.cancel()
            _ = hand { [link] in link.cancel(ticket) }
        }
        return try result.get()
    }

    /// Signs the connection with the key of the settings, by the venue's time, which is asked for first.
    public func sign() async throws(CoinExStreamFault) {
        let answer =
            switch api {
            case .v1: try await call(.time)
            case .v2: try await call(v2: .time)
            }
        guard let milliseconds = answer.milliseconds else { return }
        let request: CoinExStreamCall? = await withCheckedContinuation { continuation in
            let isTaken = hand { [link] in continuation.resume(returning: link.signature(milliseconds)) }
            if !isTaken { continuation.resume(returning: nil) }
        }
        guard let request else { throw .noKey }
        _ = try await carry(request)
    }

    /// Says goodbye; calls that are under way end.
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
