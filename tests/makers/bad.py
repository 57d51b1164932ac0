"""Damaged and hostile files, each with how reading it must end: an error code, or OK where it is harmless after all.

``python -m tests.makers.bad`` writes the small ones into tests/examples/documents/bad; the large ones are made when the
tests run.
"""

from __future__ import annotations

import io
import random
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.makers import pages, word

TEXT = ["某县2024年法治政府建设年度报告", "一、主要工作", "全年评查执法案卷120卷，整改问题36个。" * 3]
BODY = "".join(word.p(line) for line in TEXT)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(frozen=True)
class Bad:
    """A file that must end with one of ``codes`` (OK: it is read and holds the text)."""

    name: str
    codes: tuple[str, ...]
    make: Callable[[], bytes]


def _zip(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as box:
        for name, data in members.items():
            box.writestr(zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def _docx_with(document: bytes | str, **more: bytes | str) -> bytes:
    return _zip(
        {
            "_rels/.rels": '<R><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></R>',
            "word/document.xml": document,
            **more,
        }
    )


def _noise(n: int, seed: int = 7) -> bytes:
    return random.Random(seed).randbytes(n)


def _wrapped(inner: str, before: str = "", after: str = "") -> str:
    return f'{before}<w:document xmlns:w="{word.W}"><w:body>{inner}</w:body></w:document>{after}'


def _deep_docx() -> bytes:
    n = 10_000
    return _docx_with(_wrapped("<w:sdt><w:sdtContent>" * n + BODY + "</w:sdtContent></w:sdt>" * n))


def _many_entries() -> bytes:
    return _zip({f"word/x{n}.xml": b"" for n in range(6_000)} | {"word/document.xml": _wrapped(BODY)})


def _lying_size() -> bytes:
    """The directory says 10 bytes, the member unpacks to more."""
    data = bytearray(_docx_with(_wrapped(BODY * 50)))
    at = data.rfind(b"PK\x01\x02")
    struct.pack_into("<I", data, at + 24, 10)
    return bytes(data)


def _huge_declared() -> bytes:
    """Members that say they unpack to 4 GB together."""
    data = bytearray(
        _zip({f"word/m{n}.bin": _noise(2000, n) for n in range(8)} | {"word/document.xml": _wrapped(BODY)})
    )
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        struct.pack_into("<I", data, at + 24, 512 * 1_048_576)
        struct.pack_into("<I", data, at + 20, 500 * 1_048_576)
    return bytes(data)


def _overlapping() -> bytes:
    """Many directory entries that share one compressed member."""
    one = _zip({"word/document.xml": " " * 900_000 + _wrapped(BODY)})
    start, end = one.find(b"PK\x01\x02"), one.find(b"PK\x05\x06")
    entry = one[start:end]
    count = 2_000
    entries = b"".join(entry.replace(b"document.xml", b"%08d.xml" % n) for n in range(count)) + entry
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count + 1, count + 1, len(entries), start, 0)
    return one[:start] + entries + tail


def _encrypted_zip() -> bytes:
    data = bytearray(_docx_with(_wrapped(BODY)))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    return bytes(data)


def _ole(word_in_it: str) -> bytes:
    return OLE + bytes(504) + word_in_it.encode("utf-16-le") + bytes(2000)


def _pdf(objects: list[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for n, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % p for p in places)
    out += b"trailer\n<</Size %d %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    return bytes(out)


def _stream(data: bytes, extra: bytes = b"") -> bytes:
    packed = zlib.compress(data, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n" % (len(packed), extra) + packed + b"\nendstream"


def _pages_pdf(
    content: bytes, count: int = 1, resources: bytes = b"", more: list[bytes] | None = None, catalog: bytes = b""
) -> bytes:
    """A pdf of ``count`` pages that share one content stream. Objects: 1 catalog, 2 pages, 3 content, 4... more, pages."""
    more = more or []
    first = 4 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + n) for n in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R/Resources<<" + resources + b">>>>"
    return _pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            _stream(content),
            *more,
            *([page] * count),
        ]
    )


_FONT = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
_IMAGE = [
    b"<</Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8/Length 64>>stream\n"
    + bytes(range(64))
    + b"\nendstream"
]
_DRAW = b"q 595 0 0 842 0 0 cm /I Do Q"


def _good_pdf(**options: object) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "a.pdf"
        pages.reportlab_pdf(TEXT * 4, file, **options)  # type: ignore[arg-type]
        return file.read_bytes()


def _password_pdf() -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, encrypt=StandardEncryption("secret", ownerPassword="owner", strength=128))
    canvas.drawString(100, 700, "secret text")
    canvas.save()
    return out.getvalue()


