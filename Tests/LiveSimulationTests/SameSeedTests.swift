import Foundation
import TestSupport
import Testing

/// S6: two processes hash their dictionaries differently, and have to come to the same world all the same.
@Suite(.ownThread) struct SameSeedTests {
    private func hashes(_ words: [String]) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent().appending(path: "martlet-sim")
        process.arguments = words
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try #require(try output.fileHandleForReading.readToEnd())
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { $0.contains(" trace ") }.sorted()
    }

    @Test(arguments: ["v1", "v2"])
    func `S6: fifty seeds give the same bytes at the same times in two processes`(api: String) throws {
        let words = ["--seeds", "50", "--from", "1", "--seconds", "20", "--hashes", "--api", api]
        let first = try hashes(words)
        #expect(first.count == 50)
        #expect(Set(first).count == 50)
        #expect(try hashes(words + ["--jobs", "2"]) == first)
    }
}
