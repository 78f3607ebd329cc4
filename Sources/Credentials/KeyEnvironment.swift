import Glibc

/// Variables that a key may be in.
package protocol KeyEnvironment {
    subscript(name: String) -> String? { get }
    /// Makes a variable as if it had never been set.
    mutating func remove(_ name: String)
}

/// The environment of this process. To be used before there are other threads: the C library's is not guarded.
package struct ProcessEnvironment: KeyEnvironment {
    package init() {}

    package subscript(name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Overwrites the value where it stands, which is also where other programs would see it, and removes it.
    package mutating func remove(_ name: String) {
        if let value = getenv(name) { memset(value, 0, strlen(value)) }
        unsetenv(name)
    }

    /// All variables, for those who look for several.
    package var variables: [String: String] {
        var found: [String: String] = [:]
        var entry = environ
        while let text = entry.pointee {
            let parts = String(cString: text).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { found[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        return found
    }
}
