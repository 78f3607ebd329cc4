/// How much may wait in a connection.
package struct StreamLimits: Equatable, BitwiseCopyable, Sendable {
    /// Above this many bytes that wait to be sent, a producer should pause; it is told when they have become
    /// half as many.
    package var congestionBytes = 1 << 20
    /// Above this many the peer is too slow and the connection is closed.
    package var outputMax = 64 << 20
    /// Above this many received bytes that nobody takes, nothing is read until they are taken.
    package var inputMax = 1 << 20

    package init() {}
}
