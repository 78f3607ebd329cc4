/// Why a name is none of a stream.
package enum BinanceStreamError: Error, Equatable, Sendable {
    /// The venue has withdrawn it; what to use instead.
    case retired(String, since: String, successor: String)
    /// No symbol in front of the `@`.
    case noSymbol(String)
    /// Nothing of the venue is called so.
    case unknown(String)
}

extension BinanceStreamError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .retired(let name, let since, let successor):
            "'\(name)' was withdrawn by the venue in \(since); use \(successor)"
        case .noSymbol(let name): "'\(name)' names no market: streams are called like btcusdt@trade"
        case .unknown(let name): "the venue has no stream '\(name)'"
        }
    }
}

extension BinanceStream {
    /// The stream of this name; the case of the symbol does not matter, that of the rest does.
    ///
    /// The suffix `@1000ms`, which older clients append, is taken and left out.
    package init(parsing name: String) throws(BinanceStreamError) {
        if let retired = Self.retired(name) { throw retired }
        if name.hasPrefix("!") {
            let kinds = BinanceStream.Kind.all.compactMap { BinanceStream(ofAllMarkets: $0) }
            guard let stream = kinds.first(where: { $0.name == name }) else { throw .unknown(name) }
            self = stream
            return
        }
        guard let mark = name.firstIndex(of: "@") else { throw .unknown(name) }
        var suffix = String(name[name.index(after: mark)...])
        if suffix.hasPrefix("depth"), suffix.hasSuffix("@1000ms") { suffix.removeLast("@1000ms".count) }
        guard let kind = BinanceStream.Kind.all.first(where: { $0.suffix == suffix }) else {
            throw .unknown(name)
        }
        guard mark > name.startIndex else { throw .noSymbol(name) }
        self.init(kind, of: String(name[..<mark]))
    }

    /// What the venue once had under a name.
    package static func retired(_ name: String) -> BinanceStreamError? {
        switch name {
        case "!ticker@arr":
            return .retired(
                name, since: "March 2026",
                successor: "!miniTicker@arr, !ticker_1d@arr, or <symbol>@ticker for each market")
        case "!bookTicker":
            return .retired(name, since: "December 2022", successor: "<symbol>@bookTicker for each market")
        case "userDataStream.start", "userDataStream.ping", "userDataStream.stop",
            "POST /api/v3/userDataStream", "PUT /api/v3/userDataStream", "DELETE /api/v3/userDataStream":
            return .retired(name, since: "February 2026", successor: userDataSuccessor)
        default:
            // A listen key: nothing else has so many letters and digits and no mark.
            guard name.utf8.count >= 40, name.utf8.allSatisfy({ $0.isLetterOrDigit }) else { return nil }
            return .retired("user data by listen key", since: "February 2026", successor: userDataSuccessor)
        }
    }

    private static let userDataSuccessor =
        "userDataStream.subscribe.signature, or session.logon and userDataStream.subscribe, of the WebSocket API"
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"):
            true
        default: false
        }
    }
}
