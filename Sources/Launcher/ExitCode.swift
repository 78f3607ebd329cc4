/// What a program of Martlet ends with, for scripts; the numbers of `sysexits.h` where it has one.
enum ExitCode: Int32 {
    /// Done: the data or the time is over, or every strategy has finished its work.
    case success = 0
    /// A replay that decided otherwise than its tape, books of an exchange that do not agree, or a doctor that warns.
    case different = 1
    /// A venue refused, which is proof that nothing was done.
    case refused = 2
    /// It is not known whether a venue has carried something out.
    case outcomeUnknown = 3
    /// The command line cannot be understood.
    case usage = 64
    /// A configuration or recording has errors.
    case badInput = 65
    /// Nothing was sent: no connection.
    case unavailable = 69
    /// A strategy failed, or stopped before its work was done.
    case failed = 70
    /// A file cannot be written.
    case cannotWrite = 74
    /// A venue does not answer now, or wants fewer requests.
    case retryLater = 75
    /// An answer of a venue that cannot be read.
    case malformed = 76
    /// A key that is missing or that others can read, or a bot whose switch is thrown: it was halted, or does not start
    /// before it is armed.
    case notPermitted = 77
    /// Ended by SIGINT or SIGTERM, in good order.
    case interrupted = 130
}
