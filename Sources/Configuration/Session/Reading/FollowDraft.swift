import Simulation

/// What a market of the file follows, as far as it could be read.
struct FollowDraft {
    let market: Placed<String>?
    let over: Placed<String>?
    private let section: Section
    private var rest = FollowSettings(market: "")

    init(_ section: Section) {
        self.section = section
        market = section.required("market", .placed(.marketName))
        over = section.optional("over", .placed(.marketName))
        rest.lag = section.value("lag", .interval(in: SyntheticFollowing.lags), default: rest.lag)
        rest.deviation = section.value(
            "deviation", .double(in: FollowSettings.deviations), default: rest.deviation)
        rest.halfLife = section.value(
            "half_life", .interval(in: FollowSettings.halfLives), default: rest.halfLife)
    }

    var settings: FollowSettings? {
        guard let market else { return nil }
        var settings = rest
        settings.market = market.value
        settings.over = over?.value
        return settings
    }

    /// Where the section stands.
    func warn(_ reason: String) { market?.warn(reason) }

    /// Checks that what is followed exists and goes its own way.
    func check(_ own: String?, _ markets: MarketList) {
        for leader in [market, over].compactMap({ $0 }) {
            guard let draft = markets.drafts.first(where: { $0.name?.value == leader.value }) else {
                guard markets.isComplete else { continue }
                let nearest = NearestName.of(leader.value, among: markets.names.filter { $0 != own })
                leader.refuse(
                    "is '\(leader.value)', which is no market of the session",
                    suggestion: nearest.map { "did you mean '\($0)'?" })
                continue
            }
            if leader.value == own {
                leader.refuse("is the market itself")
            } else if draft.follows != nil {
                leader.refuse("is '\(leader.value)', which follows a market itself: name that one")
            } else if draft.source == .binanceOptions {
                leader.refuse("is '\(leader.value)', an option: name what it is on")
            }
        }
    }
}
