import Quantities

/// Decides how one file is downloaded: asks for its checksum, then for its bytes piece by piece, verifies, and tries
/// again what may be tried again.
///
/// It does no input and no output: its owner carries out an action and tells what came of it, which leads to the
/// next one. A file that was cut off goes on where its bytes end; pieces are asked for by `Range`, so that a broken
/// connection costs a piece at most.
struct DownloadMachine {
    enum Action: Equatable {
        /// Asks for the text with the checksum.
        case askChecksum
        /// Computes the digest of the file that is there already.
        case digestFinished
        /// Asks for bytes from an offset on.
        case askBytes(from: Int, count: Int)
        /// Writes the body of the answer at an offset, then tells `wrote`.
        case write(at: Int)
        /// Empties what was downloaded so far, then tells `emptied`.
        case empty
        /// Computes the digest of what was downloaded.
        case digestPartial
        /// Gives the file its name.
        case keep
        /// Waits, then tells `waited`.
        case wait(Interval)
        case end(End)
    }

    enum End: Equatable {
        /// - Parameter bytes: that came over the wire.
        case done(bytes: Int)
        /// It was there, and its checksum is right.
        case wasThere
        /// The server has no such file.
        case absent
        case failed(DownloadFault)
    }

    /// What the head of an answer says.
    struct Answer: Equatable {
        var status: Int
        var bodyBytes: Int
        /// In seconds; nil where there is none.
        var retryAfter: Interval?
        /// Of a part: the first byte, and the length of the whole.
        var range: (start: Int, total: Int)?
        /// Of 416: the length of the whole.
        var total: Int?

        static func == (a: Answer, b: Answer) -> Bool {
            a.status == b.status && a.bodyBytes == b.bodyBytes && a.retryAfter == b.retryAfter
                && a.total == b.total && a.range?.start == b.range?.start && a.range?.total == b.range?.total
        }
    }

    private enum State: Equatable {
        /// Can transition to: `digestingFinished`, `fetching`, `over`.
        case checksum
        /// A file of that name is there. Can transition to: `over` when it is right, else `fetching`.
        case digestingFinished
        /// Can transition to: `digesting` when all bytes are there, `over`.
        case fetching
        /// Can transition to: `keeping`, `fetching` from the beginning, `over`.
        case digesting
        /// Final.
        case over
    }

    private let policy: DownloadPolicy
    private let hasFinished: Bool
    private var state = State.checksum
    private var wanted: String?
    /// Bytes that are there.
    private(set) var have: Int
    /// The length of the whole, once it is known.
    private(set) var total: Int?
    private var received = 0
    /// Failures since something last went well.
    private var failures = 0
    /// How often it was begun anew.
    private var restarts = 0
    /// What went wrong last, until something goes well.
    private(set) var trouble: DownloadFault?
    /// Whether the bytes that are there come from an earlier attempt, so that a wrong digest may be theirs.
    private var isResumed: Bool

    /// - Parameters:
    ///   - hasFinished: whether a file of the final name is there.
    ///   - have: bytes of an earlier attempt.
    init(_ policy: DownloadPolicy, hasFinished: Bool, have: Int) {
        self.policy = policy
        self.hasFinished = hasFinished
        self.have = have
        isResumed = have > 0
    }

    mutating func begin() -> Action { .askChecksum }

    // MARK: Answers

    /// The text with the checksum; nil when it tells of another file.
    mutating func gotChecksum(_ digest: String?) -> Action {
        failures = 0
        trouble = nil
        guard let digest else { return end(.failed(.noChecksum)) }
        wanted = digest
        guard hasFinished else { return fetch() }
        state = .digestingFinished
        return .digestFinished
    }

    /// An answer that is neither the checksum nor bytes of the file, or bytes of it.
    mutating func answered(_ answer: Answer) -> Action {
        switch answer.status {
        case 200, 206:
            guard state == .fetching else { return tryAgain(.status(answer.status), after: nil) }
            return bytes(answer)
        case 416: return answer.total == have && have > 0 ? digest() : .empty
        case 404: return state == .checksum ? end(.absent) : end(.failed(.checksumOnly))
        case 429, 500...599: return tryAgain(.status(answer.status), after: answer.retryAfter)
        default: return end(.failed(.status(answer.status)))  // open set: numbers
        }
    }

