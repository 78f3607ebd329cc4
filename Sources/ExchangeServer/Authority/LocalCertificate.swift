import COpenSSL
import Glibc

/// A certificate and its private key.
struct LocalCertificate: ~Copyable {
    private let certificate: OpaquePointer
    private let key: OpaquePointer

    private init(owning certificate: OpaquePointer, _ key: OpaquePointer) {
        self.certificate = certificate
        self.key = key
    }

    deinit {
        X509_free(certificate)
        EVP_PKEY_free(key)
    }

    /// Names that the exchange is reached by.
    private static let names = "DNS:localhost,IP:127.0.0.1,IP:::1"
    /// What the authority may vouch for.
    private static let permitted =
        "critical,permitted;DNS:localhost,permitted;IP:127.0.0.0/255.0.0.0,"
        + "permitted;IP:::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"

    // MARK: Making

    /// A new authority, signed by itself.
    static func authority(days: Int) throws(LocalAuthorityError) -> LocalCertificate {
        let key = try makeKey()
        let certificate = try make("Martlet local exchange authority", key, days: days)
        let made = LocalCertificate(owning: certificate, key)
        try made.add(NID_basic_constraints, "critical,CA:TRUE,pathlen:0", issuer: certificate)
        try made.add(NID_key_usage, "critical,keyCertSign,cRLSign", issuer: certificate)
        try made.add(NID_subject_key_identifier, "hash", issuer: certificate)
        try made.add(NID_name_constraints, permitted, issuer: certificate)
        try made.sign(X509_get_subject_name(certificate), key)
        return made
    }

    /// A new certificate of a server, signed by this authority.
    borrowing func issue(days: Int) throws(LocalAuthorityError) -> LocalCertificate {
        let key = try Self.makeKey()
        let certificate = try Self.make("Martlet local exchange", key, days: days)
        let made = LocalCertificate(owning: certificate, key)
        try made.add(NID_basic_constraints, "critical,CA:FALSE", issuer: self.certificate)
        try made.add(NID_key_usage, "critical,digitalSignature", issuer: self.certificate)
        try made.add(NID_ext_key_usage, "serverAuth", issuer: self.certificate)
        try made.add(NID_subject_key_identifier, "hash", issuer: self.certificate)
        try made.add(NID_authority_key_identifier, "keyid:always", issuer: self.certificate)
        try made.add(NID_subject_alt_name, Self.names, issuer: self.certificate)
        try made.sign(X509_get_subject_name(self.certificate), self.key)
        return made
    }

