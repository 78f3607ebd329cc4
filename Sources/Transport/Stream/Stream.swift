import CLinux
import Glibc
import Quantities
import WireCodecs

/// A connection over TCP, with or without TLS: bytes in, bytes out, bounded in both directions.
///
/// Confined to its loop. What is written is gathered until `flush`, so that several messages of one wake-up
/// become one record and one call of the system.
package final class Stream: ReadySource, TimerTarget {
    private enum Phase: Equatable {
        /// TLS is being agreed on. Can transition to: `open`, `over`.
        case handshaking
        /// Can transition to: `ending` when we end, `over`.
        case open
        /// Everything has been written; it is sent, then the peer's end is waited for. Can transition to: `over`.
        case ending
        /// Final.
        case over
    }

    /// How long the peer has to take more of the rest, or to end its side.
    private static let endingTime = Interval.seconds(2)
    /// How long it has for all of that.
    private static let endingTimeMax = Interval.seconds(60)
    /// Plain text that is encrypted before the system has taken what was encrypted before.
    private static let sliceBytes = 256 << 10
    /// Memory that is kept for what waits to be sent.
    private static let memoryKept = 1 << 20

    package let loop: EventLoop
    /// For messages: where the connection leads.
    package let peer: String
    package var handler: (any StreamHandler)?
    private let limits: StreamLimits
    private var descriptor: Descriptor?
    let number: Int32
    private var source: EventLoop.SourceID?
    private var watched: Readiness = []
    private var timer: TimerID?
    /// Sends the handshake bit by bit; nil where it goes as fast as it can.
    private var drip: StreamDrip?
    private var phase: Phase
    @exclusivity(unchecked) private var tls: TLSSession?
    /// Plain text that came.
    @exclusivity(unchecked) private var input = WireBuffer(capacity: 4_096)
    /// Plain text to be sent.
    @exclusivity(unchecked) private var output = WireBuffer(capacity: 4_096)
    /// Bytes of the wire that the system did not take; only with TLS.
    @exclusivity(unchecked) private var cipher = WireBuffer(capacity: 16)
    private var (isReadingPaused, isDelivering) = (false, false)
    // While ending.
    private var finalEnd = StreamEnd.closedByUs
    private var hasPeerEnded = false
    private var (hasEndedTLS, hasEndedOutput) = (false, false)
    private var endingDeadline = LoopTime.never
    private var sentAtTimer = 0
    /// Why nothing more can be sent; what came before is still read, and the end is found there.
    private var sendFailure: String?
    /// Whether so much waits to be sent that a producer should pause.
    package private(set) var isCongested = false
    /// Bytes that the system took, TLS included: zero means that nothing has left.
    package private(set) var sentBytes = 0
    /// Bytes that came over the wire.
    package private(set) var receivedBytes = 0

    /// Takes over a connected socket.
    ///
    /// - Parameter host: the name or the address that a client's TLS verifies; nil on a server.
    package init(
        _ loop: EventLoop, _ descriptor: consuming Descriptor, peer: String, handler: any StreamHandler,
        tls context: TLSContext?, host: String? = nil, port: UInt16 = 0, limits: StreamLimits = StreamLimits()
    ) throws(ConnectFailure) {
        self.loop = loop
        self.peer = peer
        self.handler = handler
        self.limits = limits
        number = descriptor.number
        self.descriptor = consume descriptor
        do throws(TLSFault) {
            if let context {
                if let host {
                    tls = try TLSSession(client: context, host: host, port: port)
                } else {
                    tls = try TLSSession(server: context)
                }
            }
        } catch {
            phase = .over
            throw .tls(error)
        }
        phase = context == nil ? .open : .handshaking
    }

    /// Begins: TLS is agreed on, then the handler is told that the connection is open.
    ///
    /// - Parameters:
    ///   - deadline: for the handshake.
    ///   - handshakePause: between the bytes of the handshake that we send, to try the patience of a peer; nil
    ///     sends them at once.
    package func start(deadline: LoopTime, handshakePause: Interval? = nil) {
        if let handshakePause, phase == .handshaking { drip = StreamDrip(self, every: handshakePause) }
        do throws(SystemError) {
            source = try loop.add(self, number, for: .input)
            watched = .input
        } catch {
            end(.notConnected(.resources("\(error)")))
            return
        }
        switch phase {
        case .open: handler?.streamDidOpen(self)
        case .handshaking:
            timer = loop.setTimer(deadline, self)
            shakeHands()
        case .ending, .over: break
        }
    }

    /// TLS 1.3 or 1.2 as OpenSSL calls it; nil without TLS.
    package var tlsVersion: String? { tls?.version }
    package var isResumed: Bool { tls?.isResumed ?? false }
    /// When the peer's certificate ends; nil without TLS.
    package var peerCertificateEnd: Instant? { tls?.peerCertificateEnd }
    package var isOpen: Bool { phase == .open }

    /// Bytes that wait to be sent.
    package var waitingBytes: Int { output.count + cipher.count }

    // MARK: Being called

    package func ready(_ readiness: Readiness) {
        if readiness.contains(.output) {
            flush()
            guard phase != .over else { return }
        }
        if !readiness.isDisjoint(with: [.input, .failure]) { receive() }
    }

    /// Reads what has come already, before the loop tells of it.
    func readAhead() {
        loop.assertOnLoop()
        guard source != nil, !isReadingPaused, !isDelivering else { return }
        receive()
    }

    package func timerFired(_ id: TimerID) {
        timer = nil
        switch phase {
        case .handshaking: end(.notConnected(.timeout(phase: .handshaking)))
        case .open: break
        case .ending:
            guard sentBytes > sentAtTimer, loop.now < endingDeadline else {
                end(finalEnd)
                return
            }
            // It takes the rest, slowly.
            setEndingTimer()
        case .over: break
        }
    }
}

