import Quantities
import Synchronization
import Transport
import WireCodecs

/// A venue that speaks the market streams of Binance Spot as a test says, on a thread of its own.
///
/// Each of its markets is a book that changes with every `step`: changes, best prices and trades go to whoever has
/// subscribed; the whole book is answered over HTTP. It can drop its clients, keep changes to itself, and announce that
/// it ends connections.
package final class ScriptedBinance: Sendable {
    package struct Settings: Sendable {
        /// How often a step is taken; nil is by `step` only.
        package var stepEvery: Interval?
        /// How soon a client that sends nothing is pinged.
        package var pingAfter = Interval.seconds(15)
        /// Questions for whole books that are answered with this status before one is answered well.
        package var refusals: [Int] = []

        package init() {}
    }

    private let loop: EventLoop
    private let box: Box
    private let port: UInt16

    /// What lives on the loop.
    private final class Box: @unchecked Sendable {
        var server: HTTPServer?
        var floor: BinanceFloor?
    }

    package init(_ symbols: [String], _ settings: Settings = Settings()) async throws {
        let loop = try EventLoop.start("binance")
        let box = Box()
        (self.loop, self.box) = (loop, box)
        port = await withCheckedContinuation { continuation in
            loop.submit {
                var server = HTTPServerSettings()
                server.webSocket.pingAfter = settings.pingAfter
                let floor = BinanceFloor(loop, symbols, settings)
                guard let address = SocketAddress("127.0.0.1", port: 0),
                    let made = try? HTTPServer(loop, on: address, tls: nil, settings: server, handler: floor)
                else { return continuation.resume(returning: 0) }
                box.server = made
                box.floor = floor
                floor.begin()
                continuation.resume(returning: made.address?.port ?? 0)
            }
        }
        precondition(port != 0, "a test's server has a port")
    }

    deinit {
        loop.submit { [box, loop] in
            box.floor?.end()
            box.server?.close()
            box.server = nil
            box.floor = nil
            loop.stop()
        }
    }

    package var socketURL: String { "ws://127.0.0.1:\(port)" }
    package var restURL: String { "http://127.0.0.1:\(port)" }

    /// Lets the test look at the markets, and move them.
    package func enter<Result: Sendable>(
        _ body: @escaping @Sendable (BinanceFloor) -> Result
    ) async -> Result {
        await withCheckedContinuation { continuation in
            loop.submit { [box] in
                guard let floor = box.floor else { preconditionFailure("the venue is open") }
                continuation.resume(returning: body(floor))
            }
        }
    }
}

