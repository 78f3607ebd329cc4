/// Why a request is refused, as the venue says it: a code in the envelope, and nearly always status 200.
struct FrontRefusal: Error, Equatable {
    var code: Int
    var message: StaticString
    /// Of HTTP.
    var status = 200

    static func == (a: FrontRefusal, b: FrontRefusal) -> Bool { a.code == b.code && a.status == b.status }

    static func badParameter(_ message: StaticString) -> FrontRefusal {
        FrontRefusal(code: 2, message: message)
    }

    static let unknownMarket = badParameter("Invalid Parameter, market not exists")
    static let unknownAsset = badParameter("Invalid Parameter, coin_type not exists")
    static let addressNotAllowed = FrontRefusal(code: 23, message: "IP not allow visit")
    static let unknownKey = FrontRefusal(code: 24, message: "access_id not exists")
    static let wrongSignature = FrontRefusal(code: 25, message: "Signature Incorrect")
    static let expiredKey = FrontRefusal(code: 34, message: "access_id expired")
    static let notRelated = FrontRefusal(code: 40, message: "Main user and sub user not match")
    static let transferRejected = FrontRefusal(code: 49, message: "Transfer to sub user is rejected")
    static let insufficientBalance = FrontRefusal(code: 107, message: "Insufficient balance")
    static let barredFromTrading = FrontRefusal(code: 115, message: "User is prohibited from trading")
    static let noTrading = FrontRefusal(code: 117, message: "Trading in the market is prohibited")
    static let notPermitted = FrontRefusal(code: 158, message: "API permission is not allowed")
    static let tooManyRequests = FrontRefusal(code: 213, message: "too quick, please try again later")
    static let staleTonce = FrontRefusal(
        code: 227,
        message: "tonce check error, correct tonce should be within one minute of the current time")
    static let unknownOrder = FrontRefusal(code: 600, message: "Order not found")
    static let foreignOrder = FrontRefusal(code: 601, message: "Order belongs to another user")
    static let belowMinimum = FrontRefusal(code: 602, message: "The amount is too small")
    static let priceOutOfBand = FrontRefusal(
        code: 606, message: "The order price deviates too much from the last price")
    static let notFillable = FrontRefusal(code: 621, message: "FOK order cannot be filled completely")
    static let wouldTake = FrontRefusal(code: 622, message: "Maker only order would be taken at once")
    static let badMerge = FrontRefusal(code: 651, message: "Invalid merge")
    static let noLiquidity = FrontRefusal(code: 1, message: "no enough trader")
    static let invalidStopPrice = FrontRefusal(code: 2, message: "invalid stop price")
    static let tooManyOrders = FrontRefusal(code: 2, message: "Too many pending orders")
    static let unspecified = FrontRefusal(code: 1, message: "Error")
    /// Of the second generation.
    static let wrongMethod = FrontRefusal(code: 4009, message: "Method not allowed")
    /// Of the second generation.
    static let spotAlone = FrontRefusal(
        code: 4001, message: "Service unavailable, this exchange has spot trading and nothing else")
    static let unavailable = FrontRefusal(code: 35, message: "Service unavailable, please try again later")
}
