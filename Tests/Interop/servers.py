"""Foreign servers for our clients: servers.py CERTIFICATE KEY

Writes one line `NAME PORT` per server, then `ready`; ends when its input ends.
"""

import asyncio
import ssl
import sys

from aiohttp import web
from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosedError
from websockets.extensions.permessage_deflate import ServerPerMessageDeflateFactory

context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])


async def echo(websocket):
    try:
        await echo_until_closed(websocket)
    except ConnectionClosedError:
        pass  # closed as asked, with a code of its own: no fault of anybody


async def echo_until_closed(websocket):
    async for message in websocket:
        if message == "ping":
            await (await websocket.ping())
        if message == "close":
            await websocket.close(4001, "as asked")
        elif message == "fragments":
            await websocket.send(["frag", "", "ments"])
        else:
            await websocket.send(message)


async def start_websockets(name, factory, tls=None):
    server = await serve(
        echo, "127.0.0.1", 0, ssl=tls, compression=None, max_size=None,
        extensions=[factory] if factory else None)
    print(name, server.sockets[0].getsockname()[1])
    return server


async def start_http(name, tls=None):
    async def hello(request):
        return web.Response(text="hello")

    async def chunked(request):
        response = web.StreamResponse()
        response.enable_chunked_encoding()
        await response.prepare(request)
        for index in range(1_000):
            await response.write(b"chunk" * (index % 7 + 1))
        await response.write_eof()
        return response

    async def post(request):
        return web.Response(body=await request.read())

    async def until_close(request):
        response = web.StreamResponse()
        response.force_close()
        request._version = (1, 0)
        await response.prepare(request)
        await response.write(b"until the end")
        return response

    async def never(request):
        await asyncio.Event().wait()

    async def half(request):
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b"half")
        request.transport.close()
        return response

    async def empty(request):
        return web.Response(status=204)

    app = web.Application(client_max_size=64 << 20)
    app.router.add_get("/", hello)
    app.router.add_post("/", post)
    for handler in (chunked, until_close, never, half, empty):
        app.router.add_get("/" + handler.__name__, handler)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=tls)
    await site.start()
    print(name, site._server.sockets[0].getsockname()[1])
    return runner


async def main():
    kept = [
        await start_websockets("plain", None),
        await start_websockets("tls", ServerPerMessageDeflateFactory(), context),
        await start_http("http"),
        await start_http("https", context),
    ]
    for fresh in (False, True):
        for bits in (9, 12, 15):
            factory = ServerPerMessageDeflateFactory(
                server_no_context_takeover=fresh, client_no_context_takeover=fresh,
                server_max_window_bits=bits, client_max_window_bits=bits)
            kept.append(await start_websockets(f"deflate-{bits}-{fresh}", factory))
    kept.append(await start_websockets("deflate", ServerPerMessageDeflateFactory()))
    print("ready", 0, flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
