import CoinExVenue
import Foundation
import MarketModel
import Quantities
import Signing

@testable import Exchange

/// A value among the parameters of a request.
enum WireValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
    case text(String)
    case int(Int)
    case bool(Bool)
    case texts([String])

    init(stringLiteral text: String) { self = .text(text) }
    init(integerLiteral number: Int) { self = .int(number) }
    init(booleanLiteral value: Bool) { self = .bool(value) }

    /// As Python shows it, which is what is signed.
    func signed(isQuery: Bool) -> String {
        switch self {
        case .text(let text): text
        case .int(let number): String(number)
        case .bool(let value): isQuery ? (value ? "true" : "false") : value ? "True" : "False"
        case .texts(let texts): "[" + texts.map { "'\($0)'" }.joined(separator: ", ") + "]"
        }
    }

    var json: Any {
        switch self {
        case .text(let text): text
        case .int(let number): number
        case .bool(let value): value
        case .texts(let texts): texts
        }
    }
}

/// An exchange with two clients, in which nobody trades but them; time goes when it is told to.
final class FrontStage {
    static let first = (id: "10CA1000000000000000000000000001", secret: "F001")
    static let second = (id: "10CA1000000000000000000000000002", secret: "F002")
    static let start = Instant(milliseconds: 1_636_000_000_000)

    var front: CoinExFront
    var now = FrontStage.start
    private var lastRequest: UInt64 = 0
    /// What has left and was no reply that was waited for, in order.
    var outputs: [FrontOutput] = []
    /// How many things left before the last reply, behind those that were there already.
    private(set) var outputsBeforeReply = 0

    init(_ change: (inout ExchangeDefinition, inout FrontSettings) -> Void = { _, _ in }) throws {
        var btc = MarketDefinition(
            name: "BTCUSDT", base: "BTC", quote: "USDT", amountDecimals: 8, priceDecimals: 2,
            minimumAmount: try Quantity("0.001"))
        btc.mergeSteps = [Price(1), Price(10)]
        let cet = MarketDefinition(
            name: "CETUSDT", base: "CET", quote: "USDT", amountDecimals: 2, priceDecimals: 4,
            minimumAmount: Quantity(1))
        var accounts = [AccountDefinition(name: "first"), AccountDefinition(name: "second")]
        for index in accounts.indices {
            accounts[index].balances = [
                AssetAmount("BTC", Amount(10)), AssetAmount("CET", Amount(1_000)),
                AssetAmount("USDT", Amount(1_000_000)),
            ]
        }
        var definition = ExchangeDefinition(
            seed: 1, startsAt: Self.start, markets: [btc, cet], accounts: accounts)
        var settings = FrontSettings()
        settings.keys = [
            FrontKeySettings(account: "first", accessID: Self.first.id, secret: Self.first.secret),
            FrontKeySettings(account: "second", accessID: Self.second.id, secret: Self.second.secret),
        ]
        settings.pushFirstShare = 0
        change(&definition, &settings)
        front = try CoinExFront(definition, settings)
    }

    // MARK: REST

    /// Sends a signed request and returns the reply.
    func call(
        _ method: String, _ path: String, _ parameters: [String: WireValue] = [:],
        as key: (id: String, secret: String) = FrontStage.first, tonce: Int? = nil
    ) -> FrontReply {
        var parameters = parameters
        parameters["access_id"] = .text(key.id)
        parameters["tonce"] = .int(tonce ?? Int(now.nanoseconds / 1_000_000))
        let isQuery = method == "GET" || method == "DELETE"
        let signed = parameters.keys.sorted()
            .map { "\($0)=\(parameters[$0]!.signed(isQuery: isQuery))" }.joined(separator: "&")
        return send(
            method, path, parameters, authorization: Self.digest(signed + "&secret_key=" + key.secret))
    }

    /// Sends a request as it is, and returns the reply.
    func send(
        _ method: String, _ path: String, _ parameters: [String: WireValue] = [:],
        authorization: String? = nil
    ) -> FrontReply {
        let isQuery = method == "GET" || method == "DELETE"
        var target = "/v1" + path
        var body = Data()
        if isQuery, !parameters.isEmpty {
            target +=
                "?"
                + parameters.keys.sorted().map { name in
                    let value = parameters[name]!.signed(isQuery: true)
                    return
                        "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
                }.joined(separator: "&")
        } else if !isQuery {
            body = try! JSONSerialization.data(withJSONObject: parameters.mapValues(\.json))
        }
        return raw(method, target, body: body, authorization: authorization)
    }

