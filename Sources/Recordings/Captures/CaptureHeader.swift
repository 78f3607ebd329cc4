import MarketModel
import Quantities
import WireCodecs
import WireValues

/// What a capture is of: its venue, its streams, its markets.
///
/// A capture is what came from a venue, byte for byte, with the times at which it came: a log of segments with this in
/// front of each.
package struct CaptureHeader: Equatable, Sendable {
    /// A market as the venue and the session call it.
    package struct Listing: Equatable, Sendable {
        package var name: String
        package var symbol: String
        package var base: String
        package var quote: String
        /// The steps that prices and quantities are known to have; nil is to be learnt from the numbers.
        package var tick: Price?
        package var lot: Quantity?

        package init(
            name: String, symbol: String, base: String, quote: String, tick: Price? = nil,
            lot: Quantity? = nil
        ) {
            self.name = name
            self.symbol = symbol
            self.base = base
            self.quote = quote
            self.tick = tick
            self.lot = lot
        }
    }

    package var venue: CaptureVenue
    /// The names of the streams that were subscribed to.
    package var streams: [String]
    package var markets: [Listing]

    package init(_ venue: CaptureVenue, streams: [String], markets: [Listing]) {
        self.venue = venue
        self.streams = streams
        self.markets = markets
    }
}

/// Whose language a capture is in.
package enum CaptureVenue: String, CaseIterable, WireWord {
    case binance
    case coinexV1 = "coinex v1"
    case coinexV2 = "coinex v2"
    case optionsFirst = "binance-options first"
    case optionsSecond = "binance-options second"
    case jayxSocketIO = "jayx socket.io"
    case jayxSocketIO2 = "jayx socket.io-2"
    case jayxData = "jayx json-data"
    case jayxMessage = "jayx json-message"

    /// What files of the venue are called.
    package var name: String { String(rawValue.prefix { $0 != " " }) }
}

/// What a record of a capture is.
package enum CaptureKind {
    /// A message, as it came. Its channel says over which connection.
    package static let frame: UInt8 = 1
    /// An answer to a question: what it is about, a newline, the body.
    package static let answer: UInt8 = 2
    /// Nothing was recorded between the record before and this one; why.
    package static let gap: UInt8 = 3
    /// Something that whoever reads it should know.
    package static let note: UInt8 = 4

    /// The channel of a connection: the lane of its source, and a number that tells it from others of the lane.
    package static func channel(lane: Int, number: UInt64) -> UInt32 {
        UInt32(lane & 0xFFF) << 12 | UInt32(number & 0xFFF)
    }

    package static func lane(of channel: UInt32) -> Int { Int(channel >> 12) }
}

// MARK: - As text

extension CaptureHeader {
    package var bytes: [UInt8] {
        var json = JSONWriter(capacity: 1_024)
        json.beginObject()
        json.key("venue")
        json.string(venue.rawValue)
        json.key("streams")
        json.beginArray()
        for stream in streams { json.string(stream) }
        json.endArray()
        json.key("markets")
        json.beginArray()
        for market in markets { market.write(to: &json) }
        json.endArray()
        json.endObject()
        return json.withBytes { Array($0) }
    }
}

extension CaptureHeader.Listing {
    fileprivate func write(to json: inout JSONWriter) {
        json.beginObject()
        json.key("name")
        json.string(name)
        json.key("symbol")
        json.string(symbol)
        json.key("base")
        json.string(base)
        json.key("quote")
        json.string(quote)
        if let tick {
            json.key("tick")
            json.string("\(tick)")
        }
        if let lot {
            json.key("lot")
            json.string("\(lot)")
        }
        json.endObject()
    }
}

extension CaptureHeader: WireObject {
    package init(_ members: inout WireMembers) throws(WireError) {
        venue = try members.word("venue")
        streams = try members.part("streams")
        markets = try members.part("markets")
    }
}

extension CaptureHeader.Listing: WireObject {
    package init(_ members: inout WireMembers) throws(WireError) {
        name = try members.text("name")
        symbol = try members.text("symbol")
        base = try members.text("base")
        quote = try members.text("quote")
        tick = try members.textOrNil("tick").flatMap { try? Price($0) }
        lot = try members.textOrNil("lot").flatMap { try? Quantity($0) }
    }
}
