/// One typed request of the REST interface: pure, and written by a ``CoinExRequestWriter``.
public protocol CoinExRequest: Sendable {
    associatedtype Reply: CoinExDecodable

    var endpoint: CoinExEndpoint<Reply> { get }
    /// What stands in the path for `{name}`.
    var pathPart: CoinExPathPart { get }
    /// How many requests of its group's rate it takes; at least 1.
    var charge: Int { get }

    /// Writes the parameters: those of the first generation in ascending order of their names, where `access_id`
    /// and `tonce` come by themselves.
    func write(to parameters: inout CoinExParameters)
}

extension CoinExRequest {
    public var pathPart: CoinExPathPart { .none }
    public var charge: Int { 1 }
}

/// The part of a path that differs from request to request.
public enum CoinExPathPart: Equatable, Sendable {
    case none
    case number(UInt64)
    /// Percent-encoded where it must be.
    case text(String)
}

/// A request of the cold paths: its endpoint and a list of parameters.
///
/// Parameters without a value are left out. Those of the hot paths write themselves without a list.
public struct CoinExCall<Reply: CoinExDecodable>: CoinExRequest {
    public let endpoint: CoinExEndpoint<Reply>
    public let pathPart: CoinExPathPart
    public let charge: Int
    private let parameters: [(name: StaticString, value: CoinExValue)]

    public init(
        _ endpoint: CoinExEndpoint<Reply>, at pathPart: CoinExPathPart = .none,
        _ parameters: KeyValuePairs<StaticString, CoinExValue?> = [:], charge: Int = 1
    ) {
        self.endpoint = endpoint
        self.charge = charge
        self.pathPart = pathPart
        self.parameters = parameters.compactMap { name, value in value.map { (name, $0) } }
            .sorted { CoinExParameters.precedes($0.name, $1.name) }
    }

    public func write(to parameters: inout CoinExParameters) {
        for (name, value) in self.parameters {
            switch value {
            case .text(let text): parameters.text(name, text)
            case .number(let number): parameters.number(name, number)
            case .bool(let bool): parameters.bool(name, bool)
            case .texts(let texts): parameters.texts(name, texts)
            case .numbers(let numbers): parameters.numbers(name, numbers)
            }
        }
    }
}

/// The value of a parameter.
public enum CoinExValue: Sendable {
    case text(String)
    case number(Int64)
    case bool(Bool)
    case texts([String])
    /// For the second generation only.
    case numbers([UInt64])
}
