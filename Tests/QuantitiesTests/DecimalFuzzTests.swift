import Foundation
import Quantities
import TestSupport
import Testing

/// Our arithmetic and text against the `decimal` module of Python, on random operations.
struct DecimalFuzzTests {
    @Test(.enabled(if: Python.isAvailable, "python3 is needed for the comparison with its decimal module"))
    func `a foreign decimal arithmetic finds no difference`() throws {
        let cases = FuzzSettings.cases(200_000)
        var operations = DecimalOperations(seed: FuzzSettings.seed(31))
        for _ in 0..<cases { operations.add() }
        let answer = try Python.check(operations.lines)
        #expect(answer == "checked \(cases), 0 differences\n")
    }

    @Test(.enabled(if: Python.isAvailable, "python3 is needed for the comparison with its decimal module"))
    func `a wrong result would be found`() throws {
        let wrong = [
            "M 1500000000000 3000000000000 d 4500000000001\n", "P 1.5 15\n", "R 7 2 n 6\n",
            "Q 1000000000000 3000000000000 u 333333333333\n", "F 1500000000000 0 2\n",
        ]
        for line in wrong { #expect(try Python.check(line).hasPrefix("checked 1, 1 differences")) }
    }
}

/// Random operations with our results, one per line.
private struct DecimalOperations {
    private var random: SeededRandom
    private(set) var lines = ""

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    private static let roundings: [(Rounding, String)] = [
        (.down, "d"), (.up, "u"), (.towardZero, "z"), (.awayFromZero, "a"), (.toNearestOrEven, "n"),
    ]

    mutating func add() {
        switch random.below(10) {
        case 0: addParse()
        case 1: addText()
        case 2: addSum()
        case 3, 4: addProduct()
        case 5, 6: addQuotient()
        case 7: addInstant()
        default: addStep()
        }
    }

    private func text(_ result: Result<Int128, any Error>) -> String {
        switch result {
        case .success(let raw): "\(raw)"
        case .failure(let error):
            switch error {
            case DecimalError.overflow, ArithmeticError.overflow: "overflow"
            case DecimalError.lostDigits: "lost"
            case ArithmeticError.divisionByZero: "zero"
            default: "bad"
            }
        }
    }

    /// A raw value of any size: by bits, and near the edges where the code changes its path.
    private mutating func value(bits: Int = 127) -> Int128 {
        let edges: [Int128] = [
            0, 1, 500_000_000_000, 1_000_000_000_000, 1_500_000_000_000, Int128(Int64.max),
            Int128(UInt64.max),
            Int128(UInt64.max) + 1, 1 << 96,
        ]
        var magnitude: Int128
        switch random.below(4) {
        case 0: magnitude = edges[random.below(edges.count)] + Int128(random.below(3)) - 1
        case 1: magnitude = Int128(random.below(2_000_000)) * 500_000_000
        default:
            let wide = UInt128(random.next()) << 64 | UInt128(random.next())
            magnitude = Int128(truncatingIfNeeded: wide >> 1) >> Int128(127 - 1 - random.below(bits))
        }
        if magnitude < 0 { magnitude = 0 }
        return random.chance(0.5) ? -magnitude : magnitude
    }

    private mutating func addParse() {
        var text = random.chance(0.3) ? "-" : ""
        let count = random.below(random.chance(0.1) ? 24 : 8)
        for _ in 0..<count { text.append(digit()) }
        if random.chance(0.8) {
            text.append(".")
            let decimals = random.below(random.chance(0.2) ? 16 : 13)
            for _ in 0..<decimals { text.append(digit()) }
            if random.chance(0.1) { text += "000" }
        }
        if random.chance(0.03) { text.append("e+ x.-"[random.below(6)]) }
        let exact = Result { try Price(text).raw }
        var copy = text
        let cut = Result { try copy.withUTF8 { try Price(truncating: $0).raw } }
        lines += random.chance(0.7) ? "P \(text) \(self.text(exact))\n" : "T \(text) \(self.text(cut))\n"
    }

    private mutating func digit() -> Character { "0123456789"[random.below(10)] }

    private mutating func addText() {
        let raw = value(bits: 120)
        let decimals = random.below(13)
        if random.chance(0.5) {
            lines += "F \(raw) \(decimals) \(Price(raw: raw).text(decimals: decimals))\n"
        } else {
            lines += "D \(raw) \(Price(raw: raw))\n"
        }
    }

    private mutating func addSum() {
        let (a, b) = (value(), value())
        lines += "A \(a) \(b) \(text(Result { try Price(raw: a).adding(Price(raw: b)).raw }))\n"
    }

    private mutating func addProduct() {
        let (a, b) = (value(), value(bits: random.chance(0.5) ? 60 : 127))
        let (rounding, name) = Self.roundings[random.below(5)]
        let product = Result { try Quantity(raw: a).times(Price(raw: b), rounding).raw }
        lines += "M \(a) \(b) \(name) \(text(product))\n"
    }

