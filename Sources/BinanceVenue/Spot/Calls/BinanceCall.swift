import WireCodecs

/// A call on a market connection, of spot and of options.
package enum BinanceCall: Equatable, Sendable {
    /// Adds streams to those of the connection.
    case subscribe([String])
    case unsubscribe([String])
    case listSubscriptions
    /// Whether payloads are wrapped with the name of their stream.
    case setCombined(Bool)
    case getCombined

    package var method: StaticString {
        switch self {
        case .subscribe: "SUBSCRIBE"
        case .unsubscribe: "UNSUBSCRIBE"
        case .listSubscriptions: "LIST_SUBSCRIPTIONS"
        case .setCombined: "SET_PROPERTY"
        case .getCombined: "GET_PROPERTY"
        }
    }

    /// Writes the request into an empty writer.
    package func write(id: Int64, to json: inout JSONWriter) {
        json.beginObject()
        json.key("method")
        json.string(method)
        switch self {
        case .subscribe(let names), .unsubscribe(let names):
            json.key("params")
            json.beginArray()
            for name in names { json.string(name) }
            json.endArray()
        case .setCombined(let isCombined):
            json.key("params")
            json.beginArray()
            json.string("combined")
            json.bool(isCombined)
            json.endArray()
        case .getCombined:
            json.key("params")
            json.beginArray()
            json.string("combined")
            json.endArray()
        case .listSubscriptions: break
        }
        json.key("id")
        json.int(id)
        json.endObject()
    }
}
