"""Trades at a local exchange in the words of CoinEx v1: exchange.py PORT [AUTHORITIES]

Without a file of authorities the exchange is spoken to without TLS. The exchange is the default one: its three markets
with their own flow, its two accounts. One line is written per case; the exit code tells whether all are good.
"""

import asyncio
import hashlib
import http.client
import json
import ssl
import sys
import time
import urllib.parse
import zlib
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from websockets.asyncio.client import connect

PORT = int(sys.argv[1])
TLS = ssl.create_default_context(cafile=sys.argv[2]) if len(sys.argv) > 2 else None
FIRST = ("10CA1000000000000000000000000001", "10CA1000000000000000000000000000000000000000F001")
SECOND = ("10CA1000000000000000000000000002", "10CA1000000000000000000000000000000000000000F002")
failures = 0


def case(body):
    async def run():
        global failures
        try:
            await asyncio.wait_for(body(), 60)
            print("ok  ", body.__name__, flush=True)
        except Exception as error:  # every kind of failure is a line of the report
            failures += 1
            print("FAIL", body.__name__, repr(error), flush=True)

    run.__name__ = body.__name__
    cases.append(run)
    return body


cases = []


# The protocol: signatures, REST, messages


def shown(value):
    """A value as it is signed."""
    return str(value)


def signature(parameters, secret):
    pairs = "&".join(f"{name}={shown(parameters[name])}" for name in sorted(parameters))
    return hashlib.md5(f"{pairs}&secret_key={secret}".encode()).hexdigest().upper()


def exchange_of(method, path, parameters, headers):
    if TLS:
        connection = http.client.HTTPSConnection("localhost", PORT, context=TLS, timeout=20)
    else:
        connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=20)
    body = None
    if method in ("GET", "DELETE"):
        if parameters:
            path += "?" + urllib.parse.urlencode(parameters)
    else:
        body = json.dumps(parameters)
        headers["Content-Type"] = "application/json"
    connection.request(method, "/v1" + path, body, headers)
    response = connection.getresponse()
    text = response.read()
    connection.close()
    return response, text


def public(path, **parameters):
    response, text = exchange_of("GET", path, parameters, {})
    assert response.status == 200, response.status
    return json.loads(text)


def private(method, path, key=FIRST, skew=0, secret=None, **parameters):
    if method in ("GET", "DELETE"):
        parameters = {name: str(value) for name, value in parameters.items()}
    parameters["access_id"] = key[0]
    parameters["tonce"] = int(time.time() * 1000) + skew
    headers = {"authorization": signature(parameters, secret or key[1])}
    response, text = exchange_of(method, path, parameters, headers)
    assert response.status == 200, (response.status, text)
    return json.loads(text)


def data(reply, code=0):
    assert reply["code"] == code, reply
    return reply["data"]


class Socket:
    """A WebSocket whose pushes are kept by their methods."""

    def __init__(self, websocket):
        self.websocket = websocket
        self.pushes = []
        self.last = 0

    async def call(self, method, *parameters, error=None):
        self.last += 1
        await self.websocket.send(json.dumps({"id": self.last, "method": method, "params": list(parameters)}))
        while True:
            message = json.loads(await self.websocket.recv())
            if "method" in message:
                self.pushes.append(message)
                continue
            assert message["id"] == self.last, message
            if error is not None:
                assert message["error"]["code"] == error, message
                return None
            assert message["error"] is None, message
            return message["result"]

    async def sign(self, key=FIRST):
        tonce = int(time.time() * 1000)
        text = hashlib.md5(f"access_id={key[0]}&tonce={tonce}&secret_key={key[1]}".encode()).hexdigest().upper()
        assert await self.call("server.sign", key[0], text, tonce) == {"status": "success"}

    async def subscribe(self, method, *parameters):
        assert await self.call(method, *parameters) == {"status": "success"}

    async def push(self, method, wanted=lambda parameters: True):
        """The first push of a method that is wanted; it and what came before it are forgotten."""
        while True:
            for index, message in enumerate(self.pushes):
                if message["method"] == method and wanted(message["params"]):
                    assert message["id"] is None
                    del self.pushes[index]
                    return message["params"]
            message = json.loads(await self.websocket.recv())
            assert "method" in message, message
            self.pushes.append(message)


