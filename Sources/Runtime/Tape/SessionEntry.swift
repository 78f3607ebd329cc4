import Journal
import MarketModel
import Quantities
import TradingCore
import VenueKit

/// One entry of a session's tape: an input of the engine, or what it decided.
///
/// The inputs alone determine the decisions; the decisions are on the tape so that a replay can name the
/// first one that differs, and so that an intent is known before its request is on the wire.
public enum SessionEntry: Equatable, Sendable {
    case start(Instant)
    case advance(Instant)
    case event(MarketEvent)
    case fact(VenueFact, Instant)
    /// An order of an earlier run became one of this run.
    case adopt(Adoption)
    case stop(Instant)
    case decision(Dispatch)
    /// The session has ended in good order: a tape without it is of one that was cut short.
    case end(Instant)
    /// The session's switch was thrown: every strategy was taken to this step of its ladder.
    case halt(LadderStep, Instant)

    /// The session goes on with the tape of one that was cut short, whose last rows may be lost.
    case resume(SequenceGap)
    /// A strategy begins with what it held at the end of the bot's last run; before everything else.
    case carry(Carry)
    /// Books and venue did not agree, or do again.
    case pause(TradingPause, Instant)

    static let eventKind: UInt8 = 3

    /// The entry's kind on the tape.
    var kind: UInt8 {
        switch self {
        case .start: 1
        case .advance: 2
        case .event: Self.eventKind
        case .fact: 4
        case .stop: 5
        case .decision: 6
        case .end: 7
        case .adopt: 8
        case .halt: 9
        case .resume: 10
        case .carry: 11
        case .pause: 12
        }
    }

    func encode(into encoder: inout FieldEncoder) throws(TapeFieldError) {
        switch self {
        case .start(var time), .advance(var time), .stop(var time), .end(var time):
            try encoder.field(&time)
        case .event(let event): try event.encode(into: &encoder)
        case .fact(let fact, var time):
            try encoder.field(&time)
            try fact.encode(into: &encoder)
        case .adopt(var adoption): try adoption.fields(&encoder)
        case .decision(let dispatch): try dispatch.encode(into: &encoder)
        case .halt(var step, var time):
            try encoder.field(&time)
            try encoder.field(&step)
        case .resume(var gap): try gap.fields(&encoder)
        case .carry(var carry): try carry.fields(&encoder)
        case .pause(var step, var time):
            try encoder.field(&time)
            try encoder.field(&step)
        }
    }

    init(kind: UInt8, _ bytes: UnsafeRawBufferPointer) throws(TapeFieldError) {
        var decoder = FieldDecoder(bytes)
        switch kind {
        case 1: self = .start(try decoder.time())
        case 2: self = .advance(try decoder.time())
        case Self.eventKind: self = .event(try MarketEvent(from: &decoder))
        case 4:
            let time = try decoder.time()
            self = .fact(try VenueFact(from: &decoder), time)
        case 5: self = .stop(try decoder.time())
        case 6: self = .decision(try Dispatch(from: &decoder))
        case 7: self = .end(try decoder.time())
        case 8: self = .adopt(try decoder.take())
        case 9:
            let time = try decoder.time()
            var step = LadderStep.halted
            try decoder.field(&step)
            self = .halt(step, time)
        case 10: self = .resume(try decoder.take())
        case 11: self = .carry(try decoder.take())
        case 12:
            let time = try decoder.time()
            var step = TradingPause.begun
            try decoder.field(&step)
            self = .pause(step, time)
        default: throw .unknownCode("entry")
        }
        try decoder.finish()
    }
}

extension FieldDecoder {
    mutating func time() throws(TapeFieldError) -> Instant {
        var time = Instant.distantPast
        try field(&time)
        return time
    }
}
