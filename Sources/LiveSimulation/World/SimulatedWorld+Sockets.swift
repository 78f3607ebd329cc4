import CoinExVenue
import Exchange
import LiveTrading
import Quantities
import WireCodecs

// Sockets: texts of either side as frames, in order, until one of both ends.

extension SimulatedWorld {
    /// The bot wants a socket.
    func connect(_ bot: SimulatedBot) {
        if let old = bot.socket { abandon(old) }
        lastSocket += 1
        let id = lastSocket
        sockets[id] = WorldSocket(start: bot.start)
        bot.socket = id
        note("socket \(id) is asked for")
        if strikes(.connectRefused) || isUnderMaintenance() {
            queue.add(.socketRefused(id), at: now + way())
        } else {
            queue.add(.socketOpens(id), at: max(now + way() + way(), clogEnd(forSockets: true)))
        }
    }

    func open(_ id: UInt64) {
        guard let socket = sockets[id] else { return }
        guard let bot, bot.socket == id,
            let session = front.openSession(address: 0x7F00_0001, api: plan.api, at: now)
        else {
            return endSocket(id)
        }
        socket.session = session
        socket.isOpenAtClient = true
        note("socket \(id) is open")
        plantFaults(id, socket)
        tell { $0.session.opened(at: $1) }
    }

    /// When it will be torn, if it will.
    private func plantFaults(_ id: UInt64, _ socket: WorldSocket) {
        for kind in [FaultKind.socketReset, .halfOpen] {
            let strength = plan.strength(kind)
            guard strength > 0, isFaulty else { continue }
            // The strength is the chance in a second.
            let mean = 1 / strength
            let wait = Interval.milliseconds(Int64(dice[kind.number].below(Int(2_000 * mean)) + 1))
            guard now + wait < start + plan.duration else { continue }
            faultCounts.note(kind)
            if kind == .socketReset {
                queue.add(.socketEnds(id), at: now + wait)
            } else {
                socket.falls(silentAt: now + wait)
            }
        }
    }

    /// The bot closes its socket.
    func close(_ bot: SimulatedBot) {
        guard let id = bot.socket else { return }
        queue.add(.socketEnds(id), at: now)
    }

    /// Nobody at the client wants to hear of it any more.
    func abandon(_ id: UInt64) {
        guard let socket = sockets.removeValue(forKey: id) else { return }
        if let session = socket.session { front.closeSession(session) }
    }

    /// It ends, for both sides.
    func endSocket(_ id: UInt64) {
        guard let socket = sockets.removeValue(forKey: id) else { return }
        if let session = socket.session { front.closeSession(session) }
        note("socket \(id) has ended")
        tellEnd(id, socket.start)
    }

    /// It never stood.
    func tellClosed(_ id: UInt64) {
        guard let socket = sockets.removeValue(forKey: id) else { return }
        note("socket \(id) was refused")
        tellEnd(id, socket.start)
    }

    private func tellEnd(_ id: UInt64, _ start: Int) {
        guard let bot, bot.start == start, bot.socket == id else { return }
        bot.socket = nil
        tell { $0.session.closed(at: $1) }
    }

    func beginMaintenance() {
        guard isFaulty else { return }
        note("maintenance begins")
        for id in sockets.keys.sorted() { endSocket(id) }
    }

    // MARK: - From the bot

    func sendText(_ bytes: UnsafeRawBufferPointer, from bot: SimulatedBot) {
        guard let id = bot.socket, let socket = sockets[id], socket.isOpenAtClient else { return }
        note("says \(Self.text(Array(bytes), 160))")
        var text = Array(bytes)
        if text.begins(with: "server.sign", within: 80), strikes(.signRefused) {
            spoilSignature(&text)
        }
        var frame = WireBuffer()
        text.withUnsafeBytes { socket.toServer.write(text: $0, mask: 0x1234_5678, into: &frame) }
        socket.lastToServer = max(socket.lastToServer, max(now + way(), clogEnd(forSockets: true)))
        queue.add(.bytesReachServer(id, Array(frame.bytes)), at: socket.lastToServer)
    }

    /// Changes the first digit of the signature.
    private func spoilSignature(_ text: inout [UInt8]) {
        let quotes = text.indices.filter { text[$0] == UInt8(ascii: "\"") }
        // The last of the texts; in the second generation there are names behind it.
        let behind = plan.api == .v1 ? 1 : 5
        guard let last = quotes.dropLast(behind).last else { return }
        text[last + 1] = text[last + 1] == UInt8(ascii: "0") ? UInt8(ascii: "1") : UInt8(ascii: "0")
    }

