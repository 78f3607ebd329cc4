import Glibc
import TestSupport
import Testing

/// The local exchange and a bot that trades there around the price of a source: programs as they are.
///
/// Used from one thread at a time.
final class TwoVenues: @unchecked Sendable {
    private let scratch = ScratchFolder()
    private let exchange: ChildProcess
    private let port: String
    private let bot: ChildProcess

    /// - Parameters:
    ///   - source: where the source is: its streams, its requests.
    ///   - words: of the program; the configuration alone if left out.
    ///   - change: to the configuration.
    init(
        _ configuration: String, bot program: String, source: (socket: String, rest: String),
        words: [String]? = nil, change: (String) -> String
    ) throws {
        mkdir(scratch.file("configs"), 0o755)
        Self.place("exchange.yaml", in: scratch)
        exchange = ChildProcess(
            BuiltPrograms.martlet, ["exchange", "configs/exchange.yaml", "--port", "0"], in: scratch)
        let started = exchange
        try #require(ChildProcess.wait { started.output.contains("keys: ") || started.hasEnded })
        let line = try #require(
            exchange.output.split(separator: "\n").first { $0.hasPrefix("listening on ") })
        port = String(
            try #require(line.split(separator: ":").dropFirst(2).first?.split(separator: "/").first))
        let port = port
        Self.place(configuration, in: scratch) { text in
            let local = text.replacing("127.0.0.1:8710", with: "127.0.0.1:\(port)")
            return change(
                local.replacing(
                    "binance: {", with: "binance: {socket: '\(source.socket)', rest: '\(source.rest)', "))
        }
        bot = ChildProcess(program, words ?? ["configs/\(configuration)"], in: scratch)
    }

    private static func place(
        _ name: String, in scratch: ScratchFolder, _ change: (String) -> String = { $0 }
    ) {
        let text = ScratchFolder.text(Checkout.file("configs/\(name)"))
        ScratchFolder.write(Array(change(text).utf8), scratch.file("configs/\(name)"))
    }

    var output: String { bot.output }
    var errors: String { bot.errors }

    /// Waits until the bot has said something so often.
    func awaits(_ text: String, times: Int = 1) throws {
        let hasSaid = ChildProcess.wait {
            bot.hasEnded || bot.output.split(separator: "\n").count { $0.contains(text) } >= times
        }
        try #require(hasSaid && !bot.hasEnded, "no '\(text)' in \(bot.output) \(bot.errors)")
    }

    /// What the exchange tells of its books, accounts and clients.
    func audit() -> String {
        Saying(["exchange", "audit", "configs/exchange.yaml", "--port", port], in: scratch).output
    }

    /// Waits until the exchange has orders, or none, of the first account.
    func awaits(openOrders: Bool) throws {
        let isSo = ChildProcess.wait { bot.hasEnded || audit().contains("  open ") == openOrders }
        try #require(isSo && !bot.hasEnded, "\(audit()) \(bot.output) \(bot.errors)")
    }

    /// Ends the bot in good order; returns the hash of its decisions.
    func endBot() throws -> String {
        bot.send(SIGINT)
        #expect(bot.wait(seconds: 60) == .exit(130), "\(bot.output) \(bot.errors)")
        return String(try #require(bot.output.split(separator: "\n").last { $0.hasPrefix("decisions ") }))
    }

    /// Waits until the bot has ended by itself.
    func end() -> Saying { Saying(ended: bot) }

    /// Runs the tool beside the exchange.
    func tool(_ words: [String]) -> Saying { Saying(words, in: scratch) }

    /// Puts a configuration of the repository beside the others.
    func place(_ name: String, _ change: (String) -> String) { Self.place(name, in: scratch, change) }

    /// Replays the bot's tape.
    func replay() -> Saying { Saying(["replay", "latest"], in: scratch) }

    func endExchange() -> String {
        exchange.send(SIGINT)
        #expect(exchange.wait(seconds: 20) == .exit(0))
        return exchange.output.split(separator: "\n").last.map(String.init) ?? ""
    }
}
