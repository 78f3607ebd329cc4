import CoinExVenue
import MarketModel
import Quantities
import TestSupport
import Testing
import VenueKit

/// Damaged messages and replies of the second generation: each is read, or refused with a place that is in it.
struct FuzzV2Tests {
    /// One message of each kind, in the words of the venue's documents.
    private static let messages: [(method: String, text: String)] = [
        (
            "depth.update",
            #"{"method":"depth.update","data":{"market":"BTCUSDT","is_full":true,"depth":{"asks":[["30740.00","#
                + #""0.31763545"]],"bids":[["30736.00","0.04857373"]],"last":"30746.28","updated_at":1689152421692,"#
                + #""checksum":2578768879}},"id":null}"#
        ),
        (
            "deals.update",
            #"{"method":"deals.update","data":{"market":"ETHUSDT","deal_list":[{"deal_id":3514376759,"created_at":"#
                + #"1689152421692,"side":"buy","price":"30718.42","amount":"0.00000325"}]},"id":null}"#
        ),
        (
            "bbo.update",
            #"{"method":"bbo.update","data":{"market":"ETHUSDT","updated_at":1642145331234,"best_bid_price":"#
                + #""20000","best_bid_size":"0.1","best_ask_price":"20001","best_ask_size":"0.15"},"id":null}"#
        ),
        (
            "state.update",
            #"{"method":"state.update","data":{"state_list":[{"market":"LATUSDT","last":"0.008157","open":"#
                + #""0.008286","close":"0.008157","high":"0.008390","low":"0.008106","volume":"807714.49","#
                + #""volume_sell":"286170.69","volume_buy":"266161.23","value":"6689.21","period":86400}]},"id":null}"#
        ),
        (
            "index.update",
            #"{"method":"index.update","data":{"market":"ETHUSDT","index_price":"40000.91"},"id":null}"#
        ),
        (
            "order.update",
            #"{"method":"order.update","data":{"event":"put","order":{"order_id":142934016817,"market":"ERGUSDT","#
                + #""margin_market":"","type":"limit","side":"sell","amount":"10","price":"1.5","unfilled_amount":"#
                + #""10","filled_amount":"0","filled_value":"0","taker_fee_rate":"0.003","maker_fee_rate":"0.003","#
                + #""base_ccy_fee":"0","quote_ccy_fee":"0","discount_ccy_fee":"0","last_filled_amount":"0","#
                + #""last_filled_price":"0","created_at":1739954537191,"updated_at":1739954537191,"client_id":"123"}},"#
                + #""id":null}"#
        ),
        (
            "stop.update",
            #"{"method":"stop.update","data":{"event":"put","stop":{"stop_id":98389557871,"market":"BTCUSDT","#
                + #""side":"sell","type":"limit","price":"20000.00","amount":"0.0100","trigger_price":"20000.00","#
                + #""trigger_direction":"higher","trigger_price_type":"index_price","taker_fee_rate":"0.00046","#
                + #""maker_fee_rate":"0.00026","client_id":"","status":"active_success","created_at":1689146382674,"#
                + #""updated_at":1689146382674}},"id":null}"#
        ),
        (
            "user_deals.update",
            #"{"method":"user_deals.update","data":{"deal_id":123456789,"created_at":1689152421692,"order_id":"#
                + #"12345678,"client_id":"c1","position_id":0,"market":"BTCUSDT","side":"buy","price":"30718.42","#
                + #""amount":"0.123","role":"taker","fee":"0.0299","fee_ccy":"USDT"},"id":null}"#
        ),
        (
            "balance.update",
            #"{"method":"balance.update","data":{"balance_list":[{"margin_market":"","ccy":"BTC","available":"#
                + #""44.62207740","frozen":"0.00000000","updated_at":1689152421692}]},"id":null}"#
        ),
        ("server.time", #"{"id":1,"code":0,"data":{"timestamp":1689152421692},"message":"OK"}"#),
        ("server.sign", #"{"id":1,"code":21002,"message":"Sign Failed"}"#),
    ]

    /// Replies of every kind that a session asks for, and of some that are read only.
    private static let replies: [(name: String, text: String)] = [
        (
            "GET /spot/market",
            #"{"code":0,"data":[{"market":"BTCUSDT","taker_fee_rate":"0.002","maker_fee_rate":"0.002","min_amount":"#
                + #""0.0005","base_ccy":"BTC","quote_ccy":"USDT","base_ccy_precision":8,"quote_ccy_precision":2,"#
                + #""is_amm_available":true,"is_margin_available":true}],"message":"OK"}"#
        ),
        (
            "GET /spot/pending-order",
            #"{"code":0,"data":[{"order_id":13400,"market":"CETUSDT","market_type":"SPOT","ccy":"CET","side":"buy","#
                + #""type":"limit","amount":"10","price":"1","unfilled_amount":"10","filled_amount":"0","#
                + #""filled_value":"0","client_id":"c1","base_fee":"0","quote_fee":"0","discount_fee":"0","#
                + #""maker_fee_rate":"0","taker_fee_rate":"0.0003","last_filled_amount":"0","last_filled_price":"0","#
                + #""created_at":1691482451000,"updated_at":1691482451000}],"message":"OK","#
                + #""pagination":{"total":1,"has_next":false}}"#
        ),
        (
            "GET /spot/user-deals",
            #"{"code":0,"data":[{"deal_id":3514376759,"created_at":1689152421692,"market":"BTCUSDT","side":"buy","#
                + #""order_id":8678890,"margin_market":"","price":"30718.42","amount":"0.00000325","role":"taker","#
                + #""fee":"0.0299","fee_ccy":"USDT"}],"message":"OK","pagination":{"total":1,"has_next":true}}"#
        ),
        ("POST /spot/stop-order", #"{"code":0,"data":{"stop_id":98389557871},"message":"OK"}"#),
        (
            "GET /assets/spot/balance",
            #"{"code":0,"data":[{"ccy":"BTC","available":"1.5","frozen":"0"}],"message":"OK"}"#
        ),
        (
            "GET /futures/funding-rate",
            #"{"code":0,"data":[{"market":"BTCUSDT","mark_price":"61602.22","latest_funding_rate":"0","#
                + #""next_funding_rate":"-0.00021074","latest_funding_time":1715731200000,"next_funding_time":"#
                + #"1715760000000}],"message":"OK"}"#
        ),
        ("POST /spot/cancel-order", #"{"code":3600,"data":{},"message":"Order not found"}"#),
    ]

    private static var all: [(name: String, text: String)] { messages.map { ($0.method, $0.text) } + replies }

    @Test func `every sample is good or a refusal of the venue, and every true beginning of it is an error`()
        throws
    {
        for (name, text) in Self.all {
            let decoder = try #require(CoinExDecoders.named(name, in: .v2))
            let bytes = Array(text.utf8)
            let isRefusal = text.contains(#""code":3600"#)
            if !isRefusal { _ = try bytes.withUnsafeBufferPointer { try decoder.decode($0) } }
            for count in bytes.indices {
                #expect(throws: (any Error).self, "\(name) cut at \(count)") {
                    try Array(bytes[..<count]).withUnsafeBufferPointer { try decoder.decode($0) }
                }
            }
        }
    }

    @Test func `changed bytes give a value or a typed error with a place`() throws {
        let seed = FuzzChoice.seed
        var random = SeededRandom(seed: seed)
        let alphabet = Array(#"{}[]",:.-+e0123456789ntfabz\u00é"#.utf8)
        let samples = Self.all
        var (accepted, refused) = (0, 0)
        for _ in 0..<FuzzChoice.cases(20_000) {
            let sample = samples[random.below(samples.count)]
            let decoder = try #require(CoinExDecoders.named(sample.name, in: .v2))
            let bytes = Self.damaged(Array(sample.text.utf8), alphabet, &random)
            do {
                _ = try bytes.withUnsafeBufferPointer { try decoder.decode($0) }
                accepted += 1
            } catch let error as CoinExV2StreamError {
                #expect(error.offset <= bytes.count, "seed \(seed): \(sample.name)")
                refused += 1
            } catch {
                #expect(
                    error is CoinExFailure || error is CoinExFeedError,
                    "seed \(seed): \(sample.name): \(error)")
                refused += 1
            }
        }
        #expect(accepted > 0 && refused > 0, "seed \(seed)")
    }

    @Test func `bytes that look packed are unpacked or refused, and memory stays bounded`() {
        let seed = FuzzChoice.seed
        var random = SeededRandom(seed: seed)
        var gunzip = CoinExGunzip()
        // An empty member of gzip to begin with.
        let empty: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        #expect(empty.withUnsafeBufferPointer { gunzip.plain($0)?.count } == 0)
        for _ in 0..<FuzzChoice.cases(20_000) {
            let bytes = [0x1F, 0x8B, 8] + Self.damaged(Array(empty[3...]), [0, 1, 3, 0xFF, 0x4B], &random)
            let count = bytes.withUnsafeBufferPointer { gunzip.plain($0)?.count ?? 0 }
            #expect(count <= CoinExGunzip.messageMax, "seed \(seed)")
        }
        #expect(empty.withUnsafeBufferPointer { gunzip.plain($0)?.count } == 0)
    }

    private static func damaged(
        _ bytes: [UInt8], _ alphabet: [UInt8], _ random: inout SeededRandom
    ) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.below(3) {
            guard !bytes.isEmpty else { break }
            let place = random.below(bytes.count)
            switch random.below(4) {
            case 0: bytes[place] = alphabet[random.below(alphabet.count)]
            case 1: bytes.insert(alphabet[random.below(alphabet.count)], at: place)
            case 2: bytes.remove(at: place)
            default:
                let end = min(bytes.count, place + random.below(20))
                bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count))
            }
        }
        return bytes
    }
}
