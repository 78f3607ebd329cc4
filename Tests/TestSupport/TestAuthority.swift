import COpenSSL
import Foundation

/// A certificate authority that lives as long as a test, and issues what the test asks for.
package final class TestAuthority {
    package struct Wish {
        /// `DNS:localhost`, `IP:127.0.0.1`, as OpenSSL's configuration has them.
        package var names: String
        /// In seconds from now.
        package var notBefore: Int
        package var notAfter: Int
        /// Signs itself instead of being signed.
        package var isSelfSigned: Bool
        /// The subject's common name; nil is the certificate's own name.
        package var subject: String?

        package init(
            names: String = "DNS:localhost,IP:127.0.0.1,IP:::1", notBefore: Int = -3_600,
            notAfter: Int = 86_400, isSelfSigned: Bool = false, subject: String? = nil
        ) {
            self.names = names
            self.notBefore = notBefore
            self.notAfter = notAfter
            self.isSelfSigned = isSelfSigned
            self.subject = subject
        }
    }

    /// A certificate that the authority signed and that may sign others.
    package final class Intermediate {
        fileprivate let key: OpaquePointer
        fileprivate let certificate: OpaquePointer

        fileprivate init(_ key: OpaquePointer, _ certificate: OpaquePointer) {
            self.key = key
            self.certificate = certificate
        }

        deinit {
            X509_free(certificate)
            EVP_PKEY_free(key)
        }
    }

    package let folder: String
    private let key: OpaquePointer
    private let certificate: OpaquePointer
    private var serial = 1

    /// The file of the authority's certificate.
    package var file: String { folder + "/authority.pem" }

    package init(_ folder: String) {
        self.folder = folder
        key = Self.makeKey()
        certificate = Self.make(
            "Test authority", key, issuer: nil, issuerKey: key, serial: 1,
            Wish(names: "", notBefore: -7_200, notAfter: 172_800), isAuthority: true)
        Self.write([certificate], file)
    }

    deinit {
        X509_free(certificate)
        EVP_PKEY_free(key)
    }

    package func makeIntermediate() -> Intermediate {
        serial += 1
        let ownKey = Self.makeKey()
        let own = Self.make(
            "Test intermediate", ownKey, issuer: certificate, issuerKey: key, serial: serial,
            Wish(names: ""), isAuthority: true)
        return Intermediate(ownKey, own)
    }

    /// Issues a certificate; returns its file and the file of its key.
    ///
    /// - Parameters:
    ///   - intermediate: signs instead of the authority.
    ///   - isChained: the intermediate's certificate follows in the file, as it should.
    package func issue(
        _ name: String, _ wish: Wish = Wish(), by intermediate: Intermediate? = nil, isChained: Bool = true
    ) -> (certificate: String, key: String) {
        serial += 1
        let leafKey = Self.makeKey()
        defer { EVP_PKEY_free(leafKey) }
        let issuer = intermediate.map { ($0.certificate, $0.key) } ?? (certificate, key)
        let leaf = Self.make(
            wish.subject ?? name, leafKey, issuer: wish.isSelfSigned ? nil : issuer.0,
            issuerKey: wish.isSelfSigned ? leafKey : issuer.1, serial: serial, wish, isAuthority: false)
        defer { X509_free(leaf) }
        let files = (folder + "/\(name).pem", folder + "/\(name).key")
        Self.write([leaf] + (isChained ? [intermediate?.certificate].compactMap { $0 } : []), files.0)
        Self.writeKey(leafKey, files.1)
        return files
    }

    private static func makeKey() -> OpaquePointer {
        let context = EVP_PKEY_CTX_new_from_name(nil, "EC", nil)
        defer { EVP_PKEY_CTX_free(context) }
        precondition(EVP_PKEY_keygen_init(context) == 1)
        precondition(EVP_PKEY_CTX_set_group_name(context, "P-256") == 1)
        var key: OpaquePointer?
        precondition(EVP_PKEY_generate(context, &key) == 1)
        return key!
    }

    private static func make(
        _ name: String, _ key: OpaquePointer, issuer: OpaquePointer?, issuerKey: OpaquePointer, serial: Int,
        _ wish: Wish, isAuthority: Bool
    ) -> OpaquePointer {
        let certificate = X509_new()!
        X509_set_version(certificate, 2)
        ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial)
        X509_gmtime_adj(X509_getm_notBefore(certificate), wish.notBefore)
        X509_gmtime_adj(X509_getm_notAfter(certificate), wish.notAfter)
        let subject = X509_get_subject_name(certificate)
        X509_NAME_add_entry_by_txt(
            subject, "CN", MBSTRING_UTF8, Array(name.utf8), Int32(name.utf8.count), -1, 0)
        X509_set_issuer_name(certificate, issuer.map { X509_get_subject_name($0) } ?? subject)
        X509_set_pubkey(certificate, key)
        add(certificate, NID_basic_constraints, isAuthority ? "critical,CA:TRUE" : "CA:FALSE")
        if !wish.names.isEmpty { add(certificate, NID_subject_alt_name, wish.names) }
        precondition(X509_sign(certificate, issuerKey, EVP_sha256()) > 0)
        return certificate
    }

    private static func add(_ certificate: OpaquePointer, _ kind: Int32, _ value: String) {
        let part = X509V3_EXT_conf_nid(nil, nil, kind, value)
        precondition(part != nil, "OpenSSL understands '\(value)'")
        X509_add_ext(certificate, part, -1)
        X509_EXTENSION_free(part)
    }

    private static func write(_ certificates: [OpaquePointer], _ path: String) {
        let bio = BIO_new_file(path, "w")
        for certificate in certificates { PEM_write_bio_X509(bio, certificate) }
        BIO_free(bio)
    }

    private static func writeKey(_ key: OpaquePointer, _ path: String) {
        let bio = BIO_new_file(path, "w")
        PEM_write_bio_PrivateKey(bio, key, nil, nil, 0, nil, nil)
        BIO_free(bio)
    }
}
