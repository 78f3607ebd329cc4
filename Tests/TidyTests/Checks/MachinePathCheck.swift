/// Nothing in the repository knows the machine it was written on.
enum MachinePathCheck {
    /// Folders of one machine; put together here so that searching the sources finds no false trace.
    private static let everywhere = ["home", "root", "work"].map { "/" + $0 + "/" }
    /// Tests may write to the temporary folder and read data beside the repository.
    private static let outsideTests = ["/" + "tmp/", "../" + "shared"]

    static func findings(_ file: SourceFile) -> [Finding] {
        (file.isTest ? everywhere : everywhere + outsideTests).flatMap { path in
            file.textOffsets(of: path).filter { begins(at: $0, file) }.map { offset in
                file.finding(
                    at: offset, "'\(path)' is a place on one machine: take it as an argument or a setting")
            }
        }
    }

    /// Whether the path is absolute here, not the middle of a longer one or of an address.
    private static func begins(at offset: Int, _ file: SourceFile) -> Bool {
        guard offset > 0 else { return true }
        let before = file.text[offset - 1]
        return !before.isWordByte
            && ![UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "~")].contains(before)
    }
}
