import Quantities
import Simulation

extension SimulationSettings {
    init(_ section: Section) {
        self.init()
        latency = section.value("latency", .section { LatencySettings($0) }, default: latency)
        queue = section.value("queue", .choice(of: QueueModel.self), default: queue)
    }
}

extension LatencySettings {
    fileprivate init(_ section: Section) {
        self.init()
        let way = Format<Interval>.interval(in: Self.range)
        feed = section.value("feed", way, default: feed)
        order = section.value("order", way, default: order)
        response = section.value("response", way, default: response)
        jitter = section.value("jitter", way, default: jitter)
    }
}