    private static func makeKey() throws(LocalAuthorityError) -> OpaquePointer {
        let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil)
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_group_name(context, "P-256") == 1,
            EVP_PKEY_generate(context, &key) == 1, let key
        else { throw .library("make a key") }
        return key
    }

    /// A certificate that is not signed yet; it begins an hour ago, for clocks that are behind.
    private static func make(
        _ name: String, _ key: OpaquePointer, days: Int
    ) throws(LocalAuthorityError) -> OpaquePointer {
        guard let certificate = X509_new() else { throw .library("make a certificate") }
        var serial: UInt64 = 0
        let isDrawn = withUnsafeMutableBytes(of: &serial) { bytes in
            RAND_bytes(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(bytes.count))
        }
        let subject = X509_get_subject_name(certificate)
        guard isDrawn == 1, X509_set_version(certificate, 2) == 1,
            // Positive in 64 bits, and not zero.
            ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1 | 1) == 1,
            X509_gmtime_adj(X509_getm_notBefore(certificate), -3_600) != nil,
            X509_gmtime_adj(X509_getm_notAfter(certificate), days * 86_400) != nil,
            X509_NAME_add_entry_by_txt(
                subject, "CN", MBSTRING_UTF8, Array(name.utf8), Int32(name.utf8.count), -1, 0) == 1,
            X509_set_pubkey(certificate, key) == 1
        else {
            X509_free(certificate)
            throw .library("fill a certificate")
        }
        return certificate
    }

    private borrowing func add(
        _ kind: Int32, _ value: String, issuer: OpaquePointer
    ) throws(LocalAuthorityError) {
        var context = X509V3_CTX()
        X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
        guard let part = X509V3_EXT_conf_nid(nil, &context, kind, value) else {
            throw .library("write '\(value)' into a certificate")
        }
        defer { X509_EXTENSION_free(part) }
        guard X509_add_ext(certificate, part, -1) == 1 else { throw .library("extend a certificate") }
    }

    private borrowing func sign(
        _ issuer: OpaquePointer?, _ issuerKey: OpaquePointer
    ) throws(LocalAuthorityError) {
        guard X509_set_issuer_name(certificate, issuer) == 1,
            X509_sign(certificate, issuerKey, EVP_sha256()) > 0
        else { throw .library("sign a certificate") }
    }

    // MARK: Asking

    borrowing func isSigned(by authority: borrowing LocalCertificate) -> Bool {
        X509_verify(certificate, authority.key) == 1
    }

    /// Whether it is valid for so much longer.
    borrowing func lives(seconds: Int) -> Bool {
        var limit = time(nil) + seconds
        return X509_cmp_time(X509_get0_notAfter(certificate), &limit) > 0
    }

    // MARK: Files

    /// Reads both from files of PEM.
    init(_ path: String, key keyPath: String) throws(LocalAuthorityError) {
        guard let certificate = Self.read(path, { PEM_read_bio_X509($0, nil, nil, nil) }) else {
            throw .unreadable(path)
        }
        guard let key = Self.read(keyPath, { PEM_read_bio_PrivateKey($0, nil, nil, nil) }) else {
            X509_free(certificate)
            throw .unreadable(keyPath)
        }
        guard X509_check_private_key(certificate, key) == 1 else {
            X509_free(certificate)
            EVP_PKEY_free(key)
            throw .unreadable(keyPath)
        }
        self.certificate = certificate
        self.key = key
    }

    private static func read(
        _ path: String, _ body: (OpaquePointer) -> OpaquePointer?
    ) -> OpaquePointer? {
        ERR_clear_error()
        guard let file = BIO_new_file(path, "r") else { return nil }
        defer { BIO_free(file) }
        return body(file)
    }

    /// Writes both, the key first: a certificate that is there has its key.
    borrowing func save(
        _ path: String, key keyPath: String, followedBy authority: borrowing LocalCertificate
    ) throws(LocalAuthorityError) {
        let chain = try Self.text { bio in
            PEM_write_bio_X509(bio, certificate) == 1 && PEM_write_bio_X509(bio, authority.certificate) == 1
        }
        try saveKey(keyPath)
        try PlacedFile.replace(path, with: chain, mode: 0o644)
    }

    borrowing func save(_ path: String, key keyPath: String) throws(LocalAuthorityError) {
        let text = try Self.text { PEM_write_bio_X509($0, certificate) == 1 }
        try saveKey(keyPath)
        try PlacedFile.replace(path, with: text, mode: 0o644)
    }

    private borrowing func saveKey(_ path: String) throws(LocalAuthorityError) {
        let text = try Self.text { PEM_write_bio_PrivateKey($0, key, nil, nil, 0, nil, nil) == 1 }
        try PlacedFile.replace(path, with: text, mode: 0o600)
    }

    private static func text(_ write: (OpaquePointer) -> Bool) throws(LocalAuthorityError) -> [UInt8] {
        guard let bio = BIO_new(BIO_s_mem()) else { throw .library("find memory") }
        defer { BIO_free(bio) }
        guard write(bio) else { throw .library("write a certificate or key as text") }
        var start: UnsafeMutablePointer<CChar>?
        let count = copenssl_memory(bio, &start)
        return Array(UnsafeRawBufferPointer(start: start, count: max(0, count)))
    }
}
