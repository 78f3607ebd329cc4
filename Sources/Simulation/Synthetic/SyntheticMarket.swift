import MarketModel
import Quantities

/// A market of its own for paper trading: a seeded crowd of agents that trade in a real order book.
///
/// Client orders enter the same book and compete with the crowd's by price and time: they wait in the
/// queue, are picked off when they are stale, and eat real depth. The crowd:
///
/// 1. *Makers* quote around a fair price (`FairPrice`) over a ladder of levels, add and cancel at random,
///    and pull or lose what the fair price has passed.
/// 2. *Takers* come in clusters (`TakerFlow`) and push the quotes for a moment.
/// 3. A quoter restores the best bid and ask at the usual spread and refills a side that ran low.
///
/// The fair price moves by itself, or follows that of another market (`SyntheticFollowing`).
///
/// All times are venue times; latency belongs to whoever reads the events. The same configuration, seed
/// and client calls give the same events, to the bit, on every machine.
package struct SyntheticMarket: Sendable {
    /// The share of takers among the steps.
    static let takerShare = 0.12
    /// How long an order flow pushes the quotes, in seconds.
    static let pressureSeconds = 1.0

    package let configuration: SyntheticMarketConfiguration
    /// The book that the crowd and the clients share.
    package internal(set) var book = FastMatchingBook()
    /// When the crowd acts next.
    package private(set) var nextEventAt: Instant
    /// The price of the last trade, nil before the first.
    package internal(set) var lastTradePrice: Price?

    var random: SeededRandom
    var fair: FairPrice
    var takers: TakerFlow
    var background = BackgroundOrders()
    var stray = Stray()
    /// Where the fair price was, where others follow it.
    var trail: PriceTrail?
    /// By how many ticks the takers of late have shifted the quotes.
    var pressure = 0.0
    /// The mean distance of a maker's order from the best price, in ticks.
    let ladderTicks: Double
    /// How likely the quoter improves a best price that is not where it should be, per step.
    let improveChance: Double
    /// How many orders of the crowd a side holds on average.
    let ordersPerSide: Int
    let typicalLots: Double
    private let makerRate: Double

    /// When the crowd acted last: the fair price has come this far.
    private var lastStepAt: Instant
    /// The time of the newest event, the crowd's or a client's.
    var lastEventAt: Instant
    var updateSequence: UInt64 = 0
    var dealSequence: UInt64 = 0
    var publishedBid: Level?
    var publishedAsk: Level?
    /// What the current step has done to the book; kept to be used again.
    var stepMatches: [Match] = []
    var stepDepth: [DepthChange] = []

    package init(
        configuration: SyntheticMarketConfiguration, seed: UInt64
    ) throws(SyntheticMarketError) {
        if let defect = configuration.defect { throw defect }
        self.configuration = configuration
        random = SeededRandom(seed: seed)
        let startTicks = Double(configuration.startPrice) / Double(configuration.tick)
        let spread = Double(configuration.spreadTicks)
        fair = FairPrice(
            startTicks: startTicks, lowestTicks: max(startTicks / 1_000, 4 * spread + 10),
            annualVolatility: configuration.annualVolatility, clustering: configuration.clustering,
            random: &random)
        let takerRate = configuration.eventsPerSecond * Self.takerShare
        makerRate = configuration.eventsPerSecond - takerRate
        takers = TakerFlow(meanRate: takerRate, branching: configuration.clustering, random: &random)
        // Where the price moves by many ticks from step to step, the levels stand further apart.
        let stepTicks =
            startTicks * fair.volatilityPerSecond / configuration.eventsPerSecond.squareRoot()
        ladderTicks = Double(configuration.depthLevels) * max(0.4, 2 * stepTicks)
        // There the quoter also has to be quicker to hold the spread.
        improveChance = 0.95 - 0.35 / (1 + stepTicks / spread)
        ordersPerSide = configuration.depthLevels * 2
        typicalLots = Double(configuration.typicalQuantity.steps(of: configuration.lot))
        lastStepAt = configuration.startsAt
        lastEventAt = configuration.startsAt
        nextEventAt = configuration.startsAt
        fillBook()
    }

    /// What the agents believed the asset to be worth at the last step, and its volatility per year.
    var valuation: (price: Double, volatility: Double) {
        (fair.ticks * Double(configuration.tick), fair.annualVolatility)
    }

    /// Lets the crowd act until a time; false when it stopped early, at the limit of steps.
    ///
    /// Appends the public events in order, and the trades that concern clients.
    package mutating func advance(
        to time: Instant, stepsMax: Int = 100_000, events: inout [MarketEvent],
        clientMatches: inout [ClientMatch]
    ) -> Bool {
        var steps = 0
        while nextEventAt <= time {
            if steps == stepsMax { return false }
            step(events: &events, clientMatches: &clientMatches)
            steps += 1
        }
        return true
    }

    /// Lets the crowd act once, at `nextEventAt`.
    ///
    /// - Parameter lead: how far what it follows has come, as a logarithm; nil where it follows nothing.
    package mutating func step(
        lead: Double? = nil, events: inout [MarketEvent], clientMatches: inout [ClientMatch]
    ) {
        let now = nextEventAt
        let seconds = (now - lastStepAt).seconds
        move(by: seconds, lead)
        takers.advance(seconds: seconds)
        pressure /= 1 + seconds / Self.pressureSeconds
        lastStepAt = now

        let quotes = targetQuotes()
        clearStale(.sell, quotes)
        clearStale(.buy, quotes)
        if random.uniform() * (makerRate + takers.rate) < takers.rate {
            take(takers.next(random: &random))
        } else {
            addOrCancel(quotes)
        }
        restore(.buy, quotes)
        restore(.sell, quotes)
        publish(at: now, events: &events, clientMatches: &clientMatches)

        let wait = SignalMath.exponential(from: &random) / (makerRate + takers.rate)
        nextEventAt = now + Interval(nanoseconds: max(1, Int64((wait * 1e9).rounded(.up))))
    }

    private mutating func move(by seconds: Double, _ lead: Double?) {
        if let following = configuration.following, let lead {
            stray.advance(seconds: seconds, following, &random)
            fair.follow(lead + stray.value)
        } else if fair.advance(seconds: seconds, random: &random) {
            takers.burst()
        }
        trail?.note(fair.logReturn, at: nextEventAt)
    }
}