def opened():
    # Pings are answered with nothing in them, which the library would take for no answer.
    uri = f"wss://localhost:{PORT}/" if TLS else f"ws://127.0.0.1:{PORT}/"
    return connect(uri, ssl=TLS, max_size=None, ping_interval=None)


def best(market="BTCUSDT"):
    depth = data(public("/market/depth", market=market, merge="0", limit=5))
    return Decimal(depth["bids"][0][0]), Decimal(depth["asks"][0][0])


# Public REST


@case
async def the_public_endpoints():
    assert data(public("/market/list")) == ["BTCUSDT", "ETHUSDT", "CETUSDT"]
    detail = data(public("/market/detail", market="BTCUSDT"))
    assert detail["trading_name"] == "BTC" and detail["pricing_decimal"] == 2, detail
    assert set(data(public("/market/info"))) == {"BTCUSDT", "ETHUSDT", "CETUSDT"}
    async with opened() as websocket:
        socket = Socket(websocket)
        await socket.subscribe("deals.subscribe", "BTCUSDT")
        await socket.push("deals.update", lambda parameters: parameters[1])
    ticker = data(public("/market/ticker", market="BTCUSDT"))
    assert abs(ticker["date"] - time.time() * 1000) < 5_000
    assert Decimal(ticker["ticker"]["buy"]) < Decimal(ticker["ticker"]["sell"])
    assert "ETHUSDT" in data(public("/market/ticker/all"))["ticker"]
    deals = data(public("/market/deals", market="BTCUSDT"))
    assert deals and deals == sorted(deals, key=lambda deal: -deal["id"])
    rows = data(public("/market/kline", market="BTCUSDT", type="1min"))
    assert rows and len(rows[0]) == 7
    for row in rows:
        opening, close, high, low = map(Decimal, row[1:5])
        assert low <= min(opening, close) <= max(opening, close) <= high, row
    info = data(public("/order/market/trade/info"))
    assert "0.01" in info["BTCUSDT"]["depths"]


@case
async def depth_by_rest():
    bids, asks = (data(public("/market/depth", market="BTCUSDT", merge="10", limit=20))[side] for side in ("bids", "asks"))
    assert [Decimal(row[0]) for row in bids] == sorted((Decimal(row[0]) for row in bids), reverse=True)
    assert [Decimal(row[0]) for row in asks] == sorted(Decimal(row[0]) for row in asks)
    assert all(Decimal(row[0]) % 10 == 0 for row in bids + asks)
    data(public("/market/depth", market="BTCUSDT", merge="7", limit=20), code=651)
    data(public("/market/depth", market="BTCUSDT", merge="0", limit=7), code=2)
    data(public("/market/depth", market="NONE", merge="0", limit=5), code=2)


# Signatures


@case
async def signatures():
    data(private("GET", "/balance/info"))
    data(private("GET", "/balance/info", secret="wrong"), code=25)
    data(private("GET", "/balance/info", key=("NOBODY", "x")), code=24)
    data(private("GET", "/balance/info", skew=-70_000), code=227)
    data(private("GET", "/balance/info", skew=70_000), code=227)
    # Booleans are signed as Python shows them.
    bid, _ = best()
    order = data(
        private("POST", "/order/limit", market="BTCUSDT", type="buy", amount="0.001", price=str(bid - 1000), hide=True,
                account_id=0, client_id="hidden-1"))
    depth = data(public("/market/depth", market="BTCUSDT", merge="0", limit=50))
    assert str(bid - 1000) not in [row[0] for row in depth["bids"]]
    data(private("DELETE", "/order/pending", market="BTCUSDT", id=order["id"]))


@case
async def hostile_requests():
    for body in (b"{", b"[]", b'{"a":{"b":1}}', b"\xff\xfe", b'{"access_id":null}'):
        connection = (http.client.HTTPSConnection("localhost", PORT, context=TLS) if TLS
                      else http.client.HTTPConnection("127.0.0.1", PORT))
        connection.request("POST", "/v1/order/limit", body, {"authorization": "x"})
        reply = json.loads(connection.getresponse().read())
        assert reply["code"] in (2, 24), reply
        connection.close()
    response, _ = exchange_of("GET", "/nowhere", {}, {})
    assert response.status == 404
    response, _ = exchange_of("GET", "/order/limit", {}, {})
    assert response.status == 405
    data(public("/market/list"))


