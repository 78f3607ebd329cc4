import MarketModel
import Quantities

/// Market data of a venue that is not traded at, as a machine that owns no socket and reads no clock.
///
/// ```
/// driver: opened, received(bytes), heard, closed, answered ─► source ─► events ─► engine
///         connect, close, send, request                    ◄─ source
/// ```
///
/// It has as many sockets as its venue needs: for each kind of data, for each market, and a second one while the first
/// grows old. Whoever drives it carries out its actions and reports what became of them, at times that never go back.
/// When its connection is lost, it says of each of its markets that its book cannot be relied on.
package protocol MarketSource {
    /// When `advance` has something to do.
    var nextDue: Instant { get }
    /// Whether all streams stand.
    var isReady: Bool { get }

    /// The data are wanted from here on.
    mutating func start(at now: Instant, into output: inout SourceOutput)
    /// The data are not wanted any more.
    mutating func stop(at now: Instant, into output: inout SourceOutput)
    mutating func advance(to now: Instant, into output: inout SourceOutput)

    /// The socket stands.
    mutating func opened(_ socket: UInt64, at now: Instant, into output: inout SourceOutput)
    /// The socket ended, or never stood, whoever wanted that.
    mutating func closed(_ socket: UInt64, at now: Instant, into output: inout SourceOutput)
    /// A ping came, and was answered.
    mutating func heard(_ socket: UInt64, at now: Instant, into output: inout SourceOutput)
    /// A message came on the socket.
    mutating func received(
        _ message: UnsafeBufferPointer<UInt8>, on socket: UInt64, at now: Instant,
        into output: inout SourceOutput)
    /// A question came to its end.
    mutating func answered(
        _ request: UInt64, _ answer: SourceAnswer, at now: Instant, into output: inout SourceOutput)
}

/// The number of a socket, made of its lane and of the number that the lane's session gave it.
///
/// A lane is one session: a source has one for each address, or for each market.
package enum SourceSocket {
    package static func number(lane: Int, _ number: UInt64) -> UInt64 { UInt64(lane) << 40 | number }
    package static func lane(_ socket: UInt64) -> Int { Int(socket >> 40) }
    package static func number(_ socket: UInt64) -> UInt64 { socket & (1 << 40 - 1) }
}
