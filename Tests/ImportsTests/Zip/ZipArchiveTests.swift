import TestSupport
import Testing

@testable import Imports

struct ZipArchiveTests {
    let folder = ScratchFolder()

    static let lines = (0..<5_000).map { "row \($0), \($0 * 7_919 % 1_000)" }
    static let content = Array(lines.map { $0 + "\n" }.joined().utf8)

    /// All bytes of all tables of an archive.
    static func unpack(_ path: String) throws -> [[UInt8]] {
        try TableInput.list([path]).map { input in
            let lines = try input.open()
            var bytes: [UInt8] = []
            while let line = try lines.next() { bytes += Array(line) + [0x0A] }
            return bytes
        }
    }

    func error(_ zip: ZipMaker) throws -> ZipFault? {
        let path = folder.write(zip.bytes, "a.zip")
        do {
            _ = try Self.unpack(path)
            return nil
        } catch ImportError.archive(_, let fault) {
            return fault
        } catch ImportError.source(_, _, .zip(let fault)) {
            return fault
        }
    }

    @Test(arguments: [true, false], [true, false])
    func `stored and deflated entries are read, also in Zip64`(isDeflated: Bool, isWide: Bool) throws {
        var zip = ZipMaker([
            .init(name: "folder/", content: [], isDeflated: false),
            .init(name: "folder/one.csv", content: Self.content, isDeflated: isDeflated, isWide: isWide),
            .init(name: "readme.txt", content: Array("not a table".utf8)),
            .init(name: "two.CSV", content: Array("a\nb\n".utf8), isDeflated: isDeflated, isWide: isWide),
        ])
        zip.isWide = isWide
        zip.comment = Array("a comment".utf8)
        let path = folder.write(zip.bytes, "good.zip")
        #expect(try Self.unpack(path) == [Self.content, Array("a\nb\n".utf8)])
        #expect(try TableInput.list([path]).map(\.name) == ["\(path):folder/one.csv", "\(path):two.CSV"])
    }

    @Test func `an empty table and the largest comment are no hindrance`() throws {
        var zip = ZipMaker([
            .init(name: "empty.csv", content: []), .init(name: "none.csv", content: [], isDeflated: false),
        ])
        zip.comment = [UInt8](repeating: 0x50, count: 65_535)
        #expect(try Self.unpack(folder.write(zip.bytes, "a.zip")) == [[], []])
    }

    @Test func `every truncation is an error, wherever it is`() throws {
        let bytes = ZipMaker("t.csv", Array(Self.lines.prefix(40))).bytes
        for count in 4..<bytes.count {
            let path = folder.write(Array(bytes[..<count]), "cut.zip")
            #expect(throws: ImportError.self, "cut at \(count)") { try Self.unpack(path) }
        }
    }

    @Test(arguments: [
        "../t.csv", "a/../../t.csv", "/etc/t.csv", "a\\..\\t.csv", "C:t.csv", "t\u{0}.csv", "\n.csv",
    ])
    func `names that lead elsewhere are refused`(name: String) throws {
        let fault = try error(ZipMaker([.init(name: name, content: Self.content)]))
        guard case .badName = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
    }

    @Test func `a bomb is refused before it is unpacked`() throws {
        let zeros = [UInt8](repeating: 0x30, count: 3 << 20)
        #expect(try error(ZipMaker([.init(name: "t.csv", content: zeros)])) == .bomb("t.csv", ratioMax: 250))
        // One that says that it is small is found when it grows.
        let liar = ZipMaker([.init(name: "t.csv", content: Self.content, size: 1_000)])
        #expect(try error(liar) == .wrongSize("t.csv"))
    }

    @Test func `entries that share bytes are refused`() throws {
        let first = ZipMaker("one.csv", ["a"])
        var bytes = first.bytes
        // Both entries of the directory name the same place: the directory is doubled.
        let directoryBytes = 46 + 7
        let start = bytes.count - 22 - directoryBytes
        let directory = Array(bytes[start..<(start + directoryBytes)])
        bytes.insert(contentsOf: directory, at: start)
        let end = bytes.count - 22
        bytes.replaceSubrange((end + 8)..<(end + 12), with: ZipMaker.two(2) + ZipMaker.two(2))
        bytes.replaceSubrange((end + 12)..<(end + 16), with: ZipMaker.four(UInt32(2 * directoryBytes)))
        let path = folder.write(bytes, "a.zip")
        #expect(throws: ImportError.archive(path: path, .overlap("one.csv"))) { try TableInput.list([path]) }
    }

    @Test func `wrong checksums and sizes, encryption and unknown methods are told`() throws {
        func zip(_ change: (inout ZipMaker.File) -> Void) -> ZipMaker {
            var file = ZipMaker.File(name: "t.csv", content: Self.content)
            change(&file)
            return ZipMaker([file])
        }
        #expect(try error(zip { _ in }) == nil)
        #expect(try error(zip { $0.crc = 7 }) == .wrongChecksum("t.csv"))
        #expect(try error(zip { $0.size = UInt64(Self.content.count) + 1 }) == .wrongSize("t.csv"))
        #expect(try error(zip { $0.excess = [0] }) == .wrongSize("t.csv"))
        #expect(try error(zip { ($0.isDeflated, $0.size) = (false, 3) }) == .wrongSize("t.csv"))
        #expect(try error(zip { $0.flags = 1 }) == .encrypted("t.csv"))
        #expect(try error(zip { $0.method = 12 }) == .unknownMethod("t.csv", method: 12))
        // Bits 3 and 11 are a descriptor behind the data, and names in UTF-8.
        #expect(try error(zip { $0.flags = 0x0808 }) == nil)
    }

    @Test func `what is no archive, or one without a table, is told`() throws {
        var zip = ZipMaker("t.csv", ["a"])
        zip.trailer = [1]
        #expect(try error(zip) == .noDirectory)
        let bare = folder.write(ZipMaker([.init(name: "t.txt", content: [1])]).bytes, "a.zip")
        #expect(throws: ImportError.noTable(path: bare)) { try TableInput.list([bare]) }
        let many = ZipMaker((0...ZipDirectory.entriesMax).map { .init(name: "\($0).csv", content: []) })
        #expect(try error(many) == .tooManyEntries(limit: ZipDirectory.entriesMax))
    }
}
