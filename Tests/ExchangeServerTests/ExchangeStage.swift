import Exchange
import Foundation
import Quantities
import Signing
import TestSupport
import Testing
import Transport
import WireCodecs

@testable import ExchangeServer

/// An exchange on a loop of its own, with clients of our own beside it; the default one over TLS.
final class ExchangeStage: @unchecked Sendable {
    static let key = (
        id: "10CA1000000000000000000000000001", secret: "10CA1000000000000000000000000000000000000000F001"
    )

    let loop: EventLoop
    let authority: LocalAuthority
    let token: ControlToken
    let port: UInt16
    private let scratch = ScratchFolder()
    private let host: Kept<ExchangeHost?>

    /// Something that is made and used on the loop only.
    private final class Kept<Value>: @unchecked Sendable {
        var value: Value
        init(_ value: Value) { self.value = value }
    }

    /// - Parameter text: of its configuration.
    init(isPlain: Bool = false, text: String = ExchangeConfiguration.embeddedText) async throws {
        loop = try EventLoop.start("exchange-test")
        authority = try LocalAuthority(folder: scratch.path)
        let token = try #require(ControlToken())
        self.token = token
        let tls =
            isPlain ? nil : try TLSContext(certificate: authority.certificateFile, key: authority.keyFile)
        let configuration = try ExchangeConfiguration.read(
            text: text, name: "embedded")
        let kept = Kept<ExchangeHost?>(nil)
        host = kept
        port = await withCheckedContinuation { [loop] continuation in
            loop.submit {
                kept.value = try? ExchangeHost(loop, configuration, port: 0, tls: tls, token: token)
                continuation.resume(returning: kept.value?.port ?? 0)
            }
        }
    }

    /// Ends the exchange; returns the line of its audit.
    func close() async -> String {
        await withCheckedContinuation { [loop, host] continuation in
            loop.submit {
                let line = host.value?.auditLine() ?? "no exchange"
                host.value?.close()
                host.value = nil
                continuation.resume(returning: line)
                loop.stop()
            }
        }
    }

    static func digest(_ text: String) -> String {
        var digester = Digester(.md5)
        Array(text.utf8).withUnsafeBytes { digester.add($0) }
        return digester.finish { Hexadecimal.text($0, .upper) }
    }

    static var tonce: Int { Int(Date().timeIntervalSince1970 * 1_000) }
}

/// A client on the exchange's loop: says what it is given, and gathers what comes until it has what is waited for.
final class ExchangeTalker: WebSocketHandler, HTTPClientHandler, @unchecked Sendable {
    private let loop: EventLoop
    private var socket: WebSocketConnection?
    private var pool: HTTPPool?
    private var messages: [String] = []
    private var answers: [String] = []
    private var end: WebSocketEnd?
    private var waiter: (() -> Void)?

    init(_ stage: ExchangeStage) async throws {
        loop = stage.loop
        let tls = try TLSContext(authorities: stage.authority.authorityFile)
        let endpoint = Endpoint(host: "localhost", port: stage.port, tls: tls)
        await on { [self] in
            let resolver = Resolver(loop)
            let socket = WebSocketConnection(client: loop, resolver, endpoint, target: "/", handler: self)
            self.socket = socket
            socket.open()
            pool = HTTPPool(loop, resolver, endpoint, handler: self)
        }
        await until { $0.socket?.isOpen == true || $0.end != nil }
    }

    @discardableResult
    private func on<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        await withCheckedContinuation { continuation in
            loop.submit { continuation.resume(returning: body()) }
        }
    }

    private func until(_ condition: @escaping @Sendable (ExchangeTalker) -> Bool) async {
        await withCheckedContinuation { continuation in
            loop.submit { [self] in
                if condition(self) { return continuation.resume() }
                waiter = { [self] in
                    guard condition(self) else { return }
                    waiter = nil
                    continuation.resume()
                }
            }
        }
    }

    /// Sends a message and waits for the first one that contains a text.
    func say(_ text: String, until wanted: String) async -> String {
        await on { [self] in
            Array(text.utf8).withUnsafeBytes { socket?.write(text: $0) }
            socket?.flush()
        }
        return await next(wanted)
    }

    /// The first message that contains a text; it is forgotten. Empty when the connection ended.
    func next(_ wanted: String) async -> String {
        await until { talker in talker.end != nil || talker.messages.contains { $0.contains(wanted) } }
        return await on { [self] in
            guard let index = messages.firstIndex(where: { $0.contains(wanted) }) else { return "" }
            return messages.remove(at: index)
        }
    }

    /// Sends a request with a JSON body, and returns status and body.
    func post(
        _ target: String, _ body: [UInt8], _ authorization: String, method: StaticString = "POST"
    ) async -> String {
        await on { [self] in
            _ = pool?.send(deadline: LoopTime.now + .seconds(20)) { output in
                output.beginRequest(method, target)
                output.field("Host", "localhost")
                output.field("Content-Type", "application/json")
                output.field("authorization", authorization)
                output.field("Content-Length", body.count)
                output.endHead()
                body.withUnsafeBytes { output.append($0) }
            }
        }
        await until { !$0.answers.isEmpty }
        return await on { [self] in answers.removeFirst() }
    }

    func close() async {
        await on { [self] in
            socket?.close()
            pool?.close()
        }
        await until { $0.end != nil }
    }

    func webSocketDidOpen(_ socket: WebSocketConnection) { waiter?() }
    func webSocketDidDrain(_ socket: WebSocketConnection) {}
    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {}

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        messages.append(String(decoding: text, as: UTF8.self))
        waiter?()
    }

    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) {
        self.end = end
        waiter?()
    }

    func request(
        _ id: HTTPRequestID, didEnd outcome: HTTPOutcome, head: borrowing HTTPHead,
        body: UnsafeRawBufferPointer
    ) {
        switch outcome {
        case .answered: break
        case .neverSent, .maybeSent: return lose(outcome)
        }
        answers.append("\(head.status) \(String(decoding: body, as: UTF8.self))")
        waiter?()
    }
    private func lose(_ outcome: HTTPOutcome) {
        answers.append("\(outcome)")
        waiter?()
    }
}
