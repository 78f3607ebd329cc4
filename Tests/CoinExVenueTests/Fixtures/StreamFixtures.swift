import CoinExVenue
import Glibc
import TestSupport
import WireCodecs

/// Messages of the venue's socket that others have published, beside the repository.
enum StreamFixtures {
    static let folder = SharedData.folder + "/../fixtures/coinex_v1"
    static let isThere = access(folder, R_OK) == 0

    /// The payloads of a file of samples, one per line.
    static func payloads(_ name: String) -> [String] {
        let text = String(decoding: ScratchFolder.read("\(folder)/\(name)"), as: UTF8.self)
        return text.split(separator: "\n").map { line in
            withWire(String(line)) { bytes in
                var json = JSONCursor(bytes)
                var payload = ""
                do throws(JSONError) {
                    try json.object { json, key throws(JSONError) in
                        if "payload" ~= key { payload = try json.rawValue().text }
                    }
                } catch {
                    return "unreadable line: \(error)"
                }
                return payload
            }
        }
    }

    /// A whole file.
    static func text(_ name: String) -> String {
        String(decoding: ScratchFolder.read("\(folder)/\(name)"), as: UTF8.self)
    }

    /// What a message is to the decoder, in words: what it brought, or why it was refused.
    ///
    /// - Parameter method: whose reply it is, if it is one.
    static func verdict(_ message: String, replyTo method: CoinExV1Method? = nil) -> String {
        withWire(message) { bytes in
            do throws(CoinExV1StreamError) {
                return try CoinExV1MessageText.describe(bytes, replyTo: method).joined(separator: "; ")
            } catch {
                return "refused: \(error)"
            }
        }
    }
}