    private mutating func addQuotient() {
        let (a, b) = (value(), value(bits: random.chance(0.5) ? 60 : 127))
        let (rounding, name) = Self.roundings[random.below(5)]
        let quotient = Result { try Notional(raw: a).divided(by: Price(raw: b), rounding).raw }
        lines += "Q \(a) \(b) \(name) \(text(quotient))\n"
    }

    private mutating func addStep() {
        let a = value(bits: 125)
        let step = max(1, value(bits: 80).magnitude)
        let (rounding, name) = Self.roundings[random.below(5)]
        let number = Price(raw: a)
        let unit = Price(raw: Int128(step))
        switch random.below(4) {
        case 0: lines += "S \(a) \(step) \(number.steps(of: unit))\n"
        case 1: lines += "I \(a) \(step) \(number.isMultiple(of: unit))\n"
        default: lines += "R \(a) \(step) \(name) \(number.rounded(to: unit, rounding).raw)\n"
        }
    }

    private mutating func addInstant() {
        let nanoseconds = Int64(bitPattern: random.next())
        if nanoseconds == .min || nanoseconds == .max { return addInstant() }
        lines += "N \(nanoseconds) \(Instant(nanoseconds: nanoseconds))\n"
    }
}

extension String {
    fileprivate subscript(offset: Int) -> Character { self[index(startIndex, offsetBy: offset)] }
}

/// The other side of the comparison.
private enum Python {
    static let isAvailable: Bool = {
        let process = command(["-c", "import decimal"])
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return false
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    private static func command(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        return process
    }

    /// What the script says of these lines.
    static func check(_ lines: String) throws -> String {
        let file = FileManager.default.temporaryDirectory
            .appendingPathComponent(
                "martlet-decimal-\(ProcessInfo.processInfo.processIdentifier)-\(lines.utf8.count)")
        try Data(lines.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = command(["-c", script, file.path])
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let answer = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: answer, as: UTF8.self)
    }

    /// Works every line out anew with `decimal`, and counts where it differs.
    private static let script = #"""
        import datetime, re, sys
        from decimal import *

        getcontext().prec = 150
        getcontext().Emax = MAX_EMAX
        modes = dict(d=ROUND_FLOOR, u=ROUND_CEILING, z=ROUND_DOWN, a=ROUND_UP, n=ROUND_HALF_EVEN)
        limit = 2 ** 127
        smallest = Decimal(1).scaleb(-12)

        def number(raw): return Decimal(int(raw)).scaleb(-12)
        def raw(value): return int(value.scaleb(12))

        def fitting(value, mode):
            if abs(raw(value.quantize(smallest, ROUND_DOWN))) >= limit - 1: return "overflow"
            return str(raw(value.quantize(smallest, modes[mode])))

        def parse(text, keeps):
            if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text): return "bad"
            whole, _, fraction = text.lstrip("-").partition(".")
            if len(whole.lstrip("0")) > 18: return "overflow"
            if keeps and fraction[12:].strip("0"): return "lost"
            return str(raw(Decimal(text).quantize(smallest, ROUND_DOWN)))

        def shown(value):
            text = format(value, "f")
            if "." in text: text = text.rstrip("0").rstrip(".")
            return "0" if text == "-0" else text

        def result(op, args):
            if op == "P": return parse(args[0], True)
            if op == "T": return parse(args[0], False)
            if op == "D": return shown(number(args[0]))
            if op == "F":
                value = number(args[0]).quantize(Decimal(1).scaleb(-int(args[1])), ROUND_DOWN)
                return format(abs(value) if value.is_zero() else value, "f")
            if op == "A":
                value = raw(number(args[0]) + number(args[1]))
                return "overflow" if not -limit <= value < limit else str(value)
            if op == "M": return fitting(number(args[0]) * number(args[1]), args[2])
            if op == "Q":
                if int(args[1]) == 0: return "zero"
                return fitting(number(args[0]) / number(args[1]), args[2])
            steps = Decimal(args[0]) / Decimal(args[1]) if op in "RSI" else None
            if op == "R":
                return str(int(steps.to_integral_value(modes[args[2]]) * Decimal(args[1])))
            if op == "S":
                whole = int(steps.to_integral_value(ROUND_DOWN))
                return str(max(-2 ** 63, min(2 ** 63 - 1, whole)))
            if op == "I": return "true" if int(args[0]) % int(args[1]) == 0 else "false"
            if op == "N":
                seconds, rest = divmod(int(args[0]), 10 ** 9)
                day = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
                return day.strftime("%Y-%m-%dT%H:%M:%S") + ".%09dZ" % rest

        count, differences = 0, []
        for line in open(sys.argv[1]):
            op, *args, ours = line.rstrip("\n").split(" ")
            if op in "PT" and len(args) != 1: args, ours = [" ".join(args)], ours
            count += 1
            theirs = result(op, args)
            if theirs == "bad" and not ours.lstrip("-").isdigit(): continue
            if theirs != ours: differences.append("%s: %s" % (line.strip(), theirs))
        print("checked %d, %d differences" % (count, len(differences)))
        for difference in differences[:10]: print(difference)
        """#
}
