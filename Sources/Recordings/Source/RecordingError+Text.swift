import BinanceVenue
import Journal
import MarketModel
import Quantities

extension RecordingError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .lines(let error): "\(error)"
        case .line(let path, let number, let fault): "\(path):\(number): \(fault)"
        case .records(let path, let error): "\(path): \(error)"
        case .capture(let path, let reason): reason.hasPrefix(path) ? reason : "\(path): \(reason)"
        case .unwritable(let path, let record, let fault): "\(path): record \(record): \(fault)"
        case .noFiles: "no file was named"
        case .unknownFormat(let path):
            "\(path): neither raw frames, nor a table of trades, nor a record file, nor a capture"
        case .mixedFiles(let path):
            "\(path): of another format or of other markets than the files before it"
        case .unnamedMarket(let path): "\(path): which market is it? Give its name"
        case .noMarkets(let path): "\(path): not one line tells of a market"
        case .unknownQuoteAsset(let market):
            "\(market): what is it quoted in? Give the quote asset"
        case .impossibleName(let market): "\(market.prefix(40)): no market has such a name"
        case .tooManyMarkets(let limit): "more than \(limit) markets in one recording"
        }
    }
}

extension LineFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noTime: "the line does not begin with nanoseconds and a blank"
        case .timeBackwards(let by): "received \(by) before the line in front of it"
        case .frame(let error): "\(error)"
        case .cell(let column, let fault): "column \(column): \(fault)"
        }
    }
}

extension CellFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing: "the line ends before it"
        case .notATime: "no whole number of milli-, micro- or nanoseconds since 1970"
        case .notANumber(let error): "no exact decimal number (\(error))"
        case .notPositive: "not above zero"
        case .notASide: "neither buy nor sell"
        case .notAnID: "no whole number"
        }
    }
}

extension RecordFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .scale(.lostDigits): "a number has more digits than its market's decimals"
        case .scale(.overflow): "a number is too large for its market's decimals"
        case .unknownMarket(let index): "market \(index) is not in the header"
        case .timeBackwards: "received before the event in front of it"
        }
    }
}
