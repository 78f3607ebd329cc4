import WireCodecs

/// What is fuzzed, by the name that `make fuzz` and the folders of inputs have.
enum FuzzSubject: String, CaseIterable, Sendable {
    case webSocketClient = "websocket-client"
    case webSocketServer = "websocket-server"
    case webSocketClientDeflate = "websocket-client-deflate"
    case webSocketServerDeflate = "websocket-server-deflate"
    case inflate
    case httpRequests = "http-requests"
    case httpResponses = "http-responses"
    case json

    /// Feeds bytes from outside; what is wrong with the reader, or nil when all holds that must.
    ///
    /// Whatever the bytes are, they may be refused, but nothing may crash, and nothing may depend on how they
    /// were cut into pieces on their way.
    func finding(_ bytes: [UInt8]) -> String? {
        switch self {
        case .webSocketClient: WebSocketSubject(.client, nil).finding(bytes)
        case .webSocketServer: WebSocketSubject(.server, nil).finding(bytes)
        case .webSocketClientDeflate: WebSocketSubject(.client, .fuzzed).finding(bytes)
        case .webSocketServerDeflate: WebSocketSubject(.server, .fuzzed).finding(bytes)
        case .inflate: InflateSubject.finding(bytes)
        case .httpRequests: HTTPSubject(isServer: true).finding(bytes)
        case .httpResponses: HTTPSubject(isServer: false).finding(bytes)
        case .json: JSONSubject.finding(bytes)
        }
    }

    /// Inputs to begin with: each is taken by its reader as valid.
    var seeds: [[UInt8]] {
        switch self {
        case .webSocketClient: FrameSeeds.all(isMasked: false, isCompressed: false)
        case .webSocketServer: FrameSeeds.all(isMasked: true, isCompressed: false)
        case .webSocketClientDeflate: FrameSeeds.all(isMasked: false, isCompressed: true)
        case .webSocketServerDeflate: FrameSeeds.all(isMasked: true, isCompressed: true)
        case .inflate: FrameSeeds.packed.map { [0] + $0 }
        case .httpRequests: MessageSeeds.requests
        case .httpResponses: MessageSeeds.responses
        case .json: DocumentSeeds.all
        }
    }
}

/// How an input is cut into pieces: decided by the input itself, so that a finding can be repeated.
enum FuzzPieces {
    /// Byte by byte; in pieces of up to 8; in pieces of up to 64.
    static func cuts(of bytes: [UInt8]) -> [[[UInt8]]] {
        [1, 8, 64].map { cut(bytes, max: $0) }
    }

    private static func cut(_ bytes: [UInt8], max: Int) -> [[UInt8]] {
        // An LCG with the constants of MMIX, begun with what the input is.
        var state = bytes.reduce(UInt64(bytes.count)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        var pieces: [[UInt8]] = []
        var start = 0
        while start < bytes.count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let end = min(bytes.count, start + 1 + Int(state >> 33) % max)
            pieces.append(Array(bytes[start..<end]))
            start = end
        }
        return pieces
    }
}
