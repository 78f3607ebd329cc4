import CoinExVenue
import WireCodecs

extension String {
    /// Lends the text's bytes as those of an answer.
    func withAnswer<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try Array(utf8).withUnsafeBufferPointer(body)
    }

    /// The data of a reply with this text.
    func reply<Reply: CoinExDecodable>(
        _ type: Reply.Type = Reply.self, status: Int = 200
    ) throws(CoinExFailure) -> Reply {
        try withAnswer { bytes throws(CoinExFailure) in try CoinExAnswer.decode(type, status: status, bytes) }
    }

    /// This text as the data of a reply that reports success.
    var enveloped: String { #"{"code":0,"data":\#(self),"message":"Ok"}"# }
}

extension WireBuffer {
    var text: String { String(decoding: bytes, as: UTF8.self) }
}
