import WireCodecs

/// Decodes the messages of the second generation's socket, one at a time, in place; they are plain here already.
///
/// `decode` says what a message is; the member that belongs to the push holds what it brought. All members are used
/// again by the next message, so that decoding allocates nothing.
///
/// 1. A message with `method` is a push, whatever its `id`; one without is a reply, to be matched by `id`.
/// 2. Members may come in any order. Unknown ones are skipped and counted; unknown methods too.
/// 3. Figures and kinds of orders are never guessed: an unknown kind is an error.
package struct CoinExV2StreamDecoder {
    /// What a message is.
    package enum Message {
        case push(CoinExV2Push)
        case reply(CoinExV2Reply)
        /// It has a method that this client knows nothing of, or that only clients call.
        case foreign
    }

    package internal(set) var depth = CoinExV2DepthFrame()
    /// The levels of `depth`.
    package internal(set) var levels: [CoinExBookLevel] = []
    /// The market of the trades.
    package internal(set) var market = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// Trades in the order of the wire: the newest first.
    package internal(set) var deals: [CoinExV2Deal] = []
    package internal(set) var userDeal = CoinExV2UserDeal()
    package internal(set) var bestPrices = CoinExV2BestPrices()
    package internal(set) var order = CoinExV2StreamOrder()
    package internal(set) var orderEvent = CoinExV2OrderEvent.put
    package internal(set) var stop = CoinExV2StreamStop()
    package internal(set) var stopEvent = CoinExV2StopEvent.put
    package internal(set) var balances: [CoinExV2StreamBalance] = []
    package internal(set) var states: [CoinExV2State] = []
    package internal(set) var index = CoinExV2IndexPrice()

    /// Messages with a method that is not known.
    package private(set) var foreignMessages = 0
    var trail = CoinExTrail<CoinExV2Field>()

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
    ) throws(CoinExV2StreamError) -> Message {
        trail.begin()
        var envelope = Envelope()
        do throws(JSONError) {
            var json = JSONCursor(bytes)
            try read(&envelope, &json)
            return try conclude(envelope, &json)
        } catch {
            throw trail.error(error, envelope.push)
        }
    }

    /// What is known of a message while it is read.
    private struct Envelope {
        var hasMethod = false
        /// Nil for a name that is no push.
        var push: CoinExV2Push?
        var data: JSONCursor.Mark?
        var isDecoded = false
        var reply = CoinExV2Reply()
        var hasCode = false
    }

    @inline(__always)
    private mutating func read(_ envelope: inout Envelope, _ json: inout JSONCursor) throws(JSONError) {
        try json.object { json, key throws(JSONError) in
            switch key {
            case "method":
                trail.enter(.method)
                envelope.hasMethod = true
                envelope.push = CoinExV2Push(try json.text())
            case "data":
                trail.enter(.data)
                envelope.data = json.mark
                if let push = envelope.push {
                    try read(push, &json)
                    envelope.isDecoded = true
                } else {
                    envelope.reply.data = try json.rawValue()
                }
            case "id":
                trail.enter(.id)
                envelope.reply.id = try json.takeNull() ? nil : try json.int()
            case "code":
                trail.enter(.code)
                envelope.hasCode = true
                envelope.reply.code = try json.int()
            case "message":
                trail.enter(.text)
                if try !json.takeNull() { envelope.reply.message = try json.rawValue() }
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
            if envelope.hasCode { trail.enter(.code) }
            try trail.require(CoinExV2Field.set(.id, .code), json)
            return .reply(envelope.reply)
        }
        guard let push = envelope.push else {
            foreignMessages += 1
            return .foreign
        }
        if !envelope.isDecoded {
            trail.beginObject()
            guard let data = envelope.data else {
                try trail.require(CoinExV2Field.set(.data), json)
                return .foreign
            }
            json.rewind(to: data)
            try read(push, &json)
        }
        return .push(push)
    }

    /// Decodes the data of a push.
    @inline(__always)
    private mutating func read(_ push: CoinExV2Push, _ json: inout JSONCursor) throws(JSONError) {
        switch push {
        case .depth: try depthUpdate(&json)
        case .deals: try dealsUpdate(&json)
        case .bbo: try bestPricesUpdate(&json)
        case .state: try stateUpdate(&json)
        case .index: try indexUpdate(&json)
        case .order: try orderUpdate(&json)
        case .stop: try stopUpdate(&json)
        case .userDeals: try userDealUpdate(&json)
        case .balance: try balanceUpdate(&json)
        // What it looks like is not known for certain.
        case .notice: try json.skipValue()
        }
    }
}

/// What the venue answered to a call.
package struct CoinExV2Reply {
    /// The id of the call. Nil only until the message is read whole: a reply without one is an error.
    package internal(set) var id: Int64?
    /// 0 when the call was carried out.
    package internal(set) var code: Int64 = 0
    /// The JSON text of the message, with its quotation marks.
    package internal(set) var message = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
    /// The JSON text of what was asked for; empty where there is nothing.
    package internal(set) var data = UnsafeBufferPointer<UInt8>(start: nil, count: 0)

    /// Why the call failed; nil when it did not.
    package var failure: CoinExCallFailure? { code == 0 ? nil : CoinExCallFailure(code: code) }
}
