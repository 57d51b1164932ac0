"""Zip containers and their XML, opened so that a hostile one costs nothing. Nothing is ever unpacked to disk."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from typing import TYPE_CHECKING, cast

from checker.documents.limits import Limits, exceeded, refuse

if TYPE_CHECKING:
    from lxml.etree import _Element

_ASK_RATIO_FROM = 1_048_576
DAMAGED = "文件已损坏，读不出内容。请在 Word/WPS 里打开后另存一份再试；打不开时请向来源单位重新索取。"
PASSWORD = "文件有密码保护。请在原软件里输入密码打开，去掉密码后另存一份再试。"


def locked_office(head: bytes) -> bool:
    """Whether a compound file is an office document under a password."""
    return any(name.encode("utf-16-le") in head for name in ("EncryptedPackage", "EncryptionInfo"))


class Container:
    """A zip file whose members are read one by one, each within the limits."""

    def __init__(self, file: str, path: str, limits: Limits) -> None:
        self.path, self.limits = path, limits
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise refuse(path, "E321", DAMAGED) from error
        infos = self._zip.infolist()
        if len(infos) > limits.entries:
            raise exceeded(path, "entries", f"{len(infos)} 个", limits)
        total = sum(i.file_size for i in infos)
        if total > limits.expanded * 1_048_576:
            raise exceeded(path, "expanded", f"{total // 1_048_576} MB", limits)
        for info in infos:
            if info.flag_bits & 0x1:
                raise refuse(path, "E320", PASSWORD)
            if info.file_size > _ASK_RATIO_FROM and info.file_size > info.compress_size * limits.ratio:
                raise exceeded(path, "ratio", f"{info.file_size // max(1, info.compress_size)} 倍", limits)
        self._members = {i.filename.replace("\\", "/").lstrip("/").lower(): i for i in infos}

    def has(self, name: str) -> bool:
        """Whether there is a member of that name (names are compared without case)."""
        return name.lstrip("/").lower() in self._members

    def names(self) -> list[str]:
        """Names of all members, as written."""
        return [i.filename for i in self._zip.infolist()]

    def read(self, name: str) -> bytes:
        """The bytes of a member. A size that belies the directory of the zip is a damaged file."""
        info = self._members.get(name.lstrip("/").lower())
        if info is None:
            raise refuse(self.path, "E321", f"文件里缺少 {name} 这一部分。" + DAMAGED)
        try:
            with self._zip.open(info) as stream:
                data = stream.read(info.file_size + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            ValueError,
            RuntimeError,
            NotImplementedError,
        ) as error:
            raise refuse(self.path, "E321", DAMAGED) from error
        if len(data) != info.file_size:
            raise refuse(self.path, "E321", DAMAGED)
        return data

    def xml(self, name: str) -> _Element:
        """A member parsed as XML."""
        return parse_xml(self.read(name), self.path)

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relationship id -> (last word of its type, target inside the container) of an OOXML part."""
        folder, leaf = posixpath.split(name.lstrip("/"))
        rels = posixpath.join(folder, "_rels", leaf + ".rels")
        if not self.has(rels):
            return {}
        out = {}
        for element in self.xml(rels):
            if not isinstance(element.tag, str) or element.get("TargetMode") == "External":
                continue  # an outside address is never followed
            target = element.get("Target", "")
            inside = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            out[element.get("Id", "")] = (element.get("Type", "").rsplit("/", 1)[-1], posixpath.normpath(inside))
        return out


_DTD = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.I)


def parse_xml(data: bytes, path: str) -> _Element:
    """Parse XML that may be hostile: no DTD, no entities, nothing from outside, depth 256 at most."""
    from lxml import etree

    head = data[:4096]
    for encoding in ("latin-1", "utf-16-le", "utf-16-be"):
        if _DTD.search(head.decode(encoding, errors="ignore")):
            raise refuse(path, "E328", "文件里的 XML 带有 DTD 或实体定义，正常的办公文件没有，可能有恶意，不予读取。")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True)  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if "depth" in str(error).lower() or "huge" in str(error).lower():
            raise refuse(
                path, "E304", "文件内部嵌套超过 256 层或单段文字过长，正常的办公文件没有这样的，不予读取。"
            ) from error
        raise refuse(path, "E321", DAMAGED) from error
    except ValueError as error:
        raise refuse(path, "E321", DAMAGED) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise refuse(path, "E328", "文件里的 XML 带有 DTD，正常的办公文件没有，可能有恶意，不予读取。")
    return cast("_Element", root)


def local(element: _Element) -> str:
    """Name of an element without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str | None:
    """An attribute by its local name, whatever the namespace (transitional and strict files differ there)."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None
