import Quantities
import WireCodecs

/// The parameters of one request, written once and kept in the forms that are needed: what travels, a query or a
/// JSON body, and for the first generation the text that is signed. The second generation signs what travels.
///
/// The signed text has every value as Python would show it: `True` for a truth, `['a', 'b']` for a list, and
/// strings as they are, neither quoted nor percent-encoded. In a query everything is text already, so there
/// a truth is `true` in both forms.
///
/// Those of the first generation come in ascending order of their names, which is checked. Memory is kept from
/// request to request.
public struct CoinExParameters: ~Copyable {
    private enum Form {
        case query
        case body
    }

    private(set) var signed = WireBuffer(capacity: 1_024)
    private(set) var carried = WireBuffer(capacity: 1_024)
    private var form = Form.query
    /// Whether there is a text that is signed beside what travels.
    private var hasSignedText = true
    private var lastName: StaticString = ""
    /// Whether no member of the object at hand was written yet.
    private var isFirstMember = true
    /// What is still to be put in its place; nil when it was, and in requests that are not signed.
    private var tonce: Int64?

    init() {}

    /// Begins a request; a signed one has a key and a time.
    mutating func begin(hasBody: Bool, _ stamp: (accessID: String, tonce: Int64)?) {
        signed.removeAll(keeping: Self.bytesKept)
        carried.removeAll(keeping: Self.bytesKept)
        form = hasBody ? .body : .query
        lastName = ""
        isFirstMember = true
        hasSignedText = true
        if hasBody { carried.append(UInt8(ascii: "{")) }
        if let stamp {
            // No other parameter comes before it, which the check of the order holds us to.
            text("access_id", stamp.accessID)
            tonce = stamp.tonce
        } else {
            tonce = nil
        }
    }

    /// Begins a request of the second generation, whose key and time are fields of its head.
    mutating func beginPlain(hasBody: Bool) {
        begin(hasBody: hasBody, nil)
        hasSignedText = false
    }

    mutating func end() {
        putTonce()
        switch form {
        case .query: break
        case .body: carried.append(UInt8(ascii: "}"))
        }
    }

    /// What is kept of the memory of a large request.
    private static let bytesKept = 64 << 10

    /// Whether a name comes before another in the text that is signed.
    package static func precedes(_ a: StaticString, _ b: StaticString) -> Bool {
        let left = UnsafeBufferPointer(start: a.utf8Start, count: a.utf8CodeUnitCount)
        let right = UnsafeBufferPointer(start: b.utf8Start, count: b.utf8CodeUnitCount)
        // By hand: this is asked for every parameter of an order.
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
            return left[index] < right[index]
        }
        return left.count < right.count
    }
}

// MARK: - Parameters

extension CoinExParameters {
    package mutating func text(_ name: StaticString, _ text: String) {
        var text = text
        text.withUTF8 { self.text(name, UnsafeRawBufferPointer($0)) }
    }

    package mutating func text(_ name: StaticString, _ text: StaticString) {
        self.text(name, UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// A text from its UTF-8.
    package mutating func text(_ name: StaticString, _ bytes: UnsafeRawBufferPointer) {
        enter(name)
        if hasSignedText { signed.append(bytes) }
        switch form {
        case .query: carried.appendPercentEncoded(bytes)
        case .body: carried.appendQuoted(bytes)
        }
    }

    package mutating func text(_ name: StaticString, _ id: CoinExClientID) {
        id.withBytes { text(name, UnsafeRawBufferPointer($0)) }
    }

    package mutating func number(_ name: StaticString, _ number: Int64) {
        enter(name)
        if hasSignedText { signed.appendDecimal(number) }
        carried.appendDecimal(number)
    }

    package mutating func bool(_ name: StaticString, _ value: Bool) {
        enter(name)
        let word: StaticString = value ? "true" : "false"
        carried.append(word)
        guard hasSignedText else { return }
        switch form {
        case .query: signed.append(word)
        case .body: signed.append(value ? "True" : "False" as StaticString)
        }
    }

    /// A decimal, as a string, without zeros at its end.
    package mutating func decimal(_ name: StaticString, _ value: some FixedPoint) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: DecimalText.lengthMax) { room in
            let count = value.writeShortest(to: room)
            text(name, UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<count]))
        }
    }

    /// A list of texts; in bodies only, as no query of the venue has one.
    package mutating func texts(_ name: StaticString, _ texts: [String]) {
        precondition(form == .body && hasSignedText, "only v1 has lists of texts, in bodies")
        enter(name)
        signed.append(UInt8(ascii: "["))
        carried.append(UInt8(ascii: "["))
        for (index, text) in texts.enumerated() {
            if index > 0 {
                signed.append(", " as StaticString)
                carried.append(UInt8(ascii: ","))
            }
            signed.append(UInt8(ascii: "'"))
            signed.append(text)
            signed.append(UInt8(ascii: "'"))
            var text = text
            text.withUTF8 { carried.appendQuoted(UnsafeRawBufferPointer($0)) }
        }
        signed.append(UInt8(ascii: "]"))
        carried.append(UInt8(ascii: "]"))
    }

    /// A list of numbers; in bodies of the second generation only.
    package mutating func numbers(_ name: StaticString, _ numbers: [UInt64]) {
        precondition(form == .body && !hasSignedText, "only v2 has lists of numbers, in bodies")
        enter(name)
        for (index, number) in numbers.enumerated() {
            carried.append(index == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
            carried.appendDecimal(Int64(clamping: number))
        }
        carried.append(numbers.isEmpty ? "[]" : "]" as StaticString)
    }

    /// A list of objects, each written by `body`; in bodies of the second generation only.
    package mutating func objects<Element>(
        _ name: StaticString, _ elements: [Element], _ body: (Element, inout CoinExParameters) -> Void
    ) {
        precondition(form == .body && !hasSignedText, "only v2 has lists of objects, in bodies")
        enter(name)
        carried.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            carried.append(index == 0 ? "{" : ",{" as StaticString)
            isFirstMember = true
            body(element, &self)
            carried.append(UInt8(ascii: "}"))
        }
        carried.append(UInt8(ascii: "]"))
        isFirstMember = false
    }

    // MARK: Names

    private mutating func enter(_ name: StaticString) {
        guard hasSignedText else { return begin(name) }
        if tonce != nil, Self.precedes("tonce", name) { putTonce() }
        precondition(Self.precedes(lastName, name), "parameters come in order, each once")
        begin(name)
    }

    private mutating func putTonce() {
        guard let tonce else { return }
        self.tonce = nil
        begin("tonce")
        signed.appendDecimal(tonce)
        carried.appendDecimal(tonce)
    }

    private mutating func begin(_ name: StaticString) {
        if hasSignedText {
            lastName = name
            if !signed.isEmpty { signed.append(UInt8(ascii: "&")) }
            signed.append(name)
            signed.append(UInt8(ascii: "="))
        }
        switch form {
        case .query:
            if !carried.isEmpty { carried.append(UInt8(ascii: "&")) }
            carried.append(name)
            carried.append(UInt8(ascii: "="))
        case .body:
            if !isFirstMember { carried.append(UInt8(ascii: ",")) }
            isFirstMember = false
            carried.append(UInt8(ascii: "\""))
            carried.append(name)
            carried.append("\":" as StaticString)
        }
    }
}
