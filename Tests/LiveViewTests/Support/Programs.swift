import Glibc

/// Programs that the build has put beside the tests.
enum Programs {
    /// The umbrella tool.
    static let martlet: String = {
        var bytes = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &bytes, bytes.count - 1)
        precondition(count > 0, "the tests are a program of their own")
        let path = String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return String(path[..<path.lastIndex(of: "/")!]) + "/martlet"
    }()
}
