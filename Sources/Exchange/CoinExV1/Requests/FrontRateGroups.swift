import CoinExVenue

// Which rate a request takes from, for those who count along.

extension CoinExFront {
    /// The group of a request; nil where nothing answers to its method and path.
    ///
    /// - Parameter line: as it begins the request: `GET /v2/spot/user-deals?limit=100 HTTP/1.1`.
    package static func rateGroup(of line: some StringProtocol) -> CoinExRateGroup? {
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count > 1, let path = words[1].split(separator: "?").first else { return nil }
        let name = "\(words[0]) \(path.dropFirst(3))"
        if path.hasPrefix("/v1/") {
            let endpoint = FrontEndpoint(rawValue: name) ?? FrontEndpoint(rawValue: withoutLastPart(name))
            return endpoint?.group
        }
        return path.hasPrefix("/v2/") ? FrontEndpointV2(rawValue: name)?.group : nil
    }

    /// `DELETE /order/stop/pending/{}` of `DELETE /order/stop/pending/17`.
    private static func withoutLastPart(_ name: String) -> String {
        guard let slash = name.lastIndex(of: "/") else { return name }
        return "\(name[...slash]){}"
    }
}
