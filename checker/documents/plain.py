"""Plain text: BOM, then strict UTF-8, then GB18030. A binary file is refused, never guessed at."""

from __future__ import annotations

import codecs

from checker.errors import DocumentError, Issue, Location
from checker.patterns import regex

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, path: str, encoding: str | None = None) -> tuple[str, str]:
    """Text and the encoding used. ``encoding`` given by a person wins. Line ends become ``\\n``."""
    text, used = _decode(data, path, encoding)
    return text.replace("\r\n", "\n").replace("\r", "\n"), used


def _decode(data: bytes, path: str, encoding: str | None) -> tuple[str, str]:
    where = Location(path)
    if encoding:
        try:
            return data.decode(encoding), encoding
        except (UnicodeDecodeError, LookupError) as error:
            raise DocumentError(
                [Issue(where, "E311", f"不能按 {encoding} 读出文字。请换一个 --encoding，或另存为 UTF-8。")]
            ) from error
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(name), name
            except UnicodeDecodeError as error:
                raise DocumentError(
                    [Issue(where, "E312", "文件开头标明的编码与内容不符，文件可能已损坏。请重新另存为 UTF-8。")]
                ) from error
    if not data.strip():
        return "", "utf-8"
    bare = _utf16_without_bom(data)
    if bare:
        return data.decode(bare), bare
    if b"\x00" in data[:65536]:
        raise DocumentError(
            [Issue(where, "E313", "这不是文本文件（含有二进制内容）。请在 Word/WPS 里另存为纯文本后再试。")]
        )
    for name in ("utf-8", "gb18030"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            nearly = mended(data, name)  # a cut or broken character must not turn the rest into another encoding
            if nearly is not None:
                return nearly, name
            continue
        if _looks_binary(text):
            break
        return text, name
    raise DocumentError(
        [Issue(where, "E313", "认不出文字编码，或者不是文本文件。请另存为 UTF-8 文本后再试，或用 --encoding 指明。")]
    )


def mended(data: bytes, encoding: str) -> str | None:
    """The text where four characters at most, or one in a thousand, are broken (they become U+FFFD), else None."""
    try:
        text = data.decode(encoding, errors="replace")
    except LookupError:
        return None
    broken, foreign = text.count("\ufffd"), sum(c > "\x7f" for c in text)
    return (
        text if 0 < broken <= max(4, foreign // 1000) and foreign >= 20 * broken and not _looks_binary(text) else None
    )


def _utf16_without_bom(data: bytes) -> str | None:
    """UTF-16 of Chinese text without a BOM: the CJK high bytes 4E..9F stand at one parity."""
    sample = data[:4000]
    if len(data) < 4 or len(data) % 2 or b"\x00" not in sample:
        return None
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if sum(0x4E <= b <= 0x9F or b in (0x00, 0x30, 0xFF, 0x20) for b in high) / len(high) > 0.97:
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            chinese = sum("\u4e00" <= c <= "\u9fff" for c in text[:2000])
            if chinese > len(text[:2000]) * 0.4:
                return name
    return None


_CONTROL = regex("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff]")


def _looks_binary(text: str) -> bool:
    sample = text[:20000]
    return len(_CONTROL.findall(sample)) > max(2, len(sample) // 200)
