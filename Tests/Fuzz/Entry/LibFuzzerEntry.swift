import Glibc

// The door through which libFuzzer comes. `MARTLET_FUZZ_SUBJECT` says what is fuzzed.

nonisolated(unsafe) private var subject = FuzzSubject.json

/// Writes the seeds into a folder and leaves when `MARTLET_FUZZ_SEEDS` names one.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _ count: UnsafeMutablePointer<Int32>, _ words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
) -> Int32 {
    guard let name = getenv("MARTLET_FUZZ_SUBJECT"),
        let chosen = FuzzSubject(rawValue: String(cString: name))
    else {
        print("MARTLET_FUZZ_SUBJECT is one of:", FuzzSubject.allCases.map(\.rawValue).joined(separator: " "))
        exit(2)
    }
    subject = chosen
    guard let folder = getenv("MARTLET_FUZZ_SEEDS") else { return 0 }
    for (index, seed) in subject.seeds.enumerated() {
        let file = fopen(String(cString: folder) + "/seed-\(index)", "w")
        fwrite(seed, 1, seed.count, file)
        fclose(file)
    }
    exit(0)
}

@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = Array(UnsafeBufferPointer(start: bytes, count: count))
    if let finding = subject.finding(input) { fatalError(finding) }
    return 0
}
