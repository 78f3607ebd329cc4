extension CoinExV1Method {
    /// Reads one message of the method, whole: a push, or the answer to a call.
    package var decoder: CoinExDecoder {
        CoinExDecoder(description) { bytes throws in
            try CoinExV1MessageText.describe(bytes, of: self)
        }
    }
}

extension CoinExV1MessageText {
    /// One line per row of a message that belongs to this method; one of another is an error.
    package static func describe(
        _ bytes: UnsafeBufferPointer<UInt8>, of method: CoinExV1Method
    ) throws(CoinExV1StreamError) -> [String] {
        var decoder = CoinExV1StreamDecoder()
        switch try decoder.decode(bytes) {
        case .push(method): break
        case .reply where method.stream == nil: break
        case .push, .reply, .foreign:
            throw CoinExV1StreamError(kind: .unknownValue, method: method, field: .method, offset: 0)
        }
        return try describe(bytes, replyTo: method)
    }
}
