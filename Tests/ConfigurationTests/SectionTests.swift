import Configuration
import Quantities
import Testing

struct SectionTests {
    @Test func `all errors of a file are found in one reading, in its order`() {
        let faults = Sample.faults(
            """
            mode: papr
            spred: 1
            levels: many
            levels: 3
            legs:
              - side: buy
                weight: 11
                colour: red
              - weight: 2
            risk:
              low: 5
              high: 4
            """)
        #expect(
            faults == [
                "x.yaml:1:7: 'mode' is 'papr': it is none of the choices; "
                    + "expected 'live', 'paper' or 'backtest'; did you mean 'paper'?",
                "x.yaml:2:1: unknown key 'spred' at the top level",
                "x.yaml:3:9: 'levels' is 'many': it is not a number; expected a whole number from 1 to 50",
                "x.yaml:4:1: duplicate key 'levels'; the first one is in line 3",
                "x.yaml:7:13: 'legs[0].weight' is '11': it is too large; "
                    + "expected a whole number from 1 to 10",
                "x.yaml:8:5: unknown key 'colour' in 'legs[0]'",
                "x.yaml:9:5: 'side' is missing in 'legs[1]'; expected 'buy' or 'sell'",
                "x.yaml:11:8: 'risk.low' is not below 'high'",
            ])
    }

    @Test func `the report shows the line and a caret`() {
        let diagnostics = Diagnostics()
        let text = "strategies:\n  - parameters:\n      spred: 0.1\n"
        let document = YAMLDocument.parse(Array(text.utf8), file: "configs/x.yaml", diagnostics: diagnostics)
        _ = document?.decode(diagnostics) { top in
            top.required(
                "strategies",
                .list(
                    of: .section { strategy in
                        strategy.required(
                            "parameters",
                            .section { $0.optional("spread", .feeRate(.any)) })
                    }, count: 1...9))
        }
        #expect(
            diagnostics.rendered(showingLines: true) == """
                configs/x.yaml:3:7: unknown key 'spred' in 'strategies[0].parameters'; did you mean 'spread'?
                    3 |       spred: 0.1
                      |       ^
                """)
        #expect(
            diagnostics.rendered(showingLines: false)
                == "configs/x.yaml:3:7: unknown key 'spred' in 'strategies[0].parameters'; "
                + "did you mean 'spread'?")
    }

    @Test func `a warning does not refuse the configuration`() throws {
        let diagnostics = Diagnostics()
        let sample = try YAMLDocument.load(
            Array("risk: {high: 5}".utf8), file: "x.yaml", diagnostics: diagnostics, Sample.init)
        #expect(sample.risk?.high == Price(5))
        #expect(
            diagnostics.recorded.map(\.description) == [
                "x.yaml:1:14: warning: 'risk.high' has no effect without 'low'"
            ])
    }

    @Test func `a required key that is missing is reported at the section that lacks it`() {
        let diagnostics = Diagnostics()
        let text = "a: 1\nvenue:\n  kind: x\n"
        let document = YAMLDocument.parse(Array(text.utf8), file: "x.yaml", diagnostics: diagnostics)
        let value = document?.decode(diagnostics) { top in
            _ = top.required("a", .int(in: 0...9))
            _ = top.required("b", .bool)
            return top.required(
                "venue",
                .section { venue in
                    _ = venue.required("kind", .string())
                    return venue.required("url", .string())
                })
        }
        #expect(value == nil)
        #expect(
            diagnostics.recorded.map(\.description) == [
                "x.yaml:1:1: 'b' is missing at the top level; expected true or false",
                "x.yaml:2:1: 'url' is missing in 'venue'; expected a text of 1 to 200 characters",
            ])
    }

    @Test func `an open section is finished by who reads it later`() throws {
        let diagnostics = Diagnostics()
        let text = "kind: grid\nparameters:\n  levels: 4\n  levls: 5\n"
        let document = YAMLDocument.parse(Array(text.utf8), file: "x.yaml", diagnostics: diagnostics)
        let parameters = document?.decode(diagnostics) { top in
            _ = top.required("kind", .string())
            return top.required("parameters", .openSection)
        }
        #expect(diagnostics.recorded.isEmpty)
        let section = try #require(parameters)
        #expect(section.path == "parameters")
        #expect(section.required("levels", .int(in: 1...9)) == 4)
        section.finish()
        section.finish()
        #expect(
            diagnostics.recorded.map(\.description) == [
                "x.yaml:4:3: unknown key 'levls' in 'parameters'; did you mean 'levels'?"
            ])
    }

    @Test func `a format of one's own refuses in its own words`() {
        struct Market: Equatable {
            var base: String
        }
        let format = Format<Market>.scalar("a market such as BTC/USDT") { (scalar) throws(Refusal) in
            guard let slash = scalar.text.firstIndex(of: "/") else {
                throw Refusal("a slash is missing", suggestion: "write BTC/USDT")
            }
            return Market(base: String(scalar.text[..<slash]))
        }
        let diagnostics = Diagnostics()
        let document = YAMLDocument.parse(
            Array("a: X/Y\nb: XY".utf8), file: "x.yaml", diagnostics: diagnostics)
        let read = document?.decode(diagnostics) { top in
            _ = top.required("b", format)
            return top.required("a", format.map(\.base))
        }
        #expect(read == "X")
        #expect(
            diagnostics.recorded.map(\.description) == [
                "x.yaml:2:4: 'b' is 'XY': a slash is missing; "
                    + "expected a market such as BTC/USDT; write BTC/USDT"
            ])
    }

    @Test func `a choice among known names gives what stands beside the name`() {
        let strategies = Format.choice(among: [(name: "grid", value: 1), (name: "maker", value: 2)])
        let diagnostics = Diagnostics()
        let document = YAMLDocument.parse(
            Array("a: maker\nb: gird".utf8), file: "x.yaml", diagnostics: diagnostics)
        let read = document?.decode(diagnostics) { top in
            _ = top.required("b", strategies)
            return top.required("a", strategies)
        }
        #expect(read == 2)
        #expect(
            diagnostics.recorded.map(\.description) == [
                "x.yaml:2:4: 'b' is 'gird': it is none of the choices; "
                    + "expected 'grid' or 'maker'; did you mean 'grid'?"
            ])
    }

    @Test func `a list of exactly one item says so`() {
        let diagnostics = Diagnostics()
        let document = YAMLDocument.parse(Array("a: [1, 2]".utf8), file: "x.yaml", diagnostics: diagnostics)
        _ = document?.decode(diagnostics) { $0.required("a", .list(of: .int(in: .min...9), count: 1...1)) }
        #expect(
            diagnostics.recorded.map(\.description) == [
                "x.yaml:1:4: 'a' has 2 items; expected a list of 1 item, each a whole number of 9 or less"
            ])
    }

    @Test func `a body that gives nothing and says nothing is an error all the same`() {
        #expect(throws: InvalidConfiguration.self) {
            try YAMLDocument.load(Array("a: 1".utf8), file: "x.yaml") { top -> Int? in
                _ = top.has("a")
                return nil
            }
        }
    }

    @Test func `bounds that are no bounds are a defect of the program`() async {
        await #expect(processExitsWith: .failure) {
            _ = DecimalBounds<Price>.between("2", "1")
        }
        await #expect(processExitsWith: .failure) {
            _ = DecimalBounds<Price>.between("0", "1e5")
        }
    }
}
