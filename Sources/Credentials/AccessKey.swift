import Signing

/// A key of a venue: the name that travels, and the secret that does not.
package struct AccessKey: Sendable {
    package let id: String
    package let secret: Secret
    /// Where it was found.
    package let source: KeySource

    package init(id: String, secret: Secret, source: KeySource) {
        self.id = id
        self.secret = secret
        self.source = source
    }
}

extension AccessKey: CustomStringConvertible {
    package var description: String { "\(id) from \(source)" }
}

/// Where a key was found.
package enum KeySource: Equatable, Sendable, CustomStringConvertible {
    /// A credential that systemd has handed to the service.
    case service(path: String)
    case file(path: String)
    /// Variables of the environment, which other programs of the user may see.
    case environment

    package var description: String {
        switch self {
        case .service(let path): "the service's credential \(path)"
        case .file(let path): path
        case .environment: "the environment"
        }
    }

    /// What whoever runs the program should know of this source; nil for good ones.
    package var warning: String? {
        switch self {
        case .service, .file: nil
        case .environment:
            "the key came from the environment, where other programs of this user can see it; "
                + "a file of mode 0600 or a credential of systemd is better"
        }
    }
}
