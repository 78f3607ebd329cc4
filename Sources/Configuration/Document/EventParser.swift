internal import CYAML

/// libyaml's event parser, with its memory owned and its errors in our words.
///
/// After the first error, or the end of the stream, it must not be asked again.
struct EventParser: ~Copyable {
    struct Event {
        let kind: Kind
        let mark: Mark
        /// Where the text of the event ends.
        let end: Mark
    }

    enum Kind {
        case streamStart
        case streamEnd
        case documentStart
        case documentEnd
        case alias(name: String)
        case scalar(Scalar, Properties)
        case sequenceStart(Properties)
        case sequenceEnd
        case mappingStart(Properties)
        case mappingEnd
    }

    /// What may stand before a value.
    struct Properties {
        /// The name after `&`.
        let anchor: String?
        /// The tag in full, `tag:yaml.org,2002:str` for `!!str`.
        let tag: String?
    }

    private let source: SourceText
    // The parser points into itself once it has its input, so it must not move.
    private let parser: UnsafeMutablePointer<yaml_parser_t>

    /// The input are the bytes of `source`; they must outlive the parser.
    init(_ source: SourceText, input: UnsafeBufferPointer<UInt8>) throws(Diagnostic) {
        self.source = source
        parser = .allocate(capacity: 1)
        guard yaml_parser_initialize(parser) == 1 else {
            parser.deallocate()
            throw Diagnostic(at: .file(source.file), "there is no memory left to parse it")
        }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    }

    deinit {
        yaml_parser_delete(parser)
        parser.deallocate()
    }

    mutating func next() throws(Diagnostic) -> Event {
        var event = yaml_event_t()
        guard yaml_parser_parse(parser, &event) == 1 else { throw fault() }
        defer { yaml_event_delete(&event) }
        return Event(
            kind: Self.kind(of: event), mark: mark(event.start_mark), end: mark(event.end_mark))
    }

    private static func kind(of event: yaml_event_t) -> Kind {
        switch event.type {
        case YAML_STREAM_START_EVENT: return .streamStart
        case YAML_DOCUMENT_START_EVENT: return .documentStart
        case YAML_DOCUMENT_END_EVENT: return .documentEnd
        case YAML_ALIAS_EVENT: return .alias(name: text(event.data.alias.anchor) ?? "")
        case YAML_SCALAR_EVENT:
            let scalar = event.data.scalar
            let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
            let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
            return .scalar(
                Scalar(text: String(decoding: bytes, as: UTF8.self), style: isPlain ? .plain : .quoted),
                Properties(anchor: text(scalar.anchor), tag: text(scalar.tag)))
        case YAML_SEQUENCE_START_EVENT:
            let start = event.data.sequence_start
            return .sequenceStart(Properties(anchor: text(start.anchor), tag: text(start.tag)))
        case YAML_SEQUENCE_END_EVENT: return .sequenceEnd
        case YAML_MAPPING_START_EVENT:
            let start = event.data.mapping_start
            return .mappingStart(Properties(anchor: text(start.anchor), tag: text(start.tag)))
        case YAML_MAPPING_END_EVENT: return .mappingEnd
        default:  // open set: libyaml's; its only other event is "none", given after the end
            return .streamEnd
        }
    }

    private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
        pointer.map { String(cString: $0) }
    }

    /// At the end of a text whose last line is not ended, libyaml is already in the line after it.
    private func mark(_ mark: yaml_mark_t) -> Mark {
        if mark.line >= source.lineCount { return source.mark(atByte: source.bytes.count) }
        return Mark(file: source.file, line: mark.line + 1, column: mark.column + 1)
    }
}

// MARK: - Errors

extension EventParser {
    /// What libyaml says is wrong, at the place where a person has to change something.
    private func fault() -> Diagnostic {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "the text is not YAML"
        switch state.error {
        case YAML_MEMORY_ERROR:
            return Diagnostic(at: .file(source.file), "there is no memory left to parse it")
        case YAML_SCANNER_ERROR, YAML_PARSER_ERROR:
            break
        default:  // open set: libyaml's; the reader knows only the byte
            return Diagnostic(at: source.mark(atByte: state.problem_offset), problem)
        }

        let noticed = mark(state.problem_mark)
        guard let context = state.context.map({ String(cString: $0) }) else {
            return Diagnostic(at: noticed, problem, suggestion: advice(problem, at: noticed))
        }
        let began = mark(state.context_mark)
        // A key without its colon and a text without its closing quote are noticed lines later;
        // what is to be changed is where they began.
        let isNoticedLate =
            problem == "could not find expected ':'" || problem == "found unexpected end of stream"
        let message =
            isNoticedLate && noticed.line != began.line
            ? "\(problem) \(context) (noticed in line \(noticed.line))"
            : "\(problem) \(context)" + (noticed.line == began.line ? "" : " (line \(began.line))")
        let place = isNoticedLate ? began : noticed
        return Diagnostic(at: place, message, suggestion: advice(problem, at: noticed))
    }

    /// What the commonest errors usually come from.
    private func advice(_ problem: String, at mark: Mark) -> String? {
        switch problem {
        case "found character that cannot start any token":
            source.byte(at: mark) == UInt8(ascii: "\t")
                ? "indent with spaces, not with tabs"
                : "put the value in quotes if it is a text"
        case "found a tab character that violates indentation",
            "found a tab character where an indentation space is expected":
            "indent with spaces, not with tabs"
        case "mapping values are not allowed in this context":
            "check the indentation and the blank after each ':', and quote a text that contains ': '"
        case "did not find expected key", "did not find expected '-' indicator":
            "check the indentation"
        case "could not find expected ':'":
            "a key is followed by ': ' in its line"
        case "found unexpected end of stream":
            "close the quote"
        case "did not find expected ',' or ']'":
            "close the list with ']'"
        case "did not find expected ',' or '}'":
            "close the section with '}'"
        default:  // open set: libyaml's messages
            nil
        }
    }
}
