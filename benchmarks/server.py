"""A publisher of many generated feeds on loopback: ETag and 304, every answer late by the same time."""

import asyncio
import hashlib
import random
import sys

_CHANCE = random.Random(7)
WORDS = [
    "".join(_CHANCE.choice("bcdfglmnprst") + _CHANCE.choice("aeiou") for _ in range(_CHANCE.randint(1, 4)))
    for _ in range(4000)
]


def document(number: int, entries: int) -> bytes:
    """One feed; the same number gives the same bytes."""
    chance = random.Random(number)
    rows = [
        f"<item><title>{' '.join(chance.choices(WORDS, k=11))} {number} {entry}</title>"
        f"<link>http://example.org/{number}/{entry}?utm_source=rss</link><guid>urn:{number}:{entry}</guid>"
        f"<dc:creator>Author {entry}</dc:creator><pubDate>Mon, {1 + entry % 28:02d} Jun 2026 09:00:00 GMT</pubDate>"
        f"<description>&lt;p&gt;{' '.join(chance.choices(WORDS, k=150))}&lt;/p&gt;</description></item>"
        for entry in range(entries)
    ]
    head = f"<title>Journal {number}</title><link>http://example.org/{number}</link><description>A feed</description>"
    space = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return f'<?xml version="1.0"?><rss version="2.0" {space}><channel>{head}{"".join(rows)}</channel></rss>'.encode()


async def serve(feeds: int, entries: int, latency: float) -> None:
    """Answer /feed/N.xml on every 127.x.y.z until killed; print the port first."""
    documents = {f"/feed/{number}.xml": document(number, entries) for number in range(feeds)}
    tags = {path: f'"{hashlib.sha256(body).hexdigest()}"' for path, body in documents.items()}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(latency)
                path = head.split(b" ")[1].decode()
                path = path[path.index("/feed/") :]  # some clients ask for the whole address
                given = f"HTTP/1.1 %s\r\nETag: {tags[path]}\r\nContent-Type: application/rss+xml\r\n"
                if tags[path].encode() in head:
                    writer.write((given % "304 Not Modified" + "\r\n").encode())
                else:
                    body = documents[path]
                    writer.write((given % "200 OK" + f"Content-Length: {len(body)}\r\n\r\n").encode() + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])))
