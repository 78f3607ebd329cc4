import Glibc
import Signing
import TestSupport
import Testing

@testable import Credentials

/// K2: where keys are looked for, which are taken, and which are refused.
@Suite struct KeySearchTests {
    private let scratch = ScratchFolder()

    /// Variables of a test.
    struct Variables: KeyEnvironment {
        var values: [String: String] = [:]
        var removed: [String] = []
        var isConcealed = false

        subscript(name: String) -> String? { values[name] }

        func secret(_ name: String) -> Secret? { values[name].map { Secret($0) } }

        mutating func conceal() { isConcealed = true }

        mutating func remove(_ name: String) {
            values[name] = nil
            removed.append(name)
        }
    }

    private func file(_ name: String, id: String, mode: mode_t) -> String {
        let path = scratch.write("access_id = \(id)\nsecret_key = hush-\(id)\n", name)
        chmod(path, mode)
        return path
    }

    private func text(_ secret: Secret) -> String {
        secret.withBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// What is in each place (`-` nothing, `good`, or the mode of a file that others can read), and what comes of it.
    static let table = """
        service | file | variables | found
        good    | good | both      | service
        good    | good | -         | service
        good    | -    | -         | service
        good    | 0644 | both      | service
        0444    | good | both      | refused 0444
        0460    | -    | -         | refused 0460
        0440    | -    | -         | service
        -       | good | both      | file
        -       | good | -         | file
        -       | 0400 | -         | file
        -       | 0640 | both      | refused 0640
        -       | 0604 | -         | refused 0604
        -       | 0620 | -         | refused 0620
        -       | -    | both      | variables
        -       | -    | id        | half COINEX_SECRET_KEY
        -       | -    | secret    | half COINEX_ACCESS_ID
        -       | -    | -         | nothing
        """

    @Test(arguments: table.split(separator: "\n").dropFirst().map(String.init))
    func `the first place with a key is taken, and a bad one is never passed over`(row: String) throws {
        let cells = row.split(separator: "|").map { cell in
            String(cell.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
        }
        var variables = Variables()
        variables.values["HOME"] = "/nowhere"
        if cells[0] != "-" {
            let mode = cells[0] == "good" ? 0o400 : mode_t(cells[0], radix: 8) ?? 0
            _ = file("coinex", id: "service", mode: mode)
            variables.values["CREDENTIALS_DIRECTORY"] = scratch.path
        }
        if cells[1] != "-" {
            let mode = cells[1] == "good" ? 0o600 : mode_t(cells[1], radix: 8) ?? 0
            variables.values["COINEX_KEY_FILE"] = file("own.key", id: "file", mode: mode)
        }
        if cells[2] == "both" || cells[2] == "id" { variables.values["COINEX_ACCESS_ID"] = "variables" }
        if cells[2] == "both" || cells[2] == "secret" {
            variables.values["COINEX_SECRET_KEY"] = "hush-variables"
        }

        var found: String
        do throws(KeyFault) {
            if let key = try KeySearch("coinex").find(in: &variables) {
                found = key.id
                #expect(text(key.secret) == "hush-\(key.id)")
                #expect((key.source.warning != nil) == (key.id == "variables"))
            } else {
                found = "nothing"
            }
        } catch {
            switch error {
            case .notPrivate(_, let mode): found = "refused \(mode)"
            case .half(let missing): found = "half \(missing)"
            case .missing, .unreadable, .foreign, .noFile, .tooLarge, .malformed: found = "\(error)"
            }
            #expect(!"\(error)".contains("hush"))
        }
        #expect(found == cells[3])
        #expect(variables.removed == ["COINEX_ACCESS_ID", "COINEX_SECRET_KEY"])
    }

    @Test func `a file that was named has to be there`() {
        var variables = Variables()
        let path = scratch.file("none.key")
        #expect(throws: KeyFault.unreadable(path: path, reason: "there is no such file")) {
            try KeySearch("coinex", file: path).find(in: &variables)
        }
        #expect(throws: KeyFault.self) { try KeySearch("coinex").require(in: &variables) }
    }

    @Test func `a file of another user is refused`() {
        let path = file("foreign.key", id: "x", mode: 0o600)
        guard chown(path, 65_534, 65_534) == 0 else { return }
        var variables = Variables()
        let expected: KeyFault =
            geteuid() == 0 ? .foreign(path: path, owner: 65_534) : .unreadable(path: path, reason: "")
        #expect(throws: expected) { try KeySearch("coinex", file: path).find(in: &variables) }
    }

    @Test func `what is no file is refused, and what is too large`() {
        var variables = Variables()
        #expect(throws: KeyFault.noFile(path: scratch.path)) {
            try KeySearch("coinex", file: scratch.path).find(in: &variables)
        }
        let large = scratch.write([UInt8](repeating: 0x23, count: 5_000), "large.key")
        chmod(large, 0o600)
        #expect(throws: KeyFault.tooLarge(path: large)) {
            try KeySearch("coinex", file: large).find(in: &variables)
        }
    }

    @Test(
        arguments: [
            ("access_id=a\nsecret_key=b", nil),
            ("# mine\n\n access_id = a \r\n\tsecret_key\t=\tb=c\r\n", nil),
            ("access_id=a", "k:1: 'secret_key' is missing"),
            ("secret_key=hush\n", "k:2: 'access_id' is missing"),
            ("access_id=a\nhush", "k:2: expected 'access_id = …' or 'secret_key = …'"),
            ("access_id=a\naccess_id=b", "k:2: 'access_id' is there twice"),
            ("secret=hush", "k:1: a key file has 'access_id' and 'secret_key', nothing else"),
            ("secret_key=hu sh", "k:1: 'secret_key' is empty, or has blanks or odd characters"),
            ("access_id=", "k:1: 'access_id' is empty, or has blanks or odd characters"),
        ] as [(String, String?)])
    func `a key file is read, or refused with its line and without its text`(file: String, error: String?) {
        var told: String?
        do throws(KeyFault) {
            let key = try KeyFile.parse(Array(file.utf8)[...], "k")
            #expect(key.id == "a")
        } catch {
            told = "\(error)"
        }
        #expect(told == error)
        #expect(told?.contains("hush") != true)
    }

    @Test func `a variable is overwritten where it stands, and removed`() {
        setenv("MARTLET_TEST_SECRET", "hush", 1)
        guard let place = getenv("MARTLET_TEST_SECRET") else { return }
        var environment = ProcessEnvironment()
        #expect(environment["MARTLET_TEST_SECRET"] == "hush")
        environment.remove("MARTLET_TEST_SECRET")
        #expect(place.pointee == 0)
        #expect(getenv("MARTLET_TEST_SECRET") == nil)
    }

    @Test func `a key does not show its secret`() {
        let key = AccessKey(id: "id", secret: Secret("hush"), source: .environment)
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!"\(key)".contains("hush") && !dumped.contains("hush"))
    }
}