// MARK: - Receiving

extension Stream {
    private func receive() {
        let scratch = loop.scratch
        let count = recv(number, scratch.baseAddress, scratch.count, 0)
        if count < 0 {
            if errno == EAGAIN || errno == EINTR { return }
            let reason = sendFailure ?? errorText()
            end(phase == .handshaking ? .notConnected(.closed(phase: .handshaking)) : .broken(reason))
            return
        }
        if count == 0 {
            receiveEnd()
            return
        }
        receivedBytes += count
        let bytes = UnsafeRawBufferPointer(start: scratch.baseAddress, count: count)
        guard tls != nil else {
            input.append(bytes)
            deliver()
            return
        }
        tls?.receive(bytes)
        if phase == .handshaking { shakeHands() } else { decrypt() }
    }

    private func shakeHands() {
        do throws(TLSFault) {
            let progress = try tls?.handshake()
            sendCipher()
            guard progress == .done, phase == .handshaking else { return }
        } catch {
            // The peer is told why.
            sendCipher()
            end(.notConnected(.tls(error)))
            return
        }
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        phase = .open
        if let drip {
            // From here on bytes go as they come.
            drip.end()
            self.drip = nil
            flush()
            guard phase == .open else { return }
        }
        handler?.streamDidOpen(self)
        // What came with the end of the handshake.
        if phase == .open { decrypt() }
    }

    private func decrypt() {
        do throws(TLSFault) {
            let reading = try tls?.read(into: &input)
            // Reading may have to answer: a new key, an alert.
            sendCipher()
            // That may have sent what others wait for: to go on, or to end.
            if isCongested || phase == .ending { flush() }
            deliver()
            if reading == .ended { endInput() }
        } catch {
            sendCipher()
            deliver()
            end(.tls(error))
        }
    }

    private func receiveEnd() {
        switch phase {
        case .handshaking: end(.notConnected(.closed(phase: .handshaking)))
        case .open:
            if let sendFailure {
                end(.broken(sendFailure))
            } else if tls == nil {
                endInput()
            } else {
                // Without TLS's own end what came may have been cut off.
                end(.tls(TLSFault(.truncated, "no end of TLS")))
            }
        case .ending: endInput()
        case .over: break
        }
    }

