import MarketModel
import Quantities
import WireCodecs

// The figures of the venue: decimals are strings, never negative; times are whole numbers.

extension JSONCursor {
    @inline(__always)
    mutating func price() throws(JSONError) -> Price {
        try decimal { text throws(DecimalError) in
            if let raw = BinanceDecimal.raw(text) { return Price(raw: raw) }
            let price = try Price(parsing: text)
            if price.isNegative { throw .unexpectedByte(offset: 0) }
            return price
        }
    }

    @inline(__always)
    mutating func quantity() throws(JSONError) -> Quantity {
        try decimal { text throws(DecimalError) in
            if let raw = BinanceDecimal.raw(text) { return Quantity(raw: raw) }
            let quantity = try Quantity(parsing: text)
            if quantity.isNegative { throw .unexpectedByte(offset: 0) }
            return quantity
        }
    }

    /// Reads a time in milliseconds, or in microseconds where the connection asked for them.
    ///
    /// The magnitude tells which: 10^14 milliseconds are in the year 5138.
    @inline(__always)
    mutating func instant() throws(JSONError) -> Instant {
        let start = offset
        let value = try int()
        let perUnit: Int64 = value < 100_000_000_000_000 ? 1_000_000 : 1_000
        let (nanoseconds, overflow) = value.multipliedReportingOverflow(by: perUnit)
        if value < 0 || overflow { throw JSONError(.outOfRange, offset: start) }
        return Instant(nanoseconds: nanoseconds)
    }

    /// Appends the levels of a `[["price", "quantity"], ...]` list and returns where they stand.
    @inline(__always)
    mutating func levels(into levels: inout [Level]) throws(JSONError) -> Range<Int> {
        let start = levels.count
        try array { json throws(JSONError) in
            guard levels.count < BinanceFrameDecoder.levelsMax else {
                throw JSONError(.refused, offset: json.offset)
            }
            try json.beginArray()
            let price = try json.price()
            try json.nextElement()
            let quantity = try json.quantity()
            try json.endArray()
            levels.append(Level(price: price, quantity: quantity))
        }
        return start..<levels.count
    }

    /// Reads the event name of a frame, which must be this one.
    @inline(__always)
    mutating func expect(_ name: StaticString) throws(JSONError) {
        let text = try text()
        guard name ~= text else { throw JSONError(.refused, offset: text.offset) }
    }
}
