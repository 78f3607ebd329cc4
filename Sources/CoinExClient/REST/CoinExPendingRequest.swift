import CoinExVenue
import Quantities
import WireCodecs

/// A request that somebody waits for, whatever its type. Confined to its loop.
protocol CoinExPending: AnyObject {
    var ticket: CoinExTicket { get }
    var group: CoinExRateGroup { get }
    /// How many requests of the group it takes.
    var charge: Int { get }
    var isSigned: Bool { get }
    /// Whether it is to change something at the venue.
    var isChange: Bool { get }
    /// Whether it was sent again for its time, which is done once.
    var isRepeated: Bool { get set }

    func write(_ writer: inout CoinExRequestWriter, tonce: Int64, into wire: inout WireBuffer)
    /// Reads an answer: keeps the reply for `succeed`, or returns why there is none.
    func read(status: Int, _ body: UnsafeBufferPointer<UInt8>) -> CoinExFailure?
    /// The venue's time that the reply tells, to the millisecond.
    var serverTime: Instant? { get }
    /// Hands the reply over. One of `succeed` and `fail` is called, once.
    func succeed()
    func fail(_ error: CoinExClientError)
}

final class CoinExPendingRequest<Request: CoinExRequest>: CoinExPending {
    let ticket: CoinExTicket
    let group: CoinExRateGroup
    let charge: Int
    let isSigned: Bool
    let isChange: Bool
    var isRepeated = false
    private let request: Request
    private var reply: Request.Reply?
    private let conclude: (Result<Request.Reply, CoinExClientError>) -> Void

    init(
        _ request: Request, _ ticket: CoinExTicket,
        _ conclude: @escaping (Result<Request.Reply, CoinExClientError>) -> Void
    ) {
        let endpoint = request.endpoint
        self.request = request
        self.ticket = ticket
        self.conclude = conclude
        group = endpoint.group
        charge = request.charge
        isSigned = endpoint.isSigned
        isChange =
            switch endpoint.method {
            case .get: false
            case .post, .put, .delete: true
            }
    }

    func write(_ writer: inout CoinExRequestWriter, tonce: Int64, into wire: inout WireBuffer) {
        writer.write(request, tonce: tonce, into: &wire)
    }

    func read(status: Int, _ body: UnsafeBufferPointer<UInt8>) -> CoinExFailure? {
        do throws(CoinExFailure) {
            reply = try CoinExAnswer.decode(status: status, body)
            return nil
        } catch {
            return error
        }
    }

    var serverTime: Instant? { (reply as? any CoinExTimedReply)?.serverTime }

    func succeed() {
        guard let reply else { preconditionFailure("a reply was read") }
        conclude(.success(reply))
    }

    func fail(_ error: CoinExClientError) { conclude(.failure(error)) }
}

/// A reply with the venue's time in milliseconds.
protocol CoinExTimedReply {
    var serverTime: Instant { get }
}

extension CoinExTickers: CoinExTimedReply {}

extension CoinExV2Time: CoinExTimedReply {
    var serverTime: Instant { time }
}