    /// Sends bytes.
    func raw(
        _ method: String, _ target: String, body: Data = Data(), authorization: String? = nil,
        signed: (key: String, signature: String, time: String)? = nil
    ) -> FrontReply {
        lastRequest += 1
        let number = lastRequest
        Self.withBytes(Data(method.utf8)) { method in
            Self.withBytes(Data(target.utf8)) { target in
                Self.withBytes(body) { body in
                    Self.withBytes(Data((authorization ?? "").utf8)) { text in
                        var request = FrontRequest(
                            method: method, target: target,
                            authorization: authorization == nil ? nil : text, body: body,
                            address: 0x7F00_0001)
                        guard let signed else { return front.receive(request, number: number, at: now) }
                        Self.withBytes(Data(signed.key.utf8)) { key in
                            Self.withBytes(Data(signed.signature.utf8)) { signature in
                                Self.withBytes(Data(signed.time.utf8)) { time in
                                    request.signed = FrontSignedHead(
                                        key: key, signature: signature, timestamp: time)
                                    front.receive(request, number: number, at: now)
                                }
                            }
                        }
                    }
                }
            }
        }
        drain()
        for (index, output) in outputs.enumerated() {
            if case .reply(number, let reply) = output {
                outputs.remove(at: index)
                outputsBeforeReply = index
                return reply
            }
        }
        return FrontReply(status: 0, body: [])
    }

    private static func withBytes(_ data: Data, _ body: (UnsafeRawBufferPointer) -> Void) {
        data.withUnsafeBytes(body)
    }

    static func digest(_ text: String) -> String {
        var digester = Digester(.md5)
        Array(text.utf8).withUnsafeBytes { digester.add($0) }
        return digester.finish { Hexadecimal.text($0, .upper) }
    }

    // MARK: WebSocket

    func open(_ api: CoinExAPI = .v1) -> FrontSessionID {
        front.openSession(address: 0x7F00_0001, api: api, at: now)!
    }

    /// Sends a message and returns what leaves for that client.
    @discardableResult
    func say(_ text: String, on session: FrontSessionID) -> [String] {
        Array(text.utf8).withUnsafeBytes { front.receive($0, from: session, at: now) }
        return messages(session)
    }

    /// Calls a method, and returns all that leaves for that client.
    @discardableResult
    func ask(_ method: String, _ parameters: String = "[]", on session: FrontSessionID) -> [String] {
        say(#"{"id":7,"method":"\#(method)","params":\#(parameters)}"#, on: session)
    }

    @discardableResult
    func sign(
        _ session: FrontSessionID, as key: (id: String, secret: String) = FrontStage.first
    ) -> [String] {
        let tonce = now.nanoseconds / 1_000_000
        let digest = Self.digest("access_id=\(key.id)&tonce=\(tonce)&secret_key=\(key.secret)")
        return ask("server.sign", #"["\#(key.id)","\#(digest)",\#(tonce)]"#, on: session)
    }

    /// Whether a ping of WebSocket would be answered.
    func answersPing(_ session: FrontSessionID) -> Bool { front.answersPing(of: session, at: now) }

    /// What would be asked for a client that connects now.
    func handshakePause() -> Interval? { front.handshakePause(at: now) }

    /// Messages that have left for a client, and are forgotten.
    func messages(_ session: FrontSessionID) -> [String] {
        drain()
        var texts: [String] = []
        outputs.removeAll { output in
            switch output {
            case .message(session, let bytes): texts.append(String(decoding: bytes, as: UTF8.self))
            case .close(session): texts.append("(closed)")
            case .reset(session): texts.append("(reset)")
            case .message, .close, .reset, .reply: return false
            }
            return true
        }
        return texts
    }

    /// Lets time pass, with all that happens in it.
    func pass(_ interval: Interval) {
        let end = now + interval
        while front.nextDue <= end {
            now = max(now, front.nextDue)
            front.advance(to: now)
            drain()
        }
        now = end
        front.advance(to: now)
        drain()
    }

    private func drain() {
        while let output = front.take(at: now) { outputs.append(output) }
    }
}

extension FrontReply {
    /// The reply as JSON.
    var object: [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any] ?? [:]
    }

    var code: Int { object["code"] as? Int ?? -1 }

    /// What stands at a path of names and indices in `data`, as text: `data[0].code` is `[0].code`.
    subscript(path: String) -> String { JSONPath.text(object["data"], path) }
}

/// Looks into JSON by paths such as `params.1.left`.
enum JSONPath {
    static func text(_ value: Any?, _ path: String) -> String {
        var value = value
        for part in path.split(separator: ".") {
            if let index = Int(part) {
                let list = value as? [Any] ?? []
                value = index < list.count ? list[index] : nil
            } else {
                value = (value as? [String: Any])?[String(part)]
            }
        }
        switch value {
        case nil: return "(none)"
        case is NSNull: return "null"
        case let text as String: return text
        case let number as NSNumber:
            if String(cString: number.objCType) == "c" { return number.boolValue ? "true" : "false" }
            return "\(number)"
        case let list as [Any]: return "[\(list.count)]"
        case let object as [String: Any]: return "{\(object.count)}"
        default: return "?"
        }
    }

    static func text(_ json: String, _ path: String) -> String {
        text(try? JSONSerialization.jsonObject(with: Data(json.utf8)), path)
    }
}
