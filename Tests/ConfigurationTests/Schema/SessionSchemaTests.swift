import Configuration
import StrategyKit
import Testing

/// The schema and the reader know the same keys, at every depth; no key is silently ignored.
struct SessionSchemaTests {
    /// A section of the schema: the way to it, and its keys.
    struct Place: CustomTestStringConvertible {
        /// `strategies[].risk`; a step that ends with brackets is a list with one item.
        var steps: [String]
        var keys: [String]

        var testDescription: String { steps.isEmpty ? "top" : steps.joined(separator: ".") }

        /// The way as the reader writes it.
        var path: String {
            steps.map { $0.hasSuffix("[]") ? $0.dropLast(2) + "[0]" : $0 }.joined(separator: ".")
        }

        /// A document with these lines in the section, in YAML's flow style.
        func document(_ inside: String) -> String {
            var text = inside
            for (depth, step) in steps.enumerated().reversed() {
                // The kind of strategy decides which parameters there are.
                let isStrategy =
                    step == "strategies[]" && !(depth == steps.count - 1 && inside.hasPrefix("strategy"))
                text = isStrategy ? "strategy: quoting, \(text)" : text
                text = step.hasSuffix("[]") ? "\(step.dropLast(2)): [{\(text)}]" : "\(step): {\(text)}"
            }
            return "{\(text)}\n"
        }
    }

    private static let schema = SessionSchema(SessionSample.strategies).document
    static let places = collect(schema, [])

    private static func collect(_ schema: JSONTree, _ steps: [String]) -> [Place] {
        guard let properties = schema["properties"] else { return [] }
        var places = [Place(steps: steps, keys: properties.members.map(\.key))]
        for property in properties.members {
            if steps == ["strategies[]"], property.key == "parameters" {
                let parameters = Self.schema["$defs"]?["quoting"] ?? [:]
                places += collect(parameters, steps + ["parameters"])
            } else if let item = property.value["items"] {
                places += collect(item, steps + [property.key + "[]"])
            } else {
                places += collect(property.value, steps + [property.key])
            }
        }
        return places
    }

    @Test func `the schema has every section`() {
        #expect(
            Self.places.map(\.testDescription) == [
                "top", "limits", "data", "data.synthetic", "venues", "venues.binance",
                "venues.binance-options", "venues.jayx", "markets[]", "markets[].follows",
                "strategies[]", "strategies[].parameters", "strategies[].risk", "strategies[].risk.drawdown",
                "risk",
                "risk.drawdown", "simulation", "simulation.latency", "journal", "connection",
            ])
    }

    @Test(arguments: places)
    func `the reader knows every key of the schema`(place: Place) {
        for key in place.keys {
            let faults = SessionSample.faults(place.document("\(key): ~"))
            #expect(!faults.contains { $0.contains("unknown key") }, "\(key): \(faults)")
        }
    }

    @Test(arguments: places)
    func `no section takes a key that it does not know, and says the nearest`(place: Place) {
        let name = place.path.isEmpty ? "at the top level" : "in '\(place.path)'"
        for key in place.keys {
            let faults = SessionSample.faults(place.document("\(key)x: 1"))
            let message = "unknown key '\(key)x' \(name); did you mean '\(key)'?"
            #expect(faults.contains { $0.hasSuffix(message) }, "\(faults)")
        }
        let faults = SessionSample.faults(place.document("zzzzzzzz: 1"))
        #expect(faults.contains { $0.hasSuffix("unknown key 'zzzzzzzz' \(name)") }, "\(faults)")
    }

    @Test(arguments: places)
    func `no section takes a key twice`(place: Place) {
        for key in place.keys {
            let faults = SessionSample.faults(place.document("\(key): 1, \(key): 2"))
            #expect(faults.contains { $0.contains("duplicate key '\(key)'") }, "\(faults)")
        }
    }

    @Test(arguments: [SessionSample.minimal, SessionSample.complete])
    func `the schema knows every key that the reader knows`(text: String) throws {
        let session = try SessionSample.read(text).configuration
        let diagnostics = Diagnostics()
        let document = try #require(
            YAMLDocument.parse(Array(session.effectiveText.utf8), file: "x.yaml", diagnostics: diagnostics))
        expectKnown(document.root, Self.schema, "")
    }

    private func expectKnown(_ node: Node, _ schema: JSONTree, _ path: String) {
        switch node.content {
        case .scalar: break
        case .sequence(let nodes):
            for node in nodes { expectKnown(node, schema["items"] ?? [:], path + "[]") }
        case .mapping(let mapping):
            for entry in mapping.entries {
                let key = "\(path).\(entry.key)"
                if let value = schema["properties"]?[entry.key] {
                    let isParameters = entry.key == "parameters"
                    expectKnown(entry.value, isParameters ? parameters(mapping) : value, key)
                } else {
                    #expect(schema["additionalProperties"]?["type"] != nil, "the schema has no \(key)")
                }
            }
        }
    }

    /// The schema of the parameters of the strategy that stands beside them.
    private func parameters(_ mapping: Mapping) -> JSONTree {
        guard case .scalar(let name)? = mapping.entry("strategy")?.value.content else { return [:] }
        return Self.schema["$defs"]?[name.text] ?? [:]
    }

    @Test func `parameters carry meaning, range and default`() {
        let parameters = Self.schema["$defs"]?["quoting"]?["properties"]
        #expect(
            parameters?["spread"] == [
                "type": "number", "minimum": .number("1e-05"), "maximum": .number("0.1"),
                "description": "Distance of the quotes. Unit: of the price.", "default": .number("0.0005"),
            ])
        #expect(
            parameters?["style"] == [
                "enum": ["calm", "eager"], "description": "How it quotes.", "default": "calm",
            ])
        #expect(parameters?["size"]?["minimum"] == .number("0.000000000001"))
        #expect(parameters?["pause"]?["default"] == "250ms")
        #expect(Self.schema["$defs"]?["watching"]?["properties"] == [:])
    }
}
