import COpenSSL

/// Bytes that must not be seen: the secret half of a key.
///
/// It prints itself as `(secret)`, shows nothing to a mirror, has no property with the bytes, and overwrites them
/// before it gives its memory back. Two are not compared: the answer would say something about them. While it lives its
/// bytes stand where neither a core dump nor the swap file has them (`SecretMemory`).
public struct Secret: Sendable {
    private let storage: Storage

    public init(_ text: String) {
        self.init(Array(text.utf8))
    }

    public init(_ bytes: [UInt8]) {
        storage = bytes.withUnsafeBytes { Storage($0) }
    }

    /// Copies the bytes; who had them before has to forget them.
    package init(copying bytes: UnsafeRawBufferPointer) {
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

        init(_ bytes: UnsafeRawBufferPointer) {
            count = bytes.count
            start = SecretMemory.take(count)
            if let from = bytes.baseAddress { start.copyMemory(from: from, byteCount: count) }
        }

        deinit { SecretMemory.giveBack(start, count) }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "(secret)" }
    public var debugDescription: String { "(secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
