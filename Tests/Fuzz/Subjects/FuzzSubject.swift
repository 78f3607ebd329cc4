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
    case venues

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
        case .venues: VenueSubject.finding(bytes)
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
        case .venues: VenueSubject.seeds
        }
    }
}

/// How an input is cut into pieces: decided by the input itself, so that a finding can be repeated.
///
/// Ranges and not copies: most of the time of a fuzzer should be the reader's.
struct FuzzPieces: Sequence, IteratorProtocol {
    private let count: Int
    private let max: Int
    private var start = 0
    private var state: UInt64

    /// Pieces of up to `max` bytes.
    private init(_ bytes: [UInt8], max: Int) {
        count = bytes.count
        self.max = max
        // An LCG with the constants of MMIX, begun with what the input is.
        state = bytes.reduce(UInt64(bytes.count)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// The input in one piece.
    static func whole(_ bytes: [UInt8]) -> FuzzPieces { FuzzPieces(bytes, max: .max) }

    /// Byte by byte; in pieces of up to 8; in pieces of up to 64.
    static func cuts(of bytes: [UInt8]) -> [FuzzPieces] {
        [1, 8, 64].map { FuzzPieces(bytes, max: $0) }
    }

    mutating func next() -> Range<Int>? {
        guard start < count else { return nil }
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let end = max == .max ? count : Swift.min(count, start + 1 + Int(state >> 33) % max)
        defer { start = end }
        return start..<end
    }
}
