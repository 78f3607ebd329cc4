import MarketModel
import Quantities
import WireCodecs

// The figures of the venue: decimals are strings, never negative; times are whole numbers.

extension JSONCursor {
    @inline(__always)
    mutating func price() throws(JSONError) -> Price { Price(raw: try figure()) }

    @inline(__always)
    mutating func quantity() throws(JSONError) -> Quantity { Quantity(raw: try figure()) }

    /// A decimal that is not negative, in raw units.
    @inline(__always)
    private mutating func figure() throws(JSONError) -> Int128 {
        let usual = plainText { text in DecimalDigits(atFrontOf: text).map { ($0, $0.length) } }
        if let usual { return usual.raw }
        let (raw, end) = try unusualFigure()
        rewind(to: end)
        return raw
    }

    /// Reads with a copy of the cursor, so that the cursor itself stays in registers.
    @inline(never)
    private func unusualFigure() throws(JSONError) -> (raw: Int128, end: Mark) {
        var json = self
        let value = try json.decimal { text throws(DecimalError) in
            let value = try Amount(parsing: text)
            if value.isNegative { throw .unexpectedByte(offset: 0) }
            return value
        }
        return (value.raw, json.mark)
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
        // A cursor that nobody else sees stays in registers.
        var json = self
        var goesOn = try json.beginList()
        while goesOn {
            guard levels.count < BinanceFrameDecoder.levelsMax else {
                throw JSONError(.refused, offset: json.offset)
            }
            try json.beginArray()
            let price = try json.price()
            try json.nextElement()
            let quantity = try json.quantity()
            try json.endArray()
            levels.append(Level(price: price, quantity: quantity))
            goesOn = try json.nextOfList()
        }
        self = json
        return start..<levels.count
    }

    /// Reads the event name of a frame, which must be this one.
    @inline(__always)
    mutating func expect(_ name: StaticString) throws(JSONError) {
        let text = try text()
        guard name ~= text else { throw JSONError(.refused, offset: text.offset) }
    }
}
