import Testing

struct UnorderedIterationCheckTests {
    private func lines(_ text: String) -> [Int] {
        UnorderedIterationCheck.findings(SourceFile("Sources/A/A.swift", text)).map(\.line)
    }

    @Test(arguments: [
        "var open: [ID: Order]\nfor order in open {}", "let ids: Set<ID>\nfor id in ids where id > 3 {}",
        "let ids: Dictionary<ID, Int>\nfor (id, count) in self.ids {}",
        "var ids = Set<ID>()\nfor id in ids {}",
        "var open = [ID: Order]()\nopen.forEach { send($0) }",
        "func f(_ open: inout [ID: Order]) {\nfor o in open {} }",
        "\nfor key in engine.orders.keys {}", "\nlet all = orders.values.map { $0.id }",
        "var open: [ID: Order] = [:]\nlet ids = Array(open.keys)", "let ids: Set<ID>\nlet first = ids.first",
        "var open: [ID: Order]\nfor (n, o) in open.enumerated() {}",
        "var open: [ID: Order]?\nfor order in open! {}",
        "let ids = Set<[ID: Int]>(all)\nids.map(f)",
        "let a: [ID: Order] = [:]\na.values\n    .forEach { f($0) }",
    ])
    func `walks without an order are told`(text: String) {
        #expect(lines(text + "\n") == [2])
    }

    @Test(arguments: [
        "var open: [Order]\nfor order in open {}",
        "var open: [ID: Order]\nfor order in open.sorted(by: f) {}",
        "var open: [ID: Order]\nfor id in open.keys.sorted() {}",
        "let ids: Set<ID>\nlet a = ids.map { $0.raw }.sorted()",
        "let ids: Set<ID>\nlet a = ids\n    .map { $0.raw }\n    .sorted()",
        "let ids: Set<ID>\nlet a = Array(ids).sorted()",
        "var open: [ID: Order]\nlet order = open[id]",
        "let rows: [(id: ID, order: Order)]\nfor row in rows {}",
        "let window: Window\nfor value in window.values {}", "let name: String\nlet first = name.first",
        "let ids = Set(all).sorted()\nfor id in ids {}", "let ids = Set<[ID]>(all).count\nfor id in ids {}",
        "// for key in open.keys {}", "for index in 0..<8 {}",
        "var four: [4 of Int]\nfor i in four.indices {}",
    ])
    func `walks in order pass`(text: String) {
        #expect(lines(text + "\n").isEmpty)
    }

    @Test func `a reason excuses a walk whose order cannot matter`() {
        let walk = "for order in open { total += order.size }"
        #expect(lines("var open: [ID: Order]\n\(walk)  // nondeterminism-ok: a sum\n").isEmpty)
        #expect(lines("var open: [ID: Order]\n\(walk)  // nondeterminism-ok:\n") == [2])
    }

    @Test func `no decision of this repository depends on such an order`() throws {
        let files = try Repository.here().files(onFloors: 1...5)
        try #require(!files.isEmpty)
        report(files.flatMap(UnorderedIterationCheck.findings))
    }
}
