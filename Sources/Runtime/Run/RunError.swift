import Journal
import Recordings

/// Why a session could not be run, or not to its end.
package enum RunError: Error, Equatable, Sendable {
    case unknownStrategy(String)
    /// The recording has none of this market.
    case marketNotRecorded(String, recorded: [String])
    /// Files of record format cannot be mixed with others, and have to name the same markets.
    case recordsDiffer(path: String)
    case recording(RecordingError)
    case tape(TapeError)
    case ledger(LedgerError)
    case folder(FileError)
    /// A capture cannot be written.
    case capture(SegmentError)
    case noData
    /// The venue cannot be reached, or not as the configuration says.
    case connection(String)
    /// A live session ended otherwise than it should: what it has left at the venue.
    case remains(String)
    /// The bot's switch is thrown: it does not trade until it is armed.
    case latched(bot: String, HaltLatch)
    /// Another session of the bot holds its lease.
    case running(bot: String)
    /// The session's lease was lost while it ran: somebody else may trade in its place.
    case fenced(bot: String, String)
    /// The markets that the configuration describes, or a strategy, could not be made.
    case setup(String)
}

extension RunError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownStrategy(let name): "this program has no strategy '\(name)'"
        case .marketNotRecorded(let name, let recorded):
            "the recording has no market '\(name)'; it has \(recorded.joined(separator: ", "))"
        case .recordsDiffer(let path):
            "\(path): its markets differ from those of the record files before it"
        case .recording(let error): "\(error)"
        case .tape(let error): "\(error); nothing is sent without a tape"
        case .ledger(let error): "\(error)"
        case .folder(let error): "\(error)"
        case .capture(let error): "\(error)"
        case .noData: "the recording has no events"
        case .running(let bot): "\(bot) is running already: another session holds its lease"
        case .fenced(let bot, let loss): "\(bot) may not trade any more: \(loss)"
        case .latched(let bot, let latch):
            "\(bot) does not trade: \(latch); 'martlet arm \(bot)' lets it start"
        case .connection(let reason), .remains(let reason), .setup(let reason): reason
        }
    }
}
