import Quantities
import VenueKit

/// One connection of a session: from the attempt to where all that it begins with is answered.
struct BinanceConnection<Call: Equatable & Sendable>: Sendable {
    /// A call on its way.
    struct Awaited: Equatable, Sendable {
        var id: Int64
        var call: Call
        var deadline: Instant
    }

    let number: UInt64
    /// Calls that are still to be sent, one after the other.
    var queue: [Call]
    var awaited: Awaited?
    /// Nil until it stands; then since when.
    private(set) var openSince: Instant?
    /// Whether all that it begins with was answered.
    var isUp = false
    private(set) var lastHeard: Instant
    private var window: SlidingWindow
    private let settings: BinanceSessionSettings

    init(_ number: UInt64, _ calls: [Call], _ settings: BinanceSessionSettings, at now: Instant) {
        self.number = number
        self.settings = settings
        queue = calls
        lastHeard = now
        window = SlidingWindow(settings.messages)
    }

    mutating func opened(at now: Instant) {
        openSince = now
        lastHeard = now
    }

    mutating func heard(at now: Instant) { lastHeard = max(lastHeard, now) }

    /// A pong goes out, which counts as a message.
    mutating func ponged(at now: Instant) { window.note(at: now) }

    /// When there is something to do: to send, or to give up.
    var nextDue: Instant {
        guard openSince != nil else { return lastHeard + settings.connectTimeout }
        var due = lastHeard + settings.silenceMax
        if let awaited {
            due = min(due, awaited.deadline)
        } else if !queue.isEmpty {
            due = min(due, mayQueuedGoAt)
        }
        return due
    }

    /// One message of every window is kept for a pong.
    private var mayQueuedGoAt: Instant { window.opensAt(reserve: min(1, settings.messages.requests - 1)) }

    /// The next call, when it is its turn and the venue's limit lets it go.
    mutating func takeNext(id: Int64, at now: Instant) -> Call? {
        guard openSince != nil, awaited == nil, !queue.isEmpty, mayQueuedGoAt <= now else { return nil }
        let call = queue.removeFirst()
        window.note(at: now)
        awaited = Awaited(id: id, call: call, deadline: now + settings.callTimeout)
        return call
    }

    enum Ailment: Equatable {
        case slowToOpen
        case unanswered(Call)
        case silent
    }

    /// What is wrong with it.
    func ailment(at now: Instant) -> Ailment? {
        guard openSince != nil else {
            return now >= lastHeard + settings.connectTimeout ? .slowToOpen : nil
        }
        if let awaited, now >= awaited.deadline { return .unanswered(awaited.call) }
        return now >= lastHeard + settings.silenceMax ? .silent : nil
    }

    /// When it wants a successor.
    var oldAt: Instant { openSince.map { $0 + settings.lifetime } ?? .distantFuture }

    /// Whether nothing is left to be answered.
    var isPrepared: Bool { openSince != nil && queue.isEmpty && awaited == nil }
}
