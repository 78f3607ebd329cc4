import Configuration
import Exchange
import Quantities

/// A fault of the file, or of a control request, as far as it could be read.
struct FaultDraft {
    private static let times = Interval.zero...Interval.minutes(1_440)
    private static let pauses = Interval.milliseconds(1)...Interval.minutes(1_440)

    /// Nil when anything is missing or wrong.
    let fault: ExchangeFault?
    private let account: Placed<String>?
    private let market: Placed<String>?

    init(_ section: Section) {
        let kind = section.required("kind", .choice(of: ExchangeFaultKind.self))
        let from = section.value("from", .interval(in: Self.times), default: .zero)
        let until = section.optional("until", .interval(in: Self.times))
        let every = section.optional("every", .interval(in: Self.pauses))
        let probability = section.value("probability", .double(in: 0...1), default: 1)
        account = section.optional("account", .placed(.label))
        market = section.optional("market", .placed(.label))
        let push = section.optional("push", .choice(of: FrontFamily.self))
        let delay = section.optional("delay", .interval(in: ExchangeFault.delays))
        let status = section.optional(
            "status", .choice(among: ExchangeFault.statuses.map { ("\($0)", $0) }))
        let isCarriedOut = section.value("carried_out", .bool, default: false)
        guard let kind else {
            fault = nil
            return
        }
        for field in ExchangeFaultField.allCases where !kind.fields.contains(field) {
            guard section.has(field.rawValue) else { continue }
            let names = kind.fields.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            section.refuse(
                field.rawValue, "is nothing that '\(kind.rawValue)' can be told",
                suggestion: "beside 'from' and 'until' it takes \(names)")
        }
        if let until, until <= from { section.refuse("until", "is \(until), which is not after 'from'") }
        var fault = ExchangeFault(kind)
        fault.from = from
        fault.until = until
        fault.every = every
        fault.probability = probability
        fault.account = account?.value
        fault.market = market?.value
        fault.push = push
        fault.delay = delay
        fault.status = status
        fault.isCarriedOut = isCarriedOut
        self.fault = fault
    }

    /// The account and the market are some that there are.
    func check(accounts: [String], markets: [String]) {
        Self.check(account, among: accounts, "account")
        Self.check(market, among: markets, "market")
    }

    private static func check(_ name: Placed<String>?, among names: [String], _ noun: String) {
        guard let name, !names.contains(name.value) else { return }
        let nearest = NearestName.of(name.value, among: names)
        name.refuse(
            "is '\(name.value)', which no \(noun) is called",
            suggestion: nearest.map { "did you mean '\($0)'?" })
    }

    /// Of a list under `faults`.
    static func list(_ top: Section) -> [FaultDraft] {
        top.value(
            "faults", .list(of: .section { FaultDraft($0) }, count: 0...FaultScript.faultsMax), default: [])
    }
}

extension ExchangeConfiguration {
    /// Reads the body of a control request: `{"faults": [{"kind": "push-lost"}]}`, as JSON or as YAML.
    ///
    /// - Throws: everything that is wrong with it, each at its line and column.
    func faults(in body: [UInt8]) throws(InvalidConfiguration) -> [ExchangeFault] {
        try YAMLDocument.load(body, file: "request") { top in
            let drafts = FaultDraft.list(top)
            if drafts.isEmpty { top.refuse("faults", "is missing or empty: there is nothing to set") }
            for draft in drafts { draft.check(accounts: accounts.map(\.name), markets: markets.map(\.name)) }
            return drafts.compactMap(\.fault)
        }
    }
}