    /// The peer says nothing more, but may still listen: what waits to be sent goes out first.
    private func endInput() {
        switch phase {
        case .open:
            guard waitingBytes > 0 else {
                end(.endedByPeer)
                return
            }
            finalEnd = .endedByPeer
            beginEnding()
        case .ending: break
        case .handshaking, .over: return
        }
        guard waitingBytes > 0, sendFailure == nil else {
            end(finalEnd)
            return
        }
        hasPeerEnded = true
        isReadingPaused = true
        updateWatch()
    }

    private func deliver() {
        switch phase {
        case .open:
            isDelivering = true
            while phase == .open, !input.isEmpty, let current = handler {
                current.stream(self, didReceive: &input)
                // Another user has taken over, and finds what the first one left.
                if handler === current { break }
            }
            isDelivering = false
            let isFull = input.count >= limits.inputMax
            if isFull != isReadingPaused, phase == .open {
                isReadingPaused = isFull
                updateWatch()
            }
        // Nobody wants it any more.
        case .ending: input.removeAll()
        case .handshaking, .over: break
        }
    }

    /// Offers the handler once more what it left, and reads on; without effect while it is being called.
    package func resume() {
        loop.assertOnLoop()
        guard phase == .open, !isDelivering else { return }
        if !input.isEmpty { deliver() }
        guard phase == .open, isReadingPaused, input.count < limits.inputMax else { return }
        isReadingPaused = false
        updateWatch()
    }
}

// MARK: - Sending

extension Stream {
    /// Adds to what the next `flush` sends; nothing once the connection is ending.
    package func write(_ body: (inout WireBuffer) -> Void) {
        guard phase == .open, sendFailure == nil else { return }
        body(&output)
    }

    package func write(_ bytes: UnsafeRawBufferPointer) {
        guard phase == .open, sendFailure == nil else { return }
        output.append(bytes)
    }

    /// Sends what was written, as far as the system takes it; the rest follows when it can.
    package func flush() {
        switch phase {
        case .handshaking: sendCipher()
        case .open, .ending:
            if tls == nil { sendPlain() } else { encrypt() }
            guard phase != .over else { return }
            if output.isEmpty { output.removeAll(keeping: Self.memoryKept) }
            if cipher.isEmpty { cipher.removeAll(keeping: Self.memoryKept) }
            noteCongestion()
            if phase == .ending { finishOutput() }
        case .over: break
        }
    }

    /// Sends the rest, tells the peer that nothing more comes, and waits a little for its end.
    package func finish() {
        loop.assertOnLoop()
        guard phase == .open else {
            if phase == .handshaking { close() }
            return
        }
        beginEnding()
        flush()
    }

    private func beginEnding() {
        phase = .ending
        endingDeadline = loop.now + Self.endingTimeMax
        setEndingTimer()
    }

    private func setEndingTimer() {
        sentAtTimer = sentBytes
        timer = loop.setTimer(loop.now + Self.endingTime, self)
    }

    /// Ends the connection at once; the handler is not called any more.
    package func close() {
        handler = nil
        end(.closedByUs)
    }