# Orders of every kind, with their pushes


def rest_price(offset):
    bid, _ = best()
    return str(bid - offset)


@case
async def limit_orders_and_their_pushes():
    async with opened() as websocket:
        socket = Socket(websocket)
        assert await socket.call("order.query", "BTCUSDT", 0, 0, 10, error=6) is None
        await socket.sign()
        await socket.subscribe("order.subscribe", "BTCUSDT")
        await socket.subscribe("asset.subscribe", "USDT", "BTC")
        before = (await socket.call("asset.query", "USDT"))["USDT"]
        order = data(
            private("POST", "/order/limit", market="BTCUSDT", type="buy", amount="0.01", price=rest_price(2000),
                    client_id="py-1", source_id="77"))
        assert order["status"] == "not_deal" and order["source_id"] == "77" and order["finished_time"] is None
        event, told = await socket.push("order.update")
        assert event == 1 and told["id"] == order["id"] and told["client_id"] == "py-1" and told["side"] == 2
        asset, account = await socket.push("asset.update", lambda parameters: "USDT" in parameters[0])
        assert account == 0 and Decimal(asset["USDT"]["frozen"]) > Decimal(before["frozen"])
        listed = await socket.call("order.query", "BTCUSDT", 2, 0, 10)
        assert order["id"] in [row["id"] for row in listed["records"]]

        changed = data(
            private("POST", "/order/modify", market="BTCUSDT", id=order["id"], price=rest_price(2100), amount="0.02"))
        assert changed["id"] != order["id"]
        event, told = await socket.push("order.update")
        assert (event, told["id"]) == (3, order["id"])
        event, told = await socket.push("order.update")
        assert (event, told["id"], told["client_id"]) == (1, changed["id"], "py-1")

        cancelled = data(private("DELETE", "/order/pending", market="BTCUSDT", id=changed["id"]))
        assert cancelled["status"] == "not_deal" and cancelled["finished_time"] is None
        event, told = await socket.push("order.update")
        assert event == 3 and Decimal(told["left"]) == Decimal("0.02")
        data(private("GET", "/order/status", market="BTCUSDT", id=changed["id"]), code=600)
        after = (await socket.call("asset.query", "USDT"))["USDT"]
        assert after == before, (before, after)


@case
async def two_accounts_trade():
    async with opened() as one, opened() as two:
        taker, maker = Socket(one), Socket(two)
        for socket, key in ((taker, FIRST), (maker, SECOND)):
            await socket.sign(key)
            await socket.subscribe("order.subscribe")
            await socket.subscribe("deals_own.subscribe")
        for attempt in range(5):
            # Better than the crowd's, so that nobody stands before it; the crowd may be first all the same.
            bid, ask = best("CETUSDT")
            price = str(max(ask - Decimal("0.000001"), bid).quantize(Decimal("0.000001")))
            order = data(
                private("POST", "/order/limit", SECOND, market="CETUSDT", type="sell", amount="5000", price=price,
                        client_id="maker-1"))
            hit = data(
                private("POST", "/order/limit", market="CETUSDT", type="buy", amount="100", price=price, option="IOC",
                        client_id="taker-1"))
            assert hit["status"] in ("done", "cancel"), hit
            if Decimal(hit["deal_amount"]) > 0:
                break
        event, told = await taker.push("order.update")
        assert event == 3 and told["id"] == hit["id"], "an order that ends at once is told of once"
        market, deals = await taker.push("deals_own.update")
        assert market == "CETUSDT" and deals[0]["client_id"] == "taker-1"
        rows = data(private("GET", "/order/deals", id=hit["id"], page=1, limit=10))["data"]
        assert rows[0]["role"] == "taker" and rows[0]["order_id"] is None
        assert sum(Decimal(row["amount"]) for row in rows) == Decimal(hit["deal_amount"])
        event, told = await maker.push("order.update", lambda parameters: parameters[1]["id"] == order["id"])
        assert event in (1, 3)
        data(private("DELETE", "/order/pending", SECOND, market="CETUSDT"))


