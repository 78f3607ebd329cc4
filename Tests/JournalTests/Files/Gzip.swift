import CZlib

/// One gzip member with these bytes; the strongest compression unless told otherwise.
func gzip(_ bytes: [UInt8], level: Int32 = 9) -> [UInt8] {
    var stream = z_stream()
    precondition(czlib_deflate_init(&stream, level, 16 + 15, 8) == Z_OK)
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, UInt(bytes.count))))
    return input.withUnsafeMutableBufferPointer { input in
        output.withUnsafeMutableBufferPointer { output in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(input.count)
            stream.next_out = output.baseAddress
            stream.avail_out = UInt32(output.count)
            precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
            return Array(output[..<Int(stream.total_out)])
        }
    }
}

func gzip(_ text: String) -> [UInt8] { gzip(Array(text.utf8)) }
