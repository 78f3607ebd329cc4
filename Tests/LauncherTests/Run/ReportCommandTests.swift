import TestSupport
import Testing

/// `report` as a person types it, in the folder where the runs are.
@Suite struct ReportCommandTests {
    /// A folder with two runs of a minute.
    private func runs() -> ScratchFolder {
        let folder = ScratchFolder()
        let config = folder.write(Configurations.text(duration: "1m"), "bot.yaml")
        for seed in ["1", "2"] {
            let saying = Saying(["backtest", config, "--seed", seed], in: folder)
            #expect(saying.ending == .exit(0))
        }
        return folder
    }

    @Test func `a run writes its report at its end and says where it is`() {
        let folder = runs()
        #expect(
            ScratchFolder.names(in: folder.file("runs/run-0001")) == [
                "equity.csv", "fills.csv", "orders.csv", "report.html", "report.json", "session.tape",
            ])
        let config = folder.file("bot.yaml")
        let saying = Saying(["backtest", config], in: folder)
        #expect(saying.outputLines.contains("report      runs/run-0003/report.html"))
        let without = Saying(["backtest", config, "--no-report"], in: folder)
        #expect(without.ending == .exit(0) && !without.output.contains("report "))
        #expect(ScratchFolder.names(in: folder.file("runs/run-0004")) == ["session.tape"])
    }

    @Test func `a report is written again, elsewhere, with a picture, and over several runs`() {
        let folder = runs()
        let again = Saying(
            ["report", "latest", "--picture", "run.svg", "--output", "there.html"], in: folder)
        #expect(again.ending == .exit(0))
        #expect(again.outputLines == ["picture: run.svg", "report: there.html"])
        #expect(
            ScratchFolder.read(folder.file("there.html"))
                == ScratchFolder.read(folder.file("runs/run-0002/report.html")))
        let both = Saying(["report", "runs/run-0001", "2"], in: folder)
        #expect(both.outputLines == ["report: comparison.html"])
        #expect(ScratchFolder.size(folder.file("comparison.html")) > 20_000)
    }

    @Test func `a run that is not there is told with what is`() {
        let folder = runs()
        let wrong = Saying(["report", "run-0003"], in: folder)
        #expect(wrong.ending == .exit(65))
        #expect(wrong.errors.contains("there is no run 'run-0003' in runs/ledger.db; did you mean 'run-000"))
        #expect(Saying(["report"], in: folder).ending == .exit(64))
        let nowhere = Saying(["report", "latest"], in: ScratchFolder())
        #expect(nowhere.ending == .exit(65))
        #expect(nowhere.errors.contains("there is no ledger at runs/ledger.db"))
        let unwritable = Saying(["report", "latest", "--output", "missing/there.html"], in: folder)
        #expect(unwritable.ending == .exit(74))
    }
}