def _no_codes_pdf() -> bytes:
    """Text whose font maps every glyph to the private use area."""
    ranges = b"1 beginbfrange <00> <ff> <E000> endbfrange"
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <00> <ff> endcodespacerange "
        + ranges
        + b" endcmap end end"
    )
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>"
    text = b"BT /F1 12 Tf 72 700 Td " + b" ".join(b"(%s) Tj 0 -16 Td" % (b"abcdefgh" * 5) for _ in range(20)) + b" ET"
    return _pages_pdf(text, resources=b"/Font<</F1 4 0 R>>", more=[font, _stream(cmap)])


def _ofd(**members: bytes | str) -> bytes:
    kept: dict[str, bytes | str] = {}
    with zipfile.ZipFile(io.BytesIO(pages.ofd(TEXT))) as box:
        for name in box.namelist():
            kept[name] = box.read(name)
    for name, data in members.items():
        kept[name] = data
    return _zip(kept)


def _xlsx(sheet: str = "", strings: str = "", **members: bytes | str) -> bytes:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    for line in TEXT:
        book.active.append([line])
    book.save(out)
    kept: dict[str, bytes | str] = {}
    with zipfile.ZipFile(out) as box:
        for name in box.namelist():
            kept[name] = box.read(name)
    if sheet:
        kept["xl/worksheets/sheet1.xml"] = sheet
    if strings:
        kept["xl/sharedStrings.xml"] = strings
    kept.update(members)
    return _zip(kept)


_SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
_LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)
_OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
_PAGE = "<html><head><meta charset='utf-8'></head><body>{}</body></html>"
_HTML_TEXT = "".join(f"<p>{t}</p>" for t in TEXT)

