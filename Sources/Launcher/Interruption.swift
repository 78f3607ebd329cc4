import Glibc
import LiveView
import Synchronization

/// Whether SIGINT or SIGTERM has come: the run is ended in good order at the next chance.
enum Interruption {
    private static let hasCome = Atomic<Bool>(false)

    static var isRequested: Bool { hasCome.load(ordering: .relaxed) }

    /// Ends the run as a signal does.
    static func request() { hasCome.store(true, ordering: .relaxed) }

    /// Notes the signals from here on; a second one ends the program at once.
    static func watch() {
        // A file that cannot grow is an error of the write, not the end of the program.
        signal(SIGXFSZ, SIG_IGN)
        signal(SIGPIPE, SIG_IGN)
        for number in [SIGINT, SIGTERM] {
            signal(number) { number in
                if Interruption.hasCome.exchange(true, ordering: .relaxed) {
                    ScreenLease.giveBack()
                    _exit(128 + number)
                }
            }
        }
    }
}
