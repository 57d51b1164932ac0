"""``checker text``: the extracted text exactly as the offsets count it."""

from __future__ import annotations

import sys

import click

from checker.cli.chinese import Command
from checker.cli.materials import given_limits, limited


@click.command("text", cls=Command)
@click.argument("file", metavar="文件")
@click.option("--encoding", help="文字编码（缺省自动识别）。", metavar="编码")
@limited
def command(file: str, encoding: str | None, limits: tuple[str, ...]) -> None:
    """按偏移量所数的样子，原样打印提取出的文字（UTF-8，不加换行）。"""
    from checker.documents import read_document

    document = read_document(file, encoding, limits=given_limits(limits))
    for note in document.notes:
        click.echo(f"提示 {file}：{note}", err=True)
    text = document.text
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", errors="surrogatepass"))
    sys.stdout.buffer.flush()
