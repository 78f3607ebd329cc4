import MarketModel

/// What a source makes of one input: events, and actions for its driver, which takes both after every call.
package struct SourceOutput: Sendable {
    package var events: [MarketEvent] = []
    package var actions: [SourceAction] = []

    package init() {
        events.reserveCapacity(256)
    }

    package var isEmpty: Bool { events.isEmpty && actions.isEmpty }
}
