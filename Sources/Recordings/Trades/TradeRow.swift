import MarketModel
import Quantities

/// A row of a table of trades.
struct TradeRow: Equatable {
    var at: Instant
    /// Nil where the table has no such column.
    var id: UInt64?
    var aggressor: Side
    var price: Price
    var amount: Quantity

    init(_ row: TableRow, _ columns: TradeColumns) throws(LineFault) {
        at = try Self.cell(row, columns.time) { text throws(CellFault) in
            guard let time = Self.whole(text).flatMap(Self.instant) else { throw .notATime }
            return time
        }
        id = nil
        if let column = columns.id {
            id = try Self.cell(row, column) { text throws(CellFault) in
                guard let id = Self.whole(text) else { throw .notAnID }
                return id
            }
        }
        switch columns.side {
        case .side(let column): aggressor = try Self.cell(row, column, Self.side)
        case .buyerIsMaker(let column): aggressor = try Self.cell(row, column, Self.sideByMaker)
        }
        price = try Self.cell(row, columns.price, Self.positive)
        amount = try Self.cell(row, columns.amount, Self.positive)
    }

    private typealias Text = UnsafeBufferPointer<UInt8>

    private static func cell<Value>(
        _ row: TableRow, _ column: Int, _ read: (Text) throws(CellFault) -> Value
    ) throws(LineFault) -> Value {
        do throws(CellFault) {
            guard column < row.cells.count else { throw .missing }
            return try read(row.cells[column])
        } catch {
            throw .cell(column: column + 1, fault: error)
        }
    }

    private static func positive<Number: FixedPoint>(
        _ text: Text
    ) throws(CellFault) -> Number {
        let number: Number
        do throws(DecimalError) {
            number = try Number(parsing: text)
        } catch {
            throw .notANumber(error)
        }
        guard number.isPositive else { throw .notPositive }
        return number
    }

    private static func side(_ text: Text) throws(CellFault) -> Side {
        switch String(decoding: text, as: UTF8.self).lowercased() {
        case "buy", "b": .buy
        case "sell", "s": .sell
        default: throw .notASide
        }
    }

    private static func sideByMaker(_ text: Text) throws(CellFault) -> Side {
        switch String(decoding: text, as: UTF8.self).lowercased() {
        case "false": .buy
        case "true": .sell
        default: throw .notASide
        }
    }

    private static func whole(_ text: Text) -> UInt64? {
        guard !text.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in text {
            let digit = byte &- UInt8(ascii: "0")
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tenfold.addingReportingOverflow(UInt64(digit))
            if digit > 9 || overflow || carry { return nil }
            value = sum
        }
        return value
    }

    /// The unit shows in the magnitude: of years after 1973 no two units share one.
    private static func instant(_ value: UInt64) -> Instant? {
        let perUnit: Int64
        switch value {
        case ..<100_000_000_000: return nil
        case ..<100_000_000_000_000: perUnit = 1_000_000
        case ..<100_000_000_000_000_000: perUnit = 1_000
        default: perUnit = 1
        }
        guard let signed = Int64(exactly: value) else { return nil }
        let (nanoseconds, overflow) = signed.multipliedReportingOverflow(by: perUnit)
        return overflow ? nil : Instant(nanoseconds: nanoseconds)
    }
}
