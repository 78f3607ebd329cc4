import Glibc

/// A system call on a file that failed, and why.
package struct FileError: Error, Equatable, Sendable {
    /// What was tried.
    package enum Operation: String, Sendable {
        case create, open, inspect, map, read, write, lock, truncate
        case synchronize = "flush"
    }

    package var operation: Operation
    package var path: String
    /// The system's error number, such as `ENOENT`.
    package var code: Int32

    package init(_ operation: Operation, _ path: String, code: Int32) {
        self.operation = operation
        self.path = path
        self.code = code
    }
}

extension FileError: CustomStringConvertible {
    /// `cannot open configs/grid.yaml: No such file or directory (error 2)`.
    package var description: String {
        "cannot \(operation.rawValue) \(path): \(systemErrorText(code))"
    }
}

/// The system's words for one of its error numbers, and the number.
func systemErrorText(_ code: Int32) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return "\(String(cString: text)) (error \(code))"
}
