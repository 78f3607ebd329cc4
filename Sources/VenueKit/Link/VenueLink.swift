import MarketModel
import Quantities

/// Both ways between an engine and a venue, as a machine that owns no socket and reads no clock.
///
/// ```
/// driver: opened, received(bytes), closed, ended(request) ─► link ─► facts, events ─► engine
///         connect, close, sendText, sendRequest           ◄─ link ◄─ dispatches    ◄─ engine
/// ```
///
/// The same for every generation of a venue's protocol, and for a simulated one: whoever drives it carries out its
/// actions and reports what became of them, at times that never go back.
public protocol VenueLink: ~Copyable {
    /// What there is to know beyond orders and markets: faults, refusals, clocks.
    associatedtype Notice: CustomStringConvertible & Sendable

    /// When `advance` has something to do.
    var nextDue: Instant { get }
    /// Whether all streams stand and all that is asked for after a gap has been answered.
    var isReady: Bool { get }

    /// The connection is wanted from here on.
    mutating func start(at now: Instant, into output: inout LinkOutput)
    /// The connection is not wanted any more. Requests under way are still concluded.
    mutating func stop(at now: Instant, into output: inout LinkOutput)
    mutating func advance(to now: Instant, into output: inout LinkOutput)

    /// The socket stands.
    mutating func opened(at now: Instant, into output: inout LinkOutput)
    /// The socket ended, or never stood, whoever wanted that.
    mutating func closed(at now: Instant, into output: inout LinkOutput)
    /// A text message came on the socket.
    mutating func received(
        _ message: UnsafeBufferPointer<UInt8>, at now: Instant, into output: inout LinkOutput)
    /// A request came to its end.
    mutating func ended(
        _ request: UInt64, _ outcome: RequestOutcome, at now: Instant, into output: inout LinkOutput)

    /// Sends what the engine has released in one turn; what shares a number travels in one request.
    mutating func dispatch(_ dispatches: [Dispatch], at now: Instant, into output: inout LinkOutput)

    /// An order of this run that was placed before a restart: its name and its number are known again.
    mutating func remember(_ order: OwnOrder, into output: inout LinkOutput)
    /// The session goes on where a tape ended whose last rows may be lost; comes before `start`.
    ///
    /// Orders whose numbers are in the gap come out as lost ones (`LinkOutput.lost`), with what was filled of them.
    ///
    /// - Parameter unsent: commands that the tape does not have and that may have left all the same.
    mutating func resume(_ gap: SequenceGap, unsent: [Dispatch])
    /// An order that was found is `order` from here on.
    mutating func adopt(
        _ found: FoundOrder, as order: OrderID, at now: Instant, into output: inout LinkOutput)

    /// Asks for all open orders and all balances; a listing and balances come of it, unless the venue does not answer.
    mutating func audit(at now: Instant, into output: inout LinkOutput)

    /// Hands out what there is to know, and forgets it.
    mutating func takeNotices() -> [Notice]
}

extension VenueLink where Self: ~Copyable {
    /// A link without names of its own at the venue cannot know forgotten orders again.
    public mutating func resume(_ gap: SequenceGap, unsent: [Dispatch]) {}
}
