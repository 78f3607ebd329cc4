/// Load on a local exchange: what its clients see.
enum LoadSuite {
    static func run(_ plan: ExchangeLoad.Plan) throws {
        let result = try ExchangeLoad.run(plan)
        let requests = result.orders + result.cancels
        print("load.orders \(result.orders) (\(Int(Double(result.orders) / result.seconds)) per second)")
        print("load.requests \(requests) (\(Int(Double(requests) / result.seconds)) per second)")
        print("load.failures \(result.failures)")
        print("load.messages \(result.messages) on \(plan.listeners) WebSockets")
        print(
            "load.answer \(share(0.5, result)) us median, \(share(0.99, result)) us of 99 %,"
                + " \(result.rounds.last ?? 0) us at most")
    }

    private static func share(_ share: Double, _ result: ExchangeLoad.Result) -> UInt32 {
        result.rounds.isEmpty ? 0 : result.rounds[Int(Double(result.rounds.count - 1) * share)]
    }
}
