import BinanceVenue
import CZlib
import MarketModel
import TestSupport
import Testing
import WireCodecs
import WireValues

/// Every frame of the recorded markets.
@Suite(.enabled(if: SharedData.isThere, "no recorded markets beside the repository"))
struct CaptureTests {
    /// Lines of each file: the environment may ask for all.
    private static let linesMax = FuzzSettings.cases(12_000)

    @Test(
        arguments: [
            "spot_ethusdt_20240808", "spot_ethusdt_20240809", "spot_btcusdt_20240808",
            "spot_btcusdt_20240809",
            "usdm_btcusdt_20240808",
        ])
    func `frames decode, and both decoders agree on each`(name: String) throws {
        var counts = Counts()
        var fast = BinanceFrameDecoder()
        try Self.eachLine(of: SharedData.binance(name)[0], limit: Self.linesMax) { line in
            guard let blank = line.firstIndex(of: UInt8(ascii: " ")) else { return }
            let frame = UnsafeBufferPointer(rebasing: line[(blank + 1)...])
            let typed = try BinanceMessage(decoding: frame)
            let kind = try fast.decode(frame)
            guard case .event(_, let event) = typed else {
                Issue.record("no event: \(String(decoding: frame, as: UTF8.self))")
                return
            }
            if !counts.agrees(event, kind, fast) {
                Issue.record("decoders differ: \(String(decoding: frame, as: UTF8.self))")
            }
        }
        #expect(counts.seen >= 12_000 && counts.trades > 100 && counts.depths > 100 && counts.tickers > 1_000)
        #expect(counts.snapshots == (name.hasSuffix("0808") ? 1 : 0))
    }

    @Test func `every frame and answer of a session with other streams`() throws {
        var kinds: [String: Int] = [:]
        let path = SharedData.folder + "/cryptofeed_captures/BINANCE.jsonl.gz"
        try Self.eachLine(of: path, limit: .max) { line in
            guard let record = Record(line) else { return }
            let bytes = Array(record.data.utf8)
            if record.url.contains("exchangeInfo") {
                let info = try bytes.withUnsafeBufferPointer { try BinanceExchangeInfo(decoding: $0) }
                #expect(info.symbols.allSatisfy { $0.rules != nil })
                kinds["exchangeInfo", default: 0] += 1
                return
            }
            let verdict = Verdict.of(record.data, BinanceMessage.self)
            kinds[verdict, default: 0] += 1
        }
        #expect(
            kinds == [
                "exchangeInfo": 1, "depth": 177, "bookTicker": 84, "kline": 2, "aggregateTrade": 2,
                "partialDepth": 4,
            ])
    }

    /// A line of that recording: a text inside of a text.
    private struct Record {
        var url = ""
        var data = ""

        init?(_ line: UnsafeBufferPointer<UInt8>) {
            var json = JSONCursor(line)
            guard var members = try? WireMembers(&json), members.has("data") else { return nil }
            guard let data = try? members.text("data") else { return nil }
            self.data = data
            url = (try? members.textOrNil("url")) ?? ""
        }
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
