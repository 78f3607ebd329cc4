import WireCodecs

/// Who uses a connection; called on its loop.
package protocol StreamHandler: AnyObject {
    /// The connection is open: what is written from here on is sent.
    func streamDidOpen(_ stream: Stream)
    /// Bytes have come: the handler takes what it can; the rest is offered again with the next bytes.
    func stream(_ stream: Stream, didReceive input: inout WireBuffer)
    /// What waited to be sent has become little enough to go on.
    func streamDidDrain(_ stream: Stream)
    /// The connection is over, other than by `close`; called once, last.
    func stream(_ stream: Stream, didEnd end: StreamEnd)
}
