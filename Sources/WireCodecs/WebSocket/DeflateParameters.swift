/// What both sides agreed on for permessage-deflate (RFC 7692, section 7.1).
public struct DeflateParameters: Equatable, BitwiseCopyable, Sendable {
    /// The server starts every message with an empty window.
    package var serverNoContextTakeover = false
    /// The client does.
    package var clientNoContextTakeover = false
    /// The server's window is 2 to the power of this, 8 to 15.
    package var serverWindowBits = 15
    package var clientWindowBits = 15

    package init() {}
}

/// What a client asks for, and what a server would like, of permessage-deflate.
package struct DeflateWish: Equatable, Sendable {
    package var serverNoContextTakeover = false
    package var clientNoContextTakeover = false
    /// The largest window that the server may use, 8 to 15.
    package var serverWindowBits = 15
    /// The largest window that the client uses by itself. An offer always says that the server may ask for less.
    package var clientWindowBits = 15

    package init() {}

    /// The offer of a client, as the value of `Sec-WebSocket-Extensions`.
    package var offer: String {
        var text = "permessage-deflate"
        if serverNoContextTakeover { text += "; server_no_context_takeover" }
        if clientNoContextTakeover { text += "; client_no_context_takeover" }
        if serverWindowBits < 15 { text += "; server_max_window_bits=\(serverWindowBits)" }
        text +=
            clientWindowBits < 15
            ? "; client_max_window_bits=\(clientWindowBits)" : "; client_max_window_bits"
        return text
    }

    /// What a client makes of the server's answer; nil when the server wants no compression.
    ///
    /// Throws when the answer is not one to our offer: the connection must then be failed.
    package func accept(_ answer: String?) throws(ExtensionError) -> DeflateParameters? {
        guard let answer else { return nil }
        let items = try WebSocketExtension.parse(answer)
        guard !items.isEmpty else { return nil }
        guard items.count == 1, items[0].name == "permessage-deflate" else { throw .notOffered }
        let terms = try DeflateTerms(items[0], isAnswer: true)
        var result = DeflateParameters()
        result.serverNoContextTakeover = terms.serverNoContextTakeover
        // We may start every message afresh whether or not the server asks for it.
        result.clientNoContextTakeover = terms.clientNoContextTakeover || clientNoContextTakeover
        if serverNoContextTakeover, !terms.serverNoContextTakeover { throw .badParameter }
        if let bits = terms.serverWindowBits {
            guard bits <= serverWindowBits else { throw .badParameter }
            result.serverWindowBits = bits
        } else if serverWindowBits < 15 {
            throw .badParameter
        }
        result.clientWindowBits = clientWindowBits
        switch terms.clientWindowBits {
        case .absent: break
        case .any: throw .badParameter
        case .atMost(let bits): result.clientWindowBits = min(bits, clientWindowBits)
        }
        return result
    }

    /// What a server answers to a client's offers: the first that it can keep; nil when there is none.
    ///
    /// Offers that cannot be understood are declined, as RFC 7692 has it.
    package func answer(_ offers: String) -> (parameters: DeflateParameters, header: String)? {
        let items: [WebSocketExtension]
        do throws(ExtensionError) {
            items = try WebSocketExtension.parse(offers)
        } catch {
            return nil
        }
        for item in items where item.name == "permessage-deflate" {
            let terms: DeflateTerms
            do throws(ExtensionError) {
                terms = try DeflateTerms(item, isAnswer: false)
            } catch {
                continue
            }
            if let answer = answer(terms) { return answer }
        }
        return nil
    }

    private func answer(_ terms: DeflateTerms) -> (parameters: DeflateParameters, header: String)? {
        var result = DeflateParameters()
        var header = "permessage-deflate"
        if terms.serverNoContextTakeover || serverNoContextTakeover {
            result.serverNoContextTakeover = true
            header += "; server_no_context_takeover"
        }
        if terms.clientNoContextTakeover || clientNoContextTakeover {
            result.clientNoContextTakeover = true
            header += "; client_no_context_takeover"
        }
        let serverBits = min(terms.serverWindowBits ?? 15, serverWindowBits)
        if serverBits < 15 || terms.serverWindowBits != nil {
            result.serverWindowBits = serverBits
            header += "; server_max_window_bits=\(serverBits)"
        }
        switch terms.clientWindowBits {
        case .absent:
            // The client did not say that it can limit its window, so it must not be asked to.
            break
        case .any:
            if clientWindowBits < 15 {
                result.clientWindowBits = clientWindowBits
                header += "; client_max_window_bits=\(clientWindowBits)"
            }
        case .atMost(let bits):
            result.clientWindowBits = min(bits, clientWindowBits)
            header += "; client_max_window_bits=\(result.clientWindowBits)"
        }
        return (result, header)
    }
}

/// The parameters of one permessage-deflate offer or answer, checked one by one.
private struct DeflateTerms {
    enum ClientWindow {
        case absent
        /// Named without a value: the client can limit its window to whatever it is asked for.
        case any
        case atMost(Int)
    }

    var serverNoContextTakeover = false
    var clientNoContextTakeover = false
    var serverWindowBits: Int?
    var clientWindowBits = ClientWindow.absent

    init(_ item: WebSocketExtension, isAnswer: Bool) throws(ExtensionError) {
        var seen: [String] = []
        for parameter in item.parameters {
            if seen.contains(parameter.name) { throw .badParameter }
            seen.append(parameter.name)
            switch parameter.name {
            case "server_no_context_takeover":
                if parameter.value != nil { throw .badParameter }
                serverNoContextTakeover = true
            case "client_no_context_takeover":
                if parameter.value != nil { throw .badParameter }
                clientNoContextTakeover = true
            case "server_max_window_bits":
                guard let value = parameter.value else { throw .badParameter }
                serverWindowBits = try Self.bits(value)
            case "client_max_window_bits":
                if let value = parameter.value {
                    clientWindowBits = .atMost(try Self.bits(value))
                } else {
                    clientWindowBits = .any
                }
            default: throw .badParameter
            }
        }
    }

    /// 8 to 15, without leading zeros.
    private static func bits(_ text: String) throws(ExtensionError) -> Int {
        guard let bits = Int(text), (8...15).contains(bits), "\(bits)" == text else { throw .badParameter }
        return bits
    }
}