    private mutating func bytes(_ answer: Answer) -> Action {
        if answer.status == 200 {
            // The server sent the whole file, whatever was asked for.
            have = 0
            total = answer.bodyBytes
            return .write(at: 0)
        }
        guard let range = answer.range, range.start == have, answer.bodyBytes > 0,
            have + answer.bodyBytes <= range.total
        else { return tryAgain(.wrongRange, after: nil) }
        if let total, total != range.total { return .empty }
        total = range.total
        return .write(at: have)
    }

    /// No whole answer came.
    mutating func lost(_ reason: String) -> Action { tryAgain(.lost(reason), after: nil) }

    mutating func wrote(_ count: Int) -> Action {
        failures = 0
        trouble = nil
        have += count
        received += count
        return have == total ? digest() : fetch()
    }

    /// What was downloaded is gone: from the beginning.
    mutating func emptied() -> Action {
        have = 0
        total = nil
        isResumed = false
        restarts += 1
        guard restarts <= policy.restartsMax else { return end(.failed(.changed)) }
        return fetch()
    }

    mutating func waited() -> Action { state == .checksum ? .askChecksum : fetch() }

    mutating func digested(_ digest: String) -> Action {
        let isRight = digest == wanted
        switch state {
        case .digestingFinished: return isRight ? end(.wasThere) : fetch()
        case .digesting:
            if isRight { return .keep }
            // Bytes of an earlier attempt may be of an older file: once more, from the beginning.
            return isResumed ? .empty : end(.failed(.wrongDigest))
        case .checksum, .fetching, .over: return end(.failed(.wrongDigest))
        }
    }

    mutating func kept() -> Action { end(.done(bytes: received)) }

    // MARK: Steps

    private mutating func fetch() -> Action {
        state = .fetching
        return .askBytes(from: have, count: policy.pieceBytes)
    }

    private mutating func digest() -> Action {
        state = .digesting
        return .digestPartial
    }

    private mutating func tryAgain(_ fault: DownloadFault, after pause: Interval?) -> Action {
        failures += 1
        trouble = fault
        guard failures <= policy.retriesMax else { return end(.failed(fault)) }
        if state != .checksum { state = .fetching }
        let doubled = policy.pause * (1 << min(failures - 1, 20))
        return .wait(min(pause ?? doubled, policy.pauseMax))
    }

    private mutating func end(_ end: End) -> Action {
        state = .over
        return .end(end)
    }
}

/// How patient a download is.
package struct DownloadPolicy: Equatable, Sendable {
    /// Bytes that are asked for at a time: what a broken connection costs at most, and what is held in memory.
    package var pieceBytes = 4 << 20
    /// Failures in a row that are borne.
    package var retriesMax = 6
    /// How often a file that turns out to be another one is begun anew.
    package var restartsMax = 2
    /// The pause after the first failure; doubles with each further one. A server's `Retry-After` counts instead.
    package var pause = Interval.seconds(1)
    package var pauseMax = Interval.seconds(60)
    /// For one piece.
    package var timeout = Interval.seconds(120)

    package init() {}
}

/// Why a file was not downloaded.
package enum DownloadFault: Error, Equatable, Sendable {
    case status(Int)
    /// No whole answer came.
    case lost(String)
    /// The server sends other bytes than were asked for.
    case wrongRange
    /// The text beside the file tells of no such file.
    case noChecksum
    /// There is a checksum, and no file.
    case checksumOnly
    case wrongDigest
    /// The file at the server became another one, again and again.
    case changed
}

extension DownloadFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .status(let status): "the server answers \(status)"
        case .lost(let reason): reason
        case .wrongRange: "the server sends other bytes than were asked for"
        case .noChecksum: "the text beside it tells no SHA-256 of it"
        case .checksumOnly: "the server has its checksum and not the file"
        case .wrongDigest: "its SHA-256 is not the one that the server tells"
        case .changed: "it became another file while it was downloaded"
        }
    }
}
