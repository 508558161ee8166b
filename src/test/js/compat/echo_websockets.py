#!/usr/bin/env python3
"""Debian's python3-websockets against /echo and /pipe; the exit code tells. SWITCHBOARD_URL names the deployment."""
import asyncio
import os
import sys
import uuid

import websockets

BASE = os.environ["SWITCHBOARD_URL"].rstrip("/").replace("http", "ws", 1)
PATIENCE = 30


async def texts():
    async with websockets.connect(BASE + "/echo") as socket:
        for text in ("", "hello", "你好 🙂", "x" * 20_000):
            await socket.send(text)
            assert await socket.recv() == "回声: " + text, text[:40]


async def raw_texts():
    async with websockets.connect(BASE + "/echo?raw") as socket:
        await socket.send("你好")
        assert await socket.recv() == "你好"


async def binary():
    async with websockets.connect(BASE + "/echo") as socket:
        for size in (0, 1, 126, 20_000):
            sent = os.urandom(size)
            await socket.send(sent)
            assert await socket.recv() == sent, size


async def fragments():
    async with websockets.connect(BASE + "/echo?raw") as socket:
        await socket.send(["one ", "two ", "three"])
        assert await socket.recv() == "one two three"


async def ping():
    async with websockets.connect(BASE + "/echo", ping_interval=None) as socket:
        await (await socket.ping(b"are you there"))  # done by a pong with the same bytes only


async def close_codes():
    for code in (1000, 1001, 3000, 4999):
        socket = await websockets.connect(BASE + "/echo")
        await socket.close(code, "done")
        assert socket.close_code == code, (code, socket.close_code)


async def pipe():
    address = f"{BASE}/pipe/chat:{uuid.uuid4().hex}"
    async with websockets.connect(address) as a, websockets.connect(address) as b:
        await b.send("ready")  # the handshake may be over before the pipe follows its channel; what b hears proves it
        assert await b.recv() == "ready"
        for text in ("hello", '{"kept":  1.0}', "你好 \\ 🙂"):
            await a.send(text)
            assert await b.recv() == text, text


async def main():
    failed = 0
    checks = (texts, raw_texts, binary, fragments, ping, close_codes, pipe)
    for check in checks:
        try:
            await asyncio.wait_for(check(), PATIENCE)
            print("ok", check.__name__)
        except Exception as problem:  # whatever went wrong, the other checks still tell something
            failed += 1
            print("FAILED", check.__name__, repr(problem))
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
