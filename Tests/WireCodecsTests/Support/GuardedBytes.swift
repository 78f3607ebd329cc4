import Glibc

/// Memory whose end is the end of a page that must not be touched: one byte read too many crashes.
final class GuardedBytes {
    static let capacity = 1 << 18

    private let start: UnsafeMutableRawPointer

    init() {
        let page = Int(getpagesize())
        let length = Self.capacity + page
        let flags = MAP_PRIVATE | MAP_ANONYMOUS
        guard let start = mmap(nil, length, PROT_READ | PROT_WRITE, flags, -1, 0),
            start != MAP_FAILED, mprotect(start + Self.capacity, page, PROT_NONE) == 0
        else { preconditionFailure("no memory for a guarded buffer") }
        self.start = start
    }

    deinit { munmap(start, Self.capacity + Int(getpagesize())) }

    /// Lends a copy of the bytes that ends where the forbidden page begins.
    func withCopy<Result, Failure: Error>(
        of bytes: [UInt8], _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(bytes.count <= Self.capacity, "the guarded buffer is too small")
        let target = start + Self.capacity - bytes.count
        bytes.withUnsafeBytes { if let base = $0.baseAddress { memcpy(target, base, $0.count) } }
        let first = target.assumingMemoryBound(to: UInt8.self)
        return try body(UnsafeBufferPointer(start: first, count: bytes.count))
    }
}
