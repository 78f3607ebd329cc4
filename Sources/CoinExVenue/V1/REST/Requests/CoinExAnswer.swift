import WireCodecs

/// Why an answer is not the reply that was asked for.
public enum CoinExFailure: Error, Equatable, Sendable {
    /// The venue answered with an error code.
    case refused(CoinExRefusal)
    /// Something before the venue answered, or nothing did: no envelope, whatever the status.
    case gateway(CoinExGatewayAnswer)
    /// The venue reported success, with data that are not what they should be.
    case malformed(CoinExDecodeError)
}

/// An error code of the venue with its text.
public struct CoinExRefusal: Equatable, Sendable {
    public let code: CoinExErrorCode
    public let message: String

    public init(_ code: CoinExErrorCode, _ message: String) {
        self.code = code
        self.message = message
    }
}

/// An answer that is no envelope: a page of a gateway, a cut-off text, nothing.
public struct CoinExGatewayAnswer: Equatable, Sendable {
    public let status: Int
    /// How the body begins.
    public let prefix: String
    /// Why the body is no envelope.
    public let error: CoinExDecodeError

    /// How much of a body is kept.
    public static let prefixMax = 200

    /// Whether the gateway refused for rate. What became of the request is not proven by that.
    public var isRateLimit: Bool { status == 429 }
}

extension CoinExFailure: CustomStringConvertible {
    public var description: String {
        switch self {
        case .refused(let refusal): "code \(refusal.code): \(refusal.message)"
        case .gateway(let answer): "status \(answer.status), no reply of the venue: \(answer.error)"
        case .malformed(let error): "\(error)"
        }
    }
}

/// The body of an answer: `{"code": …, "data": …, "message": …}`, of which the code is read first.
public enum CoinExAnswer {
    /// Reads a reply.
    ///
    /// Application errors come with status 200; what comes with another status is read as an envelope if it is one.
    public static func decode<Reply: CoinExDecodable>(
        _: Reply.Type = Reply.self, status: Int, _ body: UnsafeBufferPointer<UInt8>
    ) throws(CoinExFailure) -> Reply {
        let members = try envelope(status, body)
        return try decode(members.all, code: members.code)
    }

    private static func envelope(
        _ status: Int, _ body: UnsafeBufferPointer<UInt8>
    ) throws(CoinExFailure) -> (all: CoinExMembers, code: Int) {
        var json = JSONCursor(body)
        do throws(CoinExDecodeError) {
            var members = try CoinExMembers(&json)
            let code = try members.value("code") { json throws(CoinExDecodeError) in
                Int(try json.coinEx("code") { json throws(JSONError) in try json.int() })
            }
            try json.coinEx(.whole) { json throws(JSONError) in try json.finish() }
            return (members, code)
        } catch {
            throw .gateway(gatewayAnswer(status, body, error))
        }
    }

    /// Reads a reply in one pass, its data by a reader that keeps its memory: for large answers that come often.
    ///
    /// The same answers are refused as by `decode`. That the data are read before the rest of the envelope is
    /// looked at makes one difference: where both are at fault, it is the data that are named.
    public static func read(
        status: Int, _ body: UnsafeBufferPointer<UInt8>,
        _ readData: (inout JSONCursor) throws(CoinExDecodeError) -> Void
    ) throws(CoinExFailure) {
        var json = JSONCursor(body)
        var code: Int64?
        var isRead = false
        var failure: CoinExDecodeError?
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                switch key {
                case "code": code = try json.int()
                case "data" where code == 0:
                    do throws(CoinExDecodeError) {
                        try readData(&json)
                        isRead = true
                    } catch {
                        failure = error
                        throw JSONError(.refused, offset: error.offset)
                    }
                default: break
                }
            }
            try json.finish()
        } catch {
            if let failure { throw .malformed(failure) }
            throw .gateway(gatewayAnswer(status, body, CoinExDecodeError(error, field: .whole)))
        }
        // Without data, with another order of members, or with an error code.
        if !isRead { try readAgain(status, body, readData) }
    }

    private static func readAgain(
        _ status: Int, _ body: UnsafeBufferPointer<UInt8>,
        _ readData: (inout JSONCursor) throws(CoinExDecodeError) -> Void
    ) throws(CoinExFailure) {
        var members = try envelope(status, body)
        guard members.code == 0 else {
            throw .refused(CoinExRefusal(CoinExErrorCode(rawValue: members.code), message(members.all)))
        }
        do throws(CoinExDecodeError) {
            try members.all.value("data", readData)
        } catch {
            throw .malformed(error)
        }
    }

    private static func decode<Reply: CoinExDecodable>(
        _ members: CoinExMembers, code: Int
    ) throws(CoinExFailure) -> Reply {
        var members = members
        do throws(CoinExDecodeError) {
            if code == 0 { return try Reply(answer: &members) }
        } catch {
            throw .malformed(error)
        }
        throw .refused(CoinExRefusal(CoinExErrorCode(rawValue: code), message(members)))
    }

    /// The text of an error, which must not hide the code by being no text.
    private static func message(_ members: CoinExMembers) -> String {
        var members = members
        do throws(CoinExDecodeError) {
            return try members.text("message", otherwise: "")
        } catch {
            return ""
        }
    }

    private static func gatewayAnswer(
        _ status: Int, _ body: UnsafeBufferPointer<UInt8>, _ error: CoinExDecodeError
    ) -> CoinExGatewayAnswer {
        let prefix = String(decoding: body.prefix(CoinExGatewayAnswer.prefixMax), as: UTF8.self)
        return CoinExGatewayAnswer(status: status, prefix: prefix, error: error)
    }
}

/// A reply that says nothing beyond that it was done: null, `{}`, or `{"status":"success"}`.
public struct CoinExDone: CoinExDecodable, Equatable {
    private enum Status: String, CoinExWord {
        case success
    }

    public init(reading json: inout JSONCursor, as field: CoinExField) throws(CoinExDecodeError) {
        let isNull = try json.coinEx(field) { json throws(JSONError) in try json.takeNull() }
        if isNull { return }
        var members = try CoinExMembers(&json)
        if members.has("status") { let _: Status = try members.word("status") }
    }
}
