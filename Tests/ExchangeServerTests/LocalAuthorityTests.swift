import Foundation
import TestSupport
import Testing
import Transport

@testable import ExchangeServer

struct LocalAuthorityTests {
    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }

    private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    @Test func `the first start makes an authority, its key readable by nobody else`() throws {
        let scratch = ScratchFolder()
        let folder = scratch.file("deep/exchange")
        let authority = try LocalAuthority(folder: folder)
        #expect(try mode(folder) == 0o700)
        #expect(try mode(authority.keyFile) == 0o600)
        #expect(try mode(folder + "/authority-key.pem") == 0o600)
        #expect(try mode(authority.authorityFile) == 0o644)
        // Both sides of TLS take what was made.
        _ = try TLSContext(certificate: authority.certificateFile, key: authority.keyFile)
        _ = try TLSContext(authorities: authority.authorityFile)
    }

    @Test func `later starts keep what is there`() throws {
        let scratch = ScratchFolder()
        let first = try LocalAuthority(folder: scratch.path)
        let before = (try text(first.authorityFile), try text(first.certificateFile), try text(first.keyFile))
        let second = try LocalAuthority(folder: scratch.path)
        let after = (
            try text(second.authorityFile), try text(second.certificateFile), try text(second.keyFile)
        )
        #expect(before == after)
    }

    @Test
    func `a certificate that is lost, damaged or another authority's is made anew, the authority stays`()
        throws
    {
        let scratch = ScratchFolder()
        let other = ScratchFolder()
        let authority = try LocalAuthority(folder: scratch.path)
        let foreign = try LocalAuthority(folder: other.path)
        let trusted = try text(authority.authorityFile)
        for damage in ["", "garbage", try text(foreign.certificateFile)] {
            let before = try text(authority.certificateFile)
            try damage.write(toFile: authority.certificateFile, atomically: true, encoding: .utf8)
            let again = try LocalAuthority(folder: scratch.path)
            #expect(try text(again.authorityFile) == trusted)
            #expect(try text(again.certificateFile) != before)
            _ = try TLSContext(certificate: again.certificateFile, key: again.keyFile)
        }
    }

    @Test func `an authority that cannot be read is never replaced`() throws {
        let scratch = ScratchFolder()
        let authority = try LocalAuthority(folder: scratch.path)
        try "garbage".write(toFile: authority.authorityFile, atomically: true, encoding: .utf8)
        #expect(throws: LocalAuthorityError.unreadable(authority.authorityFile)) {
            _ = try LocalAuthority(folder: scratch.path)
        }
        #expect(try text(authority.authorityFile) == "garbage")
    }

    @Test func `a folder that cannot be made is told`() throws {
        let scratch = ScratchFolder()
        let file = scratch.file("file")
        try "x".write(toFile: file, atomically: true, encoding: .utf8)
        #expect(throws: LocalAuthorityError.self) { _ = try LocalAuthority(folder: file + "/below") }
    }
}