SMALL = [
    # docx
    Bad("not-a-zip.docx", ("E321",), lambda: _noise(3000)),
    Bad("truncated.docx", ("E321",), lambda: word.raw_docx(BODY)[:700]),
    Bad("no-document.docx", ("E321",), lambda: _zip({"word/other.xml": "<a/>"})),
    Bad("broken-xml.docx", ("E321",), lambda: _docx_with(_wrapped(BODY)[:-40])),
    Bad("no-body.docx", ("E321",), lambda: _docx_with(f'<w:document xmlns:w="{word.W}"/>')),
    Bad("not-xml.docx", ("E321",), lambda: _docx_with(_noise(500))),
    Bad("entity-bomb.docx", ("E328",), lambda: _docx_with(_wrapped("&j;", _LAUGHS))),
    Bad("outside-entity.docx", ("E328",), lambda: _docx_with(_wrapped("&e;", _OUTSIDE))),
    Bad("utf16-entity.docx", ("E328",), lambda: _docx_with(_wrapped("&e;", _OUTSIDE).encode("utf-16"))),
    Bad("late-doctype.docx", ("E328",), lambda: _docx_with(_wrapped("&e;", f"<!--{'x' * 9000}-->" + _OUTSIDE))),
    Bad("deep.docx", ("E304",), _deep_docx),
    Bad("lying-size.docx", ("E321", "E304"), _lying_size),
    Bad("huge-declared.docx", ("E304",), _huge_declared),
    Bad("locked-zip.docx", ("E320",), _encrypted_zip),
    Bad("locked.docx", ("E320",), lambda: _ole("EncryptedPackage")),
    Bad("picture-only.docx", ("E322",), lambda: _docx_with(_wrapped(word.p("")), **{"word/media/image1.png": b"x"})),
    Bad("empty.docx", ("E306",), lambda: _docx_with(_wrapped(word.p(" ")))),
    Bad(
        "climbing-names.docx",
        ("OK",),
        lambda: _docx_with(_wrapped(BODY), **{"../../../tmp/evil.txt": "x", "/etc/evil": "x", "C:\\evil.exe": "x"}),
    ),
    Bad("macros.docm", ("OK",), lambda: _docx_with(_wrapped(BODY), **{"word/vbaProject.bin": OLE + _noise(2000)})),
    Bad(
        "outside-links.docx",
        ("OK",),
        lambda: _docx_with(
            _wrapped(BODY),
            **{
                "word/_rels/document.xml.rels": '<R><Relationship Id="r" Type="x/attachedTemplate" Target="http://127.0.0.1:9/t.dotm" TargetMode="External"/><Relationship Id="s" Type="x/footnotes" Target="../../../../etc/passwd"/></R>'
            },
        ),
    ),
    Bad("program.docx", ("E321",), lambda: b"MZ\x90\x00" + _noise(4000)),
    Bad("photo.docx", ("E331",), lambda: b"\xff\xd8\xff\xe0" + _noise(4000)),
    # pdf
    Bad("garbage.pdf", ("E321",), lambda: b"%PDF-1.4\n" + _noise(4000)),
    Bad("head-only.pdf", ("E321",), lambda: b"%PDF-1.7\n%%EOF\n"),
    Bad("locked.pdf", ("E320",), _password_pdf),
    Bad("scan.pdf", ("E322",), lambda: _pages_pdf(_DRAW, 2, b"/XObject<</I 4 0 R>>", _IMAGE)),
    Bad("blank.pdf", ("E306",), lambda: _pages_pdf(b"")),
    Bad("no-codes.pdf", ("E323",), _no_codes_pdf),
    Bad(
        "endless-page-tree.pdf",
        ("E321", "E306"),
        lambda: _pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"]),
    ),
    Bad(
        "draws-itself.pdf",
        ("E306", "E322"),
        lambda: _pages_pdf(
            b"/X Do",
            1,
            b"/XObject<</X 4 0 R>>",
            [
                b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 4 0 R>>>>/Length 5>>stream\n/X Do\nendstream"
            ],
        ),
    ),
    Bad(
        "starts-a-program.pdf",
        ("OK",),
        lambda: _pages_pdf(
            b"BT /F1 12 Tf 72 700 Td (law) Tj ET",
            1,
            _FONT,
            catalog=b"/OpenAction<</S/Launch/F(calc.exe)>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(app.alert\\(1\\))>>]>>>>",
        ),
    ),
    Bad("photo.pdf", ("E331",), lambda: b"\x89PNG\r\n\x1a\n" + _noise(4000)),
    # ofd
    Bad("not-a-zip.ofd", ("E321",), lambda: _noise(3000)),
    Bad("no-root.ofd", ("E321",), lambda: _zip({"Doc_0/Document.xml": "<a/>"})),
    Bad("no-pages.ofd", ("E321",), lambda: _ofd(**{"Doc_0/Document.xml": "<Document/>"})),
    Bad(
        "climbing-page.ofd",
        ("E321",),
        lambda: _ofd(**{"Doc_0/Document.xml": '<D><Pages><Page BaseLoc="../../../../etc/passwd"/></Pages></D>'}),
    ),
    Bad("entities.ofd", ("E328",), lambda: _ofd(**{"OFD.xml": _LAUGHS + "<OFD>&j;</OFD>"})),
    Bad("scan.ofd", ("E322",), lambda: pages.ofd(TEXT, picture=True)),
    Bad("locked.ofd", ("E320",), lambda: _ofd(**{"Encryptions.xml": "<a/>"})),
    Bad(
        "nested.ofd",
        ("OK",),
        lambda: _ofd(**{"Doc_0/Attachs/in.ofd": pages.ofd(TEXT), "Doc_0/Attachs/Attachments.xml": "<a/>"}),
    ),
    Bad(
        "too-many-pages.ofd",
        ("E304",),
        lambda: _ofd(
            **{
                "Doc_0/Document.xml": "<D><Pages>"
                + '<Page BaseLoc="Pages/Page_0/Content.xml"/>' * 3_000
                + "</Pages></D>"
            }
        ),
    ),
    Bad(
        "no-numbers.ofd",
        ("OK",),
        lambda: _ofd(
            **{
                "Doc_0/Pages/Page_0/Content.xml": '<P><TextObject Boundary="nan inf x" Size="-1e999" CTM="1 2"><TextCode X="inf" Y="nan" DeltaX="g 99999999999 1">案卷评查全年三百二十四卷</TextCode></TextObject></P>'
            }
        ),
    ),
    # html
    Bad("deep.html", ("E304",), lambda: _PAGE.format("<div>" * 10_000 + _HTML_TEXT).encode()),
    Bad("empty.html", ("E306",), lambda: b"<html><body></body></html>"),
    Bad("script-only.html", ("E306",), lambda: _PAGE.format("<script>document.write('x')</script>").encode()),
    Bad("binary.html", ("E313",), lambda: bytes(_noise(5000))),
    Bad("wrong-charset.html", ("OK",), lambda: _PAGE.replace("utf-8", "gb2312").format(_HTML_TEXT).encode("utf-8")),
    Bad(
        "frames-and-objects.html",
        ("OK",),
        lambda: _PAGE.format(
            "<iframe src='file:///etc/passwd'></iframe><object data='http://127.0.0.1:9/'></object><img src=x onerror=alert(1)>"
            + _HTML_TEXT
        ).encode(),
    ),
    Bad(
        "empty.mht",
        ("E321",),
        lambda: b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n",
    ),
    # spreadsheets
    Bad("not-a-zip.xlsx", ("E321",), lambda: _noise(3000)),
    Bad("entities.xlsx", ("E328",), lambda: _xlsx(strings=_LAUGHS + "<sst>&j;</sst>")),
    Bad(
        "wrong-string.xlsx",
        ("E321", "OK", "E306"),
        lambda: _xlsx(sheet=_SHEET.format('<row r="1"><c r="A1" t="s"><v>99999</v></c></row>')),
    ),
    Bad(
        "last-cell.xlsx",
        ("E304", "OK"),
        lambda: _xlsx(
            sheet=_SHEET.format(
                '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>某县法治政府建设</t></is></c></row>'
            )
        ),
    ),
    Bad("locked.xlsx", ("E320",), lambda: _ole("EncryptedPackage")),
    Bad("garbage.xls", ("E321",), lambda: OLE + _noise(5000)),
    Bad("lonely-quote.csv", ("OK",), lambda: ('序号,内容\n1,"' + "，".join(TEXT) + "\n").encode()),
    # old formats, texts, others
    Bad("garbage.doc", ("E321", "E330", "E329"), lambda: OLE + _noise(5000)),
    Bad("locked.doc", ("E320",), lambda: _ole("EncryptionInfo")),
    Bad("text.doc", ("E321",), lambda: "\n".join(TEXT).encode()),
    Bad("binary.txt", ("E313",), lambda: bytes(range(256)) * 20),
    Bad("half-surrogate.txt", ("E312",), lambda: b"\xff\xfe\x00\xd8\x00"),
    Bad("zip.txt", ("E303",), lambda: _zip({"a": b"x"})),
    Bad("archive.zip", ("E303",), lambda: _zip({"a.txt": "x"})),
    Bad("photo.jpg", ("E331",), lambda: b"\xff\xd8\xff\xe0" + _noise(4000)),
]
LARGE = [
    Bad("too-many-pages.pdf", ("E304",), lambda: _pages_pdf(b"", 2_500)),
    Bad("bomb.docx", ("E304",), lambda: _docx_with(_wrapped(BODY, before=" " * 200_000_000))),
    Bad("many-entries.docx", ("E304",), _many_entries),
    Bad("overlapping.docx", ("E304", "E321"), _overlapping),
    Bad("truncated.pdf", ("E321", "OK", "E306"), lambda: (lambda d: d[: len(d) // 2])(_good_pdf())),
    Bad(
        "million-objects.pdf",
        ("OK", "E304", "E327"),
        lambda: _pages_pdf(b"BT /F1 9 Tf 72 700 Td (law) Tj ET\n" + b"0 0 m 1 1 l S\n" * 1_000_000, 1, _FONT),
    ),
    Bad(
        "million-letters.pdf",
        ("OK", "E304", "E327"),
        lambda: _pages_pdf(b"BT /F1 9 Tf 72 700 Td " + b"(law) Tj 0 0 Td\n" * 400_000 + b"ET", 1, _FONT),
    ),
    Bad("stream-bomb.pdf", ("OK", "E306", "E304", "E327"), lambda: _pages_pdf(b" " * 300_000_000)),
    Bad("hundred-megabytes.txt", ("E304",), lambda: "法治政府建设。\n".encode() * 5_200_000),
    Bad("many-characters.txt", ("E304",), lambda: "法治政府建设。\n".encode() * 600_000),
    Bad("many-tags.html", ("E304",), lambda: _PAGE.format("<b>" * 3_000_000).encode()),
    Bad("wide.html", ("OK", "E304"), lambda: _PAGE.format("<p>法治</p>" * 100_000).encode()),
    Bad("bomb.xlsx", ("E304",), lambda: _xlsx(sheet=" " * 100_000_000)),
    Bad(
        "million-rows.xlsx",
        ("E304",),
        lambda: _xlsx(
            sheet=_SHEET.format(
                "".join(f'<row r="{n}"><c r="A{n}"><v>{n * 7919 % 100003}</v></c></row>' for n in range(1, 260_000))
            )
        ),
    ),
    Bad("million-rows.csv", ("E304",), lambda: b"".join(b"%d,%d\n" % (n, n * n) for n in range(300_000))),
]


FOLDER = Path(__file__).resolve().parents[1] / "examples" / "documents" / "bad"


def main() -> None:
    """Write the small files; the codes they must end with stand before ``--`` in their names."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for bad in SMALL:
        (FOLDER / f"{'-'.join(bad.codes)}--{bad.name}").write_bytes(bad.make())


if __name__ == "__main__":
    main()
