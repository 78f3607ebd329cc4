import Quantities

/// Sees to it that time does not go backwards.
struct ReceiveOrder {
    private let policy: RecordingOptions.TimeOrder
    private var newest = Instant.distantPast
    private(set) var clamped = 0

    init(_ policy: RecordingOptions.TimeOrder) {
        self.policy = policy
    }

    /// The time at which something counts as received.
    mutating func admit(_ time: Instant) throws(LineFault) -> Instant {
        if time < newest {
            switch policy {
            case .refuse: throw .timeBackwards(by: newest - time)
            case .clamp: clamped += 1
            }
        } else {
            newest = time
        }
        return newest
    }
}
