import COpenSSL
import Glibc
import TestSupport
import Testing

/// Where the secret half of a key is to be found while a bot trades with it, and afterwards: nowhere.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct KeySecrecyTests {
    private let scratch = ScratchFolder()
    /// Nothing else in the world reads like it.
    private let secret = "CANARY6F0B1D2C9A7E48358BD04C61F7E2A9F3D5081C4E"

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

    /// What one of the two digests of HMAC-SHA256 begins with: whoever has both can sign.
    private func digestState(_ pad: UInt8) -> [UInt8] {
        var block = [UInt8](repeating: pad, count: 64)
        for (index, byte) in secret.utf8.enumerated() { block[index] ^= byte }
        var state = SHA256_CTX()
        #expect(SHA256_Init(&state) == 1 && SHA256_Update(&state, block, block.count) == 1)
        return withUnsafeBytes(of: state.h) { Array($0) }
    }

    @Test(arguments: ["v1", "v2"], ["file", "environment"])
    func `K3 K4: a key is in no file, no output and no core dump of the bot that trades with it`(
        api: String, source: String
    ) throws {
        let exchange = try LocalExchange(in: scratch) {
            $0.replacing("10CA1000000000000000000000000000000000000000F001", with: secret)
        }
        scratch.place("market-maker.live.yaml") { text in
            var here = exchange.redirect(text, api)
            if source == "environment" {
                here = here.split(separator: "\n").filter { !$0.contains("key_file:") }.joined(
                    separator: "\n")
            }
            return here
        }
        let run = [BuiltPrograms.martlet, "run", "configs/market-maker.live.yaml", "--duration", "60m"]
        let variables =
            source == "environment"
            ? ["COINEX_ACCESS_ID=10CA1000000000000000000000000001", "COINEX_SECRET_KEY=\(secret)"] : []
        let bot = start(["env", "HOME=\(scratch.path)"] + variables + run)
        // It has placed orders: so it has signed.
        try #require(
            ChildProcess.wait {
                bot.hasEnded
                    || Saying(["coinex", "orders", "BTCUSDT"] + exchange.account, in: scratch).outputLines
                        .count > 1
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
        for pad: UInt8 in [0x36, 0x5C] {
            guard let count = ProcessMemory(id: bot.id).count(of: digestState(pad)) else { break }
            #expect(count.dumped == 0, "\(pad)")
            #expect((count.undumped > 0) == (api == "v2"), "\(pad)")
        }
        for name in ["cmdline", "environ"] {
            #expect(!ScratchFolder.text("/proc/\(bot.id)/\(name)").contains(secret), "\(name)")
        }

        bot.send(SIGINT)
        #expect(bot.wait(seconds: 60) == .exit(130), "\(bot.output) \(bot.errors)")
        #expect(!(bot.output + bot.errors).contains(secret))
        exchange.child.send(SIGINT)
        #expect(exchange.child.wait(seconds: 20) == .exit(0))
        let configuration = "configs/market-maker.live.yaml"
        let asked = [
            ["why", "1", "run-0001"], ["why", "1", "run-0001", "--json"], ["trace", "run-0001"],
            ["latency", "run-0001"], ["report", "run-0001"], ["replay", "run-0001"],
            ["check", configuration],
        ]
        for words in asked {
            let saying = Saying(words, in: scratch)
            #expect(saying.ending == .exit(0), "\(words): \(saying.errors)")
            #expect(!(saying.output + saying.errors).contains(secret), "\(words)")
        }
        // The exchange is gone, and with it what a doctor looks at: it says so.
        for words in [["doctor", configuration], ["doctor", configuration, "--json"]] {
            let saying = Saying(words, in: scratch)
            #expect(!saying.output.isEmpty && !(saying.output + saying.errors).contains(secret), "\(words)")
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
