import CoinExVenue
import Configuration
import Exchange
import MarketModel
import Quantities
import VenueKit

extension ExchangeConfiguration {
    /// Reads and checks a configuration file; throws everything that is wrong with it, each at its place.
    package static func read(path: String) throws(InvalidConfiguration) -> ExchangeConfiguration {
        try YAMLDocument.load(path: path) { ExchangeReader(file: path).read($0) }
    }

    /// Reads and checks the text of a configuration; `name` stands for its file.
    package static func read(
        text: String, name: String
    ) throws(InvalidConfiguration) -> ExchangeConfiguration {
        try YAMLDocument.load(Array(text.utf8), file: name) { ExchangeReader(file: name).read($0) }
    }
}

/// Reads the configuration of a local exchange.
struct ExchangeReader {
    private static let delays = Interval.zero...Interval.minutes(5)
    private static let accountsMax = 1_000

    /// Of the file, with a slash at its end; empty for the working directory.
    private let folder: String

    init(file: String) { folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "" }

    /// Nil, with the reasons recorded, when anything that is needed is missing or wrong.
    func read(_ top: Section) -> ExchangeConfiguration? {
        var exchange = ExchangeConfiguration()
        exchange.port = UInt16(top.value("port", .int(in: 0...65_535), default: Int(exchange.port)))
        exchange.seed = UInt64(top.value("seed", .int(in: 0...Int.max), default: 1))
        exchange.authority = top.optional("authority", .string(length: 1...1_024))
        exchange.limits = limits(top)
        exchange.acknowledgement = top.value("acknowledgement", .choice(), default: .object)
        if let delays = top.optional("delays", .section { DelayDraft($0) }) {
            exchange.replyDelay = delays.reply
            exchange.pushDelay = delays.push
        }
        exchange.discountAsset = top.value("discount_asset", .assetName, default: exchange.discountAsset)
        exchange.discountRate = top.value(
            "discount", .feeRate(.between("0", "1")), default: exchange.discountRate)

        let markets = top.required(
            "markets",
            .list(of: .section { ExchangeMarketDraft($0, folder: folder) }, count: 1...MarketID.marketsMax))
        let accounts = top.required(
            "accounts", .list(of: .section { ExchangeAccountDraft($0) }, count: 1...Self.accountsMax))
        let faults = FaultDraft.list(top)
        guard let markets, let accounts else { return nil }
        checkNames(markets, accounts)
        for fault in faults {
            fault.check(
                accounts: accounts.compactMap { $0.name?.value },
                markets: markets.compactMap { $0.name?.value })
        }
        exchange.faults = faults.compactMap(\.fault)
        exchange.markets = markets.compactMap(\.definition)
        exchange.recordings = markets.compactMap(\.recording)
        exchange.accounts = accounts.compactMap(\.definition)
        exchange.keys = accounts.compactMap(\.key)
        guard exchange.markets.count == markets.count, exchange.accounts.count == accounts.count else {
            return nil
        }
        return exchange
    }

    private func limits(_ top: Section) -> FrontLimits {
        let all = top.value(
            "rates", .choice(among: [("venue", FrontLimits.venue), ("none", .none)]), default: .venue)
        var limits = top.optional("windows", .section { WindowDraft($0, all).limits }) ?? all
        limits.refusalStatus = top.value(
            "refusal_status", .choice(among: [("200", 200), ("429", 429)]), default: 200)
        return limits
    }

    private func checkNames(_ markets: [ExchangeMarketDraft], _ accounts: [ExchangeAccountDraft]) {
        Self.refuseRepeated(markets.compactMap(\.name))
        Self.refuseRepeated(accounts.compactMap(\.name))
        Self.refuseRepeated(accounts.compactMap(\.accessID))
        let assets = Set(markets.compactMap(\.definition).flatMap { [$0.base, $0.quote] })
        let isComplete = markets.allSatisfy { $0.definition != nil }
        for account in accounts {
            if isComplete { account.checkAssets(assets) }
            account.checkMain(before: accounts)
        }
    }

    private static func refuseRepeated(_ names: [Placed<String>]) {
        var first: [String: Placed<String>] = [:]
        for name in names {
            if let earlier = first[name.value] {
                name.refuse("is '\(name.value)', which '\(earlier.path)' is already")
            } else {
                first[name.value] = name
            }
        }
    }

    // MARK: Parts

    private struct DelayDraft {
        let reply: ClosedRange<Interval>
        let push: ClosedRange<Interval>

        init(_ section: Section) {
            let way = Format<Interval>.interval(in: ExchangeReader.delays)
            let reply = section.value("reply", way, default: .zero)
            let push = section.value("push", way, default: .zero)
            let jitter = section.value("jitter", way, default: .zero)
            self.reply = reply...(reply + jitter)
            self.push = push...(push + jitter)
        }
    }

    private struct WindowDraft {
        var limits: FrontLimits

        init(_ section: Section, _ limits: FrontLimits) {
            self.limits = limits
            for group in CoinExRateGroup.allCases where group != .market {
                if let rate = section.optional(group.rawValue, .rate) { self.limits.groups[group] = rate }
            }
            if let rate = section.optional("address", .rate) { self.limits.address = rate }
            if let rate = section.optional("calls", .rate) { self.limits.calls = rate }
            for hours in [1, 4, 8, 24] {
                guard let requests = section.optional("long_\(hours)h", .int(in: 1...1_000_000_000)) else {
                    continue
                }
                self.limits.longPeriods.append(FrontLimits.LongPeriod(hours: hours, requests: requests))
            }
        }
    }
}
