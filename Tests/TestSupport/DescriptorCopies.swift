import Glibc

/// Copies of all descriptors by which this process has a file open, as a child has them while it is being started.
public struct DescriptorCopies: ~Copyable {
    private var numbers: [Int32] = []

    public var count: Int { numbers.count }

    public init(of path: String) {
        var wanted = stat()
        guard stat(path, &wanted) == 0 else { return }
        let all = (0..<Int32(getdtablesize())).filter { number in
            var found = stat()
            return fstat(number, &found) == 0 && found.st_dev == wanted.st_dev
                && found.st_ino == wanted.st_ino
        }
        numbers = all.map { fcntl($0, F_DUPFD_CLOEXEC, 0) }.filter { $0 >= 0 }
    }

    deinit { for number in numbers { close(number) } }
}
