import WireCodecs

/// The name of a market, an asset or an option as events have it: up to 32 bytes, more are refused.
@usableFromInline package typealias BinanceName = InlineText<4>

/// The name of a stream, which begins with that of a market: up to 64 bytes, more are refused.
@usableFromInline package typealias BinanceStreamName = InlineText<8>
