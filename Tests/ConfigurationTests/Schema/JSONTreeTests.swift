import Configuration
import Testing

struct JSONTreeTests {
    @Test func `a document is indented, and a list of plain values stands in one line`() {
        let document: JSONTree = [
            "name": "grid", "on": true, "levels": 3, "step": .number("0.01"), "empty": [:],
            "list": ["a", 1, false],
            "deep": [["x": []], "y"],
        ]
        #expect(
            document.text == """
                {
                  "name": "grid",
                  "on": true,
                  "levels": 3,
                  "step": 0.01,
                  "empty": {},
                  "list": ["a", 1, false],
                  "deep": [
                    {
                      "x": []
                    },
                    "y"
                  ]
                }

                """)
    }

    @Test func `marks that end a text are escaped`() {
        #expect(JSONTree.text("a\"b\\c\nd\u{1}é").text == "\"a\\\"b\\\\c\\nd\\u0001é\"\n")
    }

    @Test func `members are found by key and added behind the others`() {
        let tree = (["a": 1] as JSONTree).with(["b": 2])
        #expect(tree["b"] == 2)
        #expect(tree["c"] == nil)
        #expect((["a"] as JSONTree)["a"] == nil)
        #expect(tree.members.map(\.key) == ["a", "b"])
    }
}
