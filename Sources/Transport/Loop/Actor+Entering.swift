extension Actor {
    /// Calls the body on this actor from the loop that it lives on; traps anywhere else.
    ///
    /// As `assumeIsolated`, which asks for memory twice per call: here what the body needs comes as an
    /// argument, so that a body that captures nothing costs nothing. The argument need not be sendable, because
    /// it stays on the thread.
    @inlinable @inline(__always)
    package nonisolated func enter<Argument, Result>(
        _ argument: Argument, _ body: @escaping (isolated Self, Argument) -> Result
    ) -> Result {
        preconditionIsolated()
        // The two types differ only in what the compiler knows of them.
        let plain = unsafeBitCast(body, to: ((Self, Argument) -> Result).self)
        return plain(self, argument)
    }
}
