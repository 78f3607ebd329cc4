import COpenSSL
import Glibc
import Quantities
import WireCodecs

/// One side of a TLS connection without a socket: bytes of the wire go in and come out, and so does plain text.
///
/// Errors are final. Renegotiation is off; the lowest version is 1.2. A client sends nothing of its caller's
/// before the peer's certificate has been verified for the name or the address that was asked for.
struct TLSSession: ~Copyable {
    enum Progress: Equatable {
        /// The handshake goes on when more bytes have come.
        case waiting
        case done
    }

    enum Reading: Equatable {
        /// All that came has been read.
        case upToDate
        /// The peer has ended the connection in good order.
        case ended
    }

    private let ssl: OpaquePointer
    private let incoming: OpaquePointer
    private let outgoing: OpaquePointer
    /// Kept for OpenSSL's callback.
    private let slot: SessionSlot?

    /// A client's side.
    ///
    /// - Parameter host: a name, or an address in numbers: certificates are checked for it.
    init(client context: TLSContext, host: String, port: UInt16) throws(TLSFault) {
        let slot = SessionSlot(context, "\(host):\(port)")
        let ssl = try Self.makeClient(context, host)
        SSL_set_ex_data(ssl, 0, Unmanaged.passUnretained(slot).toOpaque())
        context.resume(ssl, slot.key)
        self.slot = slot
        self.ssl = ssl
        (incoming, outgoing) = Self.addBuffers(ssl)
    }

    /// A server's side.
    init(server context: TLSContext) throws(TLSFault) {
        let ssl = try Self.make(context)
        SSL_set_accept_state(ssl)
        slot = nil
        self.ssl = ssl
        (incoming, outgoing) = Self.addBuffers(ssl)
    }

    deinit {
        // OpenSSL spoils the session of a connection that did not end in good order, and those are the ones
        // that are opened again soon. A session that led to a fault has been spoiled before.
        SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        SSL_free(ssl)
    }

    private static func make(_ context: TLSContext) throws(TLSFault) -> OpaquePointer {
        OpenSSLErrors.clear()
        guard let ssl = SSL_new(context.handle) else {
            throw TLSFault(.configuration, "OpenSSL has no connection for us: \(OpenSSLErrors.take())")
        }
        return ssl
    }

    private static func makeClient(_ context: TLSContext, _ host: String) throws(TLSFault) -> OpaquePointer {
        let ssl = try make(context)
        let isNamed: Bool
        if isAddress(host) {
            isNamed = X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host) == 1
        } else {
            // Without partial wildcards such as f*.example.org; and never by the subject's common name, which
            // OpenSSL would take where a certificate names no host, such as one for an address (RFC 9525).
            SSL_set_hostflags(
                ssl,
                UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
            isNamed = copenssl_set_server_name(ssl, host) == 1 && SSL_set1_host(ssl, host) == 1
        }
        guard isNamed else {
            SSL_free(ssl)
            throw TLSFault(.configuration, "'\(host)' cannot be the name of a server")
        }
        SSL_set_connect_state(ssl)
        return ssl
    }

    private static func addBuffers(_ ssl: OpaquePointer) -> (OpaquePointer, OpaquePointer) {
        guard let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem()) else {
            preconditionFailure("there is memory for two buffers")
        }
        // Both are owned by the connection from here on.
        SSL_set_bio(ssl, incoming, outgoing)
        return (incoming, outgoing)
    }

    static func isAddress(_ host: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET, host, &address) == 1 || inet_pton(AF_INET6, host, &address) == 1
    }

    /// Whether the handshake used an earlier session.
    var isResumed: Bool { SSL_session_reused(ssl) == 1 }

    /// `TLSv1.3` or `TLSv1.2`.
    var version: String { String(cString: SSL_get_version(ssl)) }

    /// When the peer's certificate ends; nil before it has come, and for a time that cannot be read.
    var peerCertificateEnd: Instant? {
        guard let certificate = SSL_get1_peer_certificate(ssl) else { return nil }
        defer { X509_free(certificate) }
        var parts = tm()
        guard ASN1_TIME_to_tm(X509_get0_notAfter(certificate), &parts) == 1 else { return nil }
        return Instant(checkedMilliseconds: Int64(timegm(&parts)) * 1_000)
    }

    // MARK: Bytes of the wire

    /// Takes bytes that came over the wire.
    mutating func receive(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count > 0 else { return }
        let count = BIO_write(incoming, bytes.baseAddress, Int32(bytes.count))
        precondition(count == bytes.count, "a buffer in memory takes everything")
    }

    /// What is to be sent over the wire: valid until the next call; `clearOutput` when it was taken.
    var output: UnsafeRawBufferPointer {
        var start: UnsafeMutablePointer<CChar>?
        let count = copenssl_memory(outgoing, &start)
        return UnsafeRawBufferPointer(start: start, count: max(0, count))
    }

    mutating func clearOutput() { _ = copenssl_reset(outgoing) }

    // MARK: Plain text

    mutating func handshake() throws(TLSFault) -> Progress {
        ERR_clear_error()
        let result = SSL_do_handshake(ssl)
        if result == 1 { return .done }
        let error = SSL_get_error(ssl, result)
        if error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE { return .waiting }
        throw fault()
    }

    /// Reads what the bytes that came say.
    mutating func read(into plain: inout WireBuffer) throws(TLSFault) -> Reading {
        // Once is enough: a read that succeeds leaves no error behind.
        ERR_clear_error()
        while true {
            let memory = plain.room(16 << 10)
            let count = SSL_read(ssl, memory.baseAddress, Int32(min(memory.count, Int(Int32.max))))
            if count > 0 {
                plain.commit(Int(count))
                continue
            }
            switch SSL_get_error(ssl, count) {
            case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: return .upToDate
            case SSL_ERROR_ZERO_RETURN: return .ended
            default: throw fault()
            }
        }
    }

    /// Encrypts plain text into `output`.
    mutating func write(_ plain: UnsafeRawBufferPointer) throws(TLSFault) {
        var left = plain
        while left.count > 0 {
            ERR_clear_error()
            let count = SSL_write(ssl, left.baseAddress, Int32(min(left.count, Int(Int32.max))))
            guard count > 0 else { throw fault() }
            left = UnsafeRawBufferPointer(rebasing: left[Int(count)...])
        }
    }

    /// Says in `output` that nothing more is to come.
    mutating func end() {
        ERR_clear_error()
        _ = SSL_shutdown(ssl)
        ERR_clear_error()
    }

    private func fault() -> TLSFault {
        let verified = SSL_get_verify_result(ssl)
        if slot != nil, verified != Int(X509_V_OK), let text = X509_verify_cert_error_string(verified) {
            OpenSSLErrors.clear()
            return TLSFault(.certificate, String(cString: text))
        }
        return TLSFault(.negotiation, OpenSSLErrors.take())
    }
}
