/// Replies as the venue's documents and production have them, by the name of their endpoint; only `data`.
enum Samples {
    static let order = #"""
        {"id":35435972,"create_time":1636019392,"finished_time":null,"amount":"0.01000000","price":"56000",
        "deal_amount":"0.01","deal_money":"560.0000000000000000","deal_fee":"0","stock_fee":"0","money_fee":"0",
        "asset_fee":"0.3136","fee_asset":"CET","fee_discount":"0.70","avg_price":"56000","market":"BTCUSDT",
        "left":"0.00000000","maker_fee_rate":"0.0016","taker_fee_rate":"0.0016","order_type":"limit","type":"buy",
        "status":"done","client_id":"abcd222","source_id":"1234"}
        """#

    static let all: [(name: String, data: String)] = [
        ("GET /market/list", #"["LTCBCH","ETHBCH"]"#),
        ("GET /market/info", #"{"BTCUSDT":\#(market)}"#),
        ("GET /market/detail", market),
        (
            "GET /market/depth",
            #"{"last":"10.00","time":1539764050033,"asks":[["10.00","0.9999"]],"bids":[["9.99","1.0000"]]}"#
        ),
        (
            "GET /market/deals",
            #"[{"id":5,"date":1494214689,"date_ms":1494214689067,"price":"10.00","amount":"0.0001","type":"buy"}]"#
        ),
        ("GET /market/kline", #"[[1492358400,"10.0","10.2","10.3","9.9","10","100"]]"#),
        ("GET /market/ticker", #"{"date":1513865441609,"ticker":\#(ticker)}"#),
        ("GET /market/ticker/all", #"{"date":1513865441609,"ticker":{"BTCUSDT":\#(ticker)}}"#),
        ("GET /common/currency/rate", #"{"BTC_to_USD":"60079.09","CET_to_USD":"2.00"}"#),
        (
            "GET /common/asset/config",
            #"{"CET-CSC":{"asset":"CET","chain":"CSC","can_deposit":true,"can_withdraw":false,"#
                + #""deposit_least_amount":"1","withdraw_least_amount":"1","withdraw_tx_fee":"0.1"}}"#
        ),
        ("GET /amm/market", #"["CETUSDT","BTCUSDT"]"#),
        ("GET /margin/market", #"{"BTCUSDT":1,"ETHUSDT":2}"#),
        (
            "GET /order/market/trade/info",
            #"{"CETUSDT":{"maker_fee_rate":"0.003","taker_fee_rate":"0.003","depths":["0.1","0.01"],"#
                + #""is_amm_market":true}}"#
        ),
        ("GET /balance/info", #"{"BTC":{"available":"1","frozen":"0"}}"#),
        ("GET /sub_account/balance", #"{"sun":{"BTC":{"available":"99","frozen":"0"}}}"#),
        (
            "GET /account/amm/balance",
            #"[{"market":"ETHBTC","base_asset":"ETH","quote_asset":"BTC","base_amount":"9","quote_amount":"1"}]"#
        ),
        ("GET /account/investment/balance", #"[{"asset":"CET","available":"0","frozen":"0"}]"#),
        ("GET /credit/info", #"{"current_rate":"1.02"}"#),
        ("GET /credit/balance", #"[{"asset":"USDT","unflat_amount":"98.9","interest_amount":"2.5"}]"#),
        (
            "GET /margin/config",
            #"{"market":"BTCUSDT","leverage":10,"day_rate":"0.0009","BTC":{"min_amount":"0.001","max_amount":"100"}}"#
        ),
        (
            "GET /account/balance/history",
            #"{"data":[{"time":1636602204,"account":0,"business":"trade","business_id":35437896,"asset":"BTC","#
                + #""change":"0.12","balance":"8748.4"}],"curr_page":1,"has_next":true,"count":10}"#
        ),
        ("GET /account/market/fee", #"{"taker":"0.0018","maker":"0.0018"}"#),
        ("POST /sub_account/transfer", "{}"), ("POST /margin/transfer", "null"),
        ("POST /margin/loan", #"{"loan_id":1670}"#),
        ("POST /order/limit", order),
        (
            "POST /order/limit/batch",
            #"[{"code":0,"data":\#(order),"message":"OK"},{"code":107,"data":null,"message":"Insufficient balance"}]"#
        ),
        ("POST /order/stop/limit", #"{"status":"success"}"#), ("POST /order/stop/market", "null"),
        ("GET /order/status", order),
        (
            "GET /order/pending",
            #"{"data":[\#(order)],"curr_page":1,"has_next":false,"count":1,"total":1}"#
        ),
        ("GET /order/finished", #"{"data":[],"curr_page":1,"has_next":false,"count":0}"#),
        ("GET /order/deals", #"{"data":[\#(deal)],"curr_page":1,"has_next":false,"count":1}"#),
        ("GET /order/stop/pending", #"{"data":[\#(stop)],"curr_page":1,"has_next":false,"count":1}"#),
        (
            "GET /order/user/trade/fee",
            #"{"spot":{"ALL":{"taker":"0","maker":"0"}},"perpetual":{"ALL":{"taker":"0.00025","maker":"-0.00025"}}}"#
        ),
        ("DELETE /order/pending", order), ("DELETE /order/pending (all)", "{}"),
        ("DELETE /order/pending/batch", "null"),
        ("DELETE /order/pending/by_client_id", #"[{"code":0,"order":\#(order),"message":""}]"#),
        (
            "GET /margin/loan/history",
            #"{"page":1,"limit":10,"total":1,"data":[{"loan_id":1666,"create_time":1635736743,"#
                + #""market_type":"BTCUSDT","coin_type":"BTC","day_rate":"0.0008","loan_amount":"99.99","#
                + #""unflat_amount":"0","expire_time":1636600743,"is_renew":true,"status":"finish"}]}"#
        ),
        (
            "GET /contract/transfer/history",
            #"{"records":[{"amount":"12","asset":"USDT","transfer_type":"transfer_out","created_at":1637287786}],"#
                + #""total":1}"#
        ),
        (
            "GET /sub_account/list",
            #"{"curr_page":1,"has_next":false,"per_page":10,"total_page":1,"count":1,"data":[{"user_name":"s","#
                + #""permissions":["PERPETUAL","API"],"frozen":false,"managed":false,"balance_usd":"0.8"}],"total":1}"#
        ),
        (
            "GET /sub_account/auth/api",
            #"{"has_next":false,"curr_page":1,"count":1,"data":[{"user_auth_id":554,"create_time":1642145331,"#
                + #""remark":"r","access_id":"x","allowed_ips":["1.1.1.1"],"allow_withdraw":false,"#
                + #""allow_trade":true,"is_expires":false,"expired_time":0}],"total":1,"total_page":1}"#
        ),
        (
            "GET /sub_account/authorize",
            #"{"data":[{"id":54,"sub_user_name":"sub1","email":"a@b.c","remark":""}],"curr_page":1,"#
                + #""has_next":false,"count":1,"total":1,"total_page":1}"#
        ),
    ]

    static let deal = #"""
        {"id":462666,"order_id":null,"create_time":1636020409,"role":"taker","price":"54000","amount":"0.66",
        "fee":"20.1","fee_asset":"CET","deal_money":"35942.2"}
        """#

    static let stop = #"""
        {"order_id":35436627,"account_id":0,"create_time":1636104345,"amount":"0.01","price":"59000",
        "stop_price":"54999","state":1,"taker_fee":"0.0018","maker_fee":"0.0018","fee_asset":"CET","fee_discount":"0.7",
        "market":"BTCUSDT","order_type":"limit","type":"buy","client_id":"x"}
        """#

    private static let market = #"""
        {"name":"BTCUSDT","min_amount":"0.001","trading_name":"BTC","trading_decimal":8,"pricing_name":"USDT",
        "pricing_decimal":8,"taker_fee_rate":"0.001","maker_fee_rate":"0.001"}
        """#

    private static let ticker = #"""
        {"last":"10.00","buy":"10.00","buy_amount":"10.00","sell":"10.01","sell_amount":"0.78","open":"10","high":"10",
        "low":"10","vol":"110"}
        """#
}
