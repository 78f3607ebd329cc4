import ArchiveHost
import Quantities
import TestSupport
import Testing
import Transport

@testable import Imports

@Suite(.ownThread) struct ArchiveFetcherTests {
    let folder = ScratchFolder()
    let shelf = ArchiveShelf()
    let content = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    static let path = "/data/spot/daily/trades/BTCUSDT/BTCUSDT-trades-2025-01-0"

    private func files(_ last: String = "2025-01-01") -> [BinanceArchive] {
        BinanceArchive.files(
            .init(
                kind: .trades, market: "BTCUSDT", first: CalendarDay("2025-01-01")!, last: CalendarDay(last)!)
        )
    }

    private static var policy: DownloadPolicy {
        var policy = DownloadPolicy()
        policy.pieceBytes = 30_000
        policy.pause = .milliseconds(1)
        policy.pauseMax = .milliseconds(5)
        policy.timeout = .seconds(60)
        return policy
    }

    private func fetch(
        _ files: [BinanceArchive], _ port: UInt16, scheme: String = "http", authorities: String? = nil,
        progress: @escaping (FetchProgress) -> Bool = { _ in true }
    ) throws -> FetchSummary {
        let place = try ArchivePlace(
            "\(scheme)://127.0.0.1:\(port)/", authorities: authorities, environment: [:])
        return try ArchiveFetcher(files, from: place, to: folder.file("got"), Self.policy, progress: progress)
            .run()
    }

    private var got: String { folder.file("got/BTCUSDT-trades-2025-01-01.zip") }

    @Test func `files come over TLS in pieces, and a second fetch finds them`() async throws {
        let authority = TestAuthority(folder.path)
        let own = authority.issue("server")
        let server = try await ArchiveServer(shelf, TLSContext(certificate: own.certificate, key: own.key))
        defer { server.stop() }
        shelf.add(Self.path + "1.zip", content)
        shelf.add(Self.path + "2.zip", [1, 2, 3])
        let first = try fetch(files("2025-01-02"), server.port, scheme: "https", authorities: authority.file)
        #expect(first.downloaded == [got, folder.file("got/BTCUSDT-trades-2025-01-02.zip")])
        #expect(first.bytes == 100_003)
        #expect(ScratchFolder.read(got) == content)
        #expect(shelf.requests.contains(Self.path + "1.zip bytes=90000-119999"))
        #expect(ScratchFolder.names(in: folder.file("got")).count == 2)
        shelf.forget()
        let second = try fetch(files("2025-01-02"), server.port, scheme: "https", authorities: authority.file)
        #expect(second.present == first.downloaded)
        #expect(second.bytes == 0)
        #expect(shelf.requests == [Self.path + "1.zip.CHECKSUM", Self.path + "2.zip.CHECKSUM"])
    }

