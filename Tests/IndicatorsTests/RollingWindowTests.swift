import Indicators
import Testing

struct RollingWindowTests {
    @Test func `it holds the newest values and hands out those that leave`() {
        var window = RollingWindow(length: 3, blank: 0)
        let left = (1...5).map { window.push($0) }
        #expect(left == [nil, nil, nil, 1, 2])
        #expect(window.isFull)
        #expect((0..<3).map { window[age: $0] } == [5, 4, 3])
    }

    @Test func `a window that is not full holds what came`() async {
        var window = RollingWindow(length: 3, blank: 0)
        window.push(7)
        #expect(window.count == 1)
        #expect(window[age: 0] == 7)
        await #expect(processExitsWith: .failure) {
            var window = RollingWindow(length: 3, blank: 0)
            window.push(7)
            _ = window[age: 1]
        }
    }
}
