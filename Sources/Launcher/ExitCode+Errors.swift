import Configuration
import Credentials
import ExchangeServer
import Explain
import Imports
import Journal
import Recordings
import Reports
import Runtime
import Scaffold
import StrategyKit
import Sweeps

extension ExitCode {
    /// What a program ends with that could not do what it was asked for.
    init(_ error: any Error) {
        self =
            switch error {
            case let error as RunError: ExitCode(run: error)
            case let error as SweepError: ExitCode(sweep: error)
            case let error as RecordingError: ExitCode(recording: error)
            case let error as TapeError: ExitCode(tape: error)
            case let error as ReportError: ExitCode(report: error)
            case let error as ImportError: ExitCode(error)
            case let error as FetchError: ExitCode(error)
            case is LedgerError: .cannotWrite
            case is KeyFault: .notPermitted
            case is InvalidConfiguration, is StrategyError, is ReplayError, is PageError, is ScaffoldError,
                is OrderNotFound, is UnknownBot:
                .badInput
            case let error as FileError: ExitCode(file: error)
            case let error as ExchangeServerError: ExitCode(exchange: error)
            default: .failed
            }
    }

    private init(exchange error: ExchangeServerError) {
        self =
            switch error {
            case .definition: .badInput
            case .authority, .tls, .listen: .cannotWrite
            case .recording(let error): ExitCode(recording: error)
            case .unreachable: .unavailable
            }
    }

    private init(run error: RunError) {
        self =
            switch error {
            case .unknownStrategy, .marketNotRecorded, .recordsDiffer, .noData: .badInput
            case .recording(let error): ExitCode(recording: error)
            case .tape(let error): ExitCode(tape: error)
            case .ledger, .capture: .cannotWrite
            case .folder(let error): ExitCode(file: error)
            case .connection: .unavailable
            case .remains, .setup: .failed
            case .latched, .running, .fenced: .notPermitted
            }
    }

    private init(sweep error: SweepError) {
        self =
            switch error {
            case .request: .usage
            case .nothingRuns: .badInput
            case .run(let error): ExitCode(run: error)
            case .file(let error): ExitCode(file: error)
            case .inUse: .cannotWrite
            }
    }

    private init(report error: ReportError) {
        self =
            switch error {
            case .noRun, .noLedger, .noRuns, .ledger: .badInput
            case .file: .cannotWrite
            }
    }

    init(recording error: RecordingError) {
        self =
            switch error {
            case .file(let error): ExitCode(file: error)
            case .capture, .lines, .line, .records, .unwritable, .noFiles, .unknownFormat, .mixedFiles,
                .unnamedMarket,
                .noMarkets, .unknownQuoteAsset, .impossibleName, .tooManyMarkets:
                .badInput
            }
    }

    private init(tape error: TapeError) {
        self =
            switch error {
            case .file(let error): ExitCode(file: error)
            case .inUse, .metadataTooLarge, .entryTooLarge, .write, .synchronize, .failedEarlier: .cannotWrite
            case .notATape, .tornHeader, .damagedHeader, .unsupportedVersion, .damaged: .badInput
            }
    }

    init(file error: FileError) {
        self =
            switch error.operation {
            case .create, .write, .lock, .truncate, .synchronize: .cannotWrite
            case .open, .inspect, .map, .read: .badInput
            }
    }
}
