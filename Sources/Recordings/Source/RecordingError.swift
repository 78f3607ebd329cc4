import BinanceVenue
import Journal
import MarketModel
import Quantities

/// Why a recording was not read, or not written.
package enum RecordingError: Error, Equatable, Sendable {
    /// The system refused something with a file.
    case file(FileError)
    /// A file ends in the middle of its compressed data, or holds a line beyond all measure.
    case lines(LineReaderError)
    /// A line cannot be read; reading may go on behind it.
    case line(path: String, number: Int, fault: LineFault)
    /// A record file is damaged or of another version.
    case records(path: String, error: RecordFormatError)
    /// A capture cannot be read.
    case capture(path: String, String)
    /// An event does not fit the record file that is being written.
    case unwritable(path: String, record: UInt64, fault: RecordFault)
    /// No file was named.
    case noFiles
    /// The file is none of the formats that are read here.
    case unknownFormat(path: String)
    /// The files of one recording differ in format, or in their markets.
    case mixedFiles(path: String)
    /// The file says nothing about which market it is of: the caller must.
    case unnamedMarket(path: String)
    /// Not one line told of a market.
    case noMarkets(path: String)
    /// The name of a market does not show what it is quoted in: the caller must say.
    case unknownQuoteAsset(market: String)
    /// A market has a name that no market can have: it is too long, or no text.
    case impossibleName(market: String)
    /// More markets in one recording than a session holds.
    case tooManyMarkets(limit: Int)
}

/// What is wrong with a line.
package enum LineFault: Error, Equatable, Sendable {
    /// The line does not begin with nanoseconds and a blank.
    case noTime
    /// It was received before the line in front of it.
    case timeBackwards(by: Interval)
    case frame(BinanceFrameError)
    /// A cell of a table, by its column from 1.
    case cell(column: Int, fault: CellFault)
}

/// What is wrong with a cell of a table.
package enum CellFault: Error, Equatable, Sendable {
    /// The line has fewer cells.
    case missing
    /// No whole number of milli-, micro- or nanoseconds since 1970.
    case notATime
    case notANumber(DecimalError)
    /// A price or an amount must be above zero.
    case notPositive
    /// Neither a buy nor a sell.
    case notASide
    /// No whole number.
    case notAnID
}

/// Why an event has no place in a record file.
package enum RecordFault: Error, Equatable, Sendable {
    case scale(RecordScaleError)
    /// The event is of a market that the header does not list.
    case unknownMarket(UInt16)
    /// It was received before the event in front of it.
    case timeBackwards
}
