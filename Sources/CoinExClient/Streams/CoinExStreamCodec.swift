import CoinExVenue
import MarketModel
import Quantities
import WireCodecs

/// A call of a stream, in the words of its generation.
enum CoinExStreamCall {
    case v1(CoinExV1Request)
    case v2(CoinExV2Request)

    var api: CoinExAPI {
        switch self {
        case .v1: .v1
        case .v2: .v2
        }
    }

    static func ping(in api: CoinExAPI) -> CoinExStreamCall {
        switch api {
        case .v1: .v1(.ping)
        case .v2: .v2(.ping)
        }
    }

    static func signing(
        _ credentials: CoinExCredentials, milliseconds: Int64, in api: CoinExAPI
    ) -> CoinExStreamCall {
        switch api {
        case .v1: .v1(.signing(credentials, milliseconds: milliseconds))
        case .v2: .v2(.signing(credentials, milliseconds: milliseconds))
        }
    }
}

/// Makes the messages of a generation and reads them; memory is kept from message to message.
struct CoinExStreamCodec: ~Copyable {
    /// What a message is; slices of it live until the next one is read.
    enum Incoming {
        case event(CoinExStreamEvent)
        case reply(Reply)
        /// Nothing that this client knows of.
        case nothing
    }

    enum Reply {
        case v1(CoinExV1Reply)
        case v2(CoinExV2Reply)

        var id: Int64? {
            switch self {
            case .v1(let reply): reply.id
            case .v2(let reply): reply.id
            }
        }
    }

    private let api: CoinExAPI
    private var v1 = CoinExV1StreamDecoder()
    private var v2 = CoinExV2StreamDecoder()
    private var writerV1 = CoinExV1RequestWriter()
    private var writerV2 = CoinExV2RequestWriter()
    private var gunzip = CoinExGunzip()

    init(_ api: CoinExAPI) { self.api = api }

    /// Appends a call; false when it would be longer than the venue takes.
    mutating func write(_ call: CoinExStreamCall, id: Int64, to buffer: inout WireBuffer) -> Bool {
        switch call {
        case .v1(let request): writerV1.write(request, id: id, to: &buffer)
        case .v2(let request): writerV2.write(request, id: id, to: &buffer)
        }
    }

    /// Reads one message, packed or plain.
    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(CoinExStreamFault) -> Incoming {
        switch api {
        case .v1: try readV1(bytes)
        case .v2: try readV2(bytes)
        }
    }

    private mutating func readV1(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(CoinExStreamFault) -> Incoming {
        do throws(CoinExV1StreamError) {
            switch try v1.decode(bytes) {
            case .push(let method): return v1.event(method).map { .event($0) } ?? .nothing
            case .reply(let reply): return .reply(.v1(reply))
            case .foreign: return .nothing
            }
        } catch {
            throw .malformed(error)
        }
    }

    private mutating func readV2(
        _ bytes: UnsafeBufferPointer<UInt8>
    ) throws(CoinExStreamFault) -> Incoming {
        guard let plain = gunzip.plain(bytes) else { throw .ended("a message is damaged") }
        do throws(CoinExV2StreamError) {
            switch try v2.decode(plain) {
            case .push(let push): return v2.event(push).map { .event($0) } ?? .nothing
            case .reply(let reply): return .reply(.v2(reply))
            case .foreign: return .nothing
            }
        } catch {
            throw .malformedV2(error)
        }
    }

    /// What the reply that was just read says to its call.
    mutating func result(
        _ reply: Reply, of call: CoinExStreamCall
    ) -> Result<CoinExStreamReply, CoinExStreamFault> {
        switch (reply, call) {
        case (.v1(let reply), .v1(let request)):
            if let error = reply.error { return .failure(.refused(error)) }
            do throws(CoinExV1StreamError) {
                let result = try v1.decodeResult(reply, of: request.method)
                return .success(v1.reply(result))
            } catch {
                return .failure(.malformed(error))
            }
        case (.v2(let reply), .v2(let request)):
            guard reply.code == 0 else { return .failure(.refused(reply.error)) }
            guard request.method == .serverTime else { return .success(.done) }
            return reply.milliseconds.map { .success(.timeMilliseconds($0)) }
                ?? .failure(.ended("the venue did not tell its time"))
        case (.v1, .v2), (.v2, .v1): preconditionFailure("a connection speaks one generation")
        }
    }
}

extension CoinExV2Reply {
    /// The venue's words for a call that failed.
    fileprivate var error: CoinExV1CallError {
        var text = String(decoding: message, as: UTF8.self)[...]
        if text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 { text = text.dropFirst().dropLast() }
        return CoinExV1CallError(code: code, message: String(text))
    }

    /// The answer to `server.time`: `{"timestamp": milliseconds}`.
    fileprivate var milliseconds: Int64? {
        var json = JSONCursor(data)
        var found: Int64?
        do throws(JSONError) {
            try json.object { json, key throws(JSONError) in
                if "timestamp" ~= key { found = try json.int() }
            }
            return found
        } catch {
            return nil
        }
    }
}
