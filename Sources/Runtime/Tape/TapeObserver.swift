import Journal
import MarketModel
import Quantities
import VenueKit

/// Writes a session to its tape: every input before the engine sees it, every decision before it is sent.
///
/// A tape that cannot be written ends the session: `failure` is set, and the driver stops at the next
/// chance. Nothing is decided on inputs that are not on the tape.
public struct TapeObserver: SessionObserver, ~Copyable {
    private var writer: TapeWriter
    private var encoder = FieldEncoder()
    /// Why the tape cannot be written any more.
    package private(set) var failure: TapeError?
    public var isBroken: Bool { failure != nil }
    /// Bytes that wait before they are written without a decision that asks for it.
    private let pendingBytesMax = 64 * 1_024

    package init(_ writer: consuming TapeWriter) { self.writer = writer }

    public mutating func willStart(at now: Instant) { put(.start(now)) }
    public mutating func willAdvance(to now: Instant) { put(.advance(now)) }
    public mutating func willFeed(_ event: MarketEvent) { put(.event(event)) }
    public mutating func willFeed(_ fact: VenueFact, at now: Instant) { put(.fact(fact, now)) }
    public mutating func willStop(at now: Instant) { put(.stop(now)) }

    /// The intent is on the tape before the request leaves.
    public mutating func didDispatch(_ dispatch: Dispatch) {
        put(.decision(dispatch))
        commit()
    }

    /// Writes what waits.
    package mutating func commit() {
        guard failure == nil else { return }
        do throws(TapeError) {
            try writer.commit()
        } catch {
            failure = error
        }
    }

    /// Writes what waits and brings it to the disk.
    public mutating func finish() {
        commit()
        guard failure == nil else { return }
        do throws(TapeError) {
            try writer.synchronize()
        } catch {
            failure = error
        }
    }

    private mutating func put(_ entry: SessionEntry) {
        guard failure == nil else { return }
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
            failure = error
        }
    }
}
