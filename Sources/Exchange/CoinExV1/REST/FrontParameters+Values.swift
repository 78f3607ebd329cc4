import MarketModel
import Quantities

// Values of parameters by what they mean; what does not fit is refused.

extension FrontParameters {
    func require(_ name: StaticString) throws(FrontRefusal) -> UnsafeBufferPointer<UInt8> {
        guard let text = text(name) else {
            throw .badParameter("Invalid Parameter, a required one is missing")
        }
        return text
    }

    func int(_ name: StaticString) throws(FrontRefusal) -> Int64? {
        guard let text = text(name) else { return nil }
        guard let number = FrontNumber.int(text) else {
            throw .badParameter("Invalid Parameter, not an integer")
        }
        return number
    }

    func int(
        _ name: StaticString, default value: Int, in range: ClosedRange<Int64>
    ) throws(FrontRefusal) -> Int {
        guard let number = try int(name) else { return value }
        guard range.contains(number) else { throw .badParameter("Invalid Parameter, out of its range") }
        return Int(number)
    }

    func bool(_ name: StaticString) throws(FrontRefusal) -> Bool? {
        guard let text = text(name) else { return nil }
        for word: StaticString in ["true", "True", "1"] where text.elementsEqual(word.bytes) { return true }
        for word: StaticString in ["false", "False", "0"] where text.elementsEqual(word.bytes) {
            return false
        }
        throw .badParameter("Invalid Parameter, neither true nor false")
    }

    /// A decimal above zero.
    func positive<Value: FixedPoint>(
        _ name: StaticString, as type: Value.Type = Value.self
    ) throws(FrontRefusal) -> Value {
        guard let value = try positiveOrNil(name, as: type) else {
            throw .badParameter("Invalid Parameter, a required one is missing")
        }
        return value
    }

    func positiveOrNil<Value: FixedPoint>(
        _ name: StaticString, as type: Value.Type = Value.self
    ) throws(FrontRefusal) -> Value? {
        guard let text = text(name) else { return nil }
        guard let value = FrontNumber.decimal(text, as: type), value.isPositive else {
            throw .badParameter("Invalid Parameter, not a positive decimal")
        }
        return value
    }

    func side(_ name: StaticString = "type") throws(FrontRefusal) -> Side? {
        guard let text = text(name) else { return nil }
        guard let side = Side(word: text) else {
            throw .badParameter("Invalid Parameter, type is buy or sell")
        }
        return side
    }

    func requireSide() throws(FrontRefusal) -> Side {
        guard let side = try side() else { throw .badParameter("Invalid Parameter, type is missing") }
        return side
    }

    /// Letters, digits, `-` and `_`, at most 32 of them; empty when it is not there.
    func clientID() throws(FrontRefusal) -> ShortText {
        guard let text = text("client_id") else { return .empty }
        guard let name = ShortText(text), text.allSatisfy(Self.isNamePart) else {
            throw .badParameter("Invalid Parameter, client_id")
        }
        return name
    }

    /// Free text; longer than 32 bytes it is cut off.
    func sourceID() -> ShortText {
        guard let text = text("source_id") else { return .empty }
        // Never within a character.
        var count = min(text.count, ShortText.lengthMax)
        while count < text.count, count > 0, text[count] & 0xC0 == 0x80 { count -= 1 }
        return ShortText(text.prefix(count)) ?? .empty
    }

    /// The spot account is the only one.
    func checkAccount() throws(FrontRefusal) {
        guard try int("account_id") ?? 0 == 0 else {
            throw .badParameter("Invalid Parameter, there is no such margin account")
        }
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension Side {
    init?(word: UnsafeBufferPointer<UInt8>) {
        let (buy, sell): (StaticString, StaticString) = ("buy", "sell")
        if word.elementsEqual(buy.bytes) {
            self = .buy
        } else if word.elementsEqual(sell.bytes) {
            self = .sell
        } else {
            return nil
        }
    }
}
