import CoinExVenue
import MarketModel
import Testing

struct CoinExErrorCodeTests {
    @Test(arguments: [
        (2, CoinExErrorCode.Consequence.refused(.venueBadParameter)), (25, .refused(.venueNotPermitted)),
        (107, .refused(.venueInsufficientBalance)), (213, .rateLimited), (600, .refused(.venueOrderNotFound)),
        (602, .refused(.venueBelowMinimum)), (606, .refused(.venuePriceOutOfBand)), (3, .retryLater),
        (35, .retryLater), (3_008, .retryLater), (36, .outcomeUnknown), (1, .outcomeUnknown),
        (26, .outcomeUnknown),
        (9_999, .outcomeUnknown), (-1, .outcomeUnknown),
    ])
    func `a code has its consequence`(code: Int, consequence: CoinExErrorCode.Consequence) {
        #expect(CoinExErrorCode(rawValue: code).consequence == consequence)
    }

    @Test func `only codes that are known are proof`() {
        let proof = (-10...10_000).filter { code in
            switch CoinExErrorCode(rawValue: code).consequence {
            case .refused, .rateLimited: true
            case .retryLater, .outcomeUnknown: false
            }
        }
        #expect(
            proof == [
                2, 23, 24, 25, 34, 40, 49, 107, 115, 158, 213, 227, 600, 601, 602, 606, 621, 622, 651,
            ])
        #expect(proof.allSatisfy { CoinExErrorCode(rawValue: $0).meaning != nil })
    }

    @Test func `leave to move money or keys is made by its sentence only`() {
        #expect(WithdrawalPermission("yes") == nil && WithdrawalPermission("") == nil)
        #expect(WithdrawalPermission(KeyPermission.sentence) == nil)
        #expect(WithdrawalPermission(WithdrawalPermission.sentence) != nil)
        #expect(KeyPermission(WithdrawalPermission.sentence) == nil)
        #expect(KeyPermission(KeyPermission.sentence) != nil)
    }
}
