"""``checker text``: the extracted text exactly as the offsets count it."""

from __future__ import annotations

import sys

import click

from checker.cli.chinese import Command


@click.command("text", cls=Command)
@click.argument("file", metavar="文件")
@click.option("--encoding", help="文字编码（缺省自动识别）。", metavar="编码")
def command(file: str, encoding: str | None) -> None:
    """按偏移量所数的样子，原样打印提取出的文字（UTF-8，不加换行）。"""
    from checker.documents import read_document

    text = read_document(file, encoding).text
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", errors="surrogatepass"))
    sys.stdout.buffer.flush()
