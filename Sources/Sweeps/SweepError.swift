import Journal
import Recordings
import Runtime

/// Why a sweep cannot be made, or not to its end.
package enum SweepError: Error, Equatable, Sendable {
    /// What was asked for makes no sweep; the text says why, and what would.
    case request(String)
    /// Every combination was refused by its strategy; with the first reason.
    case nothingRuns(String)
    case run(RunError)
    case file(FileError)
    /// Another process writes to the folder.
    case inUse(String)
}

extension SweepError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .request(let reason): reason
        case .nothingRuns(let reason): "no combination of parameters runs: \(reason)"
        case .run(let error): "\(error)"
        case .file(let error): "\(error)"
        case .inUse(let path): "\(path): another sweep is writing to it"
        }
    }
}
