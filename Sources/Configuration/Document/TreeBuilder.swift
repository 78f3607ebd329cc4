/// Builds the tree of one document from the events of its text.
///
/// A fault that leaves the rest of the text in doubt is thrown; a duplicate key is recorded, and the
/// building goes on with the first of the two.
struct TreeBuilder: ~Copyable {
    private var events: EventParser
    private let diagnostics: Diagnostics
    private var count = 0

    init(_ events: consuming EventParser, diagnostics: Diagnostics) {
        self.events = events
        self.diagnostics = diagnostics
    }

    /// The root of the only document.
    mutating func document() throws(Diagnostic) -> Node {
        var root: Node?
        while true {
            let event = try events.next()
            switch event.kind {
            case .streamStart, .documentEnd:
                continue
            case .documentStart:
                if root != nil {
                    throw Diagnostic(
                        at: event.mark, "a second document begins here", expected: "one document per file")
                }
                root = try node(try events.next(), depth: 0)
            case .streamEnd:
                guard let root, !root.isNull else {
                    let start = Mark(file: event.mark.file, line: 1, column: 1)
                    throw Diagnostic(at: start, "the file is empty", expected: "key: value lines")
                }
                return root
            case .alias, .scalar, .sequenceStart, .sequenceEnd, .mappingStart, .mappingEnd:
                preconditionFailure("values stand inside of documents")
            }
        }
    }

    /// The node that begins with this event.
    private mutating func node(_ event: EventParser.Event, depth: Int) throws(Diagnostic) -> Node {
        try countOne(at: event.mark)
        switch event.kind {
        case .alias(let name):
            throw Diagnostic(
                at: event.mark, "aliases (\(Quoted("*" + name))) are not accepted",
                suggestion: "write the value out")
        case .scalar(let scalar, let properties):
            try check(properties, of: event)
            let tagged = try Tag.apply(properties.tag, to: scalar, at: event.mark)
            return Node(mark: event.mark, content: .scalar(tagged))
        case .sequenceStart(let properties):
            try check(properties, of: event)
            try Tag.check(properties.tag, isOf: .sequence, at: event.mark)
            return Node(mark: event.mark, content: try sequence(at: event.mark, depth: depth + 1))
        case .mappingStart(let properties):
            try check(properties, of: event)
            try Tag.check(properties.tag, isOf: .mapping, at: event.mark)
            return Node(mark: event.mark, content: try mapping(at: event.mark, depth: depth + 1))
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
            preconditionFailure("libyaml closes what it opens, and gives a value where one stands")
        }
    }

    private mutating func sequence(at mark: Mark, depth: Int) throws(Diagnostic) -> Node.Content {
        try checkDepth(depth, at: mark)
        var items: [Node] = []
        while true {
            let event = try events.next()
            if case .sequenceEnd = event.kind { return .sequence(items) }
            items.append(try node(event, depth: depth))
        }
    }

    private mutating func mapping(at mark: Mark, depth: Int) throws(Diagnostic) -> Node.Content {
        try checkDepth(depth, at: mark)
        var entries: [Mapping.Entry] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try events.next()
            if case .mappingEnd = event.kind { return .mapping(Mapping(entries: entries)) }
            let key = try key(event)
            let value = try node(try events.next(), depth: depth)
            if let line = lines[key] {
                diagnostics.record(
                    Diagnostic(
                        at: event.mark, "duplicate key \(Quoted(key))",
                        suggestion: "the first one is in line \(line)"))
                continue
            }
            lines[key] = event.mark.line
            entries.append(Mapping.Entry(key: key, keyMark: event.mark, value: value))
        }
    }

    private mutating func key(_ event: EventParser.Event) throws(Diagnostic) -> String {
        switch event.kind {
        case .sequenceStart, .mappingStart:
            // Refused before it is read: keys within keys have no depth that could be counted.
            throw Diagnostic(at: event.mark, "a list or a section cannot be a key", expected: "a name")
        case .streamStart, .streamEnd, .documentStart, .documentEnd, .alias, .scalar, .sequenceEnd,
            .mappingEnd:
            break
        }
        guard case .scalar(let scalar) = try node(event, depth: 0).content else {
            preconditionFailure("what is no list and no section is a scalar, or was refused")
        }
        if scalar.isNull {
            throw Diagnostic(at: event.mark, "a key is missing before ':'", expected: "a name")
        }
        if scalar.style == .plain, scalar.text == "<<" {
            throw Diagnostic(
                at: event.mark, "merge keys ('<<') are not accepted", suggestion: "write the keys out")
        }
        guard scalar.text.utf8.count <= Mapping.keyBytesMax else {
            throw Diagnostic(
                at: event.mark, "a key of \(scalar.text.utf8.count) bytes",
                expected: "at most \(Mapping.keyBytesMax)")
        }
        return scalar.text
    }

    // MARK: Limits

    private mutating func countOne(at mark: Mark) throws(Diagnostic) {
        count += 1
        if count > Node.countMax {
            throw Diagnostic(
                at: mark, "too many values", expected: "at most \(Node.countMax) values and keys")
        }
    }

    private func checkDepth(_ depth: Int, at mark: Mark) throws(Diagnostic) {
        if depth > Node.depthMax {
            throw Diagnostic(at: mark, "nested too deep", expected: "at most \(Node.depthMax) levels")
        }
    }

    private func check(
        _ properties: EventParser.Properties, of event: EventParser.Event
    ) throws(Diagnostic) {
        guard let anchor = properties.anchor else { return }
        throw Diagnostic(
            at: event.mark, "anchors (\(Quoted("&" + anchor))) are not accepted",
            suggestion: "delete it, and write the value out where it is needed again")
    }
}
