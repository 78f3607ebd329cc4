import Quantities
import Testing

@testable import LiveView

@Suite struct FigureTests {
    @Test(arguments: [
        (20, "1234567.89123"), (10, "1234567.89"), (9, "1234567.9"), (8, "1234568"), (7, "1234568"),
        (6, "1235k"), (5, "1235k"), (4, "1.2M"), (3, "1M"), (2, "1M"), (1, "#"), (0, ""),
    ])
    func `a number in less room loses decimals, then becomes thousands, never other digits`(
        columns: Int, text: String
    ) {
        let figure = Figure(Samples.notional("1234567.89123"), decimals: 5)
        #expect(figure.text(columns: columns) == text)
    }

    @Test func `a sign is shown where it says something`() {
        #expect(Figure(Samples.notional("3.456"), decimals: 2, isSigned: true).text == "+3.46")
        #expect(Figure(Samples.notional("-3.456"), decimals: 2, isSigned: true).text == "-3.46")
        #expect(Figure(Samples.notional("0.001"), decimals: 2, isSigned: true).text == "0.00")
        #expect(Figure(Samples.notional("-0.001"), decimals: 2, isSigned: true).text == "0.00")
    }

    @Test func `counts are short`() {
        #expect(CountText.short(0) == "0.0")
        #expect(CountText.short(9.96) == "10.0")
        #expect(CountText.short(983.4) == "983")
        #expect(CountText.short(12_345) == "12.3k")
        #expect(CountText.short(4_560_000) == "4.6M")
        #expect(CountText.short(456_000_000) == "456M")
        #expect(CountText.short(1e20) == ">999T")
        #expect(CountText.short(.nan) == "-")
    }

    @Test func `times and lengths of time`() {
        #expect(TimeText.clock(Samples.start + .seconds(751)) == "00:12:31")
        #expect(TimeText.day(Samples.start) == "2026-01-01")
        #expect(TimeText.length(.seconds(59)) == "59 s")
        #expect(TimeText.length(.seconds(245)) == "4 min 5 s")
        #expect(TimeText.length(.minutes(200)) == "3 h 20 min")
        #expect(TimeText.length(.minutes(3_200)) == "2 d 5 h")
    }
}
