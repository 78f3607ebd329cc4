import Glibc

/// Whether these tests, and so the programs that they start, were built for the thread sanitizer.
enum Sanitizer {
    static var isOn: Bool { dlsym(nil, "__tsan_init") != nil }
}
