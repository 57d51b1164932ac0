"""doc, wps, rtf, odt: through an installed LibreOffice, fenced in; without one, how to convert by hand."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from checker.documents.extract import Extract, Request
from checker.documents.kinds import OLE
from checker.documents.limits import Limits, exceeded, refuse
from checker.documents.zipped import DAMAGED, PASSWORD, locked_office

_PLACES = (
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_BY_HAND = "请在 Word/WPS 里打开，另存为 .docx 后再试。"
# The filter is named, for left to itself LibreOffice takes a damaged file for plain text.
_FILTERS = (
    (OLE, "MS Word 97"),
    (b"{\\rtf", "Rich Text Format"),
    (b"PK\x03\x04", "writer8"),
    (b"<?xml", "MS Word 2003 XML"),
)
# No macros, no updating of links, nothing fetched for a document from elsewhere.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def find_office() -> str | None:
    """The LibreOffice program, or None. ``CHECKER_SOFFICE`` names one; set empty, none is used."""
    named = os.environ.get("CHECKER_SOFFICE")
    if named is not None:
        return named if named and Path(named).is_file() else None
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    return next((p for p in _PLACES if Path(p).is_file()), None)


def read_legacy(file: Path, path: str, limits: Limits) -> Extract:
    """Convert to docx in a folder of its own and read that. Raises DocumentError."""
    from checker.documents.isolate import extract_apart

    ending = file.suffix.lower() or ".doc"
    head = _head(file)
    if locked_office(head):
        raise refuse(path, "E320", PASSWORD)
    source_filter = next((name for sign, name in _FILTERS if head.lstrip().startswith(sign)), None)
    if source_filter is None:
        raise refuse(path, "E321", DAMAGED)
    office = find_office()
    if office is None:
        raise refuse(
            path, "E329", f"{ending} 是旧格式，要靠本机安装的 LibreOffice 来读，这台电脑上没有找到。{_BY_HAND}"
        )
    with tempfile.TemporaryDirectory(prefix="checker-", ignore_cleanup_errors=True) as folder:
        here = Path(folder)
        source = here / f"in{ending if ending.isascii() else '.doc'}"
        shutil.copyfile(file, source)
        _convert(office, source_filter, source, here, path, limits)
        made = here / "out" / "in.docx"
        if not made.is_file():
            raise refuse(path, "E330", f"LibreOffice 没能读出这个文件，可能已损坏或有密码。{_BY_HAND}")
        extract = extract_apart(Request(str(made), path, "docx", None, limits))
    return replace(extract, notes=(*extract.notes, "旧格式，经 LibreOffice 转换后读出，段落位置按转换后的文档计。"))


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(4 * 1_048_576)


def _convert(office: str, source_filter: str, source: Path, here: Path, path: str, limits: Limits) -> None:
    profile = here / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    nowhere = "http://127.0.0.1:9"
    env = {**os.environ, "HOME": str(here), "http_proxy": nowhere, "https_proxy": nowhere, "ftp_proxy": nowhere}
    command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo", "--nolockcheck", "--nodefault", f"--infilter={source_filter}", "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(here / "out"), str(source)]  # fmt: skip
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=here,
            env=env,
            start_new_session=True,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise refuse(path, "E330", f"LibreOffice 启动不了：{error.strerror}。{_BY_HAND}") from error
    try:
        process.wait(limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise exceeded(path, "seconds", f"LibreOffice {limits.seconds} 秒内没有转换完", limits) from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End it with all that it started (soffice is a script that starts the real program)."""
    if sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False)
    process.wait()
