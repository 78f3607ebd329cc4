import COpenSSL

/// Bytes that must not be seen: the secret half of a key.
///
/// It prints itself as `(secret)`, shows nothing to a mirror, has no property with the bytes, and overwrites them
/// before it gives its memory back. Two are not compared: the answer would say something about them.
public struct Secret: Sendable {
    private let storage: Storage

    public init(_ text: String) {
        storage = Storage(Array(text.utf8))
    }

    public init(_ bytes: [UInt8]) {
        storage = Storage(bytes)
    }

    public var isEmpty: Bool { storage.count == 0 }

    /// Lends the bytes; nothing of them may be kept.
    public borrowing func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(start: storage.start, count: storage.count))
    }

    /// Memory that nobody else has, and that is written once.
    private final class Storage: @unchecked Sendable {
        let start: UnsafeMutableRawPointer
        let count: Int

        init(_ bytes: [UInt8]) {
            count = bytes.count
            start = .allocate(byteCount: max(1, bytes.count), alignment: 1)
            bytes.withUnsafeBytes {
                start.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(start), byteCount: $0.count)
            }
        }

        deinit {
            OPENSSL_cleanse(start, count)
            start.deallocate()
        }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(secret)" }
    public var debugDescription: String { "(secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
