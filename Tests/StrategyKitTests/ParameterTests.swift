import Quantities
import StrategyKit
import Testing

struct ParameterTests {
    enum Style: String, CaseIterable {
        case calm, eager
    }

    struct Parameters: StrategyParameters {
        var spread = 0.5
        var levels = 3
        var style = Style.calm

        static var schema: [Parameter<Self>] {
            [
                .number("spread", \.spread, in: 0...1, unit: "ticks", "Distance of the quotes."),
                .integer("levels", \.levels, in: 1...10, "Quotes on each side."),
                .choice("style", \.style, "How it quotes."),
            ]
        }
    }

    struct Sample: Strategy {
        static let name = "sample"
        init(_ parameters: Parameters, _ setup: StrategySetup) {}
    }

    /// Its default lies outside of its own range.
    struct Broken: Strategy {
        struct Parameters: StrategyParameters {
            var levels = 3
            static var schema: [Parameter<Self>] { [.integer("levels", \.levels, in: 5...10, "Quotes.")] }
        }

        static let name = "broken"
        init(_ parameters: Parameters, _ setup: StrategySetup) {}
    }

    @Test func `a description tells what the schema tells`() {
        let description = StrategyDescription(Sample.self)
        #expect(description.name == "sample")
        #expect(description.parameters.map(\.name) == ["spread", "levels", "style"])
        #expect(
            description.parameters.map(\.kind) == [
                .number(0...1), .integer(1...10), .choice(["calm", "eager"]),
            ])
        #expect(description.parameters.map(\.unit) == ["ticks", "", ""])
        #expect(description.parameters.map(\.help).last == "How it quotes.")
        #expect(description.parameters.map(\.defaultValue) == [.number(0.5), .integer(3), .choice("calm")])
    }

    /// Its name cannot be written in a configuration.
    struct Nameless: Strategy {
        static let name = "Two Words"
        init(_ parameters: Parameters, _ setup: StrategySetup) {}
    }

    @Test func `what admits no configuration is a defect of the program`() async {
        await #expect(processExitsWith: .failure) { _ = StrategyDescription(Broken.self) }
        await #expect(processExitsWith: .failure) { _ = StrategyDescription(Nameless.self) }
    }

    @Test func `settings are written over the defaults`() throws {
        let parameters = try Parameters(applying: [
            ParameterSetting(name: "style", value: .choice("eager")),
            ParameterSetting(name: "levels", value: .integer(7)),
        ])
        #expect(parameters == Parameters(spread: 0.5, levels: 7, style: .eager))
        #expect(parameters.settings.map(\.value) == [.number(0.5), .integer(7), .choice("eager")])
        #expect(try Parameters(applying: []) == Parameters())
    }

    @Test(arguments: [
        (ParameterSetting(name: "level", value: .integer(7)), "there is no parameter 'level'"),
        (ParameterSetting(name: "levels", value: .integer(11)), "the parameter 'levels' cannot be 11"),
        (ParameterSetting(name: "levels", value: .number(7)), "the parameter 'levels' cannot be 7.0"),
        (ParameterSetting(name: "spread", value: .number(.nan)), "the parameter 'spread' cannot be nan"),
        (ParameterSetting(name: "style", value: .choice("wild")), "the parameter 'style' cannot be wild"),
    ])
    func `a setting that does not fit is refused`(setting: ParameterSetting, reason: String) {
        #expect(throws: StrategyError(reason)) { try Parameters(applying: [setting]) }
    }

    @Test func `each kind admits its own values within its range`() {
        let rows: [(ParameterKind, [ParameterValue], ParameterValue)] = [
            (.number(0...1), [.number(0), .number(1)], .number(1.1)),
            (.integer(0...1), [.integer(0), .integer(1)], .integer(2)),
            (.flag, [.flag(true), .flag(false)], .integer(1)),
            (
                .interval(.zero ... .seconds(1)), [.interval(.zero), .interval(.seconds(1))],
                .interval(.seconds(2))
            ),
            (.price(.zero...Price(1)), [.price(.zero), .price(Price(1))], .price(Price(2))),
            (
                .quantity(.zero...Quantity(1)), [.quantity(.zero), .quantity(Quantity(1))],
                .quantity(Quantity(2))
            ),
            (
                .notional(.zero...Notional(1)), [.notional(.zero), .notional(Notional(1))],
                .notional(Notional(2))
            ),
            (.choice(["a", "b"]), [.choice("a"), .choice("b")], .choice("c")),
        ]
        for (kind, admitted, refused) in rows {
            for value in admitted { #expect(kind.admits(value), "\(kind) \(value)") }
            #expect(!kind.admits(refused), "\(kind) \(refused)")
            let own = rows.filter { $0.0 == kind }.flatMap(\.1)
            for value in rows.flatMap(\.1) where !own.contains(value) {
                #expect(!kind.admits(value), "\(kind) \(value)")
            }
        }
    }
}
