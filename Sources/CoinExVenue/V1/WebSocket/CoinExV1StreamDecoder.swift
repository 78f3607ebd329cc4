import WireCodecs

/// Decodes the messages of the venue's socket, one at a time, in place.
///
/// `decode` says what a message is; the member that belongs to the method holds what it brought. All members
/// are used again by the next message, so that decoding allocates nothing. Texts are slices of the input and
/// live as long as it does.
///
/// 1. A message with `method` is a push, whatever its `id`; one without is a reply, to be matched by `id`.
/// 2. Members may come in any order. Unknown ones are skipped and counted; unknown methods too.
/// 3. Figures and kinds of orders are never guessed: an unknown kind is an error.
package struct CoinExV1StreamDecoder {
    /// What a message is.
    package enum Message {
        case push(CoinExV1Method)
        case reply(CoinExV1Reply)
        /// It has a method that this client knows nothing of, or that only clients call.
        case foreign
    }

    package internal(set) var depth = CoinExV1DepthFrame()
    /// The levels of `depth`.
    package internal(set) var levels: [CoinExBookLevel] = []
    /// The market of trades, own deals.
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// Trades or own deals, in the order of the wire: the newest first.
    package internal(set) var deals: [CoinExV1Deal] = []
    package internal(set) var orders: [CoinExV1Order] = []
    /// What the push says of its only order.
    package internal(set) var orderEvent = CoinExV1OrderEvent.put
    package internal(set) var stops: [CoinExV1StopOrder] = []
    /// What the push says of its only stop order.
    package internal(set) var stopEvent = CoinExV1StopEvent.put
    package internal(set) var assets: [CoinExV1Asset] = []
    package internal(set) var states: [CoinExV1State] = []
    package internal(set) var candles: [CoinExV1Candle] = []
    package internal(set) var indexes: [CoinExV1Index] = []
    package internal(set) var notice = CoinExV1Notice()
    /// Which part of all rows a query has brought.
    package internal(set) var page = CoinExV1Page()

    /// Messages with a method that is not known.
    package private(set) var foreignMessages = 0
    var trail = CoinExTrail<CoinExV1Field>()

    /// The most levels of one message; the venue's books have 50 per side.
    package static let levelsMax = 4_096
    /// The most rows of other kinds in one message.
    package static let rowsMax = 20_000

    package init() {}

    /// Members that this client does not know, of all messages so far.
    package var unknownFields: Int { trail.unknownFields }

    /// Decodes one message, which is all of `bytes`. After an error the members are unspecified.
    package mutating func decode(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(CoinExV1StreamError) -> Message {
        trail.begin()
        var envelope = Envelope()
        do throws(JSONError) {
            var json = JSONCursor(bytes)
            try read(&envelope, &json)
            return try conclude(envelope, &json)
        } catch {
            throw trail.error(error, envelope.method)
        }
    }

    /// What is known of a message while it is read.
    private struct Envelope {
        var hasMethod = false
        /// Nil for a name that is no push.
        var method: CoinExV1Method?
        var params: JSONCursor.Mark?
        var isDecoded = false
        var reply = CoinExV1Reply()
        var hasResult = false
    }

    @inline(__always)
    private mutating func read(
        _ envelope: inout Envelope, _ json: inout JSONCursor
    ) throws(JSONError) {
        try json.object { json, key throws(JSONError) in
            switch key {
            case "method":
                trail.enter(.method)
                envelope.hasMethod = true
                envelope.method = CoinExV1Method(push: try json.text())
            case "params":
                trail.enter(.params)
                envelope.params = json.mark
                if let method = envelope.method {
                    try push(method, &json)
                    envelope.isDecoded = true
                }
            case "id":
                trail.enter(.id)
                envelope.reply.id = try json.takeNull() ? nil : try json.int()
            case "result":
                trail.enter(.result)
                envelope.hasResult = true
                envelope.reply.result = try json.rawValue()
            case "error":
                trail.enter(.error)
                envelope.reply.error = try error(&json)
            default: trail.skipUnknown()
            }
        }
        trail.enter(.message)
        try json.finish()
    }

    @inline(__always)
    private mutating func conclude(
        _ envelope: Envelope, _ json: inout JSONCursor
    ) throws(JSONError) -> Message {
        guard envelope.hasMethod else {
            trail.beginObject()
            if envelope.reply.id != nil { trail.enter(.id) }
            if envelope.hasResult || envelope.reply.error != nil { trail.enter(.result) }
            try trail.require(CoinExV1Field.set(.id, .result), json)
            return .reply(envelope.reply)
        }
        guard let method = envelope.method else {
            foreignMessages += 1
            return .foreign
        }
        if !envelope.isDecoded {
            trail.beginObject()
            guard let params = envelope.params else {
                try trail.require(CoinExV1Field.set(.params), json)
                return .foreign
            }
            json.rewind(to: params)
            try push(method, &json)
        }
        return .push(method)
    }

    private mutating func error(_ json: inout JSONCursor) throws(JSONError) -> CoinExV1CallError? {
        if try json.takeNull() { return nil }
        var error = CoinExV1CallError(code: 0, message: "")
        trail.beginObject()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "code":
                trail.enter(.code)
                error.code = try json.int()
            case "message":
                if try !json.takeNull() { error.message = try json.string() }
            default: trail.skipUnknown()
            }
        }
        try trail.require(CoinExV1Field.set(.code), json)
        return error
    }

    /// Decodes the parameters of a push.
    @inline(__always)
    private mutating func push(_ method: CoinExV1Method, _ json: inout JSONCursor) throws(JSONError) {
        switch method {
        case .depthUpdate: try depthUpdate(&json)
        case .dealsUpdate: try dealsUpdate(&json, own: false)
        case .dealsOwnUpdate: try dealsUpdate(&json, own: true)
        case .stateUpdate: try stateUpdate(&json)
        case .orderUpdate: try orderUpdate(&json)
        case .orderUpdateStop: try stopUpdate(&json)
        case .assetUpdate: try assetUpdate(&json)
        case .indexUpdate: try indexUpdate(&json)
        case .klineUpdate: try klineUpdate(&json)
        case .noticeUpdate: try noticeUpdate(&json)
        case .serverPing, .serverTime, .serverSign, .klineQuery, .klineSubscribe, .klineUnsubscribe,
            .stateQuery, .stateSubscribe, .stateUnsubscribe, .dealsQuery, .dealsQueryUser, .dealsSubscribe,
            .dealsUnsubscribe, .depthQuery, .depthSubscribe, .depthSubscribeMulti, .depthUnsubscribe,
            .depthUnsubscribeMulti, .orderQuery, .orderQueryStop, .orderAccountQuery,
            .orderAccountQueryStop, .orderSubscribe, .orderUnsubscribe, .dealsOwnSubscribe,
            .dealsOwnUnsubscribe, .assetQuery, .assetAccountQuery, .assetAccountQueryAll, .assetSubscribe,
            .assetUnsubscribe, .indexQuery, .indexList, .indexSubscribe, .indexUnsubscribe,
            .noticeSubscribe, .noticeUnsubscribe:
            preconditionFailure("only pushes are looked up by their names")
        }
    }
}
