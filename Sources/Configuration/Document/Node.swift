/// A value of a YAML document and where it stands.
package struct Node: Sendable {
    /// Lists and sections may stand in each other this deep.
    package static let depthMax = 32
    /// All values and keys of one document.
    package static let countMax = 100_000

    package indirect enum Content: Sendable {
        case scalar(Scalar)
        case sequence([Node])
        case mapping(Mapping)
    }

    package let mark: Mark
    package let content: Content

    /// Whether there is no value here.
    package var isNull: Bool {
        switch content {
        case .scalar(let scalar): scalar.isNull
        case .sequence, .mapping: false
        }
    }
}

/// A single value, as text: what it means is decided by who reads it, never guessed from its looks.
package struct Scalar: Equatable, Sendable {
    package enum Style: Equatable, Sendable {
        /// Without quotes.
        case plain
        /// In quotes of either kind, or a block of lines after `|` or `>`.
        case quoted
    }

    package let text: String
    package let style: Style

    /// Nothing at all, or one of the words that YAML has for nothing.
    package var isNull: Bool {
        style == .plain && ["", "~", "null", "Null", "NULL"].contains(text)
    }
}

/// Keys and their values in the order of the file. No key occurs twice.
package struct Mapping: Sendable {
    package struct Entry: Sendable {
        package let key: String
        package let keyMark: Mark
        package let value: Node
    }

    /// The longest key, in bytes.
    package static let keyBytesMax = 256

    package let entries: [Entry]

    package func entry(_ key: String) -> Entry? { entries.first { $0.key == key } }
}