@case
async def market_orders():
    async with opened() as websocket:
        socket = Socket(websocket)
        await socket.sign()
        await socket.subscribe("order.subscribe", "ETHUSDT")
        bought = data(private("POST", "/order/market", market="ETHUSDT", type="buy", amount="1000"))
        assert bought["price"] == "0" and bought["amount"] == "1000" and Decimal(bought["left"]) < 1
        assert Decimal(bought["deal_money"]) + Decimal(bought["left"]) == 1000
        event, told = await socket.push("order.update")
        assert event == 3 and told["type"] == 2 and told["id"] == bought["id"]
        sold = data(private("POST", "/order/market", market="ETHUSDT", type="sell", amount=bought["deal_amount"]))
        assert sold["status"] == "done" and Decimal(sold["deal_amount"]) == Decimal(bought["deal_amount"])
        data(private("POST", "/order/market", market="ETHUSDT", type="buy", amount="0.01"), code=602)
        data(private("POST", "/order/market", market="ETHUSDT", type="buy", amount="99999999"), code=107)


@case
async def an_unfilled_immediate_order_is_silent():
    async with opened() as websocket:
        socket = Socket(websocket)
        await socket.sign()
        await socket.subscribe("order.subscribe", "BTCUSDT")
        order = data(
            private("POST", "/order/ioc", market="BTCUSDT", type="buy", amount="0.01", price=rest_price(5000)))
        assert order["status"] == "cancel" and Decimal(order["deal_amount"]) == 0
        data(private("GET", "/order/status", market="BTCUSDT", id=order["id"]), code=600)
        data(private("POST", "/order/limit", market="BTCUSDT", type="buy", amount="1", price=rest_price(5000), option="FOK"),
             code=621)
        _, ask = best()
        data(private("POST", "/order/limit", market="BTCUSDT", type="buy", amount="0.01", price=str(ask + 100),
                     option="MAKER_ONLY"), code=622)
        # What was told of those orders comes before what is told of a later one.
        later = data(
            private("POST", "/order/limit", market="BTCUSDT", type="buy", amount="0.01", price=rest_price(5000)))
        await socket.push("order.update", lambda parameters: parameters[1]["id"] == later["id"])
        data(private("DELETE", "/order/pending", market="BTCUSDT", id=later["id"]))
        assert not [push for push in socket.pushes if push["method"] == "order.update"], socket.pushes


@case
async def stop_orders():
    async with opened() as websocket:
        socket = Socket(websocket)
        await socket.sign()
        await socket.subscribe("order.subscribe", "CETUSDT")
        last = Decimal(data(public("/market/ticker", market="CETUSDT"))["ticker"]["last"])
        half = str((last / 2).quantize(Decimal("0.000001")))
        placed = private("POST", "/order/stop/limit", market="CETUSDT", type="sell", amount="100", price=half,
                         stop_price=half, client_id="st-1")
        assert data(placed) == {"status": "success"}
        event, told = await socket.push("order.update_stop")
        assert (event, told["status"], told["direction"], told["client_id"]) == (1, 0, 1, "st-1")
        listed = data(private("GET", "/order/stop/pending", market="CETUSDT", client_id="st-1", page=1, limit=10))
        number = listed["data"][0]["order_id"]
        assert number == told["id"]
        assert data(private("POST", "/order/stop/modify", market="CETUSDT", id=number, amount="200"))["status"] == "success"
        data(private("DELETE", f"/order/stop/pending/{number}", market="CETUSDT"))
        event, told = await socket.push("order.update_stop")
        assert event == 3 and told["id"] == number

        # One that fires: a buy takes offers far enough for the last price to pass it.
        depth = data(public("/market/depth", market="CETUSDT", merge="0", limit=50))
        last = Decimal(data(public("/market/ticker", market="CETUSDT"))["ticker"]["last"])
        above = next(Decimal(row[0]) for row in depth["asks"] if Decimal(row[0]) > last)
        assert data(
            private("POST", "/order/stop/market", market="CETUSDT", type="sell", amount="100", stop_price=str(above),
                    client_id="st-2")) is None
        taken = sum(Decimal(row[1]) for row in depth["asks"])
        data(private("POST", "/order/limit", SECOND, market="CETUSDT", type="buy", amount=str(taken),
                     price=str(above * 2), option="IOC"))
        fired = await socket.push("order.update_stop", lambda parameters: parameters[0] == 2)
        assert fired[1]["client_id"] == "st-2" and fired[1]["status"] == 1
        event, told = await socket.push("order.update", lambda parameters: parameters[1]["stop_id"] == fired[1]["id"])
        assert event == 3 and told["id"] != fired[1]["id"]
        history = data(private("GET", "/order/stop/finished", market="CETUSDT", page=1, limit=10))
        assert history["data"][0]["status"] == "active"


