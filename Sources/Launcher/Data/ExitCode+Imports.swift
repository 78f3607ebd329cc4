import Imports
import Journal

extension ExitCode {
    /// What an import ends with that could not be done.
    init(_ error: ImportError) {
        self =
            switch error {
            case .file(let error): ExitCode(file: error)
            case .target(let error): ExitCode(recording: error)
            case .interrupted: .interrupted
            case .archive, .noTable, .source, .rows, .noFiles, .unknownFormat, .unknownKind, .missingColumn,
                .unmappedField, .columnBeyond, .noHeader, .columnCount, .unknownMarket, .severalMarkets,
                .unknownQuoteAsset, .unknownPeriod, .noRows, .overlap, .tooManyRows, .contradiction:
                .badInput
            }
    }

    /// What a fetch ends with that could not begin.
    init(_ error: FetchError) {
        self =
            switch error {
            case .address: .usage
            case .file(let error): ExitCode(file: error)
            case .loop: .failed
            case .interrupted: .interrupted
            }
    }

    /// What a fetch ends with of which a file failed.
    init(_ fault: DownloadFault) {
        self =
            switch fault {
            case .lost: .unavailable
            case .status(let status): status == 429 || status >= 500 ? .retryLater : .refused
            case .wrongRange, .noChecksum, .checksumOnly, .wrongDigest, .changed: .malformed
            }
    }
}
