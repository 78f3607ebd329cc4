import MarketModel
import Quantities

/// What the legs have left over of the two assets that are not at home, exact, by the deals and their fees.
struct Stock: Equatable, Sendable {
    let innerAsset: AssetID
    let outerAsset: AssetID
    private(set) var inner = Amount.zero
    private(set) var outer = Amount.zero

    init(_ triangle: Triangle) {
        innerAsset = triangle.inner.base
        outerAsset = triangle.outer.base
    }

    subscript(asset: AssetID) -> Amount {
        if asset == innerAsset { return inner }
        return asset == outerAsset ? outer : .zero
    }

    /// Books a deal; returns what it changed at home. A fee in a fourth asset is none of the cycle's.
    mutating func take(_ fill: Fill, _ market: MarketTerms, home: AssetID) -> Amount {
        let sign = fill.side.sign
        var change = Amount.zero
        add(Amount(fill.quantity), times: sign, of: market.base, home, &change)
        add(Amount(fill.notional), times: -sign, of: market.quote, home, &change)
        add(fill.fee, times: -1, of: fill.feeAsset, home, &change)
        return change
    }

    private mutating func add(
        _ amount: Amount, times sign: Int, of asset: AssetID, _ home: AssetID, _ change: inout Amount
    ) {
        let signed = sign < 0 ? -amount : amount
        if asset == home {
            change += signed
        } else if asset == innerAsset {
            inner += signed
        } else if asset == outerAsset {
            outer += signed
        }
    }
}

/// What has become of cycles.
struct Tally: Equatable, Sendable {
    var begun = 0
    /// All legs traded something.
    var completed = 0
    /// The first leg found nothing.
    var missed = 0
    /// Sales of leftovers.
    var sales = 0
    /// Cycles in a row that lost money.
    var losses = 0
}
