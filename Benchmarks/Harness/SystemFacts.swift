import Glibc

/// What the kernel says about this process and this machine.
enum SystemFacts {
    /// Resident memory that is no file's and not shared, in bytes.
    static func anonymousResident() throws(BenchError) -> Int {
        let text = try text(of: "/proc/self/status")
        for line in text.split(separator: "\n") where line.hasPrefix("RssAnon:") {
            let digits = line.filter { $0.isNumber }
            if let kibibytes = Int(digits) { return kibibytes * 1_024 }
        }
        throw BenchError("/proc/self/status has no RssAnon")
    }

    /// How many cores did nothing over the next quarter of a second.
    static func idleCores() throws(BenchError) -> Double {
        let before = try idleAndTotal()
        usleep(250_000)
        let after = try idleAndTotal()
        let total = after.total - before.total
        guard total > 0 else { return 0 }
        let cores = Double(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        return cores * Double(after.idle - before.idle) / Double(total)
    }

    private static func idleAndTotal() throws(BenchError) -> (idle: Int, total: Int) {
        let text = try text(of: "/proc/stat")
        let numbers = text.prefix { $0 != "\n" }.split(separator: " ").compactMap { Int($0) }
        guard numbers.count >= 5 else { throw BenchError("/proc/stat is not as expected") }
        return (numbers[3] + numbers[4], numbers.prefix(8).reduce(0, +))
    }

    private static func text(of path: String) throws(BenchError) -> String {
        guard let file = fopen(path, "r") else { throw BenchError("cannot open \(path)") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }
}

/// A measurement could not be made.
struct BenchError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
