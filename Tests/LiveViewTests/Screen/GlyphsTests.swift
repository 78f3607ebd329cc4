import Testing

@testable import LiveView

@Suite struct GlyphsTests {
    @Test func `texts of others cannot send commands nor shift a column`() {
        #expect(Glyphs.unicode.clean("a\u{1B}[2Jb\u{7}\n") == "a?[2Jb??")
        #expect(Glyphs.unicode.clean("café Ωmega µ") == "café Ωmega µ")
        #expect(Glyphs.unicode.clean("日本 e\u{301} 🐤") == "?? e? ?")
        #expect(Glyphs.ascii.clean("café") == "caf?")
        #expect(Glyphs.unicode.clean("\u{9B}2J\u{202E}x\u{200B}") == "?2J?x?")
    }

    @Test func `a cut text says so`() {
        #expect(Glyphs.unicode.fit("market-maker", 8) == "market-…")
        #expect(Glyphs.ascii.fit("market-maker", 8) == "market-~")
        #expect(Glyphs.ascii.fit("market", 6) == "market")
        #expect(Glyphs.ascii.fit("market", 0) == "")
    }

    @Test func `a gauge shows its share, and anything as something`() {
        #expect(Glyphs.ascii.gauge(0, 5) == ".....")
        #expect(Glyphs.ascii.gauge(0.005, 5) == ".....")
        #expect(Glyphs.ascii.gauge(0.01, 5) == "#....")
        #expect(Glyphs.ascii.gauge(0.5, 4) == "##..")
        #expect(Glyphs.ascii.gauge(1e300, 4) == "####")
        #expect(Glyphs.ascii.gauge(-1, 4) == "....")
    }

    @Test func `hills rise from the lowest value to the highest`() {
        #expect(Glyphs.unicode.hills([0, 1, 2, 3, 4, 5, 6, 7], rows: 1) == ["▁▂▃▄▅▆▇█"])
        #expect(Glyphs.unicode.hills([0, 15, 8], rows: 2) == [" █▁", "▁██"])
        #expect(Glyphs.unicode.hills([3, 3], rows: 2) == ["  ", "▁▁"])
        #expect(Glyphs.unicode.hills([], rows: 2) == [])
    }

    @Test func `values spread over more or fewer columns end with the last`() {
        #expect(Glyphs.spread([1, 2, 3, 4], 2) == [2, 4])
        #expect(Glyphs.spread([1, 2], 4) == [1, 1, 2, 2])
        #expect(Glyphs.spread([], 4) == [])
    }
}
