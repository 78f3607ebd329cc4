import CoinExVenue
import Quantities
import ScriptedVenue
import Signing
import Synchronization

@testable import CoinExClient

/// A venue that answers as a test says, and clients of it.
struct ClientStage {
    static let credentials = CoinExCredentials(
        accessID: "4DA36FFC61334695A66F8D29020EB589",
        secret: Secret("B51068CF10B34E7789C374AB932696A05E0A629BE7BFC62F"))

    let venue: ScriptedVenue

    func settings(change: (inout CoinExClientSettings) -> Void = { _ in }) -> CoinExClientSettings {
        var settings = CoinExClientSettings()
        settings.url = venue.url
        settings.socketURL = venue.socketURL
        settings.credentials = Self.credentials
        settings.requestTimeout = .seconds(20)
        change(&settings)
        return settings
    }

    func client(change: (inout CoinExClientSettings) -> Void = { _ in }) throws -> CoinExClient {
        try CoinExClient(settings(change: change))
    }
}

/// The error of a request that has to fail.
func failure(_ client: CoinExClient, _ request: some CoinExRequest) async -> CoinExClientError? {
    do throws(CoinExClientError) {
        _ = try await client.send(request)
        return nil
    } catch {
        return error
    }
}

/// What the venue says, in the words of its documents.
enum Words {
    static let order = #"""
        {"amount":"1","asset_fee":"0","avg_price":"0.00","client_id":"mine-1","create_time":1494320533,
        "deal_amount":"0","deal_fee":"0","deal_money":"0","fee_asset":null,"fee_discount":"0","finished_time":null,
        "id":21860034,"left":"1","maker_fee_rate":"0.001","market":"BTCUSDT","order_type":"limit","price":"1100",
        "source_id":"","status":"not_deal","stock_fee":"0","money_fee":"0","taker_fee_rate":"0.002","type":"buy"}
        """#
    static let depth =
        #"{"last":"10.00","time":1539764050033,"asks":[["10.00","0.9999"]],"bids":[["9.99","1.0000"]]}"#
    static let tickers = #"""
        {"date":1513865441609,"ticker":{"BTCUSDT":{"last":"10.00","buy":"10.00","buy_amount":"10.00",
        "sell":"10.01","sell_amount":"0.78","open":"10","high":"10","low":"10","vol":"110"}}}
        """#
    static let html = "<html><body><h1>502 Bad Gateway</h1></body></html>"
}
