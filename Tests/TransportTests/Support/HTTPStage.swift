import Quantities
import WireCodecs

@testable import Transport

/// Gathers the ends of requests. Confined to its loop.
final class HTTPAsker: Watched, HTTPClientHandler, @unchecked Sendable {
    struct Answer: Sendable {
        var id: HTTPRequestID
        var outcome: HTTPOutcome
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    private(set) var answers: [Answer] = []
    var pool: HTTPPool?
    var onAnswer: ((HTTPAsker) -> Void)?

    var outcomes: [HTTPOutcome] { answers.map(\.outcome) }

    func request(
        _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
        body: UnsafeRawBufferPointer
    ) {
        // The head is read behind what the callback does, to see that it is still there.
        onAnswer?(self)
        answers.append(Answer(id: id, outcome: outcome, body: Array(body)))
        changed()
    }

    /// The answers so far, which are then forgotten.
    func takeAnswers() -> [Answer] {
        defer { answers = [] }
        return answers
    }

    @discardableResult
    func get(_ target: String = "/", within time: Interval = .seconds(20)) -> HTTPRequestID? {
        guard let pool else { return nil }
        return pool.send(deadline: LoopTime.now + time) { [host = pool.endpoint.authority] in
            $0.beginRequest("GET", target)
            $0.field("Host", host)
            $0.endHead()
        }
    }
}

extension Stage {
    func ask(
        _ port: UInt16, _ tls: TLSContext? = nil, settings: HTTPPoolSettings = HTTPPoolSettings()
    ) async -> HTTPAsker {
        await on { [loop] in
            let asker = HTTPAsker()
            asker.pool = HTTPPool(
                loop, Resolver(loop), Endpoint(host: "127.0.0.1", port: port, tls: tls), settings: settings,
                handler: asker)
            return asker
        }
    }
}
