import Journal
import Quantities
import Signing
import Transport
import WireCodecs

/// Downloads archives one after the other, each verified before it has its name.
///
/// Runs on a loop of its own on the calling thread; hence `@unchecked Sendable`.
package final class ArchiveFetcher: HTTPClientHandler, TimerTarget, @unchecked Sendable {
    /// What an answer may have beyond the piece that was asked for: servers that send all of a file.
    private static let bodyMax = 64 << 20
    private static let checksumTimeout = Interval.seconds(30)
    private static let watchPeriod = Interval.milliseconds(200)

    private let place: ArchivePlace
    private let folder: String
    private let files: [BinanceArchive]
    private let policy: DownloadPolicy
    private let progress: (FetchProgress) -> Bool
    private let loop: EventLoop
    private var pool: HTTPPool?
    private var index = 0
    private var file: PartialFile
    private var machine: DownloadMachine
    private var pauseTimer: TimerID?
    private var watchTimer: TimerID?
    /// Whether the request under way is for the checksum.
    private var asksChecksum = false
    private var summary = FetchSummary()
    private var failure: FetchError?

    /// - Parameters:
    ///   - files: at least one.
    ///   - progress: told now and then how far it has come; false ends it.
    package init(
        _ files: [BinanceArchive], from place: ArchivePlace, to folder: String,
        _ policy: DownloadPolicy = DownloadPolicy(),
        progress: @escaping (FetchProgress) -> Bool = { _ in true }
    ) throws(FetchError) {
        precondition(!files.isEmpty, "a fetch is of a file at least")
        self.place = place
        self.folder = folder
        self.files = files
        self.policy = policy
        self.progress = progress
        do throws(FileError) {
            try FolderTree.make(folder)
        } catch {
            throw .file(error)
        }
        do throws(SystemError) {
            loop = try EventLoop()
        } catch {
            throw .loop("\(error)")
        }
        file = PartialFile(path: "\(folder)/\(files[0].name)")
        machine = DownloadMachine(policy, hasFinished: file.isFinished, have: file.have)
    }

    /// Downloads all files; those that are not to be had are in the summary.
    package func run() throws(FetchError) -> FetchSummary {
        loop.submit { self.begin() }
        loop.run()
        if let failure { throw failure }
        return summary
    }

    // MARK: On the loop

    private func begin() {
        var settings = HTTPPoolSettings()
        settings.connectionsMax = 1
        settings.responseLimits.bodyMax = max(Self.bodyMax, policy.pieceBytes)
        pool = HTTPPool(loop, Resolver(loop), place.endpoint, settings: settings, handler: self)
        watchTimer = loop.setTimer(loop.now + Self.watchPeriod, self)
        carryOut(machine.begin())
    }

    private func finish() {
        pool?.close()
        pool = nil
        for timer in [pauseTimer, watchTimer] { if let timer { loop.cancelTimer(timer) } }
        loop.stop()
    }

    /// Tells how far it has come; whether to go on.
    private func goesOn() -> Bool {
        let state = FetchProgress(
            name: files[index].name, number: index + 1, count: files.count, have: machine.have,
            total: machine.total, trouble: machine.trouble)
        if progress(state) { return true }
        failure = .interrupted
        finish()
        return false
    }

    /// Carries out actions until one has to be waited for.
    private func carryOut(_ first: DownloadMachine.Action, body: UnsafeRawBufferPointer? = nil) {
        var action = first
        while failure == nil {
            do throws(FileError) {
                guard let next = try perform(action, body) else { return }
                action = next
            } catch {
                failure = .file(error)
                finish()
            }
        }
    }

    /// The next action; nil when the present one has still to end.
    private func perform(
        _ action: DownloadMachine.Action, _ body: UnsafeRawBufferPointer?
    ) throws(FileError) -> DownloadMachine.Action? {
        switch action {
        case .askChecksum:
            ask(files[index].path + ".CHECKSUM", range: nil, within: Self.checksumTimeout)
            return nil
        case .askBytes(let from, let count):
            ask(files[index].path, range: from...(from + count - 1), within: policy.timeout)
            return nil
        case .digestFinished: return machine.digested(try PartialFile.digest(file.path))
        case .digestPartial: return machine.digested(try PartialFile.digest(file.partialPath))
        case .write(let offset):
            guard let body else { return machine.lost("no bytes came") }
            try file.write(body, at: offset)
            let next = machine.wrote(body.count)
            return goesOn() ? next : nil
        case .empty:
            try file.empty()
            return machine.emptied()
        case .keep:
            try file.keep()
            return machine.kept()
        case .wait(let pause):
            pauseTimer = loop.setTimer(loop.now + pause, self)
            return nil
        case .end(let end): return take(end)
        }
    }

    /// Notes what became of a file, and begins the next one.
    private func take(_ end: DownloadMachine.End) -> DownloadMachine.Action? {
        switch end {
        case .done(let bytes):
            summary.downloaded.append(file.path)
            summary.bytes += bytes
        case .wasThere: summary.present.append(file.path)
        case .absent: summary.absent.append(files[index].name)
        case .failed(let fault): summary.failures.append(.init(name: files[index].name, fault: fault))
        }
        guard index + 1 < files.count else {
            finish()
            return nil
        }
        guard goesOn() else { return nil }
        index += 1
        file = PartialFile(path: "\(folder)/\(files[index].name)")
        machine = DownloadMachine(policy, hasFinished: file.isFinished, have: file.have)
        return machine.begin()
    }

    private func ask(_ path: String, range: ClosedRange<Int>?, within time: Interval) {
        asksChecksum = range == nil
        _ = pool?.send(deadline: loop.now + time) { [place] output in
            output.beginRequest("GET", place.base + path)
            output.field("Host", place.endpoint.authority)
            output.field("Accept-Encoding", "identity")
            if let range { output.field("Range", "bytes=\(range.lowerBound)-\(range.upperBound)") }
            output.endHead()
        }
    }

    package func request(
        _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
        body: UnsafeRawBufferPointer
    ) {
        guard failure == nil, pool != nil else { return }
        switch outcome {
        case .neverSent, .maybeSent: carryOut(machine.lost("\(outcome)"))
        case .answered(let status):
            if asksChecksum, status == 200 {
                let text = String(decoding: body.prefix(ChecksumText.bytesMax), as: UTF8.self)
                carryOut(machine.gotChecksum(ChecksumText.digest(text, of: files[index].name)))
                return
            }
            let contentRange = head.list("content-range").flatMap(ContentRange.init)
            let answer = DownloadMachine.Answer(
                status: status, bodyBytes: body.count,
                retryAfter: head.list("retry-after").flatMap { UInt16($0) }.map { .seconds(Int64($0)) },
                range: contentRange.flatMap { part in part.start.map { ($0, part.total) } },
                total: contentRange?.total)
            carryOut(machine.answered(answer), body: body)
        }
    }

    package func timerFired(_ id: TimerID) {
        if id == watchTimer {
            watchTimer = nil
            if goesOn() { watchTimer = loop.setTimer(loop.now + Self.watchPeriod, self) }
        } else if id == pauseTimer {
            pauseTimer = nil
            carryOut(machine.waited())
        }
    }
}

/// `bytes 0-1023/4096` or, with a status of 416, `bytes */4096` (RFC 9110, section 14.4).
struct ContentRange: Equatable {
    /// Nil for `*`.
    var start: Int?
    var total: Int

    init?(_ text: String) {
        guard text.hasPrefix("bytes ") else { return nil }
        let parts = text.dropFirst(6).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let total = Self.number(parts[1]) else { return nil }
        self.total = total
        if parts[0] == "*" { return }
        let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2, let first = Self.number(ends[0]), let last = Self.number(ends[1]),
            first <= last, last < total
        else { return nil }
        start = first
    }

    private static func number(_ text: Substring) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }
}
