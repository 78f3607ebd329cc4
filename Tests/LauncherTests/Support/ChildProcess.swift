import Glibc
import TestSupport

/// A program that was started, with what it says in two files of its scratch folder.
///
/// Whatever the test does, the process is gone when this object is.
final class ChildProcess {
    /// How it ended.
    enum Ending: Equatable {
        case exit(Int32)
        case signal(Int32)
        /// It did not end in time, and was killed.
        case overdue
    }

    let id: pid_t
    private let outputPath: String
    private let errorPath: String
    private var ending: Ending?

    /// - Parameter terminal: a terminal to use as standard output; nil for a file.
    init(_ program: String, _ words: [String], in folder: ScratchFolder, terminal: Int32? = nil) {
        let name = folder.nextName()
        outputPath = folder.file(name + ".out")
        errorPath = folder.file(name + ".err")
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        if let terminal {
            posix_spawn_file_actions_adddup2(&actions, terminal, STDOUT_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, outputPath, flags, 0o600)
        }
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errorPath, flags, 0o600)
        // The threads that tests run on block signals; a program begins without that.
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))
        // env changes the folder and then becomes the program.
        let command = ["env", "-C", folder.path, program] + words
        var arguments: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for argument in arguments { free(argument) } }
        var id: pid_t = 0
        let code = posix_spawn(&id, "/usr/bin/env", &actions, &attributes, &arguments, environ)
        precondition(code == 0, "cannot start \(program): \(String(cString: strerror(code)))")
        self.id = id
    }

    deinit {
        if ending == nil {
            kill(id, SIGKILL)
            var status: Int32 = 0
            waitpid(id, &status, 0)
        }
    }

    /// What it has said on standard output so far.
    var output: String { String(decoding: ScratchFolder.read(outputPath), as: UTF8.self) }
    var errors: String { String(decoding: ScratchFolder.read(errorPath), as: UTF8.self) }

    func send(_ signal: Int32) { kill(id, signal) }

    /// Waits until it has ended, and kills it after `seconds`.
    @discardableResult
    func wait(seconds: Int = 120) -> Ending {
        if let ending { return ending }
        let end: Ending
        if Self.wait(seconds: seconds, until: { self.hasEnded }), let ending {
            end = ending
        } else {
            kill(id, SIGKILL)
            var status: Int32 = 0
            waitpid(id, &status, 0)
            end = .overdue
        }
        ending = end
        return end
    }

    /// Whether it has ended by itself.
    var hasEnded: Bool {
        if ending != nil { return true }
        var status: Int32 = 0
        guard waitpid(id, &status, WNOHANG) == id else { return false }
        let signal = status & 0x7F
        ending = signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
        return true
    }

    /// Looks every few milliseconds whether something has come true; false when it has not in time.
    static func wait(seconds: Int = 60, until isTrue: () -> Bool) -> Bool {
        for _ in 0..<seconds * 500 {
            if isTrue() { return true }
            usleep(2_000)
        }
        return isTrue()
    }
}

/// What a program has said and how it ended.
struct Saying {
    var ending: ChildProcess.Ending
    var output: String
    var errors: String

    /// Runs a program to its end.
    init(_ words: [String], program: String = BuiltPrograms.martlet, in folder: ScratchFolder) {
        self.init(ended: ChildProcess(program, words, in: folder))
    }

    /// Waits for a program that was started.
    init(ended child: ChildProcess) {
        ending = child.wait()
        output = child.output
        errors = child.errors
    }

    var outputLines: [String] { output.split(separator: "\n").map(String.init) }

    /// The last line of a run or a replay: `decisions 12 hash 0123456789abcdef`.
    var decisions: String? { outputLines.last { $0.hasPrefix("decisions ") } }

    /// How many decisions the last line tells of.
    var decisionCount: Int? {
        decisions?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    }
}
