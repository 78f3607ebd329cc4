import TestSupport
import Testing

@testable import Launcher

@Suite struct FailureTests {
    private let scratch = ScratchFolder()

    private func configuration(_ strategies: String..., duration: String? = "2m") -> String {
        var text = Configurations.text(
            strategy: strategies[0], duration: duration, folder: scratch.file("runs"))
        for strategy in strategies.dropFirst() {
            text = text.replacing(
                "strategies:\n", with: "strategies:\n  - {strategy: \(strategy), markets: [BTCUSDT]}\n")
        }
        return scratch.write(text, "session.yaml")
    }

    @Test func `a strategy that fails ends the program with 70, and the summary tells why`() {
        let caught = Caught(["paper", configuration("failing")], in: scratch)
        #expect(caught.code == .failed)
        #expect(caught.code.rawValue == 70)
        #expect(
            caught.output.contains(
                " failing has failed: the hundredth quote is too much; its orders are cancelled\n"))
        #expect(caught.output.contains("\nfailed      failing: the hundredth quote is too much\n"))
        #expect(caught.errors == "test-bot: failing has failed: the hundredth quote is too much\n")
    }

    @Test func `a strategy beside one that fails goes on`() {
        let caught = Caught(["paper", configuration("failing", "patient")], in: scratch)
        #expect(caught.code == .failed)
        #expect(caught.output.contains("\nfailed      failing: the hundredth quote is too much\n"))
        #expect(caught.output.contains(" patient: a thousand quotes\n"))
        #expect(caught.output.contains("\ntime        2 min 0 s of market"))
    }

    @Test func `a strategy that stops by itself is told too`() {
        let caught = Caught(["paper", configuration("modest", "patient")], in: scratch)
        #expect(caught.code == .failed)
        #expect(caught.output.contains("\nstopped     modest: ten quotes are enough\n"))
        #expect(caught.errors == "test-bot: modest has stopped: ten quotes are enough\n")
        #expect(caught.output.contains(" patient: a thousand quotes\n"))
    }

    @Test func `a strategy that has finished its work ends the program with 0, without a duration`() {
        let caught = Caught(["paper", configuration("content", duration: nil)], in: scratch)
        #expect(caught.code == .success)
        #expect(caught.output.contains("\nfinished    content: ten quotes were all that it wanted\n"))
        #expect(caught.errors == "")
    }

    @Test func `a strategy that stopped before its work was done ends the program with 70`() {
        let caught = Caught(["paper", configuration("content", "modest", duration: nil)], in: scratch)
        #expect(caught.code == .failed)
        #expect(caught.output.contains("\nfinished    content: ten quotes were all that it wanted\n"))
        #expect(caught.output.contains("\nstopped     modest: ten quotes are enough\n"))
    }

    @Test func `a strategy that the program does not have is named, with those that it has`() {
        let path = configuration("market-maker")
        let caught = Caught(["paper", path], in: scratch)
        #expect(caught.code == .badInput)
        #expect(caught.errors.hasPrefix("\(path):9:16: 'strategies[0].strategy' is 'market-maker'"))
        #expect(caught.errors.contains("failing"))
        #expect(caught.output == "")
    }

    @Test func `the tape of a strategy that the program does not have cannot be replayed by it`() {
        let text = Configurations.text(duration: "5s", folder: scratch.file("runs"))
        let path = scratch.write(text, "session.yaml")
        #expect(Saying(["paper", path], in: scratch).ending == .exit(0))
        let caught = Caught(["replay", scratch.file("runs/run-0001")], in: scratch)
        #expect(caught.code == .badInput)
        #expect(caught.errors.contains("'market-maker'"))
    }
}