    func takeAtServer(_ id: UInt64, _ bytes: [UInt8]) {
        guard let socket = sockets[id], let session = socket.session, !socket.isSilent(at: now) else {
            return
        }
        bytes.withUnsafeBytes { socket.serverInput.append($0) }
        do throws(WebSocketFault) {
            while true {
                switch try socket.fromClient.next(&socket.serverInput) {
                case .incomplete: return
                case .text(let text): front.receive(text, from: session, at: now)
                case .binary, .ping, .pong, .close: return violate("WebSocket", "the bot sends texts only")
                }
            }
        } catch {
            violate("WebSocket", "a frame of the bot cannot be read: \(error)")
        }
    }

    // MARK: - From the venue

    /// The socket of a session of the venue.
    func socket(of session: FrontSessionID) -> UInt64? {
        // There are one or two.
        for id in sockets.keys.sorted() where sockets[id]?.session == session { return id }
        return nil
    }

    func push(_ message: [UInt8], to session: FrontSessionID) {
        guard let id = socket(of: session), let socket = sockets[id] else { return }
        var message = message
        let isDepth = message.begins(with: "depth.update", within: 64)
        if isDepth {
            let isWhole = message.begins(with: plan.api == .v1 ? "[true" : #""is_full":true"#, within: 96)
            if isWhole, socket.oldSnapshot == nil || dice[0].chance(0.1) { socket.oldSnapshot = message }
            if strikes(.checksumWrong) { spoilChecksum(&message) }
            if let old = socket.oldSnapshot, strikes(.snapshotStale) {
                queue.add(.staleMessage(id, old), at: now + .milliseconds(1))
            }
        }
        if strikes(.messageGarbled) {
            message.removeLast(1 + dice[FaultKind.messageGarbled.number].below(message.count))
        }
        send(message, on: id)
    }

    private func spoilChecksum(_ message: inout [UInt8]) {
        let mark = Array("\"checksum\":".utf8)
        guard message.count > mark.count,
            let start = (0..<message.count - mark.count).last(where: { message[$0...].starts(with: mark) })
        else { return }
        var index = start + mark.count
        while message[index] == UInt8(ascii: " ") || message[index] == UInt8(ascii: "-") { index += 1 }
        message[index] = message[index] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
    }

    func send(_ message: [UInt8], on id: UInt64) {
        guard let socket = sockets[id] else { return }
        var frame = WireBuffer(capacity: message.count + 16)
        switch plan.api {
        case .v1: message.withUnsafeBytes { socket.toClient.write(text: $0, mask: 0, into: &frame) }
        case .v2:
            packer.pack(message).withUnsafeBytes {
                socket.toClient.write(binary: $0, mask: 0, into: &frame)
            }
        }
        socket.lastToClient = max(socket.lastToClient, max(now + way(), clogEnd(forSockets: true)))
        queue.add(.bytesReachClient(id, Array(frame.bytes)), at: socket.lastToClient)
    }

    func takeAtClient(_ id: UInt64, _ bytes: [UInt8]) {
        guard let socket = sockets[id], !socket.isSilent(at: now), let bot, bot.socket == id else { return }
        bytes.withUnsafeBytes { socket.clientInput.append($0) }
        do throws(WebSocketFault) {
            while true {
                switch try socket.fromServer.next(&socket.clientInput) {
                case .incomplete: return
                case .text(let text):
                    noteMessage(text)
                    tellMessage(Array(text))
                case .binary(let packed):
                    let message = Array(packed)
                    message.withUnsafeBufferPointer { message in
                        if let plain = unpacker.plain(message) { noteMessage(UnsafeRawBufferPointer(plain)) }
                    }
                    tellMessage(message)
                case .ping, .pong, .close: return violate("WebSocket", "the venue sends messages only")
                }
            }
        } catch {
            violate("WebSocket", "a frame of the venue cannot be read: \(error)")
        }
    }

    private func tellMessage(_ message: [UInt8]) {
        counts.messages += 1
        message.withUnsafeBufferPointer { message in
            tell { $0.session.received(message, at: $1) }
        }
    }

    /// Messages of the market would drown all others.
    private func noteMessage(_ text: UnsafeRawBufferPointer) {
        guard log.isKept else { return }
        let head = String(decoding: text.prefix(48), as: UTF8.self)
        if head.contains("depth.") || head.contains("deals.") && !head.contains("user") { return }
        if head.contains("state.") { return }
        note("hears \(String(decoding: text.prefix(400), as: UTF8.self))")
    }
}

extension WorldSocket {
    func falls(silentAt time: Instant) { silentFrom = min(silentFrom, time) }
    func isSilent(at time: Instant) -> Bool { time >= silentFrom }
}

extension [UInt8] {
    /// Whether a word stands among the first bytes.
    func begins(with word: StaticString, within most: Int) -> Bool {
        withUnsafeBytes { bytes in
            let head = UnsafeRawBufferPointer(rebasing: bytes.prefix(most))
            let count = word.utf8CodeUnitCount
            guard head.count >= count else { return false }
            let letters = UnsafeBufferPointer(start: word.utf8Start, count: count)
            return (0...head.count - count).contains { start in
                (0..<count).allSatisfy { head[start + $0] == letters[$0] }
            }
        }
    }
}
