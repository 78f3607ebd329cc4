import Foundation
import Quantities
import Testing

/// What libFuzzer found once, what it begins with, and both of them damaged.
///
/// A crash of `make fuzz` becomes a file in `FailCases/<subject>`, and is tried here from then on.
struct FuzzSubjectTests {
    private static let failCases = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("FailCases")

    private static func cases(_ subject: FuzzSubject) -> [(name: String, bytes: [UInt8])] {
        let folder = failCases.appendingPathComponent(subject.rawValue)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().compactMap { name in
            (try? Data(contentsOf: folder.appendingPathComponent(name))).map { (name, Array($0)) }
        }
    }

    @Test(arguments: FuzzSubject.allCases)
    func `what once failed holds`(subject: FuzzSubject) {
        for (name, bytes) in Self.cases(subject) {
            let finding = subject.finding(bytes)
            #expect(finding == nil, "\(name): \(finding ?? "")")
        }
    }

    @Test func `every folder of failures has a subject`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.failCases.path)
            .filter { !$0.hasPrefix("README") }
        #expect(folders.allSatisfy { FuzzSubject(rawValue: $0) != nil }, "\(folders)")
    }

    @Test func `every text of a venue that fuzzing begins with is one that its decoder takes`() {
        #expect(VenueSubject.seeds.count == VenueSeeds.all.count)
        for (seed, (name, text)) in zip(VenueSubject.seeds, VenueSeeds.all) {
            #expect(VenueSubject.isTaken(seed), "\(name): \(text)")
        }
    }

    @Test(arguments: FuzzSubject.allCases)
    func `seeds and damaged seeds are read alike however they are cut`(subject: FuzzSubject) {
        let seed: UInt64 = 20
        var random = SeededRandom(seed: seed)
        let cases = ProcessInfo.processInfo.environment["MARTLET_FUZZ_CASES"].flatMap { Int($0) } ?? 2_000
        for number in 0..<cases {
            var bytes = subject.seeds[number % subject.seeds.count]
            if number >= subject.seeds.count { damage(&bytes, &random) }
            if let finding = subject.finding(bytes) {
                Issue.record("seed \(seed), case \(number): \(bytes)\n\(finding)")
                return
            }
        }
    }

    private func damage(_ bytes: inout [UInt8], _ random: inout SeededRandom) {
        for _ in 0...random.below(3) {
            let place = random.below(bytes.count + 1)
            switch random.below(4) {
            case 0: bytes.insert(UInt8(random.below(256)), at: place)
            case 1: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.below(8)) }
            case 2: if place < bytes.count { bytes.remove(at: place) }
            default: bytes += bytes[place...].prefix(80)
            }
        }
    }
}
