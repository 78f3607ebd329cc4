import Glibc
import TestSupport

/// The memory of a process, as a core dump of it would show it.
struct ProcessMemory {
    struct Mapping {
        var start: UInt
        var end: UInt
        var isReadable: Bool
        /// The system leaves it out of core dumps.
        var isUndumped: Bool
    }

    let id: pid_t

    /// Nil where the system does not let itself be asked.
    func mappings() -> [Mapping]? {
        let text = ScratchFolder.text("/proc/\(id)/smaps")
        guard !text.isEmpty else { return nil }
        var found: [Mapping] = []
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            if words[0] == "VmFlags:", !found.isEmpty {
                found[found.count - 1].isUndumped = words.contains("dd")
            }
            let ends = words[0].split(separator: "-")
            guard ends.count == 2, words.count > 4, let start = UInt(ends[0], radix: 16),
                let end = UInt(ends[1], radix: 16)
            else { continue }
            found.append(
                Mapping(start: start, end: end, isReadable: words[1].hasPrefix("r"), isUndumped: false))
        }
        return found
    }

    /// How often the bytes stand in mappings that a dump would have, and in those that it would not.
    ///
    /// Nil where the memory of the process cannot be read.
    func count(of bytes: [UInt8]) -> (dumped: Int, undumped: Int)? {
        let file = open("/proc/\(id)/mem", O_RDONLY | O_CLOEXEC)
        guard file >= 0, let mappings = mappings() else { return nil }
        defer { close(file) }
        var counts = (dumped: 0, undumped: 0)
        for mapping in mappings where mapping.isReadable {
            var room = [UInt8](repeating: 0, count: Int(mapping.end - mapping.start))
            // What belongs to the kernel's side of a process cannot be read, and is not its memory.
            let count = pread(file, &room, room.count, off_t(truncatingIfNeeded: mapping.start))
            guard count > 0 else { continue }
            let found = Self.count(of: bytes, in: room[..<count])
            if mapping.isUndumped { counts.undumped += found } else { counts.dumped += found }
        }
        return counts
    }

    static func count(of bytes: [UInt8], in room: ArraySlice<UInt8>) -> Int {
        room.withUnsafeBytes { room in
            guard let first = bytes.first, let start = room.baseAddress else { return 0 }
            var found = 0
            var place = 0
            while room.count - place >= bytes.count,
                let hit = memchr(start + place, Int32(first), room.count - place - bytes.count + 1)
            {
                if memcmp(hit, bytes, bytes.count) == 0 { found += 1 }
                place = UnsafeRawPointer(hit) - start + 1
            }
            return found
        }
    }
}
