import Glibc
import Quantities
import Runtime

/// A command of the person who runs the bot, carried out by the shell with a limit of time.
struct ShellCommand: OrderCanceller {
    /// How long a command may take; then it is killed, and has failed.
    static let timeout = Interval.seconds(30)

    let text: String

    func cancelOwnOrders(of bot: String) -> Bool { run([bot]) }

    /// Runs it with words as `$1` and so on; whether it ended with zero in time.
    func run(_ words: [String]) -> Bool {
        var arguments: [UnsafeMutablePointer<CChar>?] =
            (["sh", "-c", text, "martlet-guardian"] + words).map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var id: pid_t = 0
        guard posix_spawn(&id, "/bin/sh", nil, nil, &arguments, environ) == 0 else { return false }
        let naps = Self.timeout.nanoseconds / 10_000_000
        for _ in 0..<naps {
            var status: Int32 = 0
            let ended = waitpid(id, &status, WNOHANG)
            if ended == id { return status == 0 }
            if ended < 0, errno != EINTR { return false }
            usleep(10_000)
        }
        kill(id, SIGKILL)
        waitpid(id, nil, 0)
        return false
    }
}
