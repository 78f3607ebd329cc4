import COpenSSL
import Glibc
import Journal

/// A certificate authority for this machine alone, and the certificate that it gave the local exchange.
///
/// Both are made at the first start, in a folder that only its owner can enter; private keys are files that only
/// he can read (0600). The authority can vouch for `localhost` and loopback addresses and for nothing else, so
/// that trusting it does not open a door for other names. The exchange's own certificate is renewed by itself.
package struct LocalAuthority: Sendable {
    package let folder: String

    /// What a client names as its authority.
    package var authorityFile: String { folder + "/authority.pem" }
    /// The exchange's certificate, and the authority's behind it.
    package var certificateFile: String { folder + "/exchange.pem" }
    package var keyFile: String { folder + "/exchange-key.pem" }
    private var authorityKeyFile: String { folder + "/authority-key.pem" }

    private static let day = 86_400
    static let authorityDays = 3_650
    static let certificateDays = 365
    /// A certificate with less time left is made anew.
    static let renewalDays = 30

    /// Opens the folder, and makes in it what is missing or about to expire.
    ///
    /// An authority that is there is never replaced: those who trust it would be left behind. Throws when it
    /// cannot be read, or nothing can be written.
    package init(folder: String) throws(LocalAuthorityError) {
        self.folder = folder
        try Self.makeFolders(folder)
        let hasAuthority = Self.exists(authorityFile) || Self.exists(authorityKeyFile)
        let authority: LocalCertificate
        if hasAuthority {
            authority = try LocalCertificate(authorityFile, key: authorityKeyFile)
        } else {
            authority = try LocalCertificate.authority(days: Self.authorityDays)
            try authority.save(authorityFile, key: authorityKeyFile)
        }
        guard !isUsable(signedBy: authority) else { return }
        let own = try authority.issue(days: Self.certificateDays)
        try own.save(certificateFile, key: keyFile, followedBy: authority)
    }

    /// Whether the exchange has a certificate of the authority with time left.
    private func isUsable(signedBy authority: borrowing LocalCertificate) -> Bool {
        guard Self.exists(certificateFile), Self.exists(keyFile) else { return false }
        do throws(LocalAuthorityError) {
            let own = try LocalCertificate(certificateFile, key: keyFile)
            return own.isSigned(by: authority) && own.lives(seconds: Self.renewalDays * Self.day)
        } catch {
            // What cannot be read is made anew: it is nobody's but ours.
            return false
        }
    }

    private static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    /// Makes the folder and those above it, for their owner alone.
    private static func makeFolders(_ folder: String) throws(LocalAuthorityError) {
        var path = folder.hasPrefix("/") ? "/" : ""
        for part in folder.split(separator: "/") {
            path += (path.isEmpty || path.hasSuffix("/") ? "" : "/") + part
            guard mkdir(path, 0o700) != 0, errno != EEXIST, errno != EROFS else { continue }
            guard access(path, F_OK) != 0 else { continue }
            throw .file(FileError(.create, path, code: errno))
        }
        guard access(folder, R_OK | X_OK) == 0 else { throw .file(FileError(.open, folder, code: errno)) }
    }
}

/// Why there is no local authority.
package enum LocalAuthorityError: Error, Equatable, CustomStringConvertible {
    case file(FileError)
    /// A file is there and is not what it should be.
    case unreadable(String)
    /// OpenSSL cannot do its part.
    case library(String)

    package var description: String {
        switch self {
        case .file(let error): "\(error)"
        case .unreadable(let path): "\(path) is no certificate or key that can be read; move it away"
        case .library(let step): "OpenSSL cannot \(step)"
        }
    }
}
