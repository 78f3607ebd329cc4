import BinanceVenue
import CoinExVenue
import JayxVenue
import WireValues

/// What venues say: every text that is read by a typed decoder.
///
/// The first two bytes choose the decoder. Objects are first read in the order in which the venue writes them, at full
/// speed, and by a table where that fails; a blank behind each opening brace makes them all go the second way, and both
/// have to come to the same.
enum VenueSubject {
    private typealias Decode = @Sendable (UnsafeBufferPointer<UInt8>) throws -> any Sendable

    private static let decoders: [(name: String, decode: Decode)] =
        BinanceDecoders.all.map { ($0.name, $0.decode) }
        + BinanceOptionsDecoders.all.map { ("options " + $0.name, $0.decode) }
        + JayxDecoders.all.map { ("jayx " + $0.name, $0.decode) }
        + CoinExDecoders.all.map { ("v1 " + $0.name, $0.decode) }
        + CoinExDecoders.v2.map { ("v2 " + $0.name, $0.decode) }

    /// The decoder that an input chooses, and its text; nil when it is too short.
    private static func choice(_ bytes: [UInt8]) -> (name: String, decode: Decode, text: [UInt8])? {
        guard bytes.count > 2 else { return nil }
        let (name, decode) = decoders[(Int(bytes[0]) << 8 | Int(bytes[1])) % decoders.count]
        return (name, decode, Array(bytes[2...]))
    }

    /// Whether the text is one that its decoder takes.
    static func isTaken(_ bytes: [UInt8]) -> Bool {
        guard let choice = choice(bytes) else { return false }
        return (try? decode(choice.text, choice.decode)) != nil
    }

    static func finding(_ bytes: [UInt8]) -> String? {
        guard let decoder = choice(bytes) else { return nil }
        let text = decoder.text
        // Other framings may quote what they do not read, and cut it off.
        guard text[0] == UInt8(ascii: "{") || text[0] == UInt8(ascii: "[") else {
            _ = try? decode(text, decoder.decode)
            return nil
        }
        guard let value = try? decode(text, decoder.decode) else {
            let other = try? decode(spread(text), decoder.decode)
            return other == nil ? nil : "\(decoder.name) reads it only with blanks: \(other ?? "")"
        }
        guard let other = try? decode(spread(text), decoder.decode) else {
            return "\(decoder.name) reads it only without blanks: \(value)"
        }
        // Parts that are kept as they came have the blanks.
        let isSame = value == other || value.replacing("{ ", with: "{") == other.replacing("{ ", with: "{")
        return isSame ? nil : "\(decoder.name): \(value), with blanks \(other)"
    }

    /// What was read, in words; its own memory, so that a read behind its end is one behind an allocation.
    private static func decode(_ text: [UInt8], _ decode: Decode) throws -> String {
        try text.withUnsafeBufferPointer { String(describing: try decode($0)) }
    }

    /// With a blank behind each brace that opens an object.
    private static func spread(_ text: [UInt8]) -> [UInt8] {
        var spread: [UInt8] = []
        spread.reserveCapacity(text.count + 64)
        var isInText = false
        var isEscaped = false
        for byte in text {
            spread.append(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = isInText
            } else if byte == UInt8(ascii: "\"") {
                isInText.toggle()
            } else if byte == UInt8(ascii: "{"), !isInText {
                spread.append(UInt8(ascii: " "))
            }
        }
        return spread
    }

    /// One or more for each shape of text; numbers, names and lists in them are what the fuzzer changes.
    static let seeds: [[UInt8]] = VenueSeeds.all.compactMap { name, text in
        guard let index = decoders.firstIndex(where: { $0.name == name }) else { return nil }
        return [UInt8(index >> 8), UInt8(index & 0xFF)] + Array(text.utf8)
    }
}
