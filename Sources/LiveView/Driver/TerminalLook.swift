import Glibc

/// What a terminal can show, as its environment says.
package struct TerminalLook: Equatable, Sendable {
    package var palette: Palette
    package var glyphs: Glyphs

    /// - Parameter environment: the value of a variable; nil where it is not set.
    /// - Returns: nil for a terminal on which nothing can be placed.
    package init?(_ environment: (String) -> String?) {
        guard let name = environment("TERM"), !name.isEmpty, name != "dumb" else { return nil }
        // By the convention of no-color.org: set to anything but nothing.
        palette = environment("NO_COLOR").map { !$0.isEmpty } ?? false ? .plain : .colours
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap(environment).first { !$0.isEmpty } ?? ""
        let letters = locale.lowercased()
        glyphs = letters.contains("utf-8") || letters.contains("utf8") ? .unicode : .ascii
    }

    /// Whether a terminal has room for the view and belongs to this program at the moment.
    package static func hasRoom(_ terminal: Int32) -> Bool {
        guard isatty(terminal) == 1, tcgetpgrp(terminal) == getpgrp(),
            let size = ScreenLease.size(of: terminal)
        else { return false }
        return size.columns >= SessionPicture.smallest.columns && size.rows >= SessionPicture.smallest.rows
    }
}
