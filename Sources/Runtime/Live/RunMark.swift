import Glibc

/// How the last live run of a folder stands, by the mark that a run leaves while it lives.
package enum RunMark: Equatable, Sendable {
    /// There is no mark: it ended in good order, or was none.
    case ended
    /// A process holds the mark.
    case running
    /// Nobody holds the mark: the run was cut short, and the next start of its bot goes on with it.
    case cutShort

    /// Looks at the mark of a run's folder, and leaves it as it is.
    package init(ofRunIn folder: String) {
        let descriptor = open(folder + "/" + RunLock.name, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            self = .ended
            return
        }
        defer { close(descriptor) }
        self = flock(descriptor, LOCK_SH | LOCK_NB) == 0 ? .cutShort : .running
    }
}
