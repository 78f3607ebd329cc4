import Glibc
import TestSupport

/// A program on a terminal of its own, as a shell would start it, and what the terminal shows of it.
///
/// Whatever the test does, the program is gone when this object is.
final class PseudoTerminal {
    /// How the program is.
    enum State: Equatable {
        case running
        case stopped
        case exit(Int32)
        case signal(Int32)
    }

    let id: pid_t
    private let master: Int32
    private let device: String
    private(set) var screen: TerminalEmulator
    private(set) var state = State.running
    /// How the terminal treats keys and output before the program begins.
    let modesBefore: termios

    /// Without a debugger that asks at the terminal what to do about a crash.
    static let environment = ["TERM=xterm", "LANG=C.UTF-8", "SWIFT_BACKTRACE=enable=no"]

    /// - Parameter environment: variables as `NAME=value`.
    init(
        _ words: [String], in folder: ScratchFolder, columns: UInt16, rows: UInt16,
        environment: [String] = PseudoTerminal.environment
    ) {
        master = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
        precondition(master >= 0, "no pseudo terminal")
        // TIOCSPTLCK and TIOCGPTN: unlocks the other side, and asks for its number.
        var (lock, number) = (Int32(0), Int32(0))
        precondition(ioctl(master, 0x4004_5431, &lock) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
        device = "/dev/pts/\(number)"
        screen = TerminalEmulator(columns: Int(columns), rows: Int(rows))
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
        var modes = termios()
        tcgetattr(master, &modes)
        modesBefore = modes

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        // The leader of a new session takes the first terminal that it opens as its own.
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, device, O_RDWR, 0)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        // POSIX_SPAWN_SETSID, which the module does not name.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | 0x80)
        let command = ["env", "-i", "-C", folder.path] + environment + words
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, "/usr/bin/env", &actions, &attributes, &arguments, environ)
        precondition(code == 0, "cannot start \(words): \(String(cString: strerror(code)))")
        self.id = id
    }

    deinit {
        if !hasEnded {
            kill(id, SIGKILL)
            var status: Int32 = 0
            waitpid(id, &status, 0)
        }
        close(master)
    }

    var hasEnded: Bool { state != .running && state != .stopped }

    /// Whether keys and output are treated as they were before.
    var areModesBack: Bool {
        var modes = termios()
        tcgetattr(master, &modes)
        return modes.c_lflag == modesBefore.c_lflag && modes.c_iflag == modesBefore.c_iflag
            && modes.c_oflag == modesBefore.c_oflag
    }

    /// Whether all is as it was before: the first screen, the cursor, wrapping, the keys.
    var isRestored: Bool {
        areModesBack && !screen.isOtherScreen && screen.isCursorShown && screen.wraps
    }

    func type(_ keys: String) {
        let bytes = Array(keys.utf8)
        precondition(write(master, bytes, bytes.count) == bytes.count)
    }

    func send(_ signal: Int32) { kill(id, signal) }

    func resize(columns: UInt16, rows: UInt16) {
        screen.resize(columns: Int(columns), rows: Int(rows))
        var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// Lets the terminal show what has come, until something has come true; false when it has not in time.
    func wait(seconds: Int = 60, until isTrue: (PseudoTerminal) -> Bool) -> Bool {
        for _ in 0..<seconds * 500 {
            look()
            if isTrue(self) { return true }
            usleep(2_000)
        }
        return false
    }

    /// Waits for the program's end.
    func end(seconds: Int = 60) -> State {
        _ = wait(seconds: seconds) { $0.hasEnded }
        look()
        return state
    }

    private func look() {
        // Its state first: what it wrote before it ended is read afterwards.
        var status: Int32 = 0
        if !hasEnded, waitpid(id, &status, WNOHANG | WUNTRACED | WCONTINUED) == id {
            if status & 0xFF == 0x7F {
                state = .stopped
            } else if status == 0xFFFF {
                state = .running
            } else {
                state = status & 0x7F == 0 ? .exit(status >> 8 & 0xFF) : .signal(status & 0x7F)
            }
        }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(master, &buffer, buffer.count)
            guard count > 0 else { return }
            screen.take(buffer[..<count])
        }
    }
}
