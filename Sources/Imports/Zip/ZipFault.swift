/// Why an archive is not read; the names are those of its entries.
package enum ZipFault: Error, Equatable, Sendable {
    /// The record that ends every archive is not there.
    case noDirectory
    /// The directory or an entry lies beyond the end of the file.
    case truncated
    /// The archive is one part of several.
    case severalDisks
    /// The structures contradict each other.
    case malformed(String)
    case tooManyEntries(limit: Int)
    /// A name that leads out of a folder, or that no file of ours can have.
    case badName(String)
    case encrypted(String)
    /// A compression other than deflate.
    case unknownMethod(String, method: UInt16)
    /// Two entries share bytes, as in archives that are made to explode.
    case overlap(String)
    /// An entry claims to grow beyond all measure.
    case bomb(String, ratioMax: Int)
    /// The compressed data are wrong, in zlib's words.
    case corrupt(String, detail: String)
    /// An entry has more or fewer bytes than its directory says.
    case wrongSize(String)
    case wrongChecksum(String)
    case outOfMemory
}

extension ZipFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .noDirectory: "the end of the archive is missing: it is cut off, or no zip archive"
        case .truncated: "the archive is cut off: a part of it lies beyond the end of the file"
        case .severalDisks: "the archive is one part of several, which are not read"
        case .malformed(let detail): "the archive is damaged: \(detail)"
        case .tooManyEntries(let limit): "the archive has more than \(limit) entries"
        case .badName(let name): "the archive has an entry with the impossible name '\(name)'"
        case .encrypted(let name): "'\(name)' in the archive is encrypted"
        case .unknownMethod(let name, let method):
            "'\(name)' in the archive is compressed by method \(method); stored (0) and deflate (8) are read"
        case .overlap(let name): "'\(name)' in the archive shares bytes with another entry"
        case .bomb(let name, let ratioMax):
            "'\(name)' in the archive claims to be more than \(ratioMax) times as large as its compressed data"
        case .corrupt(let name, let detail): "'\(name)' in the archive is corrupt: \(detail)"
        case .wrongSize(let name): "'\(name)' in the archive has not the size that the directory says"
        case .wrongChecksum(let name): "'\(name)' in the archive has a wrong CRC-32"
        case .outOfMemory: "no memory for the decompressor"
        }
    }
}
