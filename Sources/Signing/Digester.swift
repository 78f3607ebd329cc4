import COpenSSL

/// Computes one digest after another, in memory that it keeps: nothing is allocated per digest.
public struct Digester: ~Copyable {
    package let digest: Digest
    private let algorithm: OpaquePointer
    private let context: OpaquePointer

    package init(_ digest: Digest) {
        guard let algorithm = EVP_MD_fetch(nil, digest.name, nil), let context = EVP_MD_CTX_new() else {
            preconditionFailure("the system's OpenSSL has MD5 and SHA-256")
        }
        self.digest = digest
        self.algorithm = algorithm
        self.context = context
        begin()
    }

    deinit {
        EVP_MD_CTX_free(context)
        EVP_MD_free(algorithm)
    }

    /// Adds bytes to what is digested.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        let isAdded = EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        precondition(isAdded == 1, "a digest takes any bytes")
    }

    package mutating func add(_ text: StaticString) {
        add(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    package mutating func add(_ secret: borrowing Secret) {
        secret.withBytes { add($0) }
    }

    /// Lends the digest of all that was added, and begins anew.
    package mutating func finish<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let result = withUnsafeTemporaryAllocation(
            of: UInt8.self, capacity: Digest.sizeMax
        ) { room in
            let isDone = EVP_DigestFinal_ex(context, room.baseAddress, nil)
            precondition(isDone == 1, "a digest that was begun can be finished")
            return body(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<digest.size]))
        }
        begin()
        return result
    }

    private mutating func begin() {
        precondition(EVP_DigestInit_ex2(context, algorithm, nil) == 1, "a digest can be begun")
    }
}
