import Glibc

/// How much the conformance tests do: `MARTLET_CONFORMANCE_MESSAGES=1000` is the whole measure, which wants a
/// release build of `wire-echo` (`MARTLET_WIRE_ECHO`) and some minutes.
enum ConformanceScale {
    static let messages = getenv("MARTLET_CONFORMANCE_MESSAGES").flatMap { Int(String(cString: $0)) } ?? 2
    static let isFull = messages >= 1_000

    /// All of the values in the whole measure, otherwise the first and the last.
    static func some<Value>(_ values: [Value]) -> [Value] {
        isFull || values.count < 3 ? values : [values[0], values[values.count - 1]]
    }
}
