import CLinux  // nondeterminism-ok: it takes pages of memory, and nothing of the world comes in

/// Memory for one secret: pages of its own, which stay out of the swap file, of core dumps and of child processes.
///
/// Where the system does not let them be locked, as behind a limit for locked memory, they are left out of core dumps
/// all the same. The pages of OpenSSL's secure heap would do too, but then OpenSSL puts keys of its connections there,
/// and refuses connections once it is full.
enum SecretMemory {
    static func take(_ count: Int) -> UnsafeMutableRawPointer {
        guard let start = clinux_secret_take(count) else { preconditionFailure("there is memory for a key") }
        return start
    }

    /// Overwrites the bytes first.
    static func giveBack(_ start: UnsafeMutableRawPointer, _ count: Int) {
        clinux_secret_give_back(start, count)
    }
}
