import CoinExVenue
import MarketModel
import Quantities
import VenueKit
import WireCodecs

/// Lends the bytes of a text in memory of exactly its size, so that a byte behind the end is not readable.
func withWire<Result>(_ bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: bytes.count)
    defer { memory.deallocate() }
    _ = memory.initialize(from: bytes)
    return body(UnsafeBufferPointer(memory))
}

func withWire<Result>(_ text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    withWire(Array(text.utf8), body)
}

extension UnsafeBufferPointer<UInt8> {
    var text: String { String(decoding: self, as: UTF8.self) }
}

func price(_ text: String) -> Price { try! Price(text) }
func quantity(_ text: String) -> Quantity { try! Quantity(text) }
func notional(_ text: String) -> Notional { try! Notional(text) }
func amount(_ text: String) -> Amount { try! Amount(text) }

/// The markets of the tests: BTCUSDT (0) and ETHUSDT (1), and CET for fees.
enum Exchange {
    static let start = Instant(milliseconds: 1_640_000_000_000)
    static let btc = AssetID(0)
    static let usdt = AssetID(1)
    static let cet = AssetID(3)
    static let naming = CoinExOrderNaming(bot: "test", run: 7)!

    static let table: MarketTable = {
        var table = MarketTable()
        let rules = MarketRules(
            tick: price("0.01"), lot: quantity("0.00000001"), minimumQuantity: quantity("0.0001"))
        table.add("BTCUSDT", base: "BTC", quote: "USDT", rules: rules)
        table.add("ETHUSDT", base: "ETH", quote: "USDT", rules: rules)
        _ = table.asset("CET")
        return table
    }()

    static func clientID(_ order: OrderID) -> String {
        naming.name(order, of: StrategyID(0)).description
    }
}

/// A feed with what it has appended.
struct FeedProbe {
    var feed: CoinExFeed
    var events: [MarketEvent] = []
    var facts: [VenueFact] = []
    var now = Exchange.start

    init(limit: Int = 5) {
        feed = CoinExFeed(Exchange.table, Exchange.naming, limit: limit)
    }

    /// Takes a message and returns what it was, in a word.
    @discardableResult
    mutating func receive(_ text: String) -> String {
        withWire(text) { bytes in
            do throws(CoinExFeedError) {
                let arrival = try feed.receive(bytes, at: now, events: &events, facts: &facts)
                switch arrival {
                case .push(let stream, let market): return "\(stream) \(market.map { "\($0.index)" } ?? "-")"
                case .damaged(let market): return "damaged \(market.index)"
                case .reply(let id, _): return "reply \(id)"
                case .foreign: return "foreign"
                }
            } catch {
                return error.description
            }
        }
    }
}
