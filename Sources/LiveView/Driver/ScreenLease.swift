import Glibc
import Synchronization

/// The terminal while the view has it: its other screen, no cursor, keys without a line editor.
///
/// What was there before comes back in whatever way the program ends: when the view is closed, at `exit`, when
/// a signal ends or stops the program, when it crashes. For the last ones that is done inside of signal
/// handlers, which may only call what is safe there; so everything they need is in place before.
///
/// What the program writes to its output meanwhile, such as a trap's reason or a print of a strategy, would
/// spoil the picture: it is kept, the newest `keptMax` bytes of it, and told afterwards.
package enum ScreenLease {
    static let enter = "\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l\u{1B}[0m\u{1B}[2J"
    static let leave = "\u{1B}[0m\u{1B}[2J\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"
    private static let keptMax = 1 << 20
    private static let signalStackBytes = 1 << 16

    private static let isTaken = Atomic<Bool>(false)
    /// Something else may stand on the terminal: all has to be drawn again.
    private static let isSpoilt = Atomic<Bool>(false)

    /// What the handlers use: written before the first of them is in place.
    private struct Place {
        /// The terminal, to be written to and read from without waiting for it.
        var screen: Int32 = -1
        var modesBefore = termios()
        var modesDuring = termios()
        /// Copies of standard output and error; -1 where it was left alone.
        var output: Int32 = -1
        var errors: Int32 = -1
        /// What was written to them meanwhile.
        var kept: Int32 = -1
        var enterText = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
        var leaveText = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
    }

    // A signal may come in the middle of an access: the run time must not take that for a mistake.
    @exclusivity(unchecked) nonisolated(unsafe) private static var place = Place()
    /// What was done about each signal before; empty until the handlers are in place.
    @exclusivity(unchecked) nonisolated(unsafe) private static var actionsBefore = UnsafeMutableBufferPointer<
        sigaction
    >(
        start: nil, count: 0)

    /// Signals that end the program where nobody has asked for them.
    private static let fatal = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGQUIT, SIGHUP]

    /// Takes a terminal over; false when it cannot be had.
    static func take(terminal: Int32) -> Bool {
        guard !isTaken.load(ordering: .relaxed), tcgetpgrp(terminal) == getpgrp() else { return false }
        var new = Place()
        // Opened anew, so that not waiting for it is a matter of ours alone.
        if let name = ttyname(terminal) {
            new.screen = open(name, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        }
        if new.screen < 0 { new.screen = fcntl(terminal, F_DUPFD_CLOEXEC, 3) }
        guard new.screen >= 0, tcgetattr(new.screen, &new.modesBefore) == 0 else {
            close(new.screen)
            return false
        }
        // Keys one by one and unseen; Ctrl-C and Ctrl-Z stay signals, Ctrl-S does not hold the picture.
        new.modesDuring = new.modesBefore
        new.modesDuring.c_lflag &= ~tcflag_t(ICANON | ECHO)
        new.modesDuring.c_iflag &= ~tcflag_t(IXON)
        withUnsafeMutableBytes(of: &new.modesDuring.c_cc) { characters in
            characters[Int(VMIN)] = 0
            characters[Int(VTIME)] = 0
        }
        new.enterText = place.enterText.isEmpty ? lasting(enter) : place.enterText
        new.leaveText = place.leaveText.isEmpty ? lasting(leave) : place.leaveText
        keepOutput(&new)
        place = new
        if actionsBefore.isEmpty { watchSignals() }
        isTaken.store(true, ordering: .sequentiallyConsistent)
        resume()
        return true
    }

    /// Gives the terminal back as it was; the second time does nothing. Safe in signal handlers.
    package static func giveBack() {
        guard isTaken.exchange(false, ordering: .sequentiallyConsistent) else { return }
        pause()
        if place.output >= 0 { dup2(place.output, STDOUT_FILENO) }
        if place.errors >= 0 { dup2(place.errors, STDERR_FILENO) }
        tellKept()
        close(place.screen)
        close(place.output)
        close(place.errors)
        close(place.kept)
    }

    /// The size of the terminal now; nil when it does not say.
    static func size(of terminal: Int32) -> ScreenSize? {
        var size = winsize()
        guard ioctl(terminal, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return nil
        }
        return ScreenSize(columns: Int(size.ws_col), rows: Int(size.ws_row))
    }

    static var size: ScreenSize? { size(of: place.screen) }

    /// Whether all has to be drawn again; asking answers it.
    static func takeSpoilt() -> Bool { isSpoilt.exchange(false, ordering: .relaxed) }

    /// Writes without waiting; returns how many bytes went, or nil when the terminal is gone.
    static func write(_ bytes: ArraySlice<UInt8>) -> Int? {
        let count = bytes.withUnsafeBytes { Glibc.write(place.screen, $0.baseAddress, $0.count) }
        if count >= 0 { return count }
        return errno == EAGAIN || errno == EINTR ? 0 : nil
    }

    /// What has been typed, at most 256 bytes.
    static func typed() -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = read(place.screen, &bytes, bytes.count)
        return count > 0 ? Array(bytes[..<count]) : []
    }

    /// Forgets the older part of what is kept when it has become too much.
    static func boundKept() {
        guard place.kept >= 0, lseek(place.kept, 0, SEEK_CUR) > Self.keptMax else { return }
        ftruncate(place.kept, 0)
        lseek(place.kept, 0, SEEK_SET)
    }
}

