import Signing
import Testing

struct DigestTests {
    /// RFC 1321, appendix A.5; FIPS 180-4 examples.
    @Test(arguments: [
        (Digest.md5, "", "d41d8cd98f00b204e9800998ecf8427e"),
        (.md5, "abc", "900150983cd24fb0d6963f7d28e17f72"),
        (.md5, "message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
        (.sha256, "", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (.sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `digests are those of the standards, one after the other`(
        digest: Digest, text: String, expected: String
    ) {
        var digester = Digester(digest)
        for _ in 0..<2 {
            for byte in text.utf8 { withUnsafeBytes(of: byte) { digester.add($0) } }
            #expect(digester.finish { Hexadecimal.text($0, .lower) } == expected)
        }
    }

    /// RFC 4231, test cases 1, 2 and 6.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0B, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `keyed digests are those of the standard, one after the other`(
        key: [UInt8], text: String, expected: String
    ) {
        var digester = KeyedDigester(Secret(key))
        for _ in 0..<2 {
            Array(text.utf8).withUnsafeBytes { digester.add($0) }
            #expect(digester.finish { Hexadecimal.text($0, .lower) } == expected)
        }
    }
}
