import Quantities

// From a record to the typed event. The caller has looked at `kind`: each accessor reads the fields as
// its own kind has them and checks nothing.

extension MarketRecord {
    @inlinable @inline(__always)
    public func quote(_ scale: RecordScale) -> Quote {
        Quote(
            market: market, bid: scale.price(a), bidSize: scale.quantity(b), ask: scale.price(c),
            askSize: scale.quantity(d), sequence: sequence, venueTime: venueTime,
            receivedAt: receivedAt)
    }

    @inlinable @inline(__always)
    public func trade(_ scale: RecordScale) -> Trade {
        Trade(
            market: market, aggressor: side, id: DealID(sequence), price: scale.price(a),
            quantity: scale.quantity(b), venueTime: venueTime, receivedAt: receivedAt)
    }

    @inlinable @inline(__always)
    public func level(_ scale: RecordScale) -> LevelChange {
        LevelChange(
            market: market, side: side, isLast: isLast, price: scale.price(a),
            quantity: scale.quantity(b), sequence: sequence, venueTime: venueTime,
            receivedAt: receivedAt)
    }

    @inlinable
    public func ticker(_ scale: RecordScale) -> Ticker {
        Ticker(
            market: market, last: scale.price(a), open: scale.price(b), high: scale.price(c),
            low: scale.price(d), volume: scale.quantity(Int64(bitPattern: sequence)),
            venueTime: venueTime, receivedAt: receivedAt)
    }

    /// The reset; nil when its reason is none that this version knows.
    @inlinable
    public func reset() -> BookReset? {
        guard let code = UInt8(exactly: detail), let reason = BookReset.Reason(rawValue: code) else {
            return nil
        }
        return BookReset(
            market: market, reason: reason, sequence: sequence, venueTime: venueTime,
            receivedAt: receivedAt)
    }

    /// The change of a connection; nil when its state is none that this version knows.
    @inlinable
    public func connection() -> ConnectionChange? {
        guard let code = UInt8(exactly: detail), let state = ConnectionChange.State(rawValue: code)
        else { return nil }
        return ConnectionChange(state: state, venueTime: venueTime, receivedAt: receivedAt)
    }

    /// The event, whatever it is; nil when kind, reason or state are unknown.
    @inlinable
    public func event(_ scale: RecordScale) -> MarketEvent? {
        switch kind {
        case .quote: .quote(quote(scale))
        case .trade: .trade(trade(scale))
        case .level: .level(level(scale))
        case .reset: reset().map { .reset($0) }
        case .ticker: .ticker(ticker(scale))
        case .connection: connection().map { .connection($0) }
        case .optionMark: .optionMark(optionMark(scale))
        case nil: nil
        }
    }
}

// MARK: - From the event to the record

extension MarketRecord {
    /// Creates the record of an event; throws when a number does not fit the scale.
    @inlinable
    public init(_ event: MarketEvent, _ scale: RecordScale) throws(RecordScaleError) {
        switch event {
        case .quote(let quote): try self.init(quote, scale)
        case .trade(let trade): try self.init(trade, scale)
        case .level(let change): try self.init(change, scale)
        case .reset(let reset): self.init(reset)
        case .ticker(let ticker): try self.init(ticker, scale)
        case .connection(let change): self.init(change)
        case .optionMark(let mark): try self.init(mark, scale)
        }
    }

    @inlinable
    public init(_ quote: Quote, _ scale: RecordScale) throws(RecordScaleError) {
        self.init(
            kindCode: Kind.quote.rawValue, marketIndex: quote.market.index,
            venueTime: quote.venueTime, receivedAt: quote.receivedAt, sequence: quote.sequence,
            a: try scale.mantissa(quote.bid), b: try scale.mantissa(quote.bidSize),
            c: try scale.mantissa(quote.ask), d: try scale.mantissa(quote.askSize))
    }

    @inlinable
    public init(_ trade: Trade, _ scale: RecordScale) throws(RecordScaleError) {
        self.init(
            kindCode: Kind.trade.rawValue, flags: trade.aggressor == .sell ? Flags.sell : 0,
            marketIndex: trade.market.index, venueTime: trade.venueTime,
            receivedAt: trade.receivedAt, sequence: trade.id.raw,
            a: try scale.mantissa(trade.price), b: try scale.mantissa(trade.quantity))
    }

    @inlinable
    public init(_ change: LevelChange, _ scale: RecordScale) throws(RecordScaleError) {
        self.init(
            kindCode: Kind.level.rawValue,
            flags: (change.side == .sell ? Flags.sell : 0) | (change.isLast ? Flags.last : 0),
            marketIndex: change.market.index, venueTime: change.venueTime,
            receivedAt: change.receivedAt, sequence: change.sequence,
            a: try scale.mantissa(change.price), b: try scale.mantissa(change.quantity))
    }

    @inlinable
    public init(_ reset: BookReset) {
        self.init(
            kindCode: Kind.reset.rawValue, marketIndex: reset.market.index,
            detail: UInt32(reset.reason.rawValue), venueTime: reset.venueTime,
            receivedAt: reset.receivedAt, sequence: reset.sequence)
    }

    @inlinable
    public init(_ ticker: Ticker, _ scale: RecordScale) throws(RecordScaleError) {
        self.init(
            kindCode: Kind.ticker.rawValue, marketIndex: ticker.market.index,
            venueTime: ticker.venueTime, receivedAt: ticker.receivedAt,
            sequence: UInt64(bitPattern: try scale.mantissa(ticker.volume)),
            a: try scale.mantissa(ticker.last), b: try scale.mantissa(ticker.open),
            c: try scale.mantissa(ticker.high), d: try scale.mantissa(ticker.low))
    }

    @inlinable
    public init(_ change: ConnectionChange) {
        self.init(
            kindCode: Kind.connection.rawValue, detail: UInt32(change.state.rawValue),
            venueTime: change.venueTime, receivedAt: change.receivedAt)
    }
}
