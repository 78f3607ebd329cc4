import COpenSSL

/// Why a WebSocket handshake failed.
public enum HandshakeError: Error, Equatable, Sendable {
    /// The server answered with another status than 101.
    case refused(status: Int)
    /// The answer is no upgrade to a WebSocket.
    case notUpgraded
    /// `Sec-WebSocket-Accept` is missing or not the answer to our key.
    case badAccept
    case badExtension
    /// A subprotocol that we did not ask for.
    case badSubprotocol
}

package enum WebSocketHandshake {
    /// The answer to a client's key (RFC 6455, section 4.2.2).
    package static func accept(_ key: String) -> String {
        let bytes = Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)
        var digest = [UInt8](repeating: 0, count: 20)
        let isDone = EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha1(), nil)
        precondition(isDone == 1, "OpenSSL has SHA-1")
        return Base64.text(digest)
    }
}

/// A client's side of the opening handshake (RFC 6455, section 4.1).
package struct WebSocketClientHandshake: Sendable {
    /// With the port where that is not the scheme's own: `api.example.org` or `localhost:8443`.
    package var host: String
    /// Path and query.
    package var target: String
    /// Nil offers no compression.
    package var deflate: DeflateWish?
    package var subprotocols: [String] = []
    /// Further fields, such as `Origin` or `Authorization`.
    package var fields: [(name: String, value: String)] = []
    private let key: String

    /// - Parameter nonce: 16 bytes of a good random source.
    package init(host: String, target: String, deflate: DeflateWish? = DeflateWish(), nonce: [UInt8]) {
        precondition(nonce.count == 16, "a key is made of 16 bytes")
        self.host = host
        self.target = target
        self.deflate = deflate
        key = Base64.text(nonce)
    }

    package func write(into buffer: inout WireBuffer) {
        buffer.beginRequest("GET", target)
        buffer.field("Host", host)
        buffer.field("Upgrade", "websocket")
        buffer.field("Connection", "Upgrade")
        buffer.field("Sec-WebSocket-Key", key)
        buffer.field("Sec-WebSocket-Version", "13")
        if let deflate { buffer.field("Sec-WebSocket-Extensions", deflate.offer) }
        if !subprotocols.isEmpty {
            buffer.field("Sec-WebSocket-Protocol", subprotocols.joined(separator: ", "))
        }
        for field in fields { buffer.field(field.name, field.value) }
        buffer.endHead()
    }

    /// What was agreed on; the deflate parameters are nil without compression.
    package func check(_ head: borrowing HTTPHead) throws(HandshakeError) -> DeflateParameters? {
        guard head.status == 101 else { throw .refused(status: head.status) }
        guard head.has("websocket", in: "upgrade"), head.has("upgrade", in: "connection") else {
            throw .notUpgraded
        }
        guard head.count(of: "sec-websocket-accept") == 1, let accept = head.first("sec-websocket-accept"),
            String(decoding: accept, as: UTF8.self) == WebSocketHandshake.accept(key)
        else { throw .badAccept }
        if let subprotocol = head.list("sec-websocket-protocol"), !subprotocols.contains(subprotocol) {
            throw .badSubprotocol
        }
        let extensions = head.list("sec-websocket-extensions")
        guard let deflate else {
            guard extensions == nil else { throw .badExtension }
            return nil
        }
        do throws(ExtensionError) {
            return try deflate.accept(extensions)
        } catch {
            throw .badExtension
        }
    }
}

/// A server's side of the opening handshake (RFC 6455, section 4.2).
package struct WebSocketServerHandshake: Sendable {
    package enum Answer: Equatable, Sendable {
        /// The response was written; nil is without compression.
        case upgraded(DeflateParameters?)
        /// The request is no upgrade to a WebSocket: nothing was written.
        case notAsked
        /// The request asks for an upgrade in a way that cannot be granted: a response was written, and the
        /// connection is to be closed behind it.
        case refused(status: Int)
    }

    /// Nil declines compression.
    package var deflate: DeflateWish?

    package init(deflate: DeflateWish? = DeflateWish()) { self.deflate = deflate }

    package func answer(_ head: borrowing HTTPHead, into buffer: inout WireBuffer) -> Answer {
        guard head.has("websocket", in: "upgrade") else { return .notAsked }
        guard head.isMethod("GET"), !head.isOldVersion,
            head.has("upgrade", in: "connection"),
            head.count(of: "sec-websocket-key") == 1, let key = head.first("sec-websocket-key"),
            Base64.decodedCount(key) == 16
        else { return refuse(400, &buffer) }
        guard head.count(of: "sec-websocket-version") == 1, head.has("13", in: "sec-websocket-version") else {
            return refuse(426, &buffer)
        }
        buffer.beginResponse(101)
        buffer.field("Upgrade", "websocket")
        buffer.field("Connection", "Upgrade")
        buffer.field(
            "Sec-WebSocket-Accept", WebSocketHandshake.accept(String(decoding: key, as: UTF8.self)))
        var agreed: DeflateParameters?
        if let deflate, let offers = head.list("sec-websocket-extensions"),
            let (parameters, header) = deflate.answer(offers)
        {
            agreed = parameters
            buffer.field("Sec-WebSocket-Extensions", header)
        }
        buffer.endHead()
        return .upgraded(agreed)
    }

    private func refuse(_ status: Int, _ buffer: inout WireBuffer) -> Answer {
        buffer.beginResponse(status)
        if status == 426 { buffer.field("Sec-WebSocket-Version", "13") }
        buffer.field("Content-Length", "0")
        buffer.field("Connection", "close")
        buffer.endHead()
        return .refused(status: status)
    }
}
