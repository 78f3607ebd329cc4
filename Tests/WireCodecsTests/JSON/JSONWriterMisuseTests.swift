import Testing
import WireCodecs

struct JSONWriterMisuseTests {
    @Test
    func `a value in an object needs a key`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.object { $0.int(1) }
        }
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.object { json in
                json.key("a")
                json.int(1)
                json.int(2)
            }
        }
    }

    @Test
    func `a key needs a value`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.object { $0.key("a") }
        }
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.object { json in
                json.key("a")
                json.key("b")
            }
        }
    }

    @Test
    func `a key belongs into an object`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.key("a")
        }
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.array { $0.key("a") }
        }
    }

    @Test
    func `a container is closed once and by its own end`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.beginArray()
            json.endObject()
        }
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.array { _ in }
            json.endArray()
        }
    }

    @Test
    func `a document is one whole value`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.int(1)
            json.int(2)
        }
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.beginArray()
            json.withBytes { _ in }
        }
        await #expect(processExitsWith: .failure) {
            let json = JSONWriter()
            json.withBytes { _ in }
        }
    }

    @Test
    func `containers nest no deeper than the limit`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            for _ in 0...JSONWriter.nestingMax { json.beginArray() }
        }
    }

    @Test
    func `the text of a number is a number`() async {
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.number(lengthMax: 1) { _ in 0 }
        }
        await #expect(processExitsWith: .failure) {
            var json = JSONWriter()
            json.number(lengthMax: 4) { room in
                room[0] = UInt8(ascii: "1")
                room[1] = UInt8(ascii: ",")
                return 2
            }
        }
    }
}
