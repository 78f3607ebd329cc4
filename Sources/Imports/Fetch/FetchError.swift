import Journal

/// Why nothing could be fetched at all.
package enum FetchError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The address of the server, its certificates or its proxy.
    case address(String)
    /// A folder or a file cannot be written.
    case file(FileError)
    /// The system refused a loop.
    case loop(String)
    case interrupted

    package var description: String {
        switch self {
        case .address(let text), .loop(let text): text
        case .file(let error): "\(error)"
        case .interrupted: "interrupted; what was downloaded is kept, and goes on from there next time"
        }
    }
}

/// How far a fetch has come.
package struct FetchProgress: Equatable, Sendable {
    package var name: String
    /// Which of the files, from 1, and how many there are.
    package var number: Int
    package var count: Int
    /// Bytes that are there, and how many there will be; nil while that is not known.
    package var have: Int
    package var total: Int?
    /// What went wrong last, as long as it is being tried again.
    package var trouble: DownloadFault?
}

/// What became of the files that were asked for.
package struct FetchSummary: Equatable, Sendable {
    package struct Failure: Equatable, Sendable {
        package var name: String
        package var fault: DownloadFault
    }

    /// Files that were downloaded and verified, with their folder.
    package var downloaded: [String] = []
    /// Files that were there and are right.
    package var present: [String] = []
    /// The names of files that the server does not have.
    package var absent: [String] = []
    package var failures: [Failure] = []
    /// Bytes that came over the wire.
    package var bytes = 0

    package init() {}

    /// All files that can be used, in the order of time.
    package var files: [String] { (downloaded + present).sorted() }
}
