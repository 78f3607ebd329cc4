import Quantities
import Signing
import WireCodecs

/// A call of the WebSocket API that leads to user data.
///
/// As of 2026-07: github.com/binance/binance-spot-api-docs, web-socket-api.md
package enum BinanceAPICall: Equatable, Sendable {
    /// Logs the connection on; the venue takes Ed25519 keys only.
    case logOn
    case sessionStatus
    case logOut
    /// After `logOn`.
    case subscribe
    /// Without `logOn`, by any kind of key.
    case subscribeSigned
    /// Nil ends all subscriptions of the connection.
    case unsubscribe(Int64?)

    package var method: StaticString {
        switch self {
        case .logOn: "session.logon"
        case .sessionStatus: "session.status"
        case .logOut: "session.logout"
        case .subscribe: "userDataStream.subscribe"
        case .subscribeSigned: "userDataStream.subscribe.signature"
        case .unsubscribe: "userDataStream.unsubscribe"
        }
    }

    package var isSigned: Bool {
        switch self {
        case .logOn, .subscribeSigned: true
        case .sessionStatus, .logOut, .subscribe, .unsubscribe: false
        }
    }
}

/// What signs calls: the parameters, sorted by name and joined as `name=value` with `&`, in UTF-8.
package struct BinanceSigner: Sendable {
    package let key: String
    /// For how long after its timestamp a call may still be carried out; nil for the venue's five seconds.
    package let window: Interval?
    private let sign: @Sendable (String) -> String

    /// - Parameter sign: the signature as the venue wants it: hexadecimal for HMAC, Base64 for Ed25519.
    package init(key: String, window: Interval? = nil, sign: @escaping @Sendable (String) -> String) {
        self.key = key
        self.window = window
        self.sign = sign
    }

    /// HMAC with SHA-256.
    package init(key: String, secret: Secret, window: Interval? = nil) {
        self.init(key: key, window: window) { text in
            var digester = KeyedDigester(secret)
            var copy = text
            copy.withUTF8 { digester.add(UnsafeRawBufferPointer($0)) }
            return digester.finish { Hexadecimal.text($0, .lower) }
        }
    }

    package func signature(at now: Instant) -> String {
        var payload = "apiKey=\(key)"
        if let window { payload += "&recvWindow=\(window.nanoseconds / 1_000_000)" }
        return sign(payload + "&timestamp=\(now.nanoseconds / 1_000_000)")
    }
}

extension BinanceAPICall {
    /// Writes the request into an empty writer; `now` is by the venue's clock.
    package func write(id: Int64, signer: BinanceSigner, at now: Instant, to json: inout JSONWriter) {
        json.beginObject()
        json.key("id")
        json.int(id)
        json.key("method")
        json.string(method)
        if isSigned {
            json.key("params")
            json.beginObject()
            json.key("apiKey")
            json.string(signer.key)
            if let window = signer.window {
                json.key("recvWindow")
                json.int(window.nanoseconds / 1_000_000)
            }
            json.key("timestamp")
            json.int(now.nanoseconds / 1_000_000)
            json.key("signature")
            json.string(signer.signature(at: now))
            json.endObject()
        } else if case .unsubscribe(let subscription?) = self {
            json.key("params")
            json.beginObject()
            json.key("subscriptionId")
            json.int(subscription)
            json.endObject()
        }
        json.endObject()
    }
}

extension BinanceAPICall {
    /// What a session for user data begins with, where the key is one of Ed25519.
    package static let byLogOn: [BinanceAPICall] = [.logOn, .subscribe]

    /// The same with a key of any kind. After `eventStreamTerminated` the last of them is made again.
    package static let bySignature: [BinanceAPICall] = [.subscribeSigned]
}
