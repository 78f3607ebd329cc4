import Foundation
import Pages
import Testing

@testable import Reports

/// Pages in a real browser, in both colours, on a desk and on a phone.
@Suite(
    .serialized,
    .enabled(
        if: Browser.path != nil, "needs Chromium: apt-get install chromium, or .ci/system-packages tests"))
struct BrowserTests {
    /// Written around a page: it opens the page on a phone's and on a desk's width, looks, and writes what it found
    /// into its own document.
    private static func inspector(_ page: String, _ fragment: String) -> String {
        """
        <!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><body style="margin:0">
        <iframe width="390" height="800" src="\(page)\(fragment)"></iframe>
        <iframe width="1200" height="800" src="\(page)\(fragment)"></iframe>
        <pre id="found"></pre>
        <script>
        addEventListener("load", () => setTimeout(() => {
            const found = [];
            for (const frame of document.querySelectorAll("iframe")) {
                const page = frame.contentDocument, root = page.documentElement, view = frame.contentWindow;
                const charts = [...page.querySelectorAll("svg")].filter(s => s.getBoundingClientRect().width > 0);
                const lines = charts.flatMap(s => [...s.querySelectorAll("path.line,path.bar")]);
                const flat = lines.filter(p => p.getAttribute("d") && !(p.getBBox().width > 0));
                const wrong = [...page.querySelectorAll("svg *")].filter(e => [...e.attributes].some(
                    a => /^(d|x|y|x1|x2|y1|y2|width|height|viewBox)$/.test(a.name) && /nan|inf|undefined/i.test(a.value)));
                const outside = charts.flatMap(s => {
                    const box = s.getBoundingClientRect();
                    return [...s.querySelectorAll("text")].filter(t => {
                        const at = t.getBoundingClientRect();
                        return at.width > 0 && (at.left < box.left - 4 || at.right > box.right + 4);
                    });
                });
                const small = charts.flatMap(s => [...s.querySelectorAll("text")]).filter(
                    t => t.getBoundingClientRect().height < 8);
                const chart = page.querySelector("figure.chart svg[data-from]:not([hidden])");
                const shown = charts.find(s => s.dataset.from), box = shown.getBoundingClientRect();
                shown.dispatchEvent(new view.PointerEvent("pointermove", {
                    clientX: box.left + box.width * 0.8, clientY: box.top + 20, bubbles: true}));
                const readout = shown.parentElement.querySelector(".readout");
                found.push([
                    "width " + frame.width, "overflow " + Math.max(0, root.scrollWidth - frame.clientWidth),
                    "charts " + charts.length, "lines " + lines.length, "flat " + flat.length,
                    "wrong " + wrong.length, "outside " + outside.length, "small " + small.length,
                    "read " + (readout ? readout.querySelectorAll("i").length : 0),
                    "theme " + view.getComputedStyle(page.body).backgroundColor,
                    "requests " + view.performance.getEntriesByType("resource").filter(
                        e => !e.name.startsWith("data:")).length,
                ].join("; "));
            }
            document.getElementById("found").textContent = found.join("\\n");
        }, 300));
        </script>
        """
    }

    /// What the inspector found, by name, for the phone and for the desk.
    private func look(_ document: String, _ fragment: String) throws -> [[String: String]] {
        let scratch = try Scratch()
        try document.write(toFile: scratch.file("page.html"), atomically: true, encoding: .utf8)
        try Self.inspector("page.html", fragment).write(
            toFile: scratch.file("inspector.html"), atomically: true, encoding: .utf8)
        let visit = try Browser.visit(scratch.file("inspector.html"), in: scratch)
        #expect(visit.isFinished)
        #expect(visit.complaints == [], "no complaints of the browser")
        let start = try #require(visit.document.range(of: "<pre id=\"found\">")?.upperBound)
        let found = visit.document[start...].prefix { $0 != "<" }
        return found.split(separator: "\n").map { line in
            var values: [String: String] = [:]
            for part in line.split(separator: ";") {
                let words = part.split(separator: " ", maxSplits: 1)
                if words.count == 2 { values[String(words[0])] = String(words[1]) }
            }
            return values
        }
    }

    private func inspect(_ document: String, charts: Int) throws {
        for (fragment, ground) in [("#light", "rgb(255, 255, 255)"), ("#dark", "rgb(15, 19, 24)")] {
            let found = try look(document, fragment)
            #expect(found.map { $0["width"] } == ["390", "1200"])
            for page in found {
                #expect(page["overflow"] == "0", "\(fragment) \(page)")
                #expect(Int(page["charts"] ?? "") ?? 0 >= charts, "\(fragment) \(page)")
                #expect(Int(page["lines"] ?? "") ?? 0 > 0)
                for fault in ["flat", "wrong", "outside", "small", "requests"] {
                    #expect(page[fault] == "0", "\(fault): \(fragment) \(page)")
                }
                #expect(Int(page["read"] ?? "") ?? 0 > 0, "the pointer reads values: \(page)")
                #expect(page["theme"] == ground)
            }
        }
    }

    @Test(arguments: [("run-0001", 4), ("run-0002", 8), ("run-0003", 2)])
    func `a report is whole in both colours, on a desk and on a phone`(run: String, charts: Int) throws {
        try inspect(try RecordedRuns.report(run).page, charts: charts)
    }

    @Test func `a comparison is whole in both colours, on a desk and on a phone`() throws {
        let reports = try ["run-0001", "run-0002", "run-0003"].map { try RecordedRuns.report($0) }
        try inspect(RunReport.comparison(reports), charts: 2)
    }

    @Test func `a picture is well-formed and asks for nothing`() throws {
        let scratch = try Scratch()
        let path = scratch.file("picture.svg")
        try RecordedRuns.report("run-0002").writePicture(to: path)
        let visit = try Browser.visit(path, in: scratch)
        #expect(visit.isFinished && visit.complaints == [])
        #expect(visit.document.contains("<svg") && !visit.document.contains("parsererror"))
    }

    /// A text of the user that is markup must not become some: it would run in the reader's browser.
    @Test func `a note with a script in it stays a note`() throws {
        let scratch = try Scratch()
        var page = Page("<script>document.title='run'</script>")
        page.paragraph("<img src=x onerror=\"document.title='run'\">")
        let path = scratch.file("page.html")
        try page.document.write(toFile: path, atomically: true, encoding: .utf8)
        let visit = try Browser.visit(path, in: scratch)
        #expect(visit.isFinished && visit.complaints == [])
        #expect(!visit.document.contains("<title>run</title>"))
    }
}
