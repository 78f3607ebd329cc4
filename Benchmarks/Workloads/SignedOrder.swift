import COpenSSL
import WireCodecs

/// Writes an order as a request that is signed with HMAC-SHA256, as venues want it.
struct SignedOrder: ~Copyable {
    private static let digits: StaticString = "0123456789abcdef"

    private let mac: OpaquePointer
    private let host: String
    private let apiKey = "vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A"
    private var body = WireBuffer(capacity: 1_024)

    init(host: String) {
        self.host = host
        guard let kind = EVP_MAC_fetch(nil, "HMAC", nil), let mac = EVP_MAC_CTX_new(kind) else {
            preconditionFailure("OpenSSL has HMAC")
        }
        EVP_MAC_free(kind)
        self.mac = mac
        let key = [UInt8](repeating: UInt8(ascii: "k"), count: 64)
        var name = Array("SHA256".utf8CString)
        let isReady = name.withUnsafeMutableBufferPointer { name in
            let parameters = [
                OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, name.baseAddress, 0),
                OSSL_PARAM_construct_end(),
            ]
            return EVP_MAC_init(mac, key, key.count, parameters)
        }
        precondition(isReady == 1, "OpenSSL has SHA-256")
    }

    deinit { EVP_MAC_CTX_free(mac) }

    /// - Parameter price: in hundred-millionths.
    mutating func write(number: UInt64, price: Int64, into request: inout WireBuffer) {
        body.removeAll()
        body.append(
            "symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.00100&price=" as StaticString)
        body.append(decimal: UInt64(price / 100_000_000))
        body.append(UInt8(ascii: "."))
        body.append(decimal: UInt64(price % 100_000_000), digits: 8)
        body.append("&newClientOrderId=x-martlet-" as StaticString)
        body.append(decimal: number)
        body.append("&recvWindow=5000&timestamp=1700000000123&n=" as StaticString)
        body.append(decimal: number)
        sign()
        request.beginRequest("POST", "/api/v3/order")
        request.field("Host", host)
        request.field("X-MBX-APIKEY", apiKey)
        request.field("Content-Type", "application/x-www-form-urlencoded")
        request.field("Content-Length", body.count)
        request.endHead()
        request.append(body.bytes)
    }

    private mutating func sign() {
        var digest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        var size = 0
        let text = body.bytes
        EVP_MAC_init(mac, nil, 0, nil)
        EVP_MAC_update(mac, text.baseAddress?.assumingMemoryBound(to: UInt8.self), text.count)
        withUnsafeMutableBytes(of: &digest) {
            _ = EVP_MAC_final(mac, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), &size, $0.count)
        }
        body.append("&signature=" as StaticString)
        withUnsafeBytes(of: digest) {
            for byte in $0 {
                body.append(Self.digits.utf8Start[Int(byte >> 4)])
                body.append(Self.digits.utf8Start[Int(byte & 15)])
            }
        }
    }
}
