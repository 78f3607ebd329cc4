import CoinExClient
import CoinExVenue
import Configuration
import Quantities
import Transport

/// Examines the way to the venue, and the account there.
struct VenueDoctor: Sendable {
    /// How long each step of a connection may take.
    private static let connectTimeout = Interval.seconds(10)
    /// A certificate that ends sooner is warned of; the venue's are renewed a month before their end.
    private static let certificateDays: Int64 = 14
    /// What a clock may be off without a word, and what it may be at most.
    private static let clockTolerance = Interval.seconds(1)
    private static let clockMax = Interval.seconds(30)

    let configuration: SessionConfiguration
    let settings: CoinExClientSettings
    let list: FindingList
    private let loop: EventLoop

    init(
        _ configuration: SessionConfiguration, _ key: CoinExCredentials?, _ environment: [String: String],
        on loop: EventLoop, _ list: FindingList
    ) {
        self.configuration = configuration
        self.loop = loop
        self.list = list
        var settings = MarketTerms.settings(configuration.connection, environment: environment)
        settings.credentials = key
        self.settings = settings
    }

    func examine() async {
        guard await reach() else { return }
        let client: CoinExClient
        do throws(CoinExClientError) {
            client = try CoinExClient(settings, on: loop)
        } catch {
            return list.add(.fail("requests", "\(error)", do: "correct 'rest' in 'connection'"))
        }
        defer { client.close() }
        guard await ask(client) else { return }
        await stream()
        await terms(client)
        guard settings.credentials != nil, await account(client) else { return }
        await rates(client)
    }

    // MARK: - The way there

    /// Whether requests and streams can be connected to.
    private func reach() async -> Bool {
        var seen: [String] = []
        var isReached = true
        for (name, url) in [("rest", settings.url), ("socket", settings.socketURL)] {
            guard let text = URLText(url) else {
                list.add(.fail("address", "'\(url)' is no address", do: "correct '\(name)' in 'connection'"))
                return false
            }
            let isSecure = text.scheme == "https" || text.scheme == "wss"
            let port = text.port ?? (isSecure ? 443 : 80)
            let place = "\(text.host):\(port)"
            if seen.contains(place) { continue }
            seen.append(place)
            var endpoint = Endpoint(host: text.host, port: port)
            do {
                if isSecure { endpoint.tls = try TLSContext(authorities: settings.authorities) }
                endpoint.proxy = try Proxy.from(environment: settings.environment, for: endpoint)
            } catch {
                list.add(
                    .fail("address", "\(error)", do: "correct 'authority' in 'connection', or the proxy"))
                return false
            }
            isReached = await reach(endpoint, place) && isReached
        }
        return isReached
    }

    private func reach(_ endpoint: Endpoint, _ place: String) async -> Bool {
        // A proxy looks the name up itself.
        if endpoint.proxy == nil {
            switch await ConnectionProbe.resolve(endpoint.host, port: endpoint.port, on: loop) {
            case .success(let addresses):
                let what = addresses.count == 1 ? "1 address" : "\(addresses.count) addresses"
                list.add(.ok("name", "\(endpoint.host) has \(what)"))
            case .failure(let failure):
                list.add(
                    .fail(
                        "name", "\(failure)",
                        do: "is the name right in 'connection'? does this machine have DNS?"))
                return false
            }
        }
        switch await ConnectionProbe.connect(endpoint, on: loop, timeout: Self.connectTimeout) {
        case .success(let success):
            let way = endpoint.proxy.map { " through \($0.host):\($0.port)" } ?? ""
            list.add(.ok("connection", "\(place)\(way) in \(Self.milliseconds(success.took)) ms"))
            certificate(success, endpoint.host)
            return true
        case .failure(let failure):
            list.add(Self.finding(failure, place))
            return false
        }
    }

    private func certificate(_ success: ConnectionProbe.Success, _ host: String) {
        guard let version = success.tls, let end = success.certificateEnd else { return }
        let days = (end - settings.wallClock()).nanoseconds / 86_400_000_000_000
        let text = "\(host) is who it says for \(days) more days, \(version)"
        list.add(
            days >= Self.certificateDays
                ? .ok("certificate", text)
                : .warn("certificate", text, do: "whoever runs \(host) has to renew it before \(end)"))
    }

