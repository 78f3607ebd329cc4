"""Drives a server of ours with foreign clients: clients.py PORT TLS_PORT AUTHORITIES

The server echoes WebSocket messages and the bodies of POST requests, and answers GET with "hello". One line is
written per case; the exit code tells whether all are good.
"""

import asyncio
import ssl
import sys

import aiohttp
from websockets.asyncio.client import connect
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

port, tls_port, authorities = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
context = ssl.create_default_context(cafile=authorities)
failures = 0

MESSAGES = ["", "a", "päper ☃ 𝄞" * 50, b"", b"\x00\xff" * 5_000, "x" * 125, "x" * 126, "x" * 65_535, "x" * 65_536]


async def case(name, body):
    global failures
    try:
        await asyncio.wait_for(body, 30)
        print("ok  ", name)
    except Exception as error:  # every kind of failure is a line of the report
        failures += 1
        print("FAIL", name, repr(error))


async def echo(websocket, messages=MESSAGES):
    for message in messages:
        await websocket.send(message)
        answer = await websocket.recv()
        assert answer == message, f"{len(message)} in, {len(answer)} out"


def offers():
    for server_fresh in (False, True):
        for client_fresh in (False, True):
            for server_bits in (None, *range(8, 16)):
                # zlib writes no window of 8 bits.
                for client_bits in (None, True, *range(9, 16)):
                    yield server_fresh, client_fresh, server_bits, client_bits


async def deflate(offer):
    server_fresh, client_fresh, server_bits, client_bits = offer
    factory = ClientPerMessageDeflateFactory(
        server_no_context_takeover=server_fresh,
        client_no_context_takeover=client_fresh,
        server_max_window_bits=server_bits,
        client_max_window_bits=client_bits,
    )
    uri = f"ws://127.0.0.1:{port}/"
    async with connect(uri, extensions=[factory], compression=None, max_size=None) as websocket:
        assert websocket.protocol.extensions, "the server takes the offer"
        await echo(websocket)


async def websocket_cases(uri, tls):
    async with connect(uri, ssl=tls, max_size=None) as websocket:
        await echo(websocket)
        big = "0123456789abcdef" * (1 << 20)
        await echo(websocket, [big, big.encode()])
        await websocket.send(["frag", "ment", "", "ed"])
        assert await websocket.recv() == "fragmented"
        for payload in (b"", b"x" * 125):
            await (await websocket.ping(payload))
        await websocket.pong(b"nobody asked")
        await echo(websocket)
    assert websocket.close_code == 1000


async def close_codes(uri):
    for code in (1000, 1001, 1003, 1011, 3000, 4999):
        websocket = await connect(uri)
        await websocket.close(code, "bye")
        assert websocket.close_code == code, websocket.close_code


async def faults(uri):
    for frame, code in ((b"\xff\x80abcd", 1002), (b"\x81\x81\x00\x00\x00\x00\xff", 1007)):
        websocket = await connect(uri, compression=None)
        websocket.transport.write(frame)
        await websocket.wait_closed()
        assert websocket.close_code == code, websocket.close_code


async def aiohttp_websocket(uri, tls):
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(uri, ssl=tls, compress=15, max_msg_size=0) as websocket:
            for message in MESSAGES:
                if isinstance(message, str):
                    await websocket.send_str(message)
                else:
                    await websocket.send_bytes(message)
                assert (await websocket.receive()).data == message
            await websocket.ping(b"x")
            await websocket.close(code=4000)


async def http_cases(uri, tls):
    async def chunks():
        for _ in range(100):
            yield b"chunk" * 100

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=tls, limit=1)) as session:
        for _ in range(100):
            async with session.get(uri) as response:
                assert response.status == 200 and await response.text() == "hello"
        async with session.post(uri, data=chunks()) as response:
            assert await response.read() == b"chunk" * 10_000
        async with session.post(uri, data=b"wait", expect100=True) as response:
            assert await response.read() == b"wait"
        async with session.head(uri) as response:
            assert response.headers["Content-Length"] == "5" and await response.read() == b""
        async with session.post(uri, data=b"x" * (2 << 20)) as response:
            assert response.status == 413, response.status


async def pipelined():
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    writer.write(request * 20 + request.replace(b"Host", b"Connection: close\r\nHost"))
    answer = await reader.read()
    assert answer.count(b"HTTP/1.1 200 OK\r\n") == 21 and answer.count(b"hello") == 21, answer


async def main():
    for offer in offers():
        await case(f"deflate {offer}", deflate(offer))
    for name, scheme, place, tls in (("plain", "", port, None), ("TLS", "s", tls_port, context)):
        await case(f"websockets {name}", websocket_cases(f"ws{scheme}://localhost:{place}/", tls))
        await case(f"aiohttp websocket {name}", aiohttp_websocket(f"ws{scheme}://localhost:{place}/", tls or True))
        await case(f"aiohttp http {name}", http_cases(f"http{scheme}://localhost:{place}/", tls or True))
    await case("close codes", close_codes(f"ws://127.0.0.1:{port}/"))
    await case("faults", faults(f"ws://127.0.0.1:{port}/"))
    await case("pipelined", pipelined())


asyncio.run(main())
sys.exit(failures != 0)
