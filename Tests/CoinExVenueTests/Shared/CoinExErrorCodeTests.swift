import CoinExVenue
import MarketModel
import Testing

struct CoinExErrorCodeTests {
    @Test(arguments: [
        (2, CoinExErrorCode.Consequence.refused(.venueBadParameter)), (25, .refused(.venueNotPermitted)),
        (107, .refused(.venueInsufficientBalance)), (213, .rateLimited), (600, .refused(.venueOrderNotFound)),
        (602, .refused(.venueBelowMinimum)), (606, .refused(.venuePriceOutOfBand)), (3, .retryLater),
        (35, .retryLater), (3_008, .retryLater), (36, .outcomeUnknown), (1, .outcomeUnknown),
        (26, .outcomeUnknown), (3_109, .refused(.venueInsufficientBalance)),
        (3_600, .refused(.venueOrderNotFound)), (4_213, .rateLimited), (4_002, .outcomeUnknown),
        (4_001, .retryLater),
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
                // The second generation.
                3_109, 3_127, 3_600, 3_606, 3_610, 3_612, 3_613, 3_614, 3_615, 3_616, 3_617, 3_618, 3_619,
                3_620, 3_621, 3_622, 3_627, 3_628, 3_629, 3_632, 3_633, 3_634, 3_635, 3_638, 3_639, 4_004,
                4_005, 4_006, 4_007, 4_008, 4_009, 4_010, 4_011, 4_017, 4_018, 4_115, 4_117, 4_130, 4_158,
                4_159, 4_213, 4_512,
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
