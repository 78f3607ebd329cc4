import LiveTrading
import Quantities

extension ConnectionSettings {
    /// - Parameter folder: of the configuration's file: paths are relative to it.
    init(_ section: Section, folder: String) {
        self.init()
        bot = section.value("bot", .botName, default: bot)
        api = section.value("api", .choice(of: VenueGeneration.self), default: api)
        rest = section.value("rest", .address(plain: "http", secure: "https"), default: api.rest)
        while rest.hasSuffix("/") { rest.removeLast() }
        socket = section.value("socket", .address(plain: "ws", secure: "wss"), default: api.socket)
        authority = section.optional("authority", .string(length: 1...DataDraft.pathLengthMax))
            .map { DataDraft.path($0, in: folder) }
        keyFile = section.optional("key_file", .string(length: 1...DataDraft.pathLengthMax))
            .map { DataDraft.path($0, in: folder) }
        foundOrders = section.value(
            "found_orders", .choice(of: FoundOrderPolicy.self), default: foundOrders)
        position = section.value("position", .choice(of: PositionPolicy.self), default: position)
        marketRules = section.value(
            "market_rules", .choice(of: MarketRulesPolicy.self), default: marketRules)
        withdrawals = section.value(
            "withdrawals", .choice(of: WithdrawalPolicy.self), default: withdrawals)
        stopPatience = section.value("stop_patience", .interval(in: Self.patiences), default: stopPatience)
        auditEvery = section.value("audit_every", .interval(in: Self.auditPauses), default: auditEvery)
    }
}

extension Format where Value == String {
    /// What names a bot's orders.
    fileprivate static var botName: Format {
        scalar("1 to 7 lower case letters and digits") { (scalar) throws(Refusal) in
            let letters = scalar.text.utf8
            guard ConnectionSettings.botLengths.contains(letters.count),
                letters.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) })
            else { throw Refusal("it would not fit into the names of orders") }
            return scalar.text
        }
    }

    /// An address that is spoken to with TLS, or plainly on this machine.
    static func address(plain: String, secure: String) -> Format {
        scalar("an address such as \(secure)://host/path") { (scalar) throws(Refusal) in
            let text = scalar.text
            guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
                throw Refusal("it is no address")
            }
            if text.hasPrefix(secure + "://"), text.utf8.count > secure.utf8.count + 3 { return text }
            guard text.hasPrefix(plain + "://") else {
                throw Refusal("it is no address", suggestion: "begin it with \(secure)://")
            }
            let host = text.dropFirst(plain.utf8.count + 3)
            let isOwn = ["127.0.0.1", "localhost", "[::1]"].contains { name in
                host == name || host.hasPrefix(name + ":") || host.hasPrefix(name + "/")
            }
            guard isOwn else {
                throw Refusal("others could read along", suggestion: "begin it with \(secure)://")
            }
            return text
        }
    }
}
