import Testing

@testable import Exchange

struct ShortTextTests {
    @Test func `a text of 32 bytes is kept, a longer one is none`() {
        let text = "abcdefghijklmnopqrstuvwxyz-_0123"
        #expect(ShortText(text)?.description == text)
        #expect(ShortText(text)?.count == 32)
        #expect(ShortText(text + "4") == nil)
    }

    @Test func `equal texts are equal, others not`() {
        #expect(ShortText("bot-1") == "bot-1")
        #expect(ShortText("bot-1") != "bot-2")
        #expect(ShortText("") == .empty)
        #expect(ShortText("é").count == 2)
    }
}