/// The markets of the venue and its clients; confined to its loop.
package final class BinanceFloor: HTTPServerHandler, TimerTarget {
    private let loop: EventLoop
    private let settings: ScriptedBinance.Settings
    /// By name, in upper case.
    private var books: [(symbol: String, book: BinanceFloorBook)]
    fileprivate var clients: [BinanceClient] = []
    private var timer: TimerID?
    private var refusals: [Int]
    private var steps: UInt64 = 0
    /// Calls of clients, in the order of their coming.
    package fileprivate(set) var calls: [String] = []
    /// The paths of the sockets that were opened.
    package private(set) var opened: [String] = []
    /// Questions for whole books that were answered well.
    package private(set) var snapshots = 0
    /// Whether clients hear nothing of what changes.
    package var isMute = false

    init(_ loop: EventLoop, _ symbols: [String], _ settings: ScriptedBinance.Settings) {
        self.loop = loop
        self.settings = settings
        refusals = settings.refusals
        books = symbols.map { ($0, BinanceFloorBook()) }
    }

    func begin() {
        guard let pause = settings.stepEvery else { return }
        timer = loop.setTimer(loop.now + pause, self)
    }

    func end() {
        if let timer { loop.cancelTimer(timer) }
        timer = nil
    }

    package func timerFired(_ id: TimerID) {
        step()
        begin()
    }

    /// Every market changes once.
    package func step() {
        steps += 1
        for index in books.indices {
            let symbol = books[index].symbol
            let name = symbol.lowercased()
            publish("\(name)@depth@100ms", books[index].book.change(symbol, at: steps))
            publish("\(name)@bookTicker", books[index].book.ticker(symbol))
            publish("\(name)@depth20@100ms", books[index].book.top(20))
            if steps % 3 == 0 { publish("\(name)@trade", books[index].book.trade(symbol, at: steps)) }
        }
    }

    /// Sends to whoever has subscribed.
    package func publish(_ stream: String, _ payload: String) {
        guard !isMute else { return }
        for client in clients where client.streams.contains(stream) { client.send(stream, payload) }
    }

    /// The whole book of a market as the venue answers it: levels from the best on.
    package func book(_ symbol: String) -> String { books.first { $0.symbol == symbol }?.book.snapshot ?? "" }

    /// The levels of a side, from the best on: `10001 0.003`.
    package func levels(_ symbol: String, ofBids: Bool) -> [String] {
        books.first { $0.symbol == symbol }?.book.levels(ofBids: ofBids) ?? []
    }

    /// Ends all connections without a word.
    package func drop() {
        for client in clients { client.socket?.abandon() }
        clients = []
    }

    /// Says on the oldest connections that they end soon.
    package func announceShutdown(onFirst count: Int) {
        for client in clients.prefix(count) {
            client.send("!serverShutdown", #"{"e":"serverShutdown","E":1770123456789}"#)
        }
    }

    /// Clients that have subscribed to something.
    package var subscriptionCount: Int { clients.count { !$0.streams.isEmpty } }

    // MARK: HTTP

    package func respond(
        to head: borrowing HTTPHead, body: UnsafeRawBufferPointer, _ exchange: HTTPExchange
    ) {
        let target = String(decoding: head.target, as: UTF8.self)
        let prefix = "/api/v3/depth?symbol="
        guard target.hasPrefix(prefix) else { return exchange.respond(404, text: "{}") }
        if !refusals.isEmpty {
            return exchange.respond(refusals.removeFirst(), text: #"{"code":-1003,"msg":"too many"}"#)
        }
        snapshots += 1
        let symbol = String(target.dropFirst(prefix.count).prefix { $0 != "&" })
        exchange.respond(200, text: book(symbol), type: "application/json")
    }

    package func webSocketHandler(for head: borrowing HTTPHead) -> (any WebSocketHandler)? {
        let target = String(decoding: head.target, as: UTF8.self)
        opened.append(target)
        let client = BinanceClient(self, isCombined: target.hasPrefix("/stream"))
        clients.append(client)
        return client
    }
}

/// One connection of a client.
private final class BinanceClient: WebSocketHandler {
    private unowned let floor: BinanceFloor
    private let isCombined: Bool
    var socket: WebSocketConnection?
    var streams: [String] = []

    init(_ floor: BinanceFloor, isCombined: Bool) {
        self.floor = floor
        self.isCombined = isCombined
    }

    func send(_ stream: String, _ payload: String) {
        send(isCombined ? #"{"stream":"\#(stream)","data":\#(payload)}"# : payload)
    }

    private func send(_ text: String) {
        var text = text
        text.withUTF8 { socket?.write(text: UnsafeRawBufferPointer($0)) }
        socket?.flush()
    }

    func webSocketDidOpen(_ socket: WebSocketConnection) { self.socket = socket }

    func webSocket(_ socket: WebSocketConnection, didReceiveText text: UnsafeRawBufferPointer) {
        let call = String(decoding: text, as: UTF8.self)
        floor.calls.append(call)
        let id = call.split(separator: #""id":"#).last?.prefix { $0.isNumber } ?? "null"
        let names = call.split(separator: "[").last?.prefix { $0 != "]" } ?? ""
        let streams = names.split(separator: ",").map { $0.filter { $0 != "\"" } }
        if call.contains("UNSUBSCRIBE") {
            self.streams.removeAll { streams.contains($0) }
            send(#"{"result":null,"id":\#(id)}"#)
        } else if call.contains("LIST_SUBSCRIPTIONS") {
            let list = self.streams.map { "\"\($0)\"" }.joined(separator: ",")
            send(#"{"result":[\#(list)],"id":\#(id)}"#)
        } else if call.contains("SUBSCRIBE") {
            self.streams += streams
            send(#"{"result":null,"id":\#(id)}"#)
        } else {
            send(#"{"code":2,"msg":"unknown method","id":\#(id)}"#)
        }
    }

    func webSocket(_ socket: WebSocketConnection, didReceiveBinary bytes: UnsafeRawBufferPointer) {}
    func webSocketDidDrain(_ socket: WebSocketConnection) {}

    func webSocket(_ socket: WebSocketConnection, didEnd end: WebSocketEnd) {
        floor.clients.removeAll { $0 === self }
    }
}
