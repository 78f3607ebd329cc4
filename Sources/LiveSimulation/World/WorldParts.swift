import Exchange
import Quantities
import WireCodecs

/// What happens in a simulated world by itself, and when.
enum WorldEvent: Sendable {
    case requestArrives(UInt64)
    /// The bytes of a reply, or of the first part of one.
    case replyArrives(UInt64, [UInt8])
    /// The client gives a request up, or its connection ends.
    case requestFails(UInt64, isSent: Bool)
    case socketOpens(UInt64)
    case socketRefused(UInt64)
    case bytesReachServer(UInt64, [UInt8])
    case bytesReachClient(UInt64, [UInt8])
    case socketEnds(UInt64)
    /// A message is told again.
    case staleMessage(UInt64, [UInt8])
    case maintenanceBegins
    case orderByHand
    case cancelByHand
    case switchThrown
    case botStarts
}

/// A request on its way.
struct WorldRequest: Sendable {
    /// The start of the bot that it is of; 0 for somebody else's.
    var start: Int
    /// The number that its link has given it.
    var number: UInt64
    var bytes: [UInt8]
    /// The bot has been told of its end.
    var isOver = false
}

/// A socket between the bot and the venue, with its two readers.
final class WorldSocket {
    let start: Int
    /// Of the venue, while it stands.
    var session: FrontSessionID?
    var isOpenAtClient = false
    /// From here on nothing travels, and nobody is told.
    var silentFrom = Instant.distantFuture
    var fromClient = WebSocketReader(.server)
    var fromServer = WebSocketReader(.client)
    var toServer = WebSocketWriter(.client)
    var toClient = WebSocketWriter(.server)
    var serverInput = WireBuffer()
    var clientInput = WireBuffer()
    /// Nothing overtakes on a stream.
    var lastToServer = Instant.distantPast
    var lastToClient = Instant.distantPast
    /// A whole book that was told once.
    var oldSnapshot: [UInt8]?

    init(start: Int) { self.start = start }
}

/// Something that must not be.
package struct SimulationViolation: Equatable, Sendable, CustomStringConvertible {
    /// `I1` to `I9`, `S7` or the number of a pain, as the house numbers them.
    package var rule: String
    package var text: String
    /// Since the start of the world.
    package var at: Interval

    package var description: String { "\(rule) at \(at.seconds) s: \(text)" }
}

/// The newest lines of what happened.
struct WorldLog {
    /// Lines that are kept; the oldest go. Without any, lines are not made at all.
    let linesMax: Int
    private var lines: [String] = []
    private var next = 0

    init(linesMax: Int) { self.linesMax = max(0, linesMax) }

    var isKept: Bool { linesMax > 0 }

    mutating func add(_ line: String) {
        if lines.count < linesMax {
            lines.append(line)
        } else {
            lines[next] = line
            next = (next + 1) % linesMax
        }
    }

    /// Oldest first.
    var all: [String] { Array(lines[next...] + lines[..<next]) }
}