    /// Ends the connection at once with a reset (RST) in place of an orderly end: what the peer has not read yet
    /// is lost, and its next call fails. The handler is not called any more.
    package func reset() {
        guard phase != .over else { return }
        var lingering = linger(l_onoff: 1, l_linger: 0)
        setsockopt(number, SOL_SOCKET, SO_LINGER, &lingering, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// Sends one byte of a handshake that drips; whether more waits.
    func sendDrop() -> Bool {
        guard phase == .handshaking, !cipher.isEmpty else { return false }
        if let count = send(UnsafeRawBufferPointer(rebasing: cipher.bytes.prefix(1))) {
            cipher.consume(count)
        }
        return phase == .handshaking && !cipher.isEmpty
    }

    private func sendPlain() {
        while !output.isEmpty {
            guard let count = send(output.bytes) else { break }
            output.consume(count)
        }
        if phase != .over { updateWatch() }
    }

    private func encrypt() {
        // One thing after the other: what the system did not take yet goes first, and more is not encrypted.
        if !cipher.isEmpty { sendCipher() }
        while cipher.isEmpty, !output.isEmpty, phase != .over {
            let slice = UnsafeRawBufferPointer(rebasing: output.bytes.prefix(Self.sliceBytes))
            do throws(TLSFault) {
                try tls?.write(slice)
            } catch {
                end(.tls(error))
                return
            }
            output.consume(slice.count)
            sendCipher()
        }
    }

    /// Sends what TLS has to say; what the system does not take is kept.
    private func sendCipher() {
        guard phase != .over, let waiting = tls?.output else { return }
        if let drip {
            cipher.append(waiting)
            tls?.clearOutput()
            if !cipher.isEmpty { drip.begin() }
        } else if !cipher.isEmpty {
            cipher.append(waiting)
            tls?.clearOutput()
            while !cipher.isEmpty, let count = send(cipher.bytes) { cipher.consume(count) }
        } else if waiting.count > 0 {
            let count = send(waiting) ?? 0
            if count < waiting.count, sendFailure == nil {
                cipher.append(UnsafeRawBufferPointer(rebasing: waiting[count...]))
            }
            if phase != .over { tls?.clearOutput() }
        }
        if phase != .over { updateWatch() }
    }

    /// How many bytes the system took; nil when it takes none now, or the connection is broken.
    private func send(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard phase != .over, sendFailure == nil else { return nil }
        let count = clinux_send(number, bytes.baseAddress, bytes.count)
        if count < 0 {
            switch errno {
            case EAGAIN, EINTR: break
            case EPIPE, ECONNRESET, ETIMEDOUT:
                // The peer is gone, but may have answered before: the loop tells the hang-up next.
                sendFailure = errorText()
                output.removeAll()
                cipher.removeAll()
            default: end(.broken(errorText()))
            }
            return nil
        }
        sentBytes += count
        return count
    }

    private func noteCongestion() {
        let waiting = waitingBytes
        if waiting > limits.outputMax {
            end(.tooSlow)
        } else if waiting > limits.congestionBytes {
            isCongested = true
        } else if isCongested, waiting <= limits.congestionBytes / 2 {
            isCongested = false
            handler?.streamDidDrain(self)
        }
    }

    /// When all is sent: our end of TLS, then our end of TCP.
    private func finishOutput() {
        guard output.isEmpty, cipher.isEmpty, !hasEndedOutput else { return }
        if !hasEndedTLS {
            hasEndedTLS = true
            tls?.end()
            sendCipher()
            // The rest follows when the system takes more.
            guard phase == .ending, cipher.isEmpty else { return }
        }
        hasEndedOutput = true
        shutdown(number, Int32(SHUT_WR))
        if hasPeerEnded { end(finalEnd) } else { updateWatch() }
    }

    private func updateWatch() {
        guard let source else { return }
        var wanted: Readiness = isReadingPaused ? [] : .input
        if waitingBytes > 0, drip == nil { wanted.insert(.output) }
        guard wanted != watched else { return }
        watched = wanted
        loop.change(source, number, to: wanted)
    }
}

// MARK: - The end

extension Stream {
    private func end(_ end: StreamEnd) {
        guard phase != .over else { return }
        phase = .over
        if let timer { loop.cancelTimer(timer) }
        timer = nil
        drip?.end()
        drip = nil
        if let source { loop.remove(source, number) }
        source = nil
        // TLS stays until the last reference goes: its caller may be reading from it.
        descriptor = nil
        let handler = handler
        self.handler = nil
        handler?.stream(self, didEnd: end)
    }

    private func errorText() -> String { String(cString: strerror(errno)) }
}
