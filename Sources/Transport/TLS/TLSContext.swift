import COpenSSL
import Locks

/// What TLS connections share: whom they trust, or who they are.
///
/// Certificates are verified always: there is no way to switch that off. A private authority is given by its
/// file. Sessions are kept per context and per (host, port), because a resumed session is not verified
/// again: another context has other authorities, another host another name.
package final class TLSContext: @unchecked Sendable {
    /// Sessions kept for resumption; the oldest goes first.
    static let sessionsMax = 64

    let handle: OpaquePointer
    let isServer: Bool
    private let sessions = Lock(SessionStore())

    /// For clients.
    ///
    /// - Parameter authorities: a file of PEM certificates to trust instead of the system's.
    package init(authorities: String? = nil) throws(TLSFault) {
        isServer = false
        handle = try Self.make(TLS_client_method())
        SSL_CTX_set_verify(handle, SSL_VERIFY_PEER, nil)
        let isLoaded =
            authorities.map { SSL_CTX_load_verify_locations(handle, $0, nil) }
            ?? SSL_CTX_set_default_verify_paths(handle)
        guard isLoaded == 1 else {
            let place = authorities.map { "in \($0)" } ?? "of the system"
            let reason = "the certificates \(place) cannot be read: \(OpenSSLErrors.take())"
            throw TLSFault(.configuration, reason)
        }
        copenssl_set_session_cache_mode(handle, Int(SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL))
        SSL_CTX_sess_set_new_cb(handle) { ssl, session in
            guard let ssl, let session, let place = SSL_get_ex_data(ssl, 0) else { return 0 }
            let slot = Unmanaged<SessionSlot>.fromOpaque(place).takeUnretainedValue()
            guard let context = slot.context else { return 0 }
            context.keep(TLSPointer(session), for: slot.key)
            return 1
        }
    }

    /// For servers.
    ///
    /// - Parameters:
    ///   - certificate: a file of PEM certificates, ours first.
    ///   - key: a file with the private key.
    package init(certificate: String, key: String) throws(TLSFault) {
        isServer = true
        handle = try Self.make(TLS_server_method())
        guard SSL_CTX_use_certificate_chain_file(handle, certificate) == 1 else {
            let reason = "no certificate can be read from \(certificate): \(OpenSSLErrors.take())"
            throw TLSFault(.configuration, reason)
        }
        guard SSL_CTX_use_PrivateKey_file(handle, key, SSL_FILETYPE_PEM) == 1,
            SSL_CTX_check_private_key(handle) == 1
        else {
            let reason = "\(key) is not the private key of \(certificate): \(OpenSSLErrors.take())"
            throw TLSFault(.configuration, reason)
        }
        // Tickets carry the session, so the server keeps none.
        copenssl_set_session_cache_mode(handle, Int(SSL_SESS_CACHE_OFF))
    }

    // Runs also when an initializer throws, because everything is set by then.
    deinit {
        sessions.withLock { $0.removeAll() }
        SSL_CTX_free(handle)
    }

    private static func make(_ method: OpaquePointer?) throws(TLSFault) -> OpaquePointer {
        OpenSSLErrors.clear()
        guard let handle = SSL_CTX_new(method) else {
            throw TLSFault(.configuration, "OpenSSL cannot be set up: \(OpenSSLErrors.take())")
        }
        copenssl_set_minimum_version(handle, TLS1_2_VERSION)
        copenssl_set_mode(handle, copenssl_modes)
        SSL_CTX_set_options(handle, copenssl_options)
        return handle
    }

    private func keep(_ session: TLSPointer, for key: String) {
        sessions.withLock { $0.keep(session, for: key) }
    }

    /// Offers the last session with the peer, if there is one.
    func resume(_ ssl: OpaquePointer, _ key: String) {
        let connection = TLSPointer(ssl)
        sessions.withLock { store in
            // The connection keeps the session alive, whatever becomes of the store.
            guard let session = store.session(for: key) else { return }
            SSL_set_session(connection.raw, session.raw)
        }
    }
}

/// Where a connection's sessions go: reachable from OpenSSL's callback.
final class SessionSlot {
    weak var context: TLSContext?
    let key: String

    init(_ context: TLSContext, _ key: String) {
        self.context = context
        self.key = key
    }
}

/// A pointer of OpenSSL that one thread at a time uses: its owner holds a lock.
private struct TLSPointer: @unchecked Sendable {
    let raw: OpaquePointer

    init(_ raw: OpaquePointer) { self.raw = raw }
}

/// The sessions of a context, oldest first; owns them.
private struct SessionStore {
    private var entries: [(key: String, session: TLSPointer)] = []

    mutating func keep(_ session: TLSPointer, for key: String) {
        if let index = entries.firstIndex(where: { $0.key == key }) {
            SSL_SESSION_free(entries.remove(at: index).session.raw)
        } else if entries.count == TLSContext.sessionsMax {
            SSL_SESSION_free(entries.removeFirst().session.raw)
        }
        entries.append((key, session))
    }

    func session(for key: String) -> TLSPointer? {
        entries.first { $0.key == key }?.session
    }

    mutating func removeAll() {
        for entry in entries { SSL_SESSION_free(entry.session.raw) }
        entries = []
    }
}

/// OpenSSL's queue of errors, which belongs to the thread.
enum OpenSSLErrors {
    static func clear() { ERR_clear_error() }

    /// The reason of the first error; empties the queue.
    static func take() -> String {
        let error = ERR_get_error()
        ERR_clear_error()
        guard error != 0, let text = ERR_reason_error_string(error) else { return "no reason given" }
        return String(cString: text)
    }
}