@case
async def batches():
    low = [{"type": "buy", "amount": "0.01", "price": rest_price(3000 + index), "client_id": f"b{index}"} for index in range(3)]
    orders = low + [{"type": "buy", "amount": "100000", "price": "60000"}]
    rows = data(private("POST", "/order/limit/batch", market="BTCUSDT", batch_orders=json.dumps(orders)))
    assert [row["code"] for row in rows] == [0, 0, 0, 107], rows
    ids = [row["data"]["id"] for row in rows[:3]]
    pending = data(private("GET", "/order/pending", market="BTCUSDT", page=1, limit=100))
    assert set(ids) <= {row["id"] for row in pending["data"]}
    rows = data(private("DELETE", "/order/pending/by_client_id", market="BTCUSDT", client_id="b0"))
    assert rows[0]["order"]["id"] == ids[0]
    text = ",".join(map(str, ids))
    rows = data(private("DELETE", "/order/pending/batch", market="BTCUSDT", batch_ids=text))
    assert [row["code"] for row in rows] == [600, 0, 0], rows
    rows = data(private("GET", "/order/status/batch", market="BTCUSDT", batch_ids=text))
    assert [row["code"] for row in rows] == [600, 600, 600]


# Streams


def checksum(book, limit):
    bids = sorted(book["bids"], key=Decimal, reverse=True)
    asks = sorted(book["asks"], key=Decimal)
    assert len(bids) <= limit and len(asks) <= limit
    text = ":".join(f"{price}:{book['bids'][price]}" for price in bids)
    offers = ":".join(f"{price}:{book['asks'][price]}" for price in asks)
    return zlib.crc32(":".join(part for part in (text, offers) if part).encode())


def apply(book, push):
    is_full, depth, market = push
    if is_full:
        book.clear()
        book.update({"bids": dict(depth["bids"]), "asks": dict(depth["asks"])})
    else:
        for side in ("bids", "asks"):
            for price, amount in depth.get(side, []):
                if Decimal(amount) == 0:
                    del book[side][price]
                else:
                    book[side][price] = amount
    return depth["checksum"] % (1 << 32)


@case
async def books_with_checksums():
    async with opened() as websocket:
        socket = Socket(websocket)
        limits, pushes, one_sided = {"BTCUSDT": 20, "ETHUSDT": 50, "CETUSDT": 10}, 0, 0
        books = {market: {} for market in limits}
        # The last of them is quiet: there a push often tells of one side only.
        await socket.subscribe(
            "depth.subscribe_multi", ["BTCUSDT", 20, "0", True], ["ETHUSDT", 50, "0.1", True], ["CETUSDT", 10, "0", True])
        end = time.time() + 8
        while time.time() < end:
            push = await socket.push("depth.update")
            book = books[push[2]]
            assert book or push[0], "the first push is full"
            assert checksum_after(book, push, limits[push[2]])
            one_sided += len(push[1].keys() & {"asks", "bids"}) == 1
            pushes += 1
        assert pushes > 20 and one_sided > 0, (pushes, one_sided)
        # A subscription takes the place of the one before.
        await socket.subscribe("depth.subscribe", "BTCUSDT", 5, "0", False)
        socket.pushes = []
        for _ in range(3):
            push = await socket.push("depth.update")
            assert push[2] == "BTCUSDT" and push[0] is True and len(push[1]["bids"]) == 5
        await socket.subscribe("depth.unsubscribe")


def checksum_after(book, push, limit):
    told = apply(book, push)
    return told == checksum(book, limit)


