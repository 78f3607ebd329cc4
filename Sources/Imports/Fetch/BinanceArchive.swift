/// A file of Binance's public archives: where it is, and what it is called.
package struct BinanceArchive: Equatable, Sendable {
    /// Where the archives are; tests have a server of their own.
    package static let address = "https://data.binance.vision"

    package enum Product: String, CaseIterable, Sendable {
        case spot
        /// Futures that are settled in USDT and the like.
        case usdMargined = "um"
        /// Futures that are settled in coins; their quantities are contracts.
        case coinMargined = "cm"

        fileprivate var folder: String {
            switch self {
            case .spot: "spot"
            case .usdMargined: "futures/um"
            case .coinMargined: "futures/cm"
            }
        }
    }

    package enum Kind: String, CaseIterable, Sendable {
        case trades
        case aggregateTrades = "aggTrades"
        case klines
        /// Futures only.
        case bookTicker
    }

    package enum Span: String, CaseIterable, Sendable {
        case day
        case month
    }

    /// What is asked for: a file for each day or month.
    package struct Wish: Equatable, Sendable {
        package var product = Product.spot
        package var kind: Kind
        package var market: String
        /// Of klines, such as `1m`.
        package var interval: String?
        package var span = Span.day
        package var first: CalendarDay
        package var last: CalendarDay

        package init(kind: Kind, market: String, first: CalendarDay, last: CalendarDay) {
            self.kind = kind
            self.market = market
            self.first = first
            self.last = last
        }
    }

    /// The most files of one wish: thirty years of days.
    package static let filesMax = 11_000

    /// The intervals that klines are kept for.
    package static var intervals: [String] { BinanceFileName.intervals }

    /// Whether a text can be the name of a market here: it becomes part of a path.
    package static func isMarketName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count)
            && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x5F }
    }

    /// The path below the archives' address, from its first slash on.
    package var path: String
    /// `BTCUSDT-trades-2026-01-01.zip`.
    package var name: String
    /// The day or the month.
    package var date: String

    /// The files of a wish, in the order of time; a month counts when one of its days was asked for.
    package static func files(_ wish: Wish) -> [BinanceArchive] {
        var files: [BinanceArchive] = []
        var day = wish.first
        while day <= wish.last, files.count < filesMax {
            let date = wish.span == .day ? day.description : day.monthText
            files.append(file(wish, date))
            let next = wish.span == .day ? day.next : day.firstOfNextMonth
            guard next > day else { break }
            day = next
        }
        return files
    }

    private static func file(_ wish: Wish, _ date: String) -> BinanceArchive {
        let stem = wish.kind == .klines ? wish.interval ?? "" : wish.kind.rawValue
        let name = "\(wish.market)-\(stem)-\(date).zip"
        let period = wish.span == .day ? "daily" : "monthly"
        let folder =
            "/data/\(wish.product.folder)/\(period)/\(wish.kind.rawValue)/\(wish.market)/"
            + (wish.kind == .klines ? stem + "/" : "")
        return BinanceArchive(path: folder + name, name: name, date: date)
    }
}

/// The text that stands beside an archive: a SHA-256 in hexadecimal digits, blanks, and the archive's name.
enum ChecksumText {
    /// The longest text, in bytes.
    static let bytesMax = 1_024

    /// The digest of the named file, in lower case; nil when the text tells of no such file.
    static func digest(_ text: String, of name: String) -> String? {
        for line in text.split(whereSeparator: \.isNewline) {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count == 2, words[0].utf8.count == 64,
                words[0].utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) })
            else { continue }
            // `sha256sum -b` puts a star in front of the name.
            let file = words[1].hasPrefix("*") ? words[1].dropFirst() : words[1]
            if file == name { return words[0].lowercased() }
        }
        return nil
    }
}
