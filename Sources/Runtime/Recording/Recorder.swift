import Journal
import MarketModel
import Quantities
import Recordings
import Transport
import VenueKit

/// One source that is recorded: its machine, where it is, and what its files begin with.
package struct RecorderInput {
    package let header: CaptureHeader
    let address: SourceAddress
    let machine: any MarketSource
}

/// How a recording went.
package struct RecorderOutcome: Sendable {
    /// What was written of each source.
    package struct Line: Equatable, Sendable {
        package var name: String
        package var frames: Int
        package var answers: Int
        package var gaps: Int
        package var bytes: Int
        package var storedBytes: Int
        package var segment: UInt64
    }

    package var lines: [Line]
    package var wallTime: Interval
    /// Whether it was asked to end.
    package var isInterrupted: Bool
    package var failure: RunError?
}

/// Writes down what sources bring, byte for byte, until it is told to stop.
///
/// A message is written before its source reads it. What was lost is written as a gap: a connection that broke, and the
/// time between a recorder that was cut short and the one that goes on. Everything happens on one loop, which runs on
/// the calling thread: hence `@unchecked Sendable`.
package final class Recorder: SourceUser, TimerTarget, @unchecked Sendable {
    private static let lookPause = Interval.milliseconds(50)
    private static let statusPause = Interval.seconds(1)

    private struct Channel {
        var header: CaptureHeader
        var writer: SegmentWriter
        var frames = 0
        var answers = 0
        var gaps = 0
    }

    private let loop: EventLoop
    private let clock = LiveClock()
    private let console: any RunConsole
    private let duration: Interval?
    private let isInterrupted: () -> Bool
    private var channels: [Channel] = []
    private let flushing: RecorderFlushing
    private var sockets: [SourceSockets] = []
    private var failure: RunError?
    private var wasInterrupted = false
    private let startedAt: Instant
    private var nextStatus: Instant

    /// - Parameters:
    ///   - folder: where the segments go; made where it is missing, gone on with where there are some.
    ///   - isInterrupted: asked now and then; true ends the recording in good order.
    package init(
        _ inputs: [RecorderInput], folder: String, settings: SegmentSettings = SegmentSettings(),
        duration: Interval? = nil, console: any RunConsole, isInterrupted: @escaping () -> Bool
    ) throws(RunError) {
        self.console = console
        self.duration = duration
        self.isInterrupted = isInterrupted
        do throws(SystemError) {
            loop = try EventLoop()
        } catch {
            throw .setup("\(error)")
        }
        flushing = try RecorderFlushing(every: Interval(nanoseconds: settings.syncEvery))
        startedAt = clock.instant(.now)
        nextStatus = startedAt + Self.statusPause
        for (index, input) in inputs.enumerated() {
            do throws(SegmentError) {
                let writer = try SegmentWriter(
                    folder: folder, name: input.header.venue.name, metadata: input.header.bytes,
                    settings: settings, at: startedAt.nanoseconds)
                channels.append(Channel(header: input.header, writer: writer))
            } catch {
                throw .capture(error)
            }
            sockets.append(
                SourceSockets(loop, clock, input.address, input.machine, index: index, user: self))
        }
    }

    /// Records until the time is over, or it is interrupted.
    package func perform() -> RecorderOutcome {
        for index in channels.indices { tellResumption(index) }
        loop.submit { [self] in
            for source in sockets { source.start() }
            _ = loop.setTimer(loop.now + Self.lookPause, self)
        }
        loop.run()
        flushing.end()
        let now = clock.instant(.now)
        for index in channels.indices {
            guard failure == nil else { break }
            write(index) { writer throws(SegmentError) in try writer.close(at: now.nanoseconds) }
        }
        return RecorderOutcome(
            lines: channels.map { channel in
                RecorderOutcome.Line(
                    name: channel.header.venue.name, frames: channel.frames, answers: channel.answers,
                    gaps: channel.gaps, bytes: channel.writer.recordBytes,
                    storedBytes: channel.writer.storedBytes, segment: channel.writer.segmentNumber)
            }, wallTime: now - startedAt, isInterrupted: wasInterrupted, failure: failure)
    }

    /// Goes on with what is there: what lies between is a gap.
    private func tellResumption(_ index: Int) {
        guard let resumed = channels[index].writer.resumed else { return }
        let since = resumed.lastTime.map { " since \(Instant(nanoseconds: $0))" } ?? ""
        let reason: String
        switch resumed.end {
        case .closed: reason = "nothing was recorded\(since)"
        case .continued, .torn:
            reason = "the recorder was cut short: nothing was recorded\(since)"
            console.line(
                "\(channels[index].header.venue.name): \(resumed.path) was cut short; going on\(since)")
        }
        gap(index, reason, at: startedAt)
    }

    // MARK: Time

    package func timerFired(_ id: TimerID) {
        let now = clock.instant(loop.now)
        for index in channels.indices {
            write(index) { writer throws(SegmentError) in try writer.advance(to: now.nanoseconds) }
        }
        noteWritten()
        if now >= nextStatus {
            nextStatus = now + Self.statusPause
            console.status(statusText)
        }
        if isInterrupted() { wasInterrupted = true }
        if wasInterrupted || failure != nil || duration.map({ now >= startedAt + $0 }) ?? false {
            for source in sockets { source.close() }
            loop.stop()
            return
        }
        _ = loop.setTimer(loop.now + pause(from: now), self)
    }

    /// Until the next look, which is not later than a block is due: who kills the recorder loses what is not written.
    private func pause(from now: Instant) -> Interval {
        guard let due = channels.compactMap(\.writer.nextDue).min() else { return Self.lookPause }
        let left = Interval(nanoseconds: due - now.nanoseconds)
        return min(Self.lookPause, max(left, .milliseconds(1)))
    }

    private func noteWritten() {
        guard failure == nil else { return }
        do throws(RunError) {
            try flushing.note(channels.map(\.writer))
        } catch {
            failure = error
        }
    }

    private var statusText: String {
        channels.map { channel in
            let megabytes = channel.writer.storedBytes / 1_000_000
            return
                "\(channel.header.venue.name): \(channel.frames) frames, \(channel.gaps) gaps, \(megabytes) MB"
        }.joined(separator: " · ")
    }

    // MARK: Records

    private func write(_ index: Int, _ body: (SegmentWriter) throws(SegmentError) -> Void) {
        guard failure == nil else { return }
        do throws(SegmentError) {
            try body(channels[index].writer)
        } catch {
            failure = .capture(error)
        }
    }

    private func gap(_ index: Int, _ reason: String, at now: Instant) {
        channels[index].gaps += 1
        text(index, CaptureKind.gap, reason, at: now)
    }

    private func text(_ index: Int, _ kind: UInt8, _ text: String, at now: Instant) {
        var text = text
        text.withUTF8 { bytes in
            write(index) { writer throws(SegmentError) in
                try writer.append(
                    kind: kind, channel: 0, time: now.nanoseconds, UnsafeRawBufferPointer(bytes))
            }
        }
    }

    func source(
        _ source: Int, received message: UnsafeBufferPointer<UInt8>, on socket: UInt64, at now: Instant
    ) {
        channels[source].frames += 1
        let channel = CaptureKind.channel(
            lane: SourceSocket.lane(socket), number: SourceSocket.number(socket))
        write(source) { writer throws(SegmentError) in
            try writer.append(
                kind: CaptureKind.frame, channel: channel, time: now.nanoseconds,
                UnsafeRawBufferPointer(message))
        }
    }

    func source(
        _ source: Int, asked subject: String, received answer: UnsafeBufferPointer<UInt8>, at now: Instant
    ) {
        channels[source].answers += 1
        let bytes = Array(subject.utf8) + [UInt8(ascii: "\n")] + Array(answer)
        bytes.withUnsafeBytes { bytes in
            write(source) { writer throws(SegmentError) in
                try writer.append(kind: CaptureKind.answer, channel: 0, time: now.nanoseconds, bytes)
            }
        }
    }

    func source(_ source: Int, made events: [MarketEvent], at now: Instant) {}

    func source(_ source: Int, is state: ConnectionChange.State, at now: Instant) {
        let name = channels[source].header.venue.name
        switch state {
        case .connecting: break
        case .ready:
            console.line("\(name): recording")
            text(source, CaptureKind.note, "ready", at: now)
        case .lost:
            console.line("\(name): the connection was lost")
            gap(source, "the connection was lost", at: now)
        }
    }

    func source(_ source: Int, tells text: String, at now: Instant) {
        console.line("\(channels[source].header.venue.name): \(text)")
        self.text(source, CaptureKind.note, text, at: now)
    }
}
