import CZlib

/// Makes zip archives byte by byte, good ones and, where a test says so, others.
struct ZipMaker {
    struct File {
        var name: String
        var content: [UInt8]
        var isDeflated = true
        var isWide = false
        var flags: UInt16 = 0
        /// In place of what is right.
        var method: UInt16?
        var crc: UInt32?
        var size: UInt64?
        /// Appended to the compressed data.
        var excess: [UInt8] = []
    }

    var files: [File]
    var comment: [UInt8] = []
    /// Whether the end record is that of Zip64.
    var isWide = false
    /// Bytes behind the comment that do not belong there.
    var trailer: [UInt8] = []

    init(_ files: [File]) { self.files = files }

    init(_ name: String, _ lines: [String], isDeflated: Bool = true) {
        files = [
            File(name: name, content: Array(lines.map { $0 + "\n" }.joined().utf8), isDeflated: isDeflated)
        ]
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var directory: [UInt8] = []
        for file in files {
            let start = bytes.count
            let packed = (file.isDeflated ? Self.deflate(file.content) : file.content) + file.excess
            let method = file.method ?? (file.isDeflated ? 8 : 0)
            let crc =
                file.crc ?? UInt32(truncatingIfNeeded: crc32(0, file.content, UInt32(file.content.count)))
            let size = file.size ?? UInt64(file.content.count)
            let name = Array(file.name.utf8)
            let narrow = UInt32.max
            bytes += Self.four(0x0403_4B50) + Self.two(45) + Self.two(file.flags) + Self.two(method)
            bytes += Self.four(0) + Self.four(crc)
            bytes += Self.four(file.isWide ? narrow : UInt32(packed.count))
            bytes += Self.four(file.isWide ? narrow : UInt32(truncatingIfNeeded: size))
            bytes += Self.two(UInt16(name.count)) + Self.two(0) + name + packed
            var extra: [UInt8] = []
            if file.isWide {
                extra = Self.two(0x7777) + Self.two(1) + [9] + Self.two(1) + Self.two(24)
                extra += Self.eight(size) + Self.eight(UInt64(packed.count)) + Self.eight(UInt64(start))
            }
            directory += Self.four(0x0201_4B50) + Self.two(45) + Self.two(45) + Self.two(file.flags)
            directory += Self.two(method) + Self.four(0) + Self.four(crc)
            directory += Self.four(file.isWide ? narrow : UInt32(packed.count))
            directory += Self.four(file.isWide ? narrow : UInt32(truncatingIfNeeded: size))
            directory += Self.two(UInt16(name.count)) + Self.two(UInt16(extra.count)) + Self.two(0)
            directory += Self.two(0) + Self.two(0) + Self.four(0)
            directory += Self.four(file.isWide ? narrow : UInt32(start)) + name + extra
        }
        return bytes + directory + end(start: bytes.count, size: directory.count) + comment + trailer
    }

    private func end(start: Int, size: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        if isWide {
            bytes += Self.four(0x0606_4B50) + Self.eight(44) + Self.two(45) + Self.two(45) + Self.four(0)
            bytes += Self.four(0) + Self.eight(UInt64(files.count)) + Self.eight(UInt64(files.count))
            bytes += Self.eight(UInt64(size)) + Self.eight(UInt64(start))
            bytes += Self.four(0x0706_4B50) + Self.four(0) + Self.eight(UInt64(start + size)) + Self.four(1)
        }
        let count = isWide ? UInt16.max : UInt16(files.count)
        bytes += Self.four(0x0605_4B50) + Self.two(0) + Self.two(0) + Self.two(count) + Self.two(count)
        bytes += Self.four(isWide ? .max : UInt32(size)) + Self.four(isWide ? .max : UInt32(start))
        return bytes + Self.two(UInt16(comment.count))
    }

    static func two(_ value: UInt16) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    static func four(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
    static func eight(_ value: UInt64) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }

    static func deflate(_ content: [UInt8]) -> [UInt8] {
        var stream = z_stream()
        precondition(czlib_deflate_init(&stream, 6, -15, 8) == Z_OK, "zlib begins")
        var content = content
        var output = [UInt8](repeating: 0, count: content.count + content.count / 8 + 64)
        let room = output.count
        content.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { target in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                stream.next_out = target.baseAddress
                stream.avail_out = UInt32(room)
                precondition(CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END, "it fits")
            }
        }
        deflateEnd(&stream)
        return Array(output[..<(room - Int(stream.avail_out))])
    }
}
