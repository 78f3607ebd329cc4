import Foundation
import Glibc
import ScriptedVenue
import TestSupport
import Testing

/// `martlet doctor` against the local exchange over TLS, in both generations, and against what is not as it should be.
@Suite(.ownThread, .serialized, .timeLimit(.minutes(4)))
struct DoctorCommandTests {
    private let scratch = ScratchFolder()

    private func place(_ name: String, as other: String? = nil, _ change: (String) -> String = { $0 }) {
        mkdir(scratch.file("configs"), 0o755)
        let text = ScratchFolder.text(Checkout.file("configs/\(name)"))
        ScratchFolder.write(Array(change(text).utf8), scratch.file("configs/\(other ?? name)"))
    }

    private func exchange(
        _ change: (String) -> String = { $0 }
    ) throws -> (child: ChildProcess, port: String) {
        place("exchange.yaml", change)
        let child = ChildProcess(
            BuiltPrograms.martlet, ["exchange", "configs/exchange.yaml", "--port", "0"], in: scratch)
        try #require(
            ChildProcess.wait { child.output.contains("keys: ") || child.hasEnded }, "\(child.errors)")
        let line = try #require(child.output.split(separator: "\n").first { $0.hasPrefix("listening on ") })
        let port = try #require(line.split(separator: ":").dropFirst(2).first?.split(separator: "/").first)
        return (child, String(port))
    }

    /// The market maker's configuration in the words of a generation.
    private func bot(_ api: String, _ port: String, _ change: (String) -> String = { $0 }) -> String {
        place("market-maker.live.yaml", as: "\(api).yaml") { text in
            let here = text.replacing("127.0.0.1:8710", with: "127.0.0.1:\(port)")
            guard api == "v2" else { return change(here) }
            return change(
                here.replacing("\(port)/v1", with: "\(port)/v2").replacing(
                    "\(port)/\n", with: "\(port)/v2/spot\n"
                )
                .replacing("  bot: mm", with: "  api: v2\n  bot: mm"))
        }
        return "configs/\(api).yaml"
    }

    private func doctor(_ path: String, _ words: [String] = []) -> Saying {
        Saying(["doctor", path] + words, in: scratch)
    }

    /// What the doctor says of a subject.
    private static func line(_ subject: String, _ saying: Saying) -> String {
        saying.outputLines.first { $0.split(separator: " ").dropFirst().first == subject[...] } ?? ""
    }

    private static let subjects = [
        "key", "name", "connection", "certificate", "requests", "clock", "streams", "market", "trading",
        "withdrawals", "balances", "rates", "disk", "switch", "runs", "ledger",
    ]

    @Test(arguments: ["v1", "v2"])
    func `where all is well every line says so`(api: String) throws {
        let (exchange, port) = try exchange()
        let saying = doctor(bot(api, port))
        #expect(saying.ending == .exit(0), "\(saying.output) \(saying.errors)")
        #expect(saying.errors == "")
        let found = saying.outputLines.compactMap {
            $0.split(separator: " ").dropFirst().first.map(String.init)
        }
        #expect(found == Self.subjects)
        #expect(
            saying.outputLines.allSatisfy { $0.hasPrefix("ok    ") && !$0.contains("->") }, "\(saying.output)"
        )
        // A pipe is told without colours.
        #expect(!saying.output.contains("\u{1B}"))
        #expect(Self.line("certificate", saying).contains("127.0.0.1 is who it says for "))
        #expect(Self.line("requests", saying).contains("CoinEx \(api) answers in "))
        #expect(Self.line("market", saying) == "ok    market      BTCUSDT is as the venue has it")
        #expect(Self.line("balances", saying) == "ok    balances    BTC 10, USDT 1000000")
        let code = api == "v1" ? "158" : "4158"
        #expect(Self.line("withdrawals", saying).contains("the key may not withdraw: code \(code)"))
        #expect(Self.line("rates", saying).contains("account "), "\(saying.output)")
        let json = doctor(bot(api, port), ["--json"])
        let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(document?.map { $0["subject"] as? String } == Self.subjects)
        #expect(document?.allSatisfy { $0["level"] as? String == "ok" } == true)
        #expect(doctor(bot(api, port), ["--quiet"]).output == "")
        exchange.send(SIGINT)
        #expect(exchange.wait(seconds: 20) == .exit(0))
    }

    @Test(arguments: ["v1", "v2"])
    func `K10: a key that may withdraw fails unless that is permitted, word for word`(api: String) throws {
        let (exchange, port) = try exchange {
            $0.replacing(
                "    balances: {BTC: 10, ETH", with: "    may_withdraw: true\n    balances: {BTC: 10, ETH")
        }
        let sentence = "this bot may send money out of the account"
        let refused = doctor(bot(api, port))
        #expect(refused.ending == .exit(70))
        #expect(Self.line("withdrawals", refused).hasPrefix("fail  withdrawals the key may withdraw"))
        #expect(Self.line("withdrawals", refused).contains("-> take that from the key, or write "))
        #expect(doctor(bot(api, port), ["--withdrawals", sentence]).ending == .exit(0))
        #expect(doctor(bot(api, port), ["--withdrawals", "yes"]).ending == .exit(64))
        let permitted = bot(api, port) {
            $0.replacing("  bot: mm", with: "  withdrawals: \(sentence)\n  bot: mm")
        }
        #expect(doctor(permitted).ending == .exit(0))
        let other = bot(api, port) { $0.replacing("  bot: mm", with: "  withdrawals: permit\n  bot: mm") }
        #expect(doctor(other).ending == .exit(65))
        exchange.send(SIGINT)
        #expect(exchange.wait(seconds: 20) == .exit(0))
    }

    @Test(arguments: ["v1", "v2"])
    func `keys, terms and balances that are wrong are told with what to do`(api: String) throws {
        let (exchange, port) = try exchange {
            $0.replacing("name: second", with: "name: second\n    may_trade: false")
        }
        // Another secret.
        _ = scratch.write("access_id = 10CA1000000000000000000000000001\nsecret_key = F00\n", "wrong.key")
        chmod(scratch.file("wrong.key"), 0o600)
        let wrong = doctor(
            bot(api, port) { $0.replacing("runs/exchange/first.key", with: "wrong.key") })
        #expect(wrong.ending == .exit(70))
        #expect(
            Self.line("account", wrong).contains("-> the secret does not belong to this access id"),
            "\(wrong.output)")
        #expect(Self.line("streams", wrong).hasPrefix("fail"), "\(wrong.output)")
        // A key that nobody has.
        _ = scratch.write("access_id = F00\nsecret_key = F00\n", "none.key")
        chmod(scratch.file("none.key"), 0o600)
        let none = doctor(bot(api, port) { $0.replacing("runs/exchange/first.key", with: "none.key") })
        #expect(Self.line("account", none).contains("is this the id of the venue's key?"), "\(none.output)")
        // A key that others can read: no secret of it goes anywhere.
        chmod(scratch.file("none.key"), 0o644)
        let open = doctor(bot(api, port) { $0.replacing("runs/exchange/first.key", with: "none.key") })
        #expect(open.ending == .exit(70))
        #expect(Self.line("key", open).contains("has mode 0644"))
        #expect(Self.line("account", open) == "" && Self.line("market", open).hasPrefix("ok"))
        // A key that may not trade, and terms that are not the venue's.
        let poor = doctor(
            bot(api, port) {
                $0.replacing("first.key", with: "second.key").replacing("tick: 0.01", with: "tick: 0.1")
            })
        #expect(poor.ending == .exit(70))
        #expect(
            Self.line("trading", poor).contains("fail  trading     the key may not trade"), "\(poor.output)")
        #expect(Self.line("market", poor).contains("tick of BTCUSDT is 0.1 here and 0.01 at the venue"))
        let adopted = doctor(
            bot(api, port) {
                $0.replacing("tick: 0.01", with: "tick: 0.1")
                    .replacing("  bot: mm", with: "  market_rules: adopt\n  bot: mm")
            })
        #expect(adopted.ending == .exit(1))
        #expect(Self.line("market", adopted).hasPrefix("warn"))
        let unknown = doctor(
            bot(api, port) { $0.replacing("BTCUSDT", with: "BTCUSDC") })
        #expect(Self.line("market", unknown).contains("the venue has no market BTCUSDC"), "\(unknown.output)")
        exchange.send(SIGINT)
        #expect(exchange.wait(seconds: 20) == .exit(0))
    }

    @Test(arguments: ["v1", "v2"])
    func `an address of another generation, or of nobody, is told`(api: String) throws {
        let (exchange, port) = try exchange()
        let other = api == "v1" ? "v2" : "v1"
        let crossed = doctor(
            bot(api, port) {
                $0.replacing("\(port)/\(api)\n", with: "\(port)/\(other)\n")
                    .replacing("\(port)/\(api) ", with: "\(port)/\(other) ")
            })
        #expect(crossed.ending == .exit(70))
        #expect(Self.line("requests", crossed).contains("it ends with /\(api)"), "\(crossed.output)")
        let nobody = doctor(bot(api, "1"))
        #expect(nobody.ending == .exit(70))
        #expect(
            Self.line("connection", nobody).hasPrefix("fail  connection  cannot connect to "),
            "\(nobody.output)")
        #expect(Self.line("requests", nobody) == "" && Self.line("disk", nobody) != "")
        let nameless = doctor(
            bot(api, port) { $0.replacing("https://127.0.0.1:", with: "https://nowhere.invalid:") })
        #expect(Self.line("name", nameless).hasPrefix("fail  name        no address for nowhere.invalid"))
        exchange.send(SIGINT)
        #expect(exchange.wait(seconds: 20) == .exit(0))
    }

    @Test func `certificates that are not to be trusted end it before anything is sent`() async throws {
        let authority = TestAuthority(scratch.path)
        let expired = authority.issue("expired", .init(notBefore: -7_200, notAfter: -3_600))
        let ending = authority.issue("ending", .init(notAfter: 3 * 86_400 + 60))
        for (files, level, words) in [
            (expired, "fail", "certificate has expired"), (ending, "warn", "for 3 more days"),
        ] {
            let venue = try await ScriptedVenue(certificate: files) { _ in .reply(status: 404, "no") }
            let port = try #require(venue.url.split(separator: ":").last?.split(separator: "/").first)
            let path = bot("v1", String(port)) {
                $0.replacing("../runs/exchange/authority.pem", with: "../authority.pem")
            }
            let saying = doctor(path)
            #expect(saying.ending == .exit(70))
            let line = Self.line("certificate", saying)
            #expect(line.hasPrefix(level) && line.contains(words) && line.contains("->"), "\(saying.output)")
            #expect(venue.requests.isEmpty == (level == "fail"))
        }
    }

    @Test func `a clock that is off is told by how much`() async throws {
        let venue = try await ScriptedVenue { _ in
            .data(#"{"date":1513865441609,"ticker":{}}"#, date: "Thu, 21 Dec 2017 14:10:41 GMT")
        }
        let port = try #require(venue.url.split(separator: ":").last?.split(separator: "/").first)
        let path = bot("v1", String(port)) {
            $0.replacing("https://", with: "http://").replacing("wss://", with: "ws://")
        }
        let saying = doctor(path)
        let line = Self.line("clock", saying)
        #expect(
            line.hasPrefix("fail  clock       this machine's is ")
                && line.contains(" s ahead of the venue's -> set it"))
    }

    @Test func `what the last run left, and a switch, are told`() throws {
        let path = scratch.write(
            """
            mode: paper
            duration: 1s
            pace: max
            markets:
              - {name: BTCUSDT, base: BTC, quote: USDT, tick: 0.01, lot: 0.00001, minimum: 0.0001}
            strategies:
              - {strategy: market-maker, markets: [BTCUSDT]}
            """, "paper.yaml")
        let fresh = doctor(path)
        #expect(fresh.ending == .exit(0), "\(fresh.output) \(fresh.errors)")
        #expect(Self.line("runs", fresh) == "ok    runs        none yet in runs")
        #expect(Saying(["run", path, "--quiet"], in: scratch).ending == .exit(0))
        let after = doctor(path)
        #expect(after.ending == .exit(0), "\(after.output)")
        #expect(Self.line("tape", after).contains("run-0001 can be read whole: "))
        #expect(Self.line("ledger", after).contains("1 runs, all with an end"))
        // A mark that nobody holds, and a tape that ends in the middle of a write.
        _ = scratch.write("mm 7\n", "runs/run-0001/session.lock")
        let tape = ScratchFolder.read(scratch.file("runs/run-0001/session.tape"))
        ScratchFolder.write(Array(tape.dropLast(3)), scratch.file("runs/run-0001/session.tape"))
        let cut = doctor(path)
        #expect(cut.ending == .exit(1))
        #expect(Self.line("runs", cut).hasPrefix("warn  runs        run-0001 was cut short -> start the bot"))
        #expect(Self.line("tape", cut).hasPrefix("warn  tape        run-0001 ends in the middle of a write"))
        ScratchFolder.write(Array(tape.prefix(4)), scratch.file("runs/run-0001/session.tape"))
        ScratchFolder.write(Array("no database".utf8), scratch.file("runs/ledger.db"))
        #expect(Saying(["halt", "market-maker"], in: scratch).ending == .exit(0))
        let broken = doctor(path)
        #expect(broken.ending == .exit(70))
        for subject in ["tape", "ledger", "switch"] {
            #expect(Self.line(subject, broken).hasPrefix("fail"), "\(broken.output)")
        }
        let nowhere = scratch.write(
            ScratchFolder.text(path) + "\njournal: {folder: paper.yaml/runs}\n", "nowhere.yaml")
        #expect(Self.line("journal", doctor(nowhere)).hasPrefix("fail  journal     paper.yaml is no folder"))
    }
}
