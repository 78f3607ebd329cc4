import BinanceVenue
import CZlib
import MarketModel
import TestSupport
import Testing
import WireValues

/// Every frame of the recorded markets.
@Suite(.enabled(if: SharedData.isThere, "no recorded markets beside the repository"))
struct CaptureTests {
    @Test(arguments: ["spot_ethusdt_20240808", "usdm_btcusdt_20240808"])
    func `frames decode, and both decoders agree on each`(name: String) throws {
        var counts = Counts()
        var fast = BinanceFrameDecoder()
        try Self.eachLine(of: SharedData.binance(name)[0], limit: 12_000) { line in
            guard let blank = line.firstIndex(of: UInt8(ascii: " ")) else { return }
            let frame = UnsafeBufferPointer(rebasing: line[(blank + 1)...])
            let typed = try BinanceMessage(decoding: frame)
            let kind = try fast.decode(frame)
            guard case .events(_, let list) = typed, let event = list.first, list.count == 1 else {
                Issue.record("no event: \(String(decoding: frame, as: UTF8.self))")
                return
            }
            if !counts.agrees(event, kind, fast) {
                Issue.record("decoders differ: \(String(decoding: frame, as: UTF8.self))")
            }
        }
        #expect(counts.seen == 12_000 && counts.trades > 100 && counts.depths > 100 && counts.tickers > 1_000)
        #expect(counts.snapshots == 1)
    }

    /// What was seen, and whether the decoders said the same.
    private struct Counts {
        var tickers = 0
        var trades = 0
        var depths = 0
        var snapshots = 0
        var seen: Int { tickers + trades + depths + snapshots }

        mutating func agrees(
            _ event: BinanceEvent, _ kind: BinanceFrameKind, _ fast: BinanceFrameDecoder
        ) -> Bool {
            switch (event, kind) {
            case (.bookTicker(let ticker), .bookTicker):
                tickers += 1
                let other = fast.bookTicker
                return ticker.bid == other.bid && ticker.askSize == other.askSize
                    && ticker.update == other.update
            case (.trade(let trade), .trade):
                trades += 1
                let other = fast.trade
                return trade.id == other.id && trade.price == other.price && trade.quantity == other.quantity
                    && trade.tradeTime == other.transactionTime && trade.buyerIsMaker == other.buyerIsMaker
            case (.depth(let depth), .depth):
                depths += 1
                let other = fast.depth
                return depth.first == other.updates.first && depth.last == other.updates.last
                    && depth.previous == other.updates.previous
                    && depth.bids.map(\.level) == Array(fast.levels[other.bids])
                    && depth.asks.map(\.level) == Array(fast.levels[other.asks])
            case (.partialDepth(let book), .snapshot):
                snapshots += 1
                return book.lastUpdate == fast.snapshot.lastUpdate
                    && book.bids.count == fast.snapshot.bids.count
            case (_, _): return false
            }
        }
    }

    /// Calls `body` with the first lines of a compressed file.
    static func eachLine(
        of path: String, limit: Int, _ body: (UnsafeBufferPointer<UInt8>) throws -> Void
    ) throws {
        let file = try #require(gzopen(path, "rb"))
        defer { gzclose(file) }
        var line = [UInt8](repeating: 0, count: 4 << 20)
        for _ in 0..<limit {
            let isRead = line.withUnsafeMutableBytes { buffer in
                gzgets(file, buffer.baseAddress!.assumingMemoryBound(to: CChar.self), Int32(buffer.count))
                    != nil
            }
            guard isRead, let end = line.firstIndex(of: UInt8(ascii: "\n")) else { return }
            try line[..<end].withUnsafeBufferPointer { try body($0) }
        }
    }
}