@case
async def public_streams():
    async with opened() as websocket:
        socket = Socket(websocket)
        assert await socket.call("server.ping") == "pong"
        assert abs(await socket.call("server.time") - time.time()) < 3
        await socket.subscribe("deals.subscribe", "BTCUSDT")
        market, history = await socket.push("deals.update")
        assert market == "BTCUSDT" and history == sorted(history, key=lambda deal: -deal["id"])
        market, live = await socket.push("deals.update")
        assert live[-1]["id"] > history[0]["id"]
        await socket.subscribe("state.subscribe")
        states = (await socket.push("state.update"))[0]
        assert set(states) == {"BTCUSDT", "ETHUSDT", "CETUSDT"} and states["BTCUSDT"]["period"] == 86400
        await socket.push("state.update")
        await socket.subscribe("kline.subscribe", "BTCUSDT", 60)
        row = (await socket.push("kline.update"))[0]
        assert len(row) == 8 and row[7] == "BTCUSDT"
        await socket.subscribe("index.subscribe")
        assert len(await socket.push("index.update")) == 2
        now = int(time.time())
        rows = await socket.call("kline.query", "BTCUSDT", now - 120, now, 60)
        assert rows and rows[-1][0] % 60 == 0
        assert (await socket.call("state.query", "BTCUSDT", 86400))["period"] == 86400
        assert len(await socket.call("deals.query", "BTCUSDT", 5, 0)) == 5
        depth = await socket.call("depth.query", "BTCUSDT", 5, "0")
        assert len(depth["asks"]) == 5
        assert "BTCUSDT" in await socket.call("index.list")
        await socket.call("depth.subscribe", error=1)
        await socket.call("no.such_method", error=4)
        await socket.call("asset.query", error=6)


@case
async def closing_and_pings():
    for text in ('{"id":"1","method":"server.ping","params":[]}', "not json", '{"id":1,"method":"server.ping","params":{}}'):
        async with opened() as websocket:
            await websocket.send(text)
            await asyncio.wait_for(websocket.wait_closed(), 10)
    async with opened() as websocket:
        # The answer is empty, which a client that compares takes for none.
        await websocket.ping(b"payload")
        socket = Socket(websocket)
        assert await socket.call("server.ping") == "pong"
        tonce = int(time.time() * 1000)
        await socket.call("server.sign", FIRST[0], "0" * 32, tonce, error=11)
        await socket.call("server.sign", FIRST[0], "0" * 32, error=1)


@case
async def too_many_calls_end_the_connection():
    async with opened() as websocket:
        for index in range(101):
            await websocket.send(json.dumps({"id": index, "method": "state.query", "params": ["BTCUSDT", 86400]}))
        replies = []
        try:
            while True:
                replies.append(json.loads(await asyncio.wait_for(websocket.recv(), 10)))
        except Exception:
            pass
        assert len(replies) == 101 and replies[-1]["error"]["code"] == 7, len(replies)
        assert replies[99]["error"] is None


@case
async def too_many_requests_are_refused():
    def ask(_):
        return private("GET", "/order/finished", SECOND, page=1, limit=10)["code"]

    with ThreadPoolExecutor(8) as threads:
        codes = list(threads.map(ask, range(80)))
    assert set(codes) == {0, 213}, codes
    response, _ = exchange_of(
        "GET", "/balance/info", *signed(SECOND))
    assert response.getheader("X-RateLimit-Limit") == "20", response.getheaders()


def signed(key):
    parameters = {"access_id": key[0], "tonce": str(int(time.time() * 1000))}
    return parameters, {"authorization": signature(parameters, key[1])}


@case
async def sub_accounts():
    name = f"sub{int(time.time())}"
    data(private("POST", "/sub_account/register", sub_user_name=name))
    data(private("POST", "/sub_account/transfer", transfer_account=name, transfer_side="out", coin_type="USDT", amount="100"))
    balances = data(private("GET", "/sub_account/balance", sub_user_name=name))
    assert balances[name]["USDT"]["available"] == "100", balances
    made = data(private("POST", "/sub_account/auth/api", sub_user_name=name, allow_trade=True, allowed_ips=[]))
    key = (made["access_id"], made["secret_key"])
    assert data(private("GET", "/balance/info", key))["USDT"]["available"] == "100"
    data(private("POST", "/sub_account/register", key, sub_user_name="x"), code=158)
    data(private("POST", "/margin/loan", market="BTCUSDT", coin_type="BTC", amount="1"), code=158)


async def main():
    for run in cases:
        await run()
    sys.exit(1 if failures else 0)


asyncio.run(main())
