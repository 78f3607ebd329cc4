import MarketModel
import Quantities
import WireCodecs

/// What became of one order of a batch.
enum FrontBatchRow {
    case order(ExchangeOrder)
    case refusal(FrontRefusal)

    /// - Parameter key: under which the order stands; it differs from endpoint to endpoint.
    func write(
        _ place: FrontOrderPlace, _ key: StaticString, _ text: FrontOrderText, to json: inout JSONWriter
    ) {
        json.object { json in
            json.key("code")
            switch self {
            case .order(let order):
                json.int(0)
                json.key(key)
                text.write(order, place, to: &json)
                json.key("message")
                json.string("OK" as StaticString)
            case .refusal(let refusal):
                json.int(Int64(refusal.code))
                json.key(key)
                json.null()
                json.key("message")
                json.string(refusal.message)
            }
        }
    }
}

/// The orders of a batch as they were asked for, in a text that holds a JSON array.
struct FrontBatch {
    static let countMax = 100

    /// One of them: texts as they came, judged one by one, so that a bad one spoils no other.
    struct Item {
        var type: String?
        var amount: String?
        var price: String?
        var clientID = ""
        var sourceID = ""
        var option = ""
        var isHidden = false
    }

    private(set) var orders: [Item] = []

    init(_ text: UnsafeRawBufferPointer) throws(FrontRefusal) {
        var json = JSONCursor(text.assumingMemoryBound(to: UInt8.self))
        var isTooLong = false
        do throws(JSONError) {
            try json.array { json throws(JSONError) in
                isTooLong = isTooLong || orders.count == Self.countMax
                if isTooLong { return }
                orders.append(try Self.item(&json))
            }
            try json.finish()
        } catch {
            throw .badParameter("Invalid Parameter, batch_orders is no JSON array of orders")
        }
        if isTooLong { throw .badParameter("Invalid Parameter, more than 100 orders") }
        if orders.isEmpty { throw .badParameter("Invalid Parameter, no orders") }
    }

    private static func item(_ json: inout JSONCursor) throws(JSONError) -> Item {
        var item = Item()
        try json.object { json, key throws(JSONError) in
            switch key {
            case "type": item.type = try Self.text(&json)
            case "amount": item.amount = try Self.text(&json)
            case "price": item.price = try Self.text(&json)
            case "client_id": item.clientID = try Self.text(&json) ?? ""
            case "source_id": item.sourceID = try Self.text(&json) ?? ""
            case "option": item.option = try Self.text(&json) ?? ""
            case "hide": item.isHidden = try Self.text(&json) == "true"
            default: break
            }
        }
        return item
    }

    /// A text, or a number or a truth as it is written; nil for null.
    private static func text(_ json: inout JSONCursor) throws(JSONError) -> String? {
        switch try json.peek() {
        case .string: return try json.string()
        case .number: return String(decoding: try json.number(), as: UTF8.self)
        case .bool: return try json.bool() ? "true" : "false"
        case .null:
            _ = try json.takeNull()
            return nil
        case .array, .object: throw JSONError(.wrongKind, offset: json.offset)
        }
    }

    /// The numbers of `batch_ids`: `1,2,3`.
    static func ids(_ text: UnsafeBufferPointer<UInt8>) throws(FrontRefusal) -> [VenueOrderID] {
        let parts = String(decoding: text, as: UTF8.self).split(
            separator: ",", omittingEmptySubsequences: false)
        guard parts.count <= countMax else { throw .badParameter("Invalid Parameter, more than 100 ids") }
        var ids: [VenueOrderID] = []
        for part in parts {
            let digits = part.drop { $0 == " " }
            guard let number = UInt64(digits), number > 0 else {
                throw .badParameter("Invalid Parameter, batch_ids")
            }
            ids.append(VenueOrderID(number))
        }
        return ids
    }
}

extension FrontBatch.Item {
    func request(_ account: AccountID, _ market: MarketID) throws(FrontRefusal) -> OrderRequest {
        guard let side = type == "buy" ? Side.buy : type == "sell" ? Side.sell : nil else {
            throw .badParameter("Invalid Parameter, type is buy or sell")
        }
        guard let price = price.flatMap({ FrontNumber.decimal($0, as: Price.self) }), price.isPositive,
            let amount = amount.flatMap({ FrontNumber.decimal($0, as: Amount.self) }), amount.isPositive
        else { throw .badParameter("Invalid Parameter, not a positive decimal") }
        var request = OrderRequest(account: account, market: market, side: side, price: price, amount: amount)
        request.duration = try duration
        request.isHidden = isHidden
        let isName = clientID.utf8.allSatisfy { byte in
            byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
                || Character(Unicode.Scalar(byte)).isASCII
                    && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
        }
        guard isName, let client = ShortText(clientID) else {
            throw .badParameter("Invalid Parameter, client_id")
        }
        request.clientID = client
        request.sourceID = ShortText(sourceID) ?? .empty
        return request
    }

    private var duration: OrderDuration {
        get throws(FrontRefusal) {
            switch option {
            case "", "NORMAL": return .goodTillCancelled
            case "IOC": return .immediateOrCancel
            case "FOK": return .fillOrKill
            case "MAKER_ONLY": return .makerOnly
            default: throw .badParameter("Invalid Parameter, option")
            }
        }
    }
}
