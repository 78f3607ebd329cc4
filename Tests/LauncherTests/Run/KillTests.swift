import Glibc
import TestSupport
import Testing

/// Bots and the local exchange as processes of their own, over TLS.
@Suite(.enabled(if: KillScript.isThere, "python3 is not there"))
struct KillTests {
    @Test func `bots that are killed again and again keep the same books as the exchange`() {
        let scratch = ScratchFolder()
        // How long each of them lives is drawn anew; the seed is in what is said.
        let saying = KillScript.run(["--kills", "8", "--each", "8", "--settling", "0"], in: scratch)
        #expect(saying.ending == .exit(0), "\(saying.output) \(saying.errors)")
        #expect(saying.output.contains(": agree\n"))
    }
}

/// The script that kills many more of them: `make kills`.
private enum KillScript {
    static let isThere = run(["--help"], in: ScratchFolder()).ending == .exit(0)

    static func run(_ words: [String], in folder: ScratchFolder) -> Saying {
        Saying(
            [Checkout.path + "/.ci/kills", "--programs", BuiltPrograms.folder] + words, program: "python3",
            in: folder)
    }
}
