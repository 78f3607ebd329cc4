import Glibc
import TestSupport
import Testing

/// An exchange of the repository's configuration in a process of its own.
struct LocalExchange {
    let child: ChildProcess
    let port: String

    /// Waits until it listens, at a port that was free.
    init(in scratch: ScratchFolder, _ change: (String) -> String) throws {
        scratch.place("exchange.yaml", change)
        child = ChildProcess(
            BuiltPrograms.martlet, ["exchange", "configs/exchange.yaml", "--port", "0"], in: scratch)
        let child = child
        try #require(ChildProcess.wait { child.output.contains("keys: ") || child.hasEnded })
        let line = try #require(child.output.split(separator: "\n").first { $0.hasPrefix("listening on ") })
        port = String(
            try #require(line.split(separator: ":").dropFirst(2).first?.split(separator: "/").first))
    }

    /// What `martlet coinex` needs to speak for the first account.
    var account: [String] {
        [
            "--url", "https://127.0.0.1:\(port)/v1", "--ca", "runs/exchange/authority.pem", "--key",
            "runs/exchange/first.key",
        ]
    }

    /// The configuration of a bot that speaks to the exchange of the repository, for this one instead.
    func redirect(_ text: String, _ api: String = "v1") -> String {
        let here = text.replacing("127.0.0.1:8710", with: "127.0.0.1:\(port)")
        guard api == "v2" else { return here }
        return here.replacing("\(port)/v1", with: "\(port)/v2")
            .replacing("\(port)/\n", with: "\(port)/v2/spot\n")
            .replacing("  bot: mm", with: "  api: v2\n  bot: mm")
    }
}

extension ScratchFolder {
    /// Puts a configuration of the repository where `configs/` is expected.
    func place(_ name: String, as other: String? = nil, _ change: (String) -> String = { $0 }) {
        mkdir(file("configs"), 0o755)
        let text = Self.text(Checkout.file("configs/\(name)"))
        Self.write(Array(change(text).utf8), file("configs/\(other ?? name)"))
    }
}
