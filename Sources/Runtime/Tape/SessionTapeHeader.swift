/// What a session's tape says about itself: which run it is of, and the configuration to replay it with.
package struct SessionTapeHeader: Equatable, Sendable {
    package var run: String
    package var configuration: String

    package init(run: String, configuration: String) {
        self.run = run
        self.configuration = configuration
    }

    /// The run's name on the first line, the configuration on the others.
    package var bytes: [UInt8] { Array((run + "\n" + configuration).utf8) }

    /// Nil when the bytes are no such header.
    package init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
        run = String(decoding: bytes[..<end], as: UTF8.self)
        configuration = String(decoding: bytes[(end + 1)...], as: UTF8.self)
    }
}
