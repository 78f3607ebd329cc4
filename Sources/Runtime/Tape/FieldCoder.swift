import Quantities

/// Writes or reads the fields of a value, one after the other.
///
/// A value lists its fields once, for both directions, so that what is written and what is read cannot drift
/// apart: the encoder looks at each field, the decoder sets it. Numbers are little-endian.
protocol FieldCoder {
    mutating func word<Word: FixedWidthInteger>(_ word: inout Word) throws(TapeFieldError)
}

/// What is wrong with the bytes of a tape entry.
package enum TapeFieldError: Error, Equatable, Sendable {
    /// The entry ends before its last field.
    case truncated
    /// The entry goes on after its last field.
    case trailingBytes
    /// A code that this version does not know, of this kind of value.
    case unknownCode(String)
}

extension TapeFieldError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .truncated: "it ends too early"
        case .trailingBytes: "it goes on behind its last field"
        case .unknownCode(let kind): "its code of a \(kind) is unknown"
        }
    }
}

extension FieldCoder {
    mutating func field<Number: FixedPoint>(_ number: inout Number) throws(TapeFieldError) {
        try word(&number.raw)
    }

    mutating func field(_ time: inout Instant) throws(TapeFieldError) { try word(&time.nanoseconds) }

    /// A signal, by its bit pattern.
    mutating func field(_ signal: inout Float) throws(TapeFieldError) {
        var bits = signal.bitPattern
        try word(&bits)
        signal = Float(bitPattern: bits)
    }

    mutating func field(_ flag: inout Bool) throws(TapeFieldError) {
        var byte: UInt8 = flag ? 1 : 0
        try word(&byte)
        guard byte <= 1 else { throw .unknownCode("flag") }
        flag = byte == 1
    }

    mutating func field<Code: RawRepresentable>(_ code: inout Code) throws(TapeFieldError)
    where Code.RawValue == UInt8 {
        var byte = code.rawValue
        try word(&byte)
        guard let known = Code(rawValue: byte) else { throw .unknownCode("\(Code.self)") }
        code = known
    }
}

/// Writes fields into memory that is reused.
struct FieldEncoder: FieldCoder {
    private var room = [UInt8](repeating: 0, count: 512)
    private(set) var count = 0

    /// What was written.
    var bytes: [UInt8] { Array(room[..<count]) }

    mutating func removeAll() { count = 0 }

    mutating func word<Word: FixedWidthInteger>(_ word: inout Word) {
        let end = count + Word.bitWidth / 8
        if end > room.count { room += Array(repeating: 0, count: room.count) }
        room.withUnsafeMutableBytes {
            $0.storeBytes(of: word.littleEndian, toByteOffset: count, as: Word.self)
        }
        count = end
    }

    /// Copies what was written to memory of its size.
    func copy(to place: UnsafeMutableRawBufferPointer) {
        room.withUnsafeBytes { place.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[..<count])) }
    }
}

/// Takes fields from the bytes of an entry.
struct FieldDecoder: FieldCoder {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func word<Word: FixedWidthInteger>(_ word: inout Word) throws(TapeFieldError) {
        let size = Word.bitWidth / 8
        guard bytes.count - offset >= size else { throw .truncated }
        word = Word(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: Word.self))
        offset += size
    }

    func finish() throws(TapeFieldError) {
        if offset != bytes.count { throw .trailingBytes }
    }
}

/// A value that lists its fields.
protocol TapeFields {
    /// A value to be overwritten by the decoder.
    static var blank: Self { get }
    mutating func fields<Coder: FieldCoder>(_ coder: inout Coder) throws(TapeFieldError)
}
