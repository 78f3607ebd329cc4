import CoinExVenue
import MarketModel
import Quantities

/// What the venue can be asked for in either generation, with one kind of answer: for command lines and checks that do
/// not care which of them is spoken.
package struct CoinExCounter: Sendable {
    package let client: CoinExClient

    package init(_ client: CoinExClient) { self.client = client }

    /// Markets that one request of the second generation can name.
    private static let namesMax = 10

    // MARK: - Markets

    /// The terms of these markets; of all without a name. A name that the venue does not know is an error, or is left
    /// out, as the venue has it.
    package func markets(
        _ names: [CoinExMarketName] = []
    ) async throws(CoinExClientError) -> [CoinExMarketRow] {
        switch client.api {
        case .v1:
            if names.isEmpty {
                return try await client.send(CoinExV1.marketInfo()).rows.map {
                    CoinExMarketRow($0.name, $0.value)
                }
            }
            var rows: [CoinExMarketRow] = []
            for name in names {
                rows.append(CoinExMarketRow(name.text, try await client.send(CoinExV1.marketDetail(name))))
            }
            return rows
        case .v2:
            if names.isEmpty { return try await client.send(CoinExV2.markets()).map { CoinExMarketRow($0) } }
            var rows: [CoinExMarketRow] = []
            for start in stride(from: 0, to: names.count, by: Self.namesMax) {
                let part = Array(names[start..<min(start + Self.namesMax, names.count)])
                rows += try await client.send(CoinExV2.markets(part)).map { CoinExMarketRow($0) }
            }
            return rows
        }
    }

    /// The day so far of one market, or of all.
    package func tickers(_ market: CoinExMarketName?) async throws(CoinExClientError) -> [CoinExTickerRow] {
        switch (client.api, market) {
        case (.v1, let market?):
            return [CoinExTickerRow(market.text, try await client.send(CoinExV1.ticker(market)).ticker)]
        case (.v1, nil):
            return try await client.send(CoinExV1.allTickers()).ticker.rows.map {
                CoinExTickerRow($0.name, $0.value)
            }
        case (.v2, let market):
            let names = market.map { [$0] } ?? []
            return try await client.send(CoinExV2.tickers(names)).map { CoinExTickerRow($0) }
        }
    }

    /// The book, with levels within a step as one.
    package func book(
        _ market: CoinExMarketName, merge: CoinExMerge, levels: Int64
    ) async throws(CoinExClientError) -> CoinExStreamBook {
        switch client.api {
        case .v1:
            let depth = try await client.send(CoinExV1.depth(market, merge: merge.text, limit: levels))
            return CoinExStreamBook(
                market: market.text, isWhole: true, bids: depth.bids, asks: depth.asks, last: depth.last,
                time: depth.serverTime, checksum: nil)
        case .v2:
            let depth = try await client.send(
                CoinExV2.depth(market, interval: merge.text, limit: levels)
            ).book
            func side(_ levels: [CoinExV2Level]) -> [Level] {
                levels.map { Level(price: $0.price, quantity: $0.amount) }
            }
            return CoinExStreamBook(
                market: market.text, isWhole: true, bids: side(depth.bids), asks: side(depth.asks),
                last: depth.last, time: depth.time,
                checksum: depth.checksum.flatMap { UInt32(exactly: $0) })
        }
    }

    /// Candles, the oldest first; `period` such as `1min`, `4hour`, `1week`.
    package func candles(
        _ market: CoinExMarketName, period: String, limit: Int64
    ) async throws(CoinExClientError) -> [CoinExStreamCandle] {
        switch client.api {
        case .v1:
            return try await client.send(CoinExV1.candles(market, period: period, limit: limit)).map {
                CoinExStreamCandle(
                    market: market.text, start: $0.openedAt, open: $0.open, close: $0.close, high: $0.high,
                    low: $0.low, volume: $0.volume, value: $0.value)
            }
        case .v2:
            return try await client.send(CoinExV2.candles(market, period: period, limit: limit)).map {
                CoinExStreamCandle(
                    market: $0.market, start: $0.start, open: $0.open, close: $0.close, high: $0.high,
                    low: $0.low, volume: $0.volume, value: $0.value)
            }
        }
    }

    /// The latest trades, the newest first.
    package func trades(
        _ market: CoinExMarketName, limit: Int64
    ) async throws(CoinExClientError) -> [CoinExStreamDeal] {
        func row(
            _ id: UInt64, _ time: Instant, _ price: Price, _ amount: Quantity, _ side: Side
        ) -> CoinExStreamDeal {
            CoinExStreamDeal(
                id: id, time: time, price: price, amount: amount, side: side, order: nil, clientID: "")
        }
        switch client.api {
        case .v1:
            return try await client.send(CoinExV1.marketDeals(market, limit: limit)).deals.map {
                row($0.id, $0.time, $0.price, $0.amount, $0.taker)
            }
        case .v2:
            return try await client.send(CoinExV2.deals(market, limit: limit)).map {
                row($0.id.raw, $0.createdAt, $0.price, $0.amount, $0.side.side)
            }
        }
    }

    // MARK: - The account

    /// What the spot account holds.
    package func balances() async throws(CoinExClientError) -> [CoinExStreamBalance] {
        switch client.api {
        case .v1:
            return try await client.send(CoinExV1.balances()).rows.map {
                CoinExStreamBalance(
                    coin: $0.name, account: 0, available: $0.value.available, frozen: $0.value.frozen)
            }
        case .v2:
            return try await client.send(CoinExV2.balances()).map {
                CoinExStreamBalance(coin: $0.asset, account: 0, available: $0.available, frozen: $0.frozen)
            }
        }
    }

    /// What trades of this account cost.
    package func fees(
        _ market: CoinExMarketName
    ) async throws(CoinExClientError) -> (maker: FeeRate, taker: FeeRate) {
        switch client.api {
        case .v1:
            let rates = try await client.send(CoinExV1.marketFee(market))
            return (rates.maker, rates.taker)
        case .v2:
            let rates = try await client.send(CoinExV2.feeRates(market))
            return (rates.maker, rates.taker)
        }
    }

    // MARK: - What a key may do

    /// What is known of something that a key may do or not.
    package enum Permission: Equatable, Sendable {
        /// The venue refused it for lack of permission, with this code.
        case lacking(code: Int)
        /// The venue refused it for another reason, with this code: the key would have been let through.
        case present(code: Int)
        /// No answer tells.
        case unknown(CoinExClientError)
    }

    /// Whether the key may withdraw: by a cancel of a withdrawal that cannot be, which moves nothing.
    package func mayWithdraw() async -> Permission {
        await permission { () async throws(CoinExClientError) in
            switch client.api {
            case .v1: _ = try await client.send(CoinExV1.withdrawalProbe())
            case .v2: _ = try await client.send(CoinExV2.withdrawalProbe())
            }
        }
    }

    /// Whether the key may trade: by a cancel of an order that cannot be.
    package func mayTrade(in market: String) async -> Permission {
        await permission { () async throws(CoinExClientError) in
            try await cancel(VenueOrderID(UInt64(CoinExProbe.number)), in: market)
        }
    }

    private func permission(
        _ body: () async throws(CoinExClientError) -> Void
    ) async -> Permission {
        do throws(CoinExClientError) {
            try await body()
            return .present(code: 0)
        } catch {
            switch error {
            case .refused(let refusal), .outcomeUnknown(.refusal(let refusal)):
                let code = refusal.code.rawValue
                // 4009 says nothing of the key.
                if code == 4009 { return .unknown(error) }
                return refusal.code.isMissingPermission ? .lacking(code: code) : .present(code: code)
            case .clockIsOff, .retryLater, .outcomeUnknown, .notSent, .malformed, .misconfigured:
                return .unknown(error)
            }
        }
    }
}