// MARK: - Signals

extension ScreenLease {
    private static func watchSignals() {
        actionsBefore = .allocate(capacity: 65)
        actionsBefore.initialize(repeating: sigaction())
        haveSignalStack()
        atexit { ScreenLease.giveBack() }
        for number in fatal {
            var action = sigaction()
            action.sa_flags = SA_SIGINFO | SA_ONSTACK
            action.__sigaction_handler.sa_sigaction = { number, info, _ in
                ScreenLease.giveBack()
                sigaction(number, &ScreenLease.actionsBefore[Int(number)], nil)
                // A fault happens again when the handler returns; what was sent has to be sent again.
                if info == nil || info!.pointee.si_code <= 0 { raise(number) }
            }
            sigaction(number, &action, &actionsBefore[Int(number)])
        }
        watch(SIGTSTP) { _ in
            if ScreenLease.isTaken.load(ordering: .relaxed) { ScreenLease.pause() }
            raise(SIGSTOP)
        }
        watch(SIGCONT) { _ in
            if ScreenLease.isTaken.load(ordering: .relaxed) { ScreenLease.resume() }
        }
    }

    /// A stack for handlers, so that they can run when the program's own has overflowed.
    private static func haveSignalStack() {
        var known = stack_t()
        guard sigaltstack(nil, &known) == 0, Int(known.ss_flags) & Int(SS_DISABLE) != 0 else { return }
        var new = stack_t()
        new.ss_sp = .allocate(byteCount: signalStackBytes, alignment: 16)
        new.ss_size = signalStackBytes
        sigaltstack(&new, nil)
    }

    private static func watch(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
        var action = sigaction()
        action.sa_flags = SA_RESTART
        action.__sigaction_handler.sa_handler = handler
        sigaction(number, &action, &actionsBefore[Int(number)])
    }

    /// The other screen and the keys; safe in signal handlers.
    private static func resume() {
        tcsetattr(place.screen, TCSADRAIN, &place.modesDuring)
        write(place.enterText)
        isSpoilt.store(true, ordering: .relaxed)
    }

    /// The screen and the keys as they were before; safe in signal handlers.
    private static func pause() {
        write(place.leaveText)
        tcsetattr(place.screen, TCSADRAIN, &place.modesBefore)
    }

    /// Writes all of a text, and waits for the terminal where it has to.
    private static func write(_ text: UnsafeMutableBufferPointer<UInt8>) {
        let file = place.output >= 0 ? place.output : place.screen
        writeAll(file, UnsafeRawPointer(text.baseAddress!), text.count)
    }
}

// MARK: - Output of others

extension ScreenLease {
    /// Keeps what the program writes to the terminal apart, where the system can do that.
    private static func keepOutput(_ place: inout Place) {
        fflush(nil)
        // A file without a name.
        guard let file = tmpfile() else { return }
        place.kept = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3)
        fclose(file)
        guard place.kept >= 0 else { return }
        if isatty(STDOUT_FILENO) == 1 {
            place.output = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
            if place.output >= 0 { dup2(place.kept, STDOUT_FILENO) }
        }
        if isatty(STDERR_FILENO) == 1 {
            place.errors = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
            if place.errors >= 0 { dup2(place.kept, STDERR_FILENO) }
        }
    }

    /// Tells what was kept, on standard error where that is the terminal.
    private static func tellKept() {
        guard place.kept >= 0 else { return }
        lseek(place.kept, 0, SEEK_SET)
        let file = place.errors >= 0 ? STDERR_FILENO : STDOUT_FILENO
        withUnsafeTemporaryAllocation(byteCount: 4_096, alignment: 8) { buffer in
            while true {
                let count = read(place.kept, buffer.baseAddress, buffer.count)
                guard count > 0, let start = buffer.baseAddress else { return }
                writeAll(file, UnsafeRawPointer(start), count)
            }
        }
        ftruncate(place.kept, 0)
        lseek(place.kept, 0, SEEK_SET)
    }

    private static func writeAll(_ file: Int32, _ bytes: UnsafeRawPointer, _ count: Int) {
        var written = 0
        while written < count {
            let step = Glibc.write(file, bytes + written, count - written)
            if step < 0, errno != EINTR { return }
            written += max(0, step)
        }
    }

    /// A text in memory that stays where it is.
    private static func lasting(_ text: String) -> UnsafeMutableBufferPointer<UInt8> {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
        _ = buffer.initialize(fromContentsOf: text.utf8)
        return buffer
    }
}
