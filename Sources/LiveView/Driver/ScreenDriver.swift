import Glibc

/// What every view does with its terminal: reads keys, knows its size, and sends pictures without waiting for it.
///
/// About ten pictures a second, and one at once after a key. A terminal that does not take a picture in time
/// misses the next ones.
final class ScreenDriver {
    /// What was found when it was time to look.
    struct Look {
        var keys: [Key] = []
        /// Whether the program was stopped and goes on, or something else has drawn over the picture.
        var isSpoilt = false
    }

    let glyphs: Glyphs
    private(set) var size = SessionPicture.smallest
    private var reader = KeyReader()
    private var writer: ScreenWriter
    /// The rest of a picture that the terminal has not taken yet.
    private var unsent: ArraySlice<UInt8> = []
    private var isDue = false
    private var nextLook: Int64 = 0
    private var nextPicture: Int64 = 0

    private static let lookPause: Int64 = 20_000_000
    private static let picturePause: Int64 = 100_000_000

    /// Takes the terminal over; nil when it cannot be had.
    init?(terminal: Int32, _ look: TerminalLook) {
        guard ScreenLease.take(terminal: terminal) else { return nil }
        writer = ScreenWriter(look.palette)
        glyphs = look.glyphs
    }

    /// Gives the terminal back.
    func close() {
        fflush(nil)
        ScreenLease.giveBack()
    }

    /// Looks after the terminal; nil when that was done a moment ago.
    func look() -> Look? {
        let now = Self.now()
        guard now >= nextLook else { return nil }
        nextLook = now + Self.lookPause
        var look = Look()
        if now >= nextPicture { isDue = true }
        let typed = ScreenLease.typed()
        look.keys = typed.isEmpty ? reader.rest() : reader.keys(typed)
        if look.keys.contains(.redraw) { writer.forget() }
        if !look.keys.isEmpty { isDue = true }
        if ScreenLease.takeSpoilt() {
            writer.forget()
            unsent = []
            look.isSpoilt = true
            isDue = true
        }
        if let size = ScreenLease.size, size != self.size {
            self.size = size
            isDue = true
        }
        return look
    }

    /// Whether a picture is due and the terminal has taken the one before.
    func takesPicture() -> Bool {
        guard isDue, flush() else { return false }
        nextPicture = Self.now() + Self.picturePause
        isDue = false
        return true
    }

    func show(_ screen: Screen) {
        unsent = writer.bytes(for: screen)[...]
        _ = flush()
        ScreenLease.boundKept()
    }

    /// Sends what waits; false when the terminal has not taken it all.
    private func flush() -> Bool {
        while !unsent.isEmpty {
            guard let count = ScreenLease.write(unsent) else {
                unsent = []
                return false
            }
            if count == 0 { return false }
            unsent = unsent.dropFirst(count)
        }
        return true
    }

    private static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
