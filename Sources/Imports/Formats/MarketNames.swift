import MarketModel

/// The markets of an import in the order in which they came up.
final class MarketNames {
    /// The longest name, in bytes.
    static let bytesMax = 64

    private(set) var names: [String] = []
    private var bytes: [[UInt8]] = []
    /// Most rows are of the market of the row in front of them.
    private var last = 0

    /// The market of a name that a table gives; nil when it is no name.
    func id(of name: UnsafeBufferPointer<UInt8>) -> MarketID? {
        if last < bytes.count, bytes[last].elementsEqual(name) { return MarketID(last) }
        if let known = bytes.firstIndex(where: { $0.elementsEqual(name) }) {
            last = known
            return MarketID(known)
        }
        guard (1...Self.bytesMax).contains(name.count), name.allSatisfy({ (0x21..<0x7F).contains($0) }),
            names.count < MarketID.marketsMax
        else { return nil }
        bytes.append(Array(name))
        names.append(String(decoding: name, as: UTF8.self))
        last = names.count - 1
        return MarketID(last)
    }

    /// The market of a name that the caller gives, which is one.
    func id(of name: String) -> MarketID? {
        var name = name
        return name.withUTF8 { id(of: $0) }
    }
}
