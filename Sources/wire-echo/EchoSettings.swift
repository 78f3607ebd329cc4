import Quantities
import Transport
import WireCodecs

extension WebSocketSettings {
    /// What conformance suites need: long messages, and time to look at them.
    static var echo: WebSocketSettings {
        var settings = WebSocketSettings()
        settings.messageMax = 64 << 20
        settings.limits.outputMax = 256 << 20
        settings.pingAfter = .seconds(60)
        settings.silentAfter = .seconds(120)
        return settings
    }
}
