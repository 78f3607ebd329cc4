extension Format {
    /// A list whose items have one format; nil if any of them does not fit.
    package static func list<Item>(
        of item: Format<Item>, count: ClosedRange<Int>
    ) -> Format where Value == [Item] {
        let expected = "a list of \(counted(count, "item")), each \(item.expected)"
        return Format(expected: expected) { field in
            guard case .sequence(let nodes) = field.node.content else {
                field.refuseKind(expected: expected, suggestion: "write '- ' before each item")
                return nil
            }
            guard count.contains(nodes.count) else {
                field.refuse("has \(counted(nodes.count...nodes.count, "item"))", expected: expected)
                return nil
            }
            var items: [Item] = []
            for (index, node) in nodes.enumerated() {
                let place = Field(
                    node: node, path: "\(field.path)[\(index)]", keyMark: nil,
                    diagnostics: field.diagnostics)
                if let value = item.read(place) { items.append(value) }
            }
            return items.count == nodes.count ? items : nil
        }
    }

    /// A section, read by `body`; its unknown keys are reported afterwards.
    package static func section(_ body: @escaping (Section) -> Value?) -> Format {
        Format(expected: "a section of keys") { field in
            guard let section = Format<Section>.openSection.read(field) else { return nil }
            let value = body(section)
            section.finish()
            return value
        }
    }
}

extension Format where Value == Section {
    /// A section for a later reader, who must call `finish()` when he has read it.
    package static var openSection: Format {
        let expected = "a section of keys"
        return Format(expected: expected) { field in
            guard case .mapping(let mapping) = field.node.content else {
                field.refuseKind(expected: expected)
                return nil
            }
            return Section(mapping, of: field)
        }
    }
}
