import Journal
import MarketModel
import Quantities
import TradingCore
import VenueKit

/// Writes a session to its tape: every input before the engine sees it, every decision before it is sent.
///
/// A tape that cannot be written ends the session: `failure` is set, nothing is sent from then on, and the
/// driver stops at the next chance.
public struct TapeObserver: SessionObserver, ~Copyable {
    private var writer: TapeWriter
    private var encoder = FieldEncoder()
    /// Market events so far.
    @usableFromInline package private(set) var eventCount = 0
    /// Why the tape cannot be written any more.
    private var fault: TapeError?
    public var failure: (any Error)? { fault }
    /// What `fault` says, apart because it is looked at with every entry.
    public private(set) var isBroken = false
    /// Nil where the tape is on the disk before it counts, or its run does not last.
    private var flushing: TapeFlushing?
    /// Bytes that wait before they are written whatever else there is to do.
    private let pendingBytesMax = 64 * 1_024

    package init(_ writer: consuming TapeWriter) { self.writer = writer }

    public mutating func willStart(at now: Instant) { put(.start(now)) }
    public mutating func willAdvance(to now: Instant) { put(.advance(now)) }
    public mutating func willFeed(_ event: MarketEvent) {
        eventCount += 1
        guard !isBroken else { return }
        encoder.removeAll()
        do throws(TapeFieldError) {
            try event.encode(into: &encoder)
        } catch {
            preconditionFailure("every event can be written")
        }
        append(kind: SessionEntry.eventKind)
    }
    public mutating func willFeed(_ fact: VenueFact, at now: Instant) { put(.fact(fact, now)) }
    public mutating func willAdopt(_ adoption: Adoption) { put(.adopt(adoption)) }
    public mutating func willCarry(_ carry: Carry) { put(.carry(carry)) }
    public mutating func willResume(_ gap: SequenceGap) {
        put(.resume(gap))
        commit()
        synchronize()
    }
    public mutating func willHalt(_ step: LadderStep, at now: Instant) { put(.halt(step, now)) }
    public mutating func willPause(_ step: TradingPause, at now: Instant) { put(.pause(step, now)) }
    /// Whoever starts after a kill has to know that the session was to end, even where nothing was left to cancel.
    public mutating func willStop(at now: Instant) {
        put(.stop(now))
        commit()
    }

    public mutating func didDispatch(_ dispatch: Dispatch) { put(.decision(dispatch)) }

    /// The intent is on the tape before the request leaves: in its file, or kept beside it.
    public mutating func willSend() {
        guard !isBroken else { return }
        do throws(TapeError) {
            try writer.keep()
        } catch {
            fail(error)
        }
    }

    /// Writes where much waits: between two requests, so that none has to wait for it.
    @usableFromInline package mutating func makeRoom() {
        if writer.pendingBytes > pendingBytesMax / 2 { commit() }
    }

    /// Writes what waits.
    @usableFromInline package mutating func commit() {
        guard !isBroken else { return }
        do throws(TapeError) {
            try writer.commit()
        } catch {
            fail(error)
        }
        if let error = flushing?.note() { fail(error) }
    }

    /// From now on a thread brings to the disk what was written.
    mutating func startFlushing(
        every pause: Interval = TapeFlushing.pause,
        _ flush: @escaping @Sendable () throws(TapeError) -> Void
    ) throws(RunError) {
        flushing = try TapeFlushing(every: pause, flush)
    }

    /// What a thread flushes while this goes on writing.
    func makeFlusher() throws(TapeError) -> TapeFlusher { try writer.makeFlusher() }

    private mutating func fail(_ error: TapeError) {
        fault = error
        isBroken = true
    }

    /// Notes the end, writes what waits and brings it to the disk.
    public mutating func finish(at now: Instant) {
        put(.end(now))
        commit()
        flushing?.end()
        synchronize()
        if !isBroken { writer.endKeeping() }
    }

    /// Waits until the disk has what was written.
    private mutating func synchronize() {
        guard !isBroken else { return }
        do throws(TapeError) {
            try writer.synchronize()
        } catch {
            fail(error)
        }
    }

    private mutating func put(_ entry: SessionEntry) {
        guard !isBroken else { return }
        encoder.removeAll()
        do throws(TapeFieldError) {
            try entry.encode(into: &encoder)
        } catch {
            preconditionFailure("every entry can be written")
        }
        append(kind: entry.kind)
    }

    /// Adds the entry whose fields were written.
    private mutating func append(kind: UInt8) {
        do throws(TapeError) {
            encoder.copy(to: try writer.reserve(kind: kind, byteCount: encoder.count))
            if writer.pendingBytes > pendingBytesMax { try writer.commit() }
        } catch {
            fail(error)
        }
    }
}
