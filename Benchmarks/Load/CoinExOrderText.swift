import Glibc
import Signing
import WireCodecs

/// Writes the requests of one client of the local exchange in CoinEx's words.
struct CoinExOrderText: ~Copyable {
    private let accessID: String
    private let secret: Secret
    private let host: String
    private var text = WireBuffer(capacity: 512)
    private var digester = Digester(.md5)

    /// The key of a client, as `.ci/load/run` writes it into the configuration.
    init(client number: Int, host: String) {
        accessID = Self.accessID(number)
        secret = Secret(Self.secret(number))
        self.host = host
    }

    private static func accessID(_ number: Int) -> String { "LOADKEY\(number)" }
    private static func secret(_ number: Int) -> String { "LOADSECRET\(number)" }

    private static var milliseconds: UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return UInt64(time.tv_sec) * 1_000 + UInt64(time.tv_nsec) / 1_000_000
    }

    mutating func writeOrder(isBuy: Bool, ticks: Int, into request: inout WireBuffer) {
        let tonce = Self.milliseconds
        text.removeAll()
        text.append("access_id=" as StaticString)
        append(accessID)
        text.append("&amount=0.01&market=BTCUSDT&price=" as StaticString)
        appendPrice(ticks)
        text.append("&tonce=" as StaticString)
        text.append(decimal: tonce)
        text.append(isBuy ? "&type=buy" : "&type=sell" as StaticString)
        let signature = sign()
        text.removeAll()
        text.append(#"{"access_id":""# as StaticString)
        append(accessID)
        text.append(#"","amount":"0.01","market":"BTCUSDT","price":""# as StaticString)
        appendPrice(ticks)
        text.append(#"","tonce":"# as StaticString)
        text.append(decimal: tonce)
        text.append(isBuy ? #","type":"buy"}"# : #","type":"sell"}"# as StaticString)
        request.beginRequest("POST", "/v1/order/limit")
        request.field("Host", host)
        request.field("authorization", signature)
        request.field("Content-Type", "application/json")
        request.field("Content-Length", text.count)
        request.endHead()
        request.append(text.bytes)
    }

    mutating func writeCancel(_ id: UInt64, into request: inout WireBuffer) {
        text.removeAll()
        text.append("access_id=" as StaticString)
        append(accessID)
        text.append("&id=" as StaticString)
        text.append(decimal: id)
        text.append("&market=BTCUSDT&tonce=" as StaticString)
        text.append(decimal: Self.milliseconds)
        let signature = sign()
        request.beginRequest("DELETE", "/v1/order/pending?" + String(decoding: text.bytes, as: UTF8.self))
        request.field("Host", host)
        request.field("authorization", signature)
        request.endHead()
    }

    /// The number of the order that a reply tells of.
    static func number(in body: UnsafeRawBufferPointer) -> UInt64? {
        let key = Array(#""id":"#.utf8)
        var place = 0
        while place + key.count < body.count {
            guard body[place] == key[0], body[place..<place + key.count].elementsEqual(key) else {
                place += 1
                continue
            }
            var value: UInt64 = 0
            place += key.count
            while place < body.count, case 0x30...0x39 = body[place] {
                value = value * 10 + UInt64(body[place] - 0x30)
                place += 1
            }
            return value
        }
        return nil
    }

    static func signIn(client number: Int) -> String {
        let tonce = milliseconds
        let text = "access_id=\(accessID(number))&tonce=\(tonce)&secret_key=\(secret(number))"
        var digester = Digester(.md5)
        Array(text.utf8).withUnsafeBytes { digester.add($0) }
        let signature = digester.finish { Hexadecimal.text($0, .upper) }
        return #"{"id":1,"method":"server.sign","params":["\#(accessID(number))","\#(signature)",\#(tonce)]}"#
    }

    private mutating func append(_ part: String) {
        var part = part
        part.withUTF8 { text.append(UnsafeRawBufferPointer($0)) }
    }

    /// In cents.
    private mutating func appendPrice(_ ticks: Int) {
        text.append(decimal: UInt64(ticks / 100))
        text.append(UInt8(ascii: "."))
        text.append(decimal: UInt64(ticks % 100), digits: 2)
    }

    private mutating func sign() -> String {
        digester.add(text.bytes)
        digester.add("&secret_key=" as StaticString)
        digester.add(secret)
        return digester.finish { Hexadecimal.text($0, .upper) }
    }
}
