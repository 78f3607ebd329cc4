import Scaffold
import Testing

struct ScaffoldNameTests {
    @Test(arguments: [
        ("my-strategy", "my-strategy", "MyStrategy"), ("MyStrategy", "my-strategy", "MyStrategy"),
        ("my_strategy", "my-strategy", "MyStrategy"), ("myStrategy", "my-strategy", "MyStrategy"),
        ("grid", "grid", "Grid"), ("GRID", "grid", "Grid"), ("MyEMACross", "my-ema-cross", "MyEmaCross"),
        ("grid2", "grid2", "Grid2"), ("grid-2", "grid-2", "Grid2"), ("a--b_", "a-b", "AB"), ("x", "x", "X"),
    ])
    func `a name is the same in every spelling`(text: String, dashed: String, type: String) throws {
        let name = try ScaffoldName(text)
        #expect(name.dashed == dashed)
        #expect(name.type == type)
    }

    @Test(arguments: [
        ("", "the name is empty: write for instance dip-buyer"),
        ("my strategy", "'my strategy' has a ' ' in it: write letters, digits, - and _, such as dip-buyer"),
        ("../grid", "'../grid' has a '.' in it: write a name, not a path, such as dip-buyer"),
        ("bots/grid", "'bots/grid' has a '/' in it: write a name, not a path, such as dip-buyer"),
        ("größe", "'größe' has a 'ö' in it: write letters, digits, - and _, such as dip-buyer"),
        ("2grid", "'2grid' does not begin with a letter"), ("_-_", "'_-_' does not begin with a letter"),
        (
            "abcdefghijklmnopqrstuvwxyz-abc",
            "'abcdefghijklmnopqrstuvwxyz-abc' is longer than 28 characters"
        ),
    ])
    func `what cannot be a name is refused with the reason`(text: String, message: String) {
        #expect(throws: ScaffoldError(message)) { try ScaffoldName(text) }
    }

    @Test(arguments: [
        ("desk", "'Desk' is a type that strategies use: choose another name, such as my-desk"),
        ("String", "'String' is a type that strategies use: choose another name, such as my-string"),
        ("grid-bot", "'grid-bot' ends as the programs of strategies do: leave '-bot' out"),
        ("martlet", "'martlet' is a name of Martlet's own: choose another one"),
    ])
    func `a strategy does not hide what it needs`(text: String, message: String) throws {
        let name = try ScaffoldName(text)
        #expect(throws: ScaffoldError(message)) { try StrategyScaffold(name, .house) }
    }
}
