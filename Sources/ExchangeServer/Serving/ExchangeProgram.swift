import CoinExVenue
import Exchange
import Glibc
import Quantities
import Recordings
import Transport

/// Why the local exchange cannot run.
package enum ExchangeServerError: Error, CustomStringConvertible {
    case authority(LocalAuthorityError)
    case tls(String)
    case definition(DefinitionError)
    case listen(String)
    case recording(RecordingError)
    /// Nobody answers where the exchange should be.
    case unreachable(String)

    package var description: String {
        switch self {
        case .authority(let error): "the certificate authority: \(error)"
        case .tls(let reason): reason
        case .definition(let error): "the configuration makes no exchange: \(error)"
        case .recording(let error): "\(error)"
        case .listen(let reason), .unreachable(let reason): reason
        }
    }
}

/// Where the local exchange tells what it does.
package struct ExchangeVoice {
    /// A line that everybody should see.
    package var line: (String) -> Void
    /// A line for whoever wants to know what happens; nil when nobody does.
    package var notable: ((String) -> Void)?
    /// Opens a live view, when the exchange listens; nil, or giving nil, is none.
    package var view: (() -> (any ExchangeViewer)?)?

    package init(
        line: @escaping (String) -> Void, notable: ((String) -> Void)? = nil,
        view: (() -> (any ExchangeViewer)?)? = nil
    ) {
        self.line = line
        self.notable = notable
        self.view = view
    }
}

/// One run of the local exchange: from listening to SIGINT or SIGTERM.
///
/// Everything but its making happens on its loop, which runs on the calling thread; hence `@unchecked Sendable`.
package final class ExchangeProgram: @unchecked Sendable {
    private let configuration: ExchangeConfiguration
    private let port: UInt16
    private let authority: LocalAuthority?
    private let tls: TLSContext?
    private let token: ControlToken
    private let voice: ExchangeVoice
    private let loop: EventLoop
    private var host: ExchangeHost?
    private var signals: SignalSource?
    private var failure: ExchangeServerError?
    private var watch: ExchangeWatch?

    /// - Parameters:
    ///   - port: in place of the configuration's.
    ///   - authorityFolder: where the certificate authority lives; nil is without TLS.
    package init(
        _ configuration: ExchangeConfiguration, port: UInt16? = nil, authorityFolder: String?,
        _ voice: ExchangeVoice
    ) throws(ExchangeServerError) {
        self.configuration = configuration
        self.port = port ?? configuration.port
        self.voice = voice
        guard let token = ControlToken() else { throw .listen("the system has no random bytes") }
        self.token = token
        if let authorityFolder {
            let authority = try Self.authority(authorityFolder)
            self.authority = authority
            do throws(TLSFault) {
                tls = try TLSContext(certificate: authority.certificateFile, key: authority.keyFile)
            } catch {
                throw .tls("\(error)")
            }
        } else {
            authority = nil
            tls = nil
        }
        do throws(SystemError) {
            loop = try EventLoop()
        } catch {
            throw .listen("\(error)")
        }
    }

    private static func authority(_ folder: String) throws(ExchangeServerError) -> LocalAuthority {
        do throws(LocalAuthorityError) {
            return try LocalAuthority(folder: folder)
        } catch {
            throw .authority(error)
        }
    }

    /// Writes keys and word where clients look for them, once the port is ours.
    private func writeKeys() throws(ExchangeServerError) -> [String] {
        guard let authority else { return [] }
        do throws(LocalAuthorityError) {
            try authority.writeControl(token)
            return try authority.writeKeys(configuration.keys)
        } catch {
            throw .authority(error)
        }
    }

    /// Serves until a signal comes; throws when it cannot begin.
    package func run() throws(ExchangeServerError) {
        loop.submit { self.begin() }
        loop.run()
        if let failure { throw failure }
    }

    private func begin() {
        do throws(ExchangeServerError) {
            let host = try ExchangeHost(loop, configuration, port: port, tls: tls, token: token)
            self.host = host
            do throws(SystemError) {
                signals = try SignalSource(loop, [SIGINT, SIGTERM]) { [unowned self] _ in end() }
            } catch {
                throw .listen("\(error)")
            }
            greet(host, keys: try writeKeys())
            beginWatch(host)
        } catch {
            failure = error
            loop.stop()
        }
    }

    private func beginWatch(_ host: ExchangeHost) {
        if let viewer = voice.view?() {
            let address = "http\(tls == nil ? "" : "s")://127.0.0.1:\(host.port)/v1"
            watch = ExchangeWatch(loop, host, viewer, address: address) { [unowned self] in end() }
        } else {
            host.notable = voice.notable
        }
    }

    private func greet(_ host: ExchangeHost, keys: [String]) {
        let mark = tls == nil ? "" : "s"
        let place = "127.0.0.1:\(host.port)"
        // Where both are spoken, the paths of the second stand beside those of the first.
        let api = configuration.languages.contains(.v1) ? CoinExAPI.v1 : .v2
        voice.line("listening on http\(mark)://\(place)\(api.base) and ws\(mark)://\(place)\(api.socketPath)")
        guard let authority else {
            voice.line("control: \(token.text)")
            return
        }
        voice.line("authority: \(authority.authorityFile)")
        if !keys.isEmpty { voice.line("keys: \(keys.joined(separator: ", "))") }
    }

    private func end() {
        guard let host else { return }
        signals?.close()
        watch?.close()
        watch = nil
        let counts = host.counts
        let audit = host.auditLine()
        let faults = host.faultSummary
        host.close()
        voice.line(
            "served \(counts.requests) requests (\(counts.refusals) refused), \(counts.calls) calls and"
                + " \(counts.pushes) pushes on \(counts.sessions) WebSockets")
        if let faults { voice.line(faults) }
        voice.line(audit)
        self.host = nil
        loop.stop()
    }
}
