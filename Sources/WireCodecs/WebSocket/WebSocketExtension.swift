/// Why a list of WebSocket extensions was refused.
package enum ExtensionError: Error, Equatable, Sendable {
    /// Not the grammar of RFC 6455, section 9.1.
    case syntax
    /// The server answers with an extension that it was not offered, or twice with one.
    case notOffered
    /// A parameter that is unknown, named twice, out of range, or not what was offered.
    case badParameter
}

/// One extension of a `Sec-WebSocket-Extensions` header (RFC 6455, section 9.1).
struct WebSocketExtension: Equatable {
    struct Parameter: Equatable {
        var name: String
        /// Without quotes; nil when only the name was there.
        var value: String?
    }

    /// Extensions of one header and parameters of one extension; longer lists are refused.
    static let itemsMax = 32

    /// In lower case.
    var name: String
    var parameters: [Parameter] = []

    static func parse(_ text: String) throws(ExtensionError) -> [WebSocketExtension] {
        var scanner = Scanner(Array(text.utf8))
        var items: [WebSocketExtension] = []
        while true {
            // Empty elements of a list are allowed (RFC 9110, section 5.6.1).
            scanner.skipBlanks()
            if scanner.take(UInt8(ascii: ",")) { continue }
            if scanner.isAtEnd { return items }
            guard items.count < itemsMax else { throw .syntax }
            items.append(try scanner.item())
            scanner.skipBlanks()
            guard scanner.isAtEnd || scanner.take(UInt8(ascii: ",")) else { throw .syntax }
        }
    }

    private struct Scanner {
        let bytes: [UInt8]
        var index = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        var isAtEnd: Bool { index == bytes.count }

        mutating func skipBlanks() {
            while index < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        }

        mutating func take(_ byte: UInt8) -> Bool {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
            return true
        }

        mutating func item() throws(ExtensionError) -> WebSocketExtension {
            var item = WebSocketExtension(name: try token().lowercased())
            while true {
                skipBlanks()
                guard take(UInt8(ascii: ";")) else { return item }
                guard item.parameters.count < itemsMax else { throw .syntax }
                skipBlanks()
                var parameter = Parameter(name: try token().lowercased(), value: nil)
                skipBlanks()
                if take(UInt8(ascii: "=")) {
                    skipBlanks()
                    parameter.value = try value()
                }
                item.parameters.append(parameter)
            }
        }

        mutating func token() throws(ExtensionError) -> String {
            let start = index
            while index < bytes.count, HTTPText.isToken(bytes[index]) { index += 1 }
            guard index > start else { throw .syntax }
            return String(decoding: bytes[start..<index], as: UTF8.self)
        }

        /// A token, or a quoted string that would be one without its quotes.
        mutating func value() throws(ExtensionError) -> String {
            guard take(UInt8(ascii: "\"")) else { return try token() }
            var text: [UInt8] = []
            while true {
                guard index < bytes.count else { throw .syntax }
                var byte = bytes[index]
                index += 1
                if byte == UInt8(ascii: "\"") { break }
                if byte == UInt8(ascii: "\\") {
                    guard index < bytes.count else { throw .syntax }
                    byte = bytes[index]
                    index += 1
                }
                guard HTTPText.isToken(byte) else { throw .syntax }
                text.append(byte)
            }
            guard !text.isEmpty else { throw .syntax }
            return String(decoding: text, as: UTF8.self)
        }
    }
}