    private static func finding(_ failure: ConnectFailure, _ place: String) -> Finding {
        switch failure {
        case .tls(let fault):
            switch fault.kind {
            case .certificate:
                return .fail(
                    "certificate", "\(place): \(fault.reason)",
                    do:
                        "nothing is sent there: check the name, this machine's date, and 'authority' in 'connection'"
                )
            case .negotiation, .truncated, .configuration:
                return .fail(
                    "certificate", "\(place): \(fault)", do: "does a server with TLS answer at this port?")
            }
        case .resolution, .unreachable, .timeout, .proxy, .closed, .resources:
            return .fail(
                "connection", "\(failure)",
                do: "is the address right, the network up, no firewall or proxy in between?")
        }
    }

    // MARK: - Requests and streams

    /// Whether requests are answered; tells of the clock.
    private func ask(_ client: CoinExClient) async -> Bool {
        let name = settings.api.rawValue
        let before = settings.wallClock()
        do throws(CoinExClientError) {
            let clock = try await client.measureClock()
            list.add(
                .ok(
                    "requests",
                    "CoinEx \(name) answers in \(Self.milliseconds(settings.wallClock() - before)) ms"))
            self.clock(clock)
            return true
        } catch {
            let advice =
                switch error {
                case .retryLater(.gateway(let answer)) where answer.status == 404:
                    "is 'rest' in 'connection' the address of CoinEx \(name)? it ends with /\(name)"
                case .retryLater: "try again in a minute"
                case .notSent, .outcomeUnknown: "try again; is a proxy in between?"
                case .refused, .clockIsOff, .malformed, .misconfigured:
                    "is 'rest' in 'connection' the address of CoinEx \(name)?"
                }
            list.add(.fail("requests", "\(error)", do: advice))
            return false
        }
    }

    private func clock(_ reading: CoinExClockReading) {
        guard let uncertainty = reading.uncertainty else {
            return list.add(.warn("clock", "the venue did not tell its time", do: "compare it by hand"))
        }
        let ahead = Interval.zero - reading.offset
        let distance = ahead < .zero ? Interval.zero - ahead : ahead
        let text = "this machine's is \(ClockText.text(ahead: ahead)) the venue's"
        let advice = "set it by NTP (chrony, systemd-timesyncd); signatures carry the venue's time meanwhile"
        if distance <= Self.clockTolerance + uncertainty {
            list.add(.ok("clock", text))
        } else if distance <= Self.clockMax {
            list.add(.warn("clock", text, do: advice))
        } else {
            list.add(.fail("clock", text, do: advice))
        }
    }

    private func stream() async {
        let before = settings.wallClock()
        do throws(CoinExStreamFault) {
            let streams = try await CoinExStreams.open(settings, on: loop)
            defer { streams.close() }
            switch streams.api {
            case .v1: try await streams.call(.ping)
            case .v2: try await streams.call(v2: .ping)
            }
            if settings.credentials != nil { try await streams.sign() }
            let signed = settings.credentials == nil ? "" : ", and takes the key"
            let took = Self.milliseconds(settings.wallClock() - before)
            list.add(.ok("streams", "the socket answers in \(took) ms\(signed)"))
        } catch {
            let advice =
                switch error {
                case .refused(let refusal) where refusal.reason == .signatureRefused:
                    "is this the venue's key, and its secret?"
                case .refused, .ended, .timeout, .malformed, .malformedV2, .overflow, .tooManyCalls, .tooLong,
                    .noKey, .cancelled, .misconfigured:
                    "is 'socket' in 'connection' the address of CoinEx \(settings.api.rawValue)?"
                }
            list.add(.fail("streams", "\(error)", do: advice))
        }
    }

    /// What is left of the venue's limits, as the heads of the answers told.
    private func rates(_ client: CoinExClient) async {
        let quotas = await client.quotas
        var parts: [String] = []
        var isShort = false
        for group in CoinExRateGroup.allCases {
            guard let quota = quotas[group] else { continue }
            if let limit = quota.limit, let remaining = quota.remaining {
                parts.append("\(group.rawValue) \(remaining) of \(limit)")
            }
        }
        let longPeriods = CoinExRateGroup.allCases.compactMap { quotas[$0] }.last { !$0.longPeriods.isEmpty }
        for period in longPeriods?.longPeriods ?? [] {
            parts.append("\(period.hours) h \(period.remaining)")
            isShort = isShort || period.remaining == 0
        }
        guard !parts.isEmpty else {
            return list.add(
                .ok("rates", "the venue tells nothing of its limits; those of its documents are kept"))
        }
        let text = "left of the windows: " + parts.joined(separator: ", ")
        list.add(
            isShort
                ? .warn(
                    "rates", text, do: "other programs have used up the account's quota: wait, or stop them")
                : .ok("rates", text))
    }

    /// `1.2`
    private static func milliseconds(_ interval: Interval) -> String {
        let tenths = max(0, interval.nanoseconds) / 100_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}
