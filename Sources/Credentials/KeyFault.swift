/// Why there is no key. Nothing of a file's text is ever told: it may be the secret.
package enum KeyFault: Error, Equatable, Sendable {
    /// There is none in any of these places.
    case missing(venue: String, places: [String])
    case unreadable(path: String, reason: String)
    /// Others than its owner may read or write it; the mode in octal digits.
    case notPrivate(path: String, mode: String)
    /// It belongs to another user.
    case foreign(path: String, owner: UInt32)
    /// A folder, a pipe, a device.
    case noFile(path: String)
    /// Larger than any key.
    case tooLarge(path: String)
    case malformed(path: String, line: Int, reason: String)
    /// One half of a key is in the environment, and the variable of the other half is not.
    case half(missing: String)
}

extension KeyFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let venue, let places):
            "there is no key for \(venue); looked for it in " + places.joined(separator: ", ")
        case .unreadable(let path, let reason): "the key file \(path) cannot be read: \(reason)"
        case .notPrivate(let path, let mode):
            "the key file \(path) has mode \(mode), so others can read or change it; "
                + "'chmod 600 \(path)' makes it private, and the key should be replaced"
        case .foreign(let path, let owner): "the key file \(path) belongs to another user (\(owner))"
        case .noFile(let path): "\(path) is no file"
        case .tooLarge(let path): "\(path) is too large for a key file"
        case .malformed(let path, let line, let reason): "\(path):\(line): \(reason)"
        case .half(let missing): "the environment has half a key: \(missing) is not set"
        }
    }
}
