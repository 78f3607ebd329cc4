/// What a program of Martlet ends with, for scripts; the numbers of `sysexits.h` where it has one.
enum ExitCode: Int32 {
    /// Done: the data or the time is over, or every strategy has finished its work.
    case success = 0
    /// A replay that decided otherwise than its tape.
    case different = 1
    /// The command line cannot be understood.
    case usage = 64
    /// A configuration or recording has errors.
    case badInput = 65
    /// A strategy failed, or stopped before its work was done.
    case failed = 70
    /// A file cannot be written.
    case cannotWrite = 74
    /// The bot's switch is thrown: it was halted, or does not start before it is armed.
    case halted = 77
    /// Ended by SIGINT or SIGTERM, in good order.
    case interrupted = 130
}
