import Glibc
import Signing

/// Looks for the key of a venue, in this order: a credential of systemd, a file, the environment.
///
/// 1. `$CREDENTIALS_DIRECTORY/NAME`, where a service's unit says `LoadCredential=NAME:/path`.
/// 2. A file that belongs to this user and that nobody else may read or write: the one that was named, else
///    `$NAME_KEY_FILE`, else `$XDG_CONFIG_HOME/martlet/NAME.key` (`~/.config/martlet/NAME.key`).
/// 3. `$NAME_ACCESS_ID` and `$NAME_SECRET_KEY`, with a warning.
///
/// The first place that has a key is taken, and one that has a bad one is an error: going on would use
/// another key than the one that was meant. Whatever was found, both variables are overwritten and removed, so
/// that no program that is started later inherits them, and the process is concealed from others. A key is
/// never an argument nor part of a configuration.
package struct KeySearch {
    /// Such as `coinex`: lower case letters and digits.
    package let venue: String
    /// A file that whoever runs the program has named; nil for the usual ones.
    package var file: String?

    package init(_ venue: String, file: String? = nil) {
        self.venue = venue
        self.file = file
    }

    /// Nil when there is no key in any place.
    package func find(in environment: inout some KeyEnvironment) throws(KeyFault) -> AccessKey? {
        environment.conceal()
        let (idName, secretName) = ("\(prefix)_ACCESS_ID", "\(prefix)_SECRET_KEY")
        let (id, secret) = (environment[idName], environment.secret(secretName))
        environment.remove(idName)
        environment.remove(secretName)
        if let path = servicePath(environment), let found = try KeyFile.read(path, .service) {
            return AccessKey(id: found.id, secret: found.secret, source: .service(path: path))
        }
        if let path = filePath(environment) {
            if let found = try KeyFile.read(path, .ownerOnly) {
                return AccessKey(id: found.id, secret: found.secret, source: .file(path: path))
            }
            if isNamed(environment) { throw .unreadable(path: path, reason: "there is no such file") }
        }
        switch (id, secret) {
        case (nil, nil): return nil
        case (nil, _?): throw .half(missing: idName)
        case (_?, nil): throw .half(missing: secretName)
        case (let id?, let secret?):
            for (name, isGood) in [
                (idName, KeyText.isGood(id.utf8)), (secretName, secret.withBytes { KeyText.isGood($0) }),
            ] where !isGood {
                throw .malformed(path: name, line: 1, reason: "empty, or has blanks or odd characters")
            }
            return AccessKey(id: id, secret: secret, source: .environment)
        }
    }

    /// As `find`; no key is an error that names the places.
    package func require(in environment: inout some KeyEnvironment) throws(KeyFault) -> AccessKey {
        let places = places(environment)
        guard let key = try find(in: &environment) else { throw .missing(venue: venue, places: places) }
        return key
    }

    private var prefix: String { venue.uppercased() }

    private func servicePath(_ environment: some KeyEnvironment) -> String? {
        environment["CREDENTIALS_DIRECTORY"].flatMap { $0.isEmpty ? nil : "\($0)/\(venue)" }
    }

    private func isNamed(_ environment: some KeyEnvironment) -> Bool {
        file != nil || environment["\(prefix)_KEY_FILE"]?.isEmpty == false
    }

    private func filePath(_ environment: some KeyEnvironment) -> String? {
        if let file { return file }
        if let named = environment["\(prefix)_KEY_FILE"], !named.isEmpty { return named }
        if let folder = environment["XDG_CONFIG_HOME"], !folder.isEmpty {
            return "\(folder)/martlet/\(venue).key"
        }
        return environment["HOME"].flatMap { $0.isEmpty ? nil : "\($0)/.config/martlet/\(venue).key" }
    }

    private func places(_ environment: some KeyEnvironment) -> [String] {
        [
            servicePath(environment) ?? "$CREDENTIALS_DIRECTORY (not set)",
            filePath(environment), "$\(prefix)_ACCESS_ID and $\(prefix)_SECRET_KEY",
        ].compactMap { $0 }
    }
}
