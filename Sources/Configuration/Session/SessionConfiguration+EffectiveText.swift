extension SessionConfiguration {
    /// The complete configuration, with every default written out, as YAML.
    ///
    /// Equal configurations have equal texts, whatever the order and notation of their files; reading the
    /// text gives the same configuration again. It is kept with each run.
    package var effectiveText: String {
        var lines = ["mode: \(mode.rawValue)", "seed: \(seed)"]
        if let duration { lines.append("duration: \(duration)") }
        lines.append("pace: \(pace)")
        lines += venue.effectiveLines
        // Others have no use for it.
        if data == .venue { lines += EffectiveText.section("connection", connection.effectiveLines) }
        if !sources.isEmpty {
            let sections = sources.flatMap { EffectiveText.section($0.venue.rawValue, $0.effectiveLines) }
            lines += EffectiveText.section("venues", sections)
        }
        lines += EffectiveText.section("data", data.effectiveLines)
        lines += EffectiveText.list("markets", markets.map(\.effectiveLines))
        lines += EffectiveText.section(
            "balances", balances.map { "\(EffectiveText.scalar($0.asset)): \($0.amount)" })
        lines += EffectiveText.list("strategies", strategies.map(\.effectiveLines))
        lines += EffectiveText.section("risk", risk.effectiveLines)
        lines += EffectiveText.section("simulation", simulation.effectiveLines)
        lines += EffectiveText.section("journal", journal.effectiveLines)
        return lines.joined(separator: "\n") + "\n"
    }

    /// A hash of the effective text in 16 hexadecimal digits: the name of this configuration in reports.
    ///
    /// FNV-1a, 64 bits: it finds differences, it does not withstand an adversary.
    package var effectiveHash: String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in effectiveText.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
