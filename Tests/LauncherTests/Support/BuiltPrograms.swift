import Glibc

/// The programs of the package, where the build has put them: beside the tests.
enum BuiltPrograms {
    static let folder: String = {
        var bytes = [CChar](repeating: 0, count: 4_096)
        let count = readlink("/proc/self/exe", &bytes, bytes.count - 1)
        precondition(count > 0, "the tests are a program of their own")
        let path = String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return String(path[..<path.lastIndex(of: "/")!])
    }()

    static var martlet: String { folder + "/martlet" }
    static var marketMakerBot: String { folder + "/market-maker-bot" }
    static var crossVenueMakerBot: String { folder + "/cross-venue-maker-bot" }
    static var emaCrossBot: String { folder + "/ema-cross-bot" }
    static var gridBot: String { folder + "/grid-bot" }
    static var momentumBot: String { folder + "/momentum-bot" }
    static var stopLossBot: String { folder + "/stop-loss-bot" }
    static var dcaBot: String { folder + "/dca-bot" }
}
