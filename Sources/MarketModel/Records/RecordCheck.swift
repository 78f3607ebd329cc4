import Quantities

extension RecordFileHeader {
    /// Checks that the bytes behind the header are as many records as it counts.
    public func checkCount(recordBytes: Int) throws(RecordFormatError) {
        let size = UInt64(MarketRecord.byteCount)
        let (expected, overflow) = recordCount.multipliedReportingOverflow(by: size)
        guard !overflow, expected == UInt64(recordBytes) else {
            throw .countMismatch(declared: recordCount, bytes: recordBytes)
        }
    }

    /// Checks every record: kind, market, flags and the order of time.
    ///
    /// Reads all of them once, so it costs what the memory costs; a reader that skips it is still
    /// safe, because every accessor takes any bytes.
    public func check(_ records: UnsafeBufferPointer<MarketRecord>) throws(RecordFormatError) {
        var previous = firstAt
        for index in records.indices {
            let record = records[index]
            guard let kind = record.kind else {
                throw .unknownKind(record: index, code: record.kindCode)
            }
            guard Int(record.marketIndex) < markets.count || kind == .connection else {
                throw .unknownMarket(record: index, index: record.marketIndex)
            }
            guard record.isSound(kind) else { throw .malformedRecord(index) }
            guard record.receivedAt >= previous, record.receivedAt <= lastAt else {
                throw .timeBackwards(record: index)
            }
            previous = record.receivedAt
        }
        if let first = records.first, first.receivedAt != firstAt { throw .timeBackwards(record: 0) }
        if previous != lastAt, !records.isEmpty { throw .timeBackwards(record: records.count - 1) }
    }
}

extension MarketRecord {
    /// Whether flags and detail are such as the kind can have.
    fileprivate func isSound(_ kind: Kind) -> Bool {
        switch kind {
        case .quote, .ticker: flags == 0 && detail == 0
        case .trade: flags & ~Flags.sell == 0 && detail == 0
        case .level: flags & ~(Flags.sell | Flags.last) == 0 && detail == 0
        case .reset: flags == 0 && reset() != nil
        case .optionMark: flags == 0 && sequence == 0
        case .connection: flags == 0 && marketIndex == 0 && connection() != nil
        }
    }
}
