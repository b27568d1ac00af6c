"""Raw bytes from the wire, unpacked under a bound: a bomb is stopped before it has gone off.

The HTTP client is not asked to inflate: it decodes a whole network chunk before anybody can count the bytes.
"""

import zlib

from bulletin.errors import FetchError
from bulletin.fetch.limits import MIB, Limits
from bulletin.model import Trouble

_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b\x08"  # how everything that gzip packed begins
_STEP = 256 * 1024  # most bytes that one call may inflate to before the bound is looked at again


class Inflater:
    """Collects the raw bytes of one answer and gives its body; raises FetchError when it grows too big or breaks."""

    def __init__(self, encoding: str, limits: Limits) -> None:
        name = encoding.strip().lower()
        if name not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise FetchError(
                f"the server packed its answer as {name[:40]!r}, which was not asked for", Trouble.BROKEN
            )
        self._limits = limits
        self._unpack = None if name in ("", "identity") else zlib.decompressobj(_GZIP)
        self._deflate_not_begun = name == "deflate"
        self._body = bytearray()
        self._wire = 0
        self._pieces = 0

    def feed(self, raw: bytes) -> None:
        """Take the next raw bytes."""
        if self._wire == 0 and self._unpack is None and raw.startswith(_MAGIC):
            self._unpack = zlib.decompressobj(_GZIP)  # a .gz file that is served as it lies, without saying so
        self._wire += len(raw)
        self._pieces += 1
        if self._wire > self._limits.wire_bytes:
            raise FetchError(
                f"the answer is over {_size(self._limits.wire_bytes)}: this is no feed to read", Trouble.TOO_BIG
            )
        if self._pieces > self._limits.pieces:
            raise FetchError(
                f"the answer comes in over {self._limits.pieces:,} pieces: this is no feed to read", Trouble.TOO_BIG
            )
        if self._unpack is None:
            self._add(raw)
        else:
            self._inflate(raw)

    def body(self) -> bytes:
        """The whole body, once all bytes were fed."""
        if self._unpack is not None and self._wire and not self._unpack.eof:
            raise FetchError("the packed answer was cut short", Trouble.BROKEN)
        return bytes(self._body)

    def _inflate(self, raw: bytes) -> None:
        if self._deflate_not_begun and raw:
            # `deflate` means zlib by the standard, bare deflate by old habit; the first byte tells.
            self._unpack = zlib.decompressobj(zlib.MAX_WBITS if raw[0] & 0x0F == 8 else -zlib.MAX_WBITS)
            self._deflate_not_begun = False
        try:
            self._inflate_all(raw)
        except zlib.error as error:
            raise FetchError("the packed answer is broken", Trouble.BROKEN) from error

    def _inflate_all(self, raw: bytes) -> None:
        while raw and self._unpack is not None:
            self._add(self._unpack.decompress(raw, _STEP))
            raw = self._unpack.unconsumed_tail
            if self._unpack.eof:
                rest = self._unpack.unused_data
                if not rest.startswith(_MAGIC):
                    return  # padding behind the last member
                self._unpack, raw = zlib.decompressobj(_GZIP), rest

    def _add(self, data: bytes) -> None:
        self._body += data
        size = len(self._body)
        if size > self._limits.body_bytes:
            raise FetchError(
                f"the answer unpacks to over {_size(self._limits.body_bytes)}: this is no feed to read",
                Trouble.TOO_BIG,
            )
        if size > MIB and size > self._limits.ratio * self._wire:
            raise FetchError(
                f"the answer unpacks to over {self._limits.ratio} times its size: this is no feed to read",
                Trouble.TOO_BIG,
            )


def _size(count: int) -> str:
    return f"{count // MIB} MB" if count >= MIB else f"{count} bytes"
