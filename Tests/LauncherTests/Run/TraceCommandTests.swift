import TestSupport
import Testing

/// `trace` and `latency` as a person types them.
@Suite struct TraceCommandTests {
    @Test func `a trace goes into the run's folder or where it is told, and latencies are a table`() {
        let folder = ScratchFolder()
        let config = folder.write(Configurations.text(duration: "1m"), "bot.yaml")
        #expect(Saying(["backtest", config], in: folder).ending == .exit(0))
        let trace = Saying(["trace"], in: folder)
        #expect(trace.ending == .exit(0), "\(trace.errors)")
        #expect(trace.output.hasPrefix("trace: runs/run-0001/trace.json, "))
        #expect(Saying(["trace", "1", "--out", "there.json"], in: folder).ending == .exit(0))
        #expect(
            ScratchFolder.read(folder.file("there.json"))
                == ScratchFolder.read(folder.file("runs/run-0001/trace.json")))
        let latency = Saying(["latency", "latest"], in: folder)
        #expect(latency.ending == .exit(0))
        #expect(latency.output.contains("\ndecision to release "))
        #expect(Saying(["trace", "run-0009"], in: folder).ending == .exit(65))
        #expect(Saying(["trace", "1", "--out", "missing/there.json"], in: folder).ending == .exit(74))
    }
}
