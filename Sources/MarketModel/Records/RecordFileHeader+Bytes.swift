import Quantities

private let magic: [UInt8] = Array("MARTLETR".utf8)
private let fixedByteCount = 64
private let checksumOffset = 44

extension RecordFileHeader {
    /// The header as bytes, ready to be followed by the records.
    public func encoded() -> [UInt8] {
        var bytes = magic
        bytes.append(littleEndian: Self.version)
        bytes.append(littleEndian: UInt32(0))
        bytes.append(littleEndian: recordCount)
        bytes.append(littleEndian: firstAt.nanoseconds)
        bytes.append(littleEndian: lastAt.nanoseconds)
        bytes.append(littleEndian: UInt32(markets.count))
        bytes.append(littleEndian: UInt32(0))
        bytes.append(contentsOf: repeatElement(0, count: fixedByteCount - bytes.count))
        for market in markets {
            for text in [market.name, market.base, market.quote] {
                bytes.append(UInt8(text.utf8.count))
                bytes.append(contentsOf: text.utf8)
            }
            bytes.append(UInt8(market.priceDecimals))
            bytes.append(UInt8(market.quantityDecimals))
            bytes.append(littleEndian: market.tick.raw)
            bytes.append(littleEndian: market.lot.raw)
        }
        let padding = -bytes.count & (MarketRecord.byteCount - 1)
        bytes.append(contentsOf: repeatElement(0, count: padding))
        bytes.replace(at: 12, littleEndian: UInt32(bytes.count))
        bytes.replace(at: checksumOffset, littleEndian: crc32(bytes[...]))
        return bytes
    }

    /// Reads the header at the start of `bytes`; what follows it is not looked at.
    ///
    /// Returns the header and its length, which is where the records begin.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer
    ) throws(RecordFormatError) -> (header: RecordFileHeader, byteCount: Int) {
        guard bytes.prefix(magic.count).elementsEqual(magic.prefix(bytes.count)), !bytes.isEmpty
        else { throw .badMagic }
        guard bytes.count >= fixedByteCount else { throw .truncatedHeader }
        let version = bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self)
        guard version <= Self.version else { throw .newerVersion(version) }
        let byteCount = Int(bytes.loadUnaligned(fromByteOffset: 12, as: UInt32.self))
        guard version > 0, (fixedByteCount...byteCountMax).contains(byteCount),
            byteCount % MarketRecord.byteCount == 0
        else { throw .malformedHeader }
        guard bytes.count >= byteCount else { throw .truncatedHeader }

        var copy = Array(bytes[..<byteCount])
        copy.replace(at: checksumOffset, littleEndian: UInt32(0))
        let checksum = bytes.loadUnaligned(fromByteOffset: checksumOffset, as: UInt32.self)
        guard crc32(copy[...]) == checksum else { throw .headerDamaged }

        let marketCount = Int(bytes.loadUnaligned(fromByteOffset: 40, as: UInt32.self))
        guard marketCount <= MarketID.marketsMax else { throw .malformedHeader }
        let header = RecordFileHeader(
            markets: try markets(copy, count: marketCount),
            recordCount: bytes.loadUnaligned(fromByteOffset: 16, as: UInt64.self),
            firstAt: Instant(nanoseconds: bytes.loadUnaligned(fromByteOffset: 24, as: Int64.self)),
            lastAt: Instant(nanoseconds: bytes.loadUnaligned(fromByteOffset: 32, as: Int64.self)))
        return (header, byteCount)
    }

    private static func markets(
        _ bytes: [UInt8], count: Int
    ) throws(RecordFormatError) -> [RecordMarket] {
        var markets: [RecordMarket] = []
        var reader = MarketReader(bytes: bytes, position: fixedByteCount)
        for index in 0..<count {
            guard let market = reader.market(),
                !markets.contains(where: { $0.name == market.name })
            else { throw .malformedMarket(index) }
            markets.append(market)
        }
        let padding = bytes[reader.position...]
        guard padding.count < MarketRecord.byteCount, padding.allSatisfy({ $0 == 0 }) else {
            throw .malformedHeader
        }
        return markets
    }
}

/// Takes the market list of a header apart; nil at whatever cannot be.
private struct MarketReader {
    let bytes: [UInt8]
    var position: Int

    mutating func market() -> RecordMarket? {
        guard let name = text(), let base = text(), let quote = text(),
            let priceDecimals = byte(), priceDecimals <= FixedPointScale.digits,
            let quantityDecimals = byte(), quantityDecimals <= FixedPointScale.digits,
            let tick = wide(), tick > 0, let lot = wide(), lot > 0
        else { return nil }
        return RecordMarket(
            name: name, base: base, quote: quote, priceDecimals: Int(priceDecimals),
            quantityDecimals: Int(quantityDecimals), tick: Price(raw: tick), lot: Quantity(raw: lot))
    }

    private mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard bytes.count - position >= count else { return nil }
        defer { position += count }
        return bytes[position..<(position + count)]
    }

    private mutating func byte() -> UInt8? { take(1)?.first }

    private mutating func text() -> String? {
        guard let count = byte(), count > 0, let text = take(Int(count)) else { return nil }
        return String(validating: text, as: UTF8.self)
    }

    private mutating func wide() -> Int128? {
        guard let bytes = take(16) else { return nil }
        return Int128(
            truncatingIfNeeded: bytes.reversed().reduce(UInt128(0)) { $0 << 8 | UInt128($1) })
    }
}

extension [UInt8] {
    fileprivate mutating func append(littleEndian value: some FixedWidthInteger) {
        append(contentsOf: repeatElement(0, count: value.bitWidth / 8))
        replace(at: count - value.bitWidth / 8, littleEndian: value)
    }

    fileprivate mutating func replace(at offset: Int, littleEndian value: some FixedWidthInteger) {
        for index in 0..<(value.bitWidth / 8) {
            self[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
        }
    }
}

/// CRC-32 as zlib has it. Bit by bit: a header is short and read once.
private func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    var crc = UInt32.max
    for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 0 ? 0 : 0xEDB8_8320) }
    }
    return ~crc
}
