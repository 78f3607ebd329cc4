import BinanceVenue
import CoinExVenue
import JayxVenue
import WireValues

/// The venues whose texts can be looked at, by the name on the command line.
enum DecodableVenue: String, CaseIterable {
    case coinEx = "coinex"
    case coinExV2 = "coinex-v2"
    case binance
    case binanceOptions = "binance-options"
    case jayx

    typealias Decode = @Sendable (UnsafeBufferPointer<UInt8>) throws -> any Sendable

    /// The kinds of texts, in the order of the venue's documents.
    var names: [String] {
        switch self {
        case .coinEx: CoinExDecoders.all.map(\.name)
        case .coinExV2: CoinExDecoders.v2.map(\.name)
        case .binance: BinanceDecoders.all.map(\.name)
        case .binanceOptions: BinanceOptionsDecoders.all.map(\.name)
        case .jayx: JayxDecoders.all.map(\.name)
        }
    }

    /// How texts of this kind are read; nil where the venue has none, an error where it has it no more.
    func decoder(named name: String) throws -> Decode? {
        switch self {
        case .coinEx: return CoinExDecoders.named(name)?.decode
        case .coinExV2: return CoinExDecoders.named(name, in: .v2)?.decode
        case .binance:
            do {
                return try BinanceDecoders.named(name)?.decode
            } catch {
                throw UsageError("\(error)")
            }
        case .binanceOptions: return BinanceOptionsDecoders.named(name)?.decode
        case .jayx: return JayxDecoders.named(name)?.decode
        }
    }
}
