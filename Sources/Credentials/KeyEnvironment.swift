import CLinux
import Glibc
import Signing

/// Where a process looks for its key, and what it does so that nobody else finds it.
package protocol KeyEnvironment {
    subscript(name: String) -> String? { get }
    /// The value of a variable, without a copy of it that stays; nil where it is not set.
    func secret(_ name: String) -> Secret?
    /// Makes a variable as if it had never been set.
    mutating func remove(_ name: String)
    /// Keeps other programs of the same user from looking into the process that will have the key.
    mutating func conceal()
}

/// The environment of this process. To be used before there are other threads: the C library's is not guarded.
package struct ProcessEnvironment: KeyEnvironment {
    package init() {}

    package subscript(name: String) -> String? { getenv(name).map { String(cString: $0) } }

    package func secret(_ name: String) -> Secret? {
        getenv(name).map { Secret(copying: UnsafeRawBufferPointer(start: $0, count: strlen($0))) }
    }

    /// From here on no core is dumped, and only the system's own user can read this process's memory. Where the
    /// system refuses that, a key is as safe as other memory is.
    package mutating func conceal() { _ = clinux_conceal() }

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
