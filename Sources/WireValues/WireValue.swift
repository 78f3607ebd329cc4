import WireCodecs

/// A value that a venue writes as JSON.
package protocol WireValue: Sendable {
    /// Reads the value that the cursor stands on; errors name `field` where the value itself is at fault.
    init(reading json: inout JSONCursor, as field: WireField) throws(WireError)
}

/// A value that a venue writes as an object.
package protocol WireObject: WireValue {
    init(_ members: inout WireMembers) throws(WireError)
}

extension WireObject {
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        do throws(WireError) {
            var members = try WireMembers(&json)
            try self.init(&members)
        } catch {
            guard error.field == .whole else { throw error }
            throw WireError(error.kind, offset: error.offset, field: field)
        }
    }
}

extension WireValue {
    /// Reads a whole text.
    package init(decoding bytes: UnsafeBufferPointer<UInt8>) throws(WireError) {
        var json = JSONCursor(bytes)
        try self.init(reading: &json, as: .whole)
        do throws(JSONError) {
            try json.finish()
        } catch {
            throw WireError(error, field: .whole)
        }
    }
}

/// What lists of venues are bounded by.
package enum WireLists {
    /// The most elements of a list; more is an error.
    package static let elementsMax = 10_000
}

extension Array: WireValue where Element: WireValue {
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        var list: [Element] = []
        var failure: WireError?
        do throws(JSONError) {
            try json.array { json throws(JSONError) in
                do throws(WireError) {
                    guard list.count < WireLists.elementsMax else {
                        throw WireError(.tooMany, offset: json.offset, field: field)
                    }
                    list.append(try Element(reading: &json, as: field))
                } catch {
                    failure = error
                    throw JSONError(.refused, offset: error.offset)
                }
            }
        } catch {
            throw failure ?? WireError(error, field: field)
        }
        self = list
    }
}

extension String: WireValue {
    package init(reading json: inout JSONCursor, as field: WireField) throws(WireError) {
        do throws(JSONError) {
            self = try json.string()
        } catch {
            throw WireError(error, field: field)
        }
    }
}
