import Glibc
import TestSupport
import Testing

/// Where the secret half of a key is to be found while a bot trades with it, and afterwards: nowhere.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct KeySecrecyTests {
    private let scratch = ScratchFolder()
    /// Nothing else in the world reads like it.
    private let secret = "CANARY6F0B1D2C9A7E48358BD04C61F7E2A9F3D5081C4E"

    private func place(_ name: String, _ change: (String) -> String) {
        mkdir(scratch.file("configs"), 0o755)
        let text = ScratchFolder.text(Checkout.file("configs/\(name)"))
        ScratchFolder.write(Array(change(text).utf8), scratch.file("configs/\(name)"))
    }

    /// An exchange whose first account has that secret.
    private func exchange() throws -> (child: ChildProcess, port: String) {
        place("exchange.yaml") {
            $0.replacing("10CA1000000000000000000000000000000000000000F001", with: secret)
        }
        let child = ChildProcess(
            BuiltPrograms.martlet, ["exchange", "configs/exchange.yaml", "--port", "0"], in: scratch)
        try #require(ChildProcess.wait { child.output.contains("keys: ") || child.hasEnded })
        let line = try #require(child.output.split(separator: "\n").first { $0.hasPrefix("listening on ") })
        let port = try #require(line.split(separator: ":").dropFirst(2).first?.split(separator: "/").first)
        return (child, String(port))
    }

    /// All files below a folder.
    private func files(_ folder: String) -> [String] {
        var found: [String] = []
        guard let directory = opendir(folder) else { return found }
        defer { closedir(directory) }
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name == "." || name == ".." { continue }
            found +=
                entry.pointee.d_type == UInt8(DT_DIR) ? files("\(folder)/\(name)") : ["\(folder)/\(name)"]
        }
        return found.sorted()
    }

    /// Starts a program without the right to look into any process, which root has unless it is laid down.
    private func start(_ words: [String]) -> ChildProcess {
        geteuid() == 0
            ? ChildProcess("setpriv", ["--bounding-set=-sys_ptrace"] + words, in: scratch)
            : ChildProcess(words[0], Array(words.dropFirst()), in: scratch)
    }

    /// Whether another program of the same user may read the memory of one that was started so.
    private func isOpen(_ process: pid_t) -> Bool {
        start(["dd", "if=/proc/\(process)/mem", "count=0", "status=none"]).wait() == .exit(0)
    }

    @Test(arguments: ["v1", "v2"], ["file", "environment"])
    func `K3 K4: a key is in no file, no output and no core dump of the bot that trades with it`(
        api: String, source: String
    ) throws {
        let (exchange, port) = try exchange()
        place("market-maker.live.yaml") { text in
            var here = text.replacing("127.0.0.1:8710", with: "127.0.0.1:\(port)")
            if source == "environment" {
                here = here.split(separator: "\n").filter { !$0.contains("key_file:") }.joined(
                    separator: "\n")
            }
            guard api == "v2" else { return here }
            return here.replacing("\(port)/v1", with: "\(port)/v2")
                .replacing("\(port)/\n", with: "\(port)/v2/spot\n")
                .replacing("  bot: mm", with: "  api: v2\n  bot: mm")
        }
        let run = [BuiltPrograms.martlet, "run", "configs/market-maker.live.yaml", "--duration", "60m"]
        let variables =
            source == "environment"
            ? ["COINEX_ACCESS_ID=10CA1000000000000000000000000001", "COINEX_SECRET_KEY=\(secret)"] : []
        let bot = start(["env", "HOME=\(scratch.path)"] + variables + run)
        let account = [
            "--url", "https://127.0.0.1:\(port)/v1", "--ca", "runs/exchange/authority.pem", "--key",
            "runs/exchange/first.key",
        ]
        // It has placed orders: so it has signed.
        try #require(
            ChildProcess.wait {
                bot.hasEnded
                    || Saying(["coinex", "orders", "BTCUSDT"] + account, in: scratch).outputLines.count > 1
            })
        try #require(!bot.hasEnded, "\(bot.output) \(bot.errors)")

        #expect(!isOpen(bot.id), "any program of this user can read its memory")
        let other = start(["sleep", "60"])
        #expect(ChildProcess.wait(seconds: 20) { isOpen(other.id) }, "the look itself works")
        let limits = ScratchFolder.text("/proc/\(bot.id)/limits").split(separator: "\n")
        let core = try #require(limits.first { $0.hasPrefix("Max core file size") }).split(separator: " ")
        #expect(core.suffix(3) == ["0", "0", "bytes"])
        // Whoever may look all the same: a dump has nothing of it.
        if let count = ProcessMemory(id: bot.id).count(of: Array(secret.utf8)) {
            #expect(count.dumped == 0)
            #expect(count.undumped == 1)
        }
        for name in ["cmdline", "environ"] {
            #expect(!ScratchFolder.text("/proc/\(bot.id)/\(name)").contains(secret), "\(name)")
        }

        bot.send(SIGINT)
        #expect(bot.wait(seconds: 60) == .exit(130), "\(bot.output) \(bot.errors)")
        exchange.send(SIGINT)
        #expect(exchange.wait(seconds: 20) == .exit(0))
        for words in [["why", "run-0001"], ["report", "run-0001"], ["runs"]] {
            _ = Saying(words, in: scratch)
        }
        let all = files(scratch.path)
        #expect(all.contains { $0.hasSuffix("session.tape") } && all.contains { $0.hasSuffix(".db") })
        let withKey = all.filter {
            ProcessMemory.count(of: Array(secret.utf8), in: ScratchFolder.read($0)[...]) > 0
        }
        #expect(
            withKey.map { String($0.dropFirst(scratch.path.count + 1)) }
                == ["configs/exchange.yaml", "runs/exchange/first.key"])
    }
}
