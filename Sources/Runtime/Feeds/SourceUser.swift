import MarketModel
import Quantities

/// Who uses a source of market data; called on its loop, in the order in which things come.
protocol SourceUser: AnyObject {
    /// A message came; its source has not read it yet. The bytes are valid during the call.
    func source(
        _ source: Int, received message: UnsafeBufferPointer<UInt8>, on socket: UInt64, at now: Instant)
    /// An answer to a question came, such as a whole book.
    func source(
        _ source: Int, asked subject: String, received answer: UnsafeBufferPointer<UInt8>, at now: Instant)
    /// What the source has made of its input; at least one.
    func source(_ source: Int, made events: [MarketEvent], at now: Instant)
    func source(_ source: Int, is state: ConnectionChange.State, at now: Instant)
    /// Something that the person who runs the session should know.
    func source(_ source: Int, tells text: String, at now: Instant)
}
