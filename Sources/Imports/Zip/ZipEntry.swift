/// A file in an archive, as the central directory tells it.
package struct ZipEntry: Equatable, Sendable {
    package enum Method: Equatable, Sendable {
        case stored
        case deflated
    }

    package var name: String
    package var method: Method
    /// Where its compressed bytes stand in the archive.
    package var range: Range<Int>
    /// Bytes when unpacked.
    package var size: Int
    package var crc: UInt32

    /// Whether it is only the name of a folder.
    package var isFolder: Bool { name.hasSuffix("/") }
}
