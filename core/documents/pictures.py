"""Pictures: read from beginning to end, so that nothing else hides behind them."""

import zlib

from core.documents.refusal import DocumentRefused

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
WIDEST = 20_000  # pixels a side
BEHIND = "There is something behind the end of the picture. Open it, save it again and send that."
BROKEN = "The picture is damaged or incomplete. Open it, save it again and send that."


def check_png(data: bytes) -> None:
    """Chunk by chunk, each with its checksum, up to the last one. Raises DocumentRefused."""
    place, is_first = len(PNG), True
    while True:
        length = int.from_bytes(data[place : place + 4], "big")
        end = place + 12 + length
        chunk = data[place + 4 : place + 8 + length]
        if end > len(data) or zlib.crc32(chunk) != int.from_bytes(data[end - 4 : end], "big"):
            raise DocumentRefused(BROKEN)
        if is_first and (chunk[:4] != b"IHDR" or not _is_sane(chunk[4:12])):
            raise DocumentRefused(BROKEN)
        place, is_first = end, False
        if chunk[:4] == b"IEND":
            break
    if place != len(data):
        raise DocumentRefused(BEHIND)


def _is_sane(sides: bytes) -> bool:
    width, height = int.from_bytes(sides[:4], "big"), int.from_bytes(sides[4:8], "big")
    return 0 < width <= WIDEST and 0 < height <= WIDEST


def check_jpeg(data: bytes) -> None:
    """Telephones put a second picture behind the first, so only how the last one ends is asked."""
    if not data.rstrip(b"\0").endswith(b"\xff\xd9"):
        raise DocumentRefused(BEHIND)
