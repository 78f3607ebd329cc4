/// One conversation with an echo: what a test says, and what must come back.
struct ConformanceCase: Sendable, CustomStringConvertible {
    enum Ending: Sendable {
        /// The test says goodbye when all has come, and is answered likewise.
        case normal
        /// The echo fails the connection with one of these codes, without being asked.
        case fails([Int])
        /// What was said had a goodbye, which is answered with this code; nil without one.
        case answersClose(Int?)
    }

    var name: String
    var says: [RawFrame]
    var hears: [RawFrame]
    var ending: Ending
    /// Bytes of one system call: 0 sends frame by frame.
    var chop: Int

    init(
        _ name: String, _ says: [RawFrame], hears: [RawFrame], _ ending: Ending = .normal, chop: Int = .max
    ) {
        self.name = name
        self.says = says
        self.hears = hears
        self.ending = ending
        self.chop = chop
    }

    var description: String { name }

    /// The same, cut otherwise on its way.
    func chopped(_ size: Int) -> ConformanceCase {
        var copy = self
        copy.chop = size
        copy.name += size == 0 ? ", frame by frame" : ", in chops of \(size)"
        return copy
    }

    /// All at once, frame by frame, and byte by byte.
    var chops: [ConformanceCase] { [self, chopped(0), chopped(1)] }

    // MARK: Running

    /// What is wrong with the conversation; nil when it went as it must.
    func finding(_ peer: RawPeer) throws -> String? {
        do {
            try say(peer)
        } catch RawPeer.Failure.system(_, _) {
            // A peer that has failed the connection may not take the rest.
        }
        var heard: [RawFrame] = []
        while heard.count < hears.count, let frame = try peer.hearAnswer(), frame.opcode != 8 {
            heard.append(frame)
        }
        guard heard == hears else { return "heard \(heard.prefix(12)), not \(hears.prefix(12))" }
        switch ending {
        case .normal:
            try peer.say(.close(1000))
            return try endFinding(peer, [1000])
        case .fails(let codes): return try endFinding(peer, codes)
        case .answersClose(let code): return try endFinding(peer, [code])
        }
    }

    private func say(_ peer: RawPeer) throws {
        if chop == 0 {
            for frame in says { try peer.say(frame) }
            return
        }
        let bytes = says.flatMap { peer.encoded($0) }
        guard chop < bytes.count else {
            try peer.send(bytes)
            return
        }
        for start in stride(from: 0, to: bytes.count, by: chop) {
            try peer.send(Array(bytes[start..<min(bytes.count, start + chop)]))
        }
    }

    /// A goodbye with one of the codes and nothing behind it.
    private func endFinding(_ peer: RawPeer, _ codes: [Int?]) throws -> String? {
        guard let close = try peer.hearAnswer() else { return "the connection ended without a goodbye" }
        guard close.opcode == 8 else { return "heard \(close), not a goodbye" }
        let code = close.payload.count < 2 ? nil : Int(close.payload[0]) << 8 | Int(close.payload[1])
        guard codes.contains(code) else { return "\(close), not one of \(codes)" }
        // A server ends the connection first; a client's peer does.
        peer.endOutput()
        if let frame = try peer.hear() { return "\(frame) behind the goodbye" }
        return nil
    }
}
