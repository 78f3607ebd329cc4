extension JournalSettings {
    init(_ section: Section) {
        self.init()
        folder = section.value("folder", .string(), default: folder)
        hasTape = section.value("tape", .bool, default: hasTape)
        hasLedger = section.value("ledger", .bool, default: hasLedger)
        durability = section.value("durability", .choice(of: Durability.self), default: durability)
        lease = section.optional("lease", .interval(in: Self.leases))
        if !hasTape, section.has("durability") {
            section.warn("durability", "has no effect without a tape")
        }
    }
}
