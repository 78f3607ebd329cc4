import CLinux
import Glibc

/// Where a socket connects to or listens: an address of IPv4 or IPv6 and a port.
package struct SocketAddress: Sendable, CustomStringConvertible {
    var storage: sockaddr_storage
    var length: socklen_t

    init(_ address: UnsafePointer<sockaddr>, _ length: socklen_t) {
        storage = sockaddr_storage()
        self.length = length
        withUnsafeMutableBytes(of: &storage) { target in
            target.copyMemory(from: UnsafeRawBufferPointer(start: address, count: Int(length)))
        }
    }

    /// From an address in numbers, such as `127.0.0.1` or `::1`; nil for anything else.
    package init?(_ address: String, port: UInt16) {
        var four = sockaddr_in()
        if inet_pton(AF_INET, address, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            self = Self.copy(of: &four)
            return
        }
        var six = sockaddr_in6()
        guard inet_pton(AF_INET6, address, &six.sin6_addr) == 1 else { return nil }
        six.sin6_family = sa_family_t(AF_INET6)
        six.sin6_port = port.bigEndian
        self = Self.copy(of: &six)
    }

    private static func copy<Address>(of address: inout Address) -> SocketAddress {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                SocketAddress($0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    var family: Int32 { Int32(storage.ss_family) }
    package var isVersion6: Bool { family == AF_INET6 }

    package var port: UInt16 {
        // The port stands at the same place in both kinds.
        withUnsafeBytes(of: storage) {
            UInt16(bigEndian: $0.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        }
    }

    /// The number of an address of IPv4, `0x7F00_0001` for 127.0.0.1; nil for any other.
    package var version4: UInt32? {
        guard family == AF_INET else { return nil }
        // Behind family and port.
        return withUnsafeBytes(of: storage) {
            UInt32(bigEndian: $0.loadUnaligned(fromByteOffset: 4, as: UInt32.self))
        }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// `127.0.0.1:443` or `[::1]:443`.
    package var description: String {
        var text = [CChar](repeating: 0, count: 64)
        let result = withPointer { address, length in
            getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        }
        let host =
            result == 0
            ? String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : "?"
        return isVersion6 ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// The address that a socket is bound to; nil when it is not a socket.
    static func local(of descriptor: borrowing Descriptor) -> SocketAddress? {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let number = descriptor.number
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard getsockname(number, address, &length) == 0 else { return nil }
                return SocketAddress(address, length)
            }
        }
    }
}
