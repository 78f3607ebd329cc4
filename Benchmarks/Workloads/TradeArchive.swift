import CZlib
import Quantities

/// The trades of a market as Binance publishes a day of them: a table without a header in a zip archive.
struct TradeArchive {
    static let name = "OAKPINE-trades-2025-01-01"

    let rows: Int
    /// Of the table.
    private(set) var tableBytes = 0
    private(set) var bytes: [UInt8] = []

    init(rows: Int) {
        self.rows = rows
        let table = Self.table(rows)
        tableBytes = table.count
        bytes = Self.archive(table)
    }

    /// Numbers, prices and sizes as a busy market has them; the times are microseconds.
    private static func table(_ rows: Int) -> [UInt8] {
        var random = SeededRandom(seed: 41)
        var table: [UInt8] = []
        table.reserveCapacity(rows * 90)
        var (time, cents) = (1_735_689_600_000_000, 9_400_000)
        for row in 0..<rows {
            time += 100 + random.below(170_000)
            cents += random.below(201) - 100
            let size = 1 + random.below(900_000)
            let value = cents * size
            table += "\(4_400_000_000 + row),".utf8
            table += "\(decimal(cents * 1_000_000)),\(decimal(size * 1_000)),\(decimal(value * 10)),".utf8
            table += "\(time),\(random.chance(0.5) ? "True" : "False"),True\n".utf8
        }
        return table
    }

    /// With eight decimals, of which there are so many units.
    private static func decimal(_ units: Int) -> String {
        let fraction = String(units % 100_000_000)
        return "\(units / 100_000_000)." + String(repeating: "0", count: 8 - fraction.utf8.count) + fraction
    }

    /// One file, deflated.
    private static func archive(_ table: [UInt8]) -> [UInt8] {
        let packed = deflate(table)
        let name = Array((Self.name + ".csv").utf8)
        let crc = crc32(0, table, UInt32(table.count))
        let sums =
            number(UInt64(crc), 4) + number(UInt64(packed.count), 4) + number(UInt64(table.count), 4)
            + number(UInt64(name.count), 2) + number(0, 2)
        var bytes = number(0x0403_4B50, 4) + number(20, 2) + number(0, 2) + number(8, 2) + number(0, 4)
        bytes += sums + name + packed
        let start = bytes.count
        bytes += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + number(0, 2) + number(8, 2)
        bytes += number(0, 4) + sums + number(0, 2) + number(0, 2) + number(0, 2) + number(0, 4)
        bytes += number(0, 4) + name
        let length = bytes.count - start
        bytes += number(0x0605_4B50, 4) + number(0, 4) + number(1, 2) + number(1, 2)
        return bytes + number(UInt64(length), 4) + number(UInt64(start), 4) + number(0, 2)
    }

    private static func number(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64($0 * 8)) }
    }

    private static func deflate(_ table: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        precondition(czlib_deflate_init(&stream, 6, -15, 8) == Z_OK, "there is memory for a compressor")
        defer { deflateEnd(&stream) }
        var table = table
        let most = Int(deflateBound(&stream, UInt(table.count)))
        return [UInt8](unsafeUninitializedCapacity: most) { room, filled in
            table.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = room.baseAddress
                stream.avail_out = UInt32(room.count)
                precondition(CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END, "there is room for all of it")
            }
            filled = room.count - Int(stream.avail_out)
        }
    }
}
