"""What kind of file it is: the first bytes decide, the ending only where they leave it open."""

from __future__ import annotations

from pathlib import PurePath

ENDINGS = {
    ".txt": "txt", ".text": "txt", "": "txt", ".md": "md", ".markdown": "md", ".csv": "csv", ".tsv": "csv",
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".et": "xls",
    ".ods": "ods", ".pdf": "pdf", ".ofd": "ofd", ".html": "html", ".htm": "html", ".shtml": "html", ".xhtml": "html",
    ".mht": "mhtml", ".mhtml": "mhtml", ".doc": "doc", ".wps": "doc", ".dot": "doc", ".rtf": "doc", ".odt": "doc",
}  # fmt: skip
PICTURES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".bmp", ".gif", ".webp", ".heic"})
TEXTS = frozenset({"txt", "md"})
_PICTURE_HEADS = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8", b"II*\x00", b"MM\x00*")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(path: str, head: bytes) -> str | None:
    """Name of the reader for a file that begins with ``head``, ``picture``, ``archive``, or None where there is none."""
    ending = PurePath(path).suffix.lower()
    named = ENDINGS.get(ending)
    bare = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(OLE):
        return "xls" if named in ("xls", "xlsx", "csv") else "doc"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path, named)
    if bare.startswith(b"{\\rtf"):
        return "doc"
    if ending in PICTURES or (named not in TEXTS and head.startswith(_PICTURE_HEADS)):
        return "picture"
    if named in ("doc", "xls", "docx") or (named == "html" and b"MIME-Version:" in head[:2048]):
        low = bare[:512].lower()
        if b"mime-version:" in head[:2048].lower() and b"content-type:" in head[:4096].lower():
            return "mhtml"
        if low.startswith((b"<!doctype html", b"<html")) or b"<html" in low:
            return "html"  # pages that a site calls .doc or .xls
    return named


def _zipped(path: str, named: str | None) -> str | None:
    import zipfile

    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist()[:20_000])
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, RuntimeError):
        return named if named in ("docx", "xlsx", "ofd", "ods") else "archive"
    if "OFD.xml" in names:
        return "ofd"
    if any(n.startswith("word/") for n in names):
        return "docx"
    if any(n.startswith("xl/") for n in names):
        return "xlsx"
    if "content.xml" in names:
        return "ods" if named in ("ods", "xls", "xlsx") else "doc"
    return named if named in ("docx", "xlsx", "ofd", "ods") else "archive"
