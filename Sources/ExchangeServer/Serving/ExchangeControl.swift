import Glibc
import Quantities
import Transport
import WireCodecs

/// Asks a running exchange what only its owner may: its audit and its faults. One question per object.
///
/// Runs on a loop of its own on the calling thread; hence `@unchecked Sendable`.
package final class ExchangeControl: HTTPClientHandler, @unchecked Sendable {
    /// Where a running exchange is, and what it is asked with.
    package struct Place: Sendable {
        package var port: UInt16
        /// The authority's folder; nil is without TLS.
        package var folder: String?
        /// In place of the one in the folder.
        package var token: String?

        package init(port: UInt16, folder: String?, token: String? = nil) {
            self.port = port
            self.folder = folder
            self.token = token
        }
    }

    private static let patience = Interval.seconds(30)

    private let place: Place
    private let loop: EventLoop
    private let tls: TLSContext?
    private var pool: HTTPPool?
    private var answer: (status: Int, text: String)?
    private var failure: HTTPOutcome?

    package init(_ place: Place) throws(ExchangeServerError) {
        self.place = place
        do throws(TLSFault) {
            tls = try place.folder.map { folder throws(TLSFault) in
                try TLSContext(authorities: folder + "/authority.pem")
            }
        } catch {
            throw .tls("\(error)")
        }
        do throws(SystemError) {
            loop = try EventLoop()
        } catch {
            throw .listen("\(error)")
        }
    }

    /// Sends a request and waits for its answer.
    package func ask(
        _ method: StaticString, _ path: String, body: String = ""
    ) throws(ExchangeServerError) -> (status: Int, text: String) {
        let token = try self.token()
        loop.submit { self.send(method, path, body, token) }
        loop.run()
        guard let answer else {
            throw .unreachable(
                "127.0.0.1:\(place.port): \(failure.map { "\($0)" } ?? "no answer"); is the exchange running?"
            )
        }
        return answer
    }

    private func send(_ method: StaticString, _ path: String, _ body: String, _ token: String?) {
        let endpoint = Endpoint(host: "127.0.0.1", port: place.port, tls: tls)
        let pool = HTTPPool(loop, Resolver(loop), endpoint, handler: self)
        self.pool = pool
        _ = pool.send(deadline: LoopTime.now + Self.patience) { output in
            output.beginRequest(method, path)
            output.field("Host", endpoint.authority)
            if let token { output.field("Authorization", "Bearer \(token)") }
            output.field("Content-Length", body.utf8.count)
            output.endHead()
            Array(body.utf8).withUnsafeBytes { output.append($0) }
        }
    }

    /// The word, from the file that the exchange has written; nil when there is none.
    private func token() throws(ExchangeServerError) -> String? {
        if let token = place.token { return token }
        guard let folder = place.folder, let file = fopen(folder + "/control.token", "re") else { return nil }
        defer { fclose(file) }
        var bytes = [CChar](repeating: 0, count: 256)
        guard fgets(&bytes, Int32(bytes.count), file) != nil else { return nil }
        let text = String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return text.hasSuffix("\n") ? String(text.dropLast()) : text
    }

    package func request(
        _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
        body: UnsafeRawBufferPointer
    ) {
        switch outcome {
        case .answered(let status): answer = (status, String(decoding: body, as: UTF8.self))
        case .neverSent, .maybeSent: failure = outcome
        }
        pool?.close()
        pool = nil
        loop.stop()
    }
}
