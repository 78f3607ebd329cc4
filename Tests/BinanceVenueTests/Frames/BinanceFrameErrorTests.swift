import BinanceVenue
import Quantities
import Testing
import WireCodecs

struct BinanceFrameErrorTests {
    static func error(_ frame: String) throws -> BinanceFrameError? {
        do throws(BinanceFrameError) {
            var decoder = BinanceFrameDecoder()
            _ = try decoder.decoded(Array(frame.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: Sample.all)
    func `a frame cut anywhere is truncated`(frame: String) throws {
        let bytes = Array(frame.utf8)
        var decoder = try BinanceFrameDecoder.used()
        for count in 0..<bytes.count {
            do throws(BinanceFrameError) {
                _ = try decoder.decoded(Array(bytes[..<count]))
                Issue.record("accepted when cut at \(count)")
            } catch {
                #expect(error.kind == .json(.truncated), "cut at \(count): \(error)")
                #expect(error.offset == count)
            }
        }
    }

    @Test(arguments: Sample.all)
    func `bytes behind a frame are an error`(frame: String) throws {
        #expect(try Self.error(frame + " \n") == nil)
        let error = try #require(try Self.error(frame + "{}"))
        #expect(error.kind == .json(.trailingBytes))
        #expect(error.offset == frame.utf8.count)
    }

    @Test(arguments: Sample.naked)
    func `a frame without one of its members is not that frame`(frame: String) throws {
        let optional: Set<String> = ["E", "T", "pu", "M", "X"]
        let members = BinanceFrameOrderTests.members(frame)
        for index in members.indices {
            var rest = members
            let gone = rest.remove(at: index)
            let key = String(gone.split(separator: "\"")[0])
            let error = try Self.error("{\(rest.joined(separator: ","))}")
            let isRequiredTime =
                (key == "E" && frame.contains("depthUpdate"))
                || (key == "T" && frame.contains("trade"))
            if optional.contains(key), !isRequiredTime {
                #expect(error == nil, "\(key)")
            } else if key == "e" || key == "lastUpdateId" || (key == "u" && !frame.contains("\"e\"")) {
                // It is then a frame of another kind, perhaps a broken one.
                continue
            } else {
                #expect(error?.kind == .missingField, "\(key)")
            }
        }
    }

    @Test(arguments: [
        (Sample.spotTicker, "7001", "\"7001\"", JSONError.Kind.wrongKind, BinanceField.lastUpdate),
        (Sample.spotTicker, "7001", "-7001", .outOfRange, .lastUpdate),
        (Sample.spotTicker, "7001", "7001.5", .notAnInteger, .lastUpdate),
        (Sample.spotTicker, "7001", "18446744073709551616", .outOfRange, .lastUpdate),
        (Sample.spotTicker, #""ABCUSDT""#, "5", .wrongKind, .symbol),
        (Sample.spotTicker, "ABCUSDT", #"\u0041BC"#, .escapedText, .symbol),
        (Sample.spotTicker, #""25.35000000""#, "[]", .wrongKind, .bid),
        (Sample.spotTicker, "25.35000000", "-25.35000000", .refused, .bid),
        (Sample.spotTicker, "25.35000000", "", .refused, .bid),
        (Sample.spotTicker, "25.35000000", "25.3500000x", .refused, .bid),
        (Sample.spotTicker, "25.35000000", "2.5e1", .refused, .bid),
        (Sample.spotTicker, "25.35000000", "NaN", .refused, .bid),
        (Sample.spotTicker, "25.35000000", "0.0000000000001", .refused, .bid),
        (Sample.spotTicker, "25.35000000", "1000000000000000000", .refused, .bid),
        (Sample.spotTicker, "31.21000000", "31,21", .refused, .bidSize),
        (Sample.spotTicker, "25.36000000", "25..36", .refused, .ask),
        (Sample.spotTicker, "0.00040000", ".00040000", .refused, .askSize),
        (Sample.futuresTicker, "1700000000123", "true", .wrongKind, .transactionTime),
        (Sample.futuresTicker, "1700000000123", "-1", .outOfRange, .transactionTime),
        (Sample.futuresTicker, "1700000000123", "9999999999999", .outOfRange, .transactionTime),
        (Sample.futuresTicker, "1700000000123", "9999999999999999", .outOfRange, .transactionTime),
        (Sample.spotTrade, "345", "null", .wrongKind, .tradeID),
        (Sample.spotTrade, "true,", "1,", .wrongKind, .buyerIsMaker),
        (Sample.spotTrade, #""0.02000000""#, #"{"a":1}"#, .wrongKind, .quantity),
        (Sample.futuresTrade, #""MARKET""#, "1", .wrongKind, .tradeKind),
        (Sample.spotDepth, #"["25.35000000","1.50000000"]"#, #"["25.35"]"#, .missingElement, .bid),
        (Sample.spotDepth, #"["25.35000000","1.50000000"]"#, "[]", .missingElement, .bid),
        (Sample.spotDepth, #"["25.35000000","1.50000000"]"#, "1", .wrongKind, .bid),
        (Sample.spotDepth, #"[["25.36000000","2.00000000"]]"#, "{}", .wrongKind, .ask),
        (Sample.spotDepth, "2.00000000", "-2.00000000", .refused, .ask),
        (Sample.spotSnapshot, "103", "\"103\"", .wrongKind, .lastUpdateID),
        (Sample.spotSnapshot, "3.00000000", "three", .refused, .asks),
    ])
    func `a value that cannot be is named with its member`(
        frame: String, old: String, new: String, kind: JSONError.Kind, field: BinanceField
    ) throws {
        let damaged = frame.replacing(old, with: new, maxReplacements: 1)
        #expect(damaged != frame)
        let error = try #require(try Self.error(damaged))
        #expect(error.kind == .json(kind))
        #expect(error.field == field)
        #expect(error.offset > 0 && error.offset < damaged.utf8.count)
    }

    @Test func `update numbers cannot run backwards within a frame`() throws {
        let backwards = [
            Sample.spotDepth.replacing(#""U":101"#, with: #""U":106"#),
            Sample.futuresDepth.replacing(#""pu":99"#, with: #""pu":121"#),
        ]
        for frame in backwards {
            #expect(try Self.error(frame)?.kind == .updatesBackwards)
        }
    }

    @Test(arguments: ["", " ", "nonsense", "7", "\"u\"", "null", "{\"u\":", "{\"stream\":\"", "[1,"])
    func `what is no JSON object or array is an error`(text: String) throws {
        #expect(try Self.error(text) != nil)
    }

    @Test func `a wrapper without one of its two members is another kind of frame`() throws {
        #expect(try decode(#"{"data":{}}"#) == Decoded(.other))
        #expect(try decode(#"{"stream":"abcusdt@trade"}"#) == Decoded(.other))
    }

    @Test func `times in microseconds are told by their size`() throws {
        let frame = Sample.spotTrade.replacing("1700000000129", with: "1700000000129456")
        #expect(try decode(frame).time == Instant(nanoseconds: 1_700_000_000_129_456_000))
    }
}
