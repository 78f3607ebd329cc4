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
    /// Why the tape cannot be written any more.
    private var fault: TapeError?
    public var failure: (any Error)? { fault }
    public var isBroken: Bool { fault != nil }
    /// Bytes that wait before they are written without a decision that asks for it.
    private let pendingBytesMax = 64 * 1_024

    package init(_ writer: consuming TapeWriter) { self.writer = writer }

    public mutating func willStart(at now: Instant) { put(.start(now)) }
    public mutating func willAdvance(to now: Instant) { put(.advance(now)) }
    public mutating func willFeed(_ event: MarketEvent) { put(.event(event)) }
    public mutating func willFeed(_ fact: VenueFact, at now: Instant) { put(.fact(fact, now)) }
    public mutating func willAdopt(_ adoption: Adoption) { put(.adopt(adoption)) }
    public mutating func willResume(_ gap: SequenceGap) {
        put(.resume(gap))
        commit()
        synchronize()
    }
    public mutating func willHalt(_ step: LadderStep, at now: Instant) { put(.halt(step, now)) }
    public mutating func willStop(at now: Instant) { put(.stop(now)) }

    public mutating func didDispatch(_ dispatch: Dispatch) { put(.decision(dispatch)) }

    /// The intent is on the tape before the request leaves.
    public mutating func willSend() { commit() }

    /// Writes what waits.
    @usableFromInline package mutating func commit() {
        guard fault == nil else { return }
        do throws(TapeError) {
            try writer.commit()
        } catch {
            fault = error
        }
    }

    /// Notes the end, writes what waits and brings it to the disk.
    public mutating func finish(at now: Instant) {
        put(.end(now))
        commit()
        synchronize()
    }

    /// Waits until the disk has what was written.
    private mutating func synchronize() {
        guard fault == nil else { return }
        do throws(TapeError) {
            try writer.synchronize()
        } catch {
            fault = error
        }
    }

    private mutating func put(_ entry: SessionEntry) {
        guard fault == nil else { return }
        encoder.removeAll()
        do throws(TapeFieldError) {
            try entry.encode(into: &encoder)
        } catch {
            preconditionFailure("every entry can be written")
        }
        do throws(TapeError) {
            try encoder.bytes.withUnsafeBufferPointer { bytes throws(TapeError) in
                try writer.append(kind: entry.kind, UnsafeRawBufferPointer(bytes))
            }
            if writer.pendingBytes > pendingBytesMax { try writer.commit() }
        } catch {
            fault = error
        }
    }
}