    @Test func `a certificate that nobody vouches for ends it`() async throws {
        let authority = TestAuthority(folder.path)
        let own = authority.issue("server")
        let server = try await ArchiveServer(shelf, TLSContext(certificate: own.certificate, key: own.key))
        defer { server.stop() }
        shelf.add(Self.path + "1.zip", content)
        #expect(throws: FetchError.self) {
            try fetch(files(), server.port, scheme: "https", authorities: folder.file("nowhere.pem"))
        }
        #expect(shelf.requests.isEmpty)
    }

    @Test func `a download that was cut goes on where it ended`() async throws {
        let server = CuttingServer(shelf)
        defer { server.stop() }
        shelf.add(Self.path + "1.zip", content)
        shelf.fail(Self.path + "1.zip", .cut(after: 10_000), .cut(after: 0))
        var troubles: [DownloadFault] = []
        let summary = try fetch(files(), server.port) { progress in
            if let trouble = progress.trouble { troubles.append(trouble) }
            return true
        }
        #expect(summary.downloaded == [got])
        #expect(ScratchFolder.read(got) == content)
        #expect(shelf.requests.filter { $0.hasSuffix("bytes=0-29999") }.count == 3)
    }

    @Test func `an interrupted fetch keeps what it has, and the next one goes on from there`() async throws {
        let server = try await ArchiveServer(shelf)
        defer { server.stop() }
        shelf.add(Self.path + "1.zip", content)
        #expect(throws: FetchError.interrupted) { try fetch(files(), server.port) { $0.have < 60_000 } }
        #expect(ScratchFolder.size(got) == 0)
        #expect(ScratchFolder.size(got + ".partial") == 60_000)
        shelf.forget()
        let summary = try fetch(files(), server.port)
        #expect(summary.downloaded == [got])
        #expect(summary.bytes == 40_000)
        #expect(ScratchFolder.read(got) == content)
        #expect(shelf.requests[1] == Self.path + "1.zip bytes=60000-89999")
    }

    @Test func `a wrong checksum is told, and the file never gets its name`() async throws {
        let server = try await ArchiveServer(shelf)
        defer { server.stop() }
        shelf.add(Self.path + "1.zip", content, digest: String(repeating: "0", count: 64))
        let summary = try fetch(files(), server.port)
        #expect(summary.failures == [.init(name: "BTCUSDT-trades-2025-01-01.zip", fault: .wrongDigest)])
        #expect(ScratchFolder.size(got) == 0)
    }

    @Test func `bytes of an older file are thrown away when the checksum says so`() async throws {
        let server = try await ArchiveServer(shelf)
        defer { server.stop() }
        shelf.add(Self.path + "1.zip", content)
        _ = try fetch(files(), server.port)
        // What was downloaded before is of another file.
        ScratchFolder.write([UInt8](repeating: 9, count: 50_000), got + ".partial")
        ScratchFolder.write([7], got)
        let summary = try fetch(files(), server.port)
        #expect(summary.downloaded == [got])
        #expect(ScratchFolder.read(got) == content)
    }

    @Test func `refusals for rate and errors of the server are waited out; a day that is missing is told`()
        async throws
    {
        let server = try await ArchiveServer(shelf)
        defer { server.stop() }
        shelf.add(Self.path + "1.zip", content)
        shelf.add(Self.path + "3.zip", [1])
        shelf.fail(Self.path + "1.zip.CHECKSUM", .status(503), .status(429, retryAfter: 1))
        shelf.fail(Self.path + "1.zip", .status(500), .shifted, .status(429))
        let summary = try fetch(files("2025-01-03"), server.port)
        #expect(summary.downloaded.count == 2)
        #expect(summary.absent == ["BTCUSDT-trades-2025-01-02.zip"])
        #expect(summary.failures.isEmpty)
        #expect(ScratchFolder.read(got) == content)
    }

    @Test func `a server that fails for ever, or knows no such thing, is given up`() async throws {
        let server = try await ArchiveServer(shelf)
        defer { server.stop() }
        shelf.add(Self.path + "1.zip", content)
        shelf.add(Self.path + "2.zip", content)
        shelf.fail(
            Self.path + "1.zip", .status(502), .status(502), .status(502), .status(502), .status(502),
            .status(502), .status(502))
        shelf.fail(Self.path + "2.zip", .whole)
        shelf.fail(Self.path + "3.zip.CHECKSUM", .status(403))
        let summary = try fetch(files("2025-01-03"), server.port)
        #expect(
            summary.failures == [
                .init(name: "BTCUSDT-trades-2025-01-01.zip", fault: .status(502)),
                .init(name: "BTCUSDT-trades-2025-01-03.zip", fault: .status(403)),
            ])
        // Without ranges the whole file is one piece.
        #expect(summary.downloaded == [folder.file("got/BTCUSDT-trades-2025-01-02.zip")])
    }

    @Test func `addresses that are none are told`() {
        for url in ["data.example", "ftp://data.example", "https://u:p@data.example", "http://a/?b"] {
            #expect(throws: FetchError.self, "\(url)") {
                try ArchivePlace(url, authorities: nil, environment: [:])
            }
        }
        #expect(throws: FetchError.self) {
            try ArchivePlace("http://data.example", authorities: nil, environment: ["http_proxy": "::"])
        }
    }
}
