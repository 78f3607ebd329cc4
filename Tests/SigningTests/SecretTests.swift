import Signing
import Testing

struct SecretTests {
    @Test func `a secret does not print itself, however it is asked`() {
        struct Holder { let key = Secret("hush-hush") }
        var dumped = ""
        dump(Holder(), to: &dumped)
        let prints = ["\(Secret("hush-hush"))", String(reflecting: Holder()), "\(Holder())", dumped]
        for print in prints {
            #expect(!print.contains("hush"))
            #expect(print.contains("(secret)"))
        }
    }

    @Test func `a secret lends its bytes`() {
        #expect(Secret("hush").withBytes { Array($0) } == Array("hush".utf8))
        #expect(Secret("").isEmpty)
    }
}
