"""``checker ci init``: what a repository needs so that a change cannot silently break a quote."""

from __future__ import annotations

from pathlib import Path

import click

from checker import __version__
from checker.cli.chinese import Group
from checker.cli.write import write_bytes
from checker.errors import CheckerError, Issue, Location

_CONFIG = """\
# checker 的设置：命令行优先，其次环境变量，最后是这里。路径相对本文件。
files = [{files}]
fail_on = "regression"
baseline = "checker.baseline.json"
# waivers = "豁免.yaml"
# attest = "人工佐证.yaml"
"""
_GITHUB = """\
name: 法治政府建设对标检查
on:
  push:
  pull_request:
permissions:
  contents: read
  security-events: write
jobs:
  checker:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - run: python -m pip install "{install}"
      - name: 对标检查
        run: >-
          checker check
          -o checker.sarif -o checker.md -o -
          --format sarif --format md --format github
      - name: 摘要
        if: always() && hashFiles('checker.md') != ''
        run: cat checker.md >> "$GITHUB_STEP_SUMMARY"
      - uses: github/codeql-action/upload-sarif@v3
        if: always() && hashFiles('checker.sarif') != ''
        continue-on-error: true  # 私有仓库没有代码扫描时不影响结果
        with:
          sarif_file: checker.sarif
"""
_GITLAB = """\
# 法治政府建设对标检查
checker:
  stage: test
  image: python:3.12-slim
  script:
    - python -m pip install "{install}"
    - checker check -o gl-code-quality-report.json -o checker.xml -o checker.md
  artifacts:
    when: always
    expire_in: 30 days
    paths:
      - checker.md
    reports:
      codequality: gl-code-quality-report.json
      junit: checker.xml
"""
_HOOK = """\
repos:
  - repo: local
    hooks:
      - id: checker
        name: 法治政府建设对标检查
        entry: checker check
        language: python
        additional_dependencies: ["{install}"]
        pass_filenames: false
        always_run: true
"""
_FILES = {
    "github": (".github/workflows/checker.yml", _GITHUB),
    "gitlab": (".gitlab-ci.yml", _GITLAB),
    "pre-commit": (".pre-commit-config.yaml", _HOOK),
}


# Not on a public index yet: whoever takes that name there first would be installed in its place.
_PUBLIC = f"fazhi-checker=={__version__}"


@click.group("ci", cls=Group)
def command() -> None:
    """写出 CI 和 pre-commit 的配置。"""


@command.command("init")
@click.argument("folder", default=".", metavar="[仓库文件夹]")
@click.option("--for", "kinds", multiple=True, type=click.Choice(tuple(_FILES)), help="只写哪几种；缺省三种都写。")
@click.option(
    "--report", "reports", multiple=True, help="仓库里的报告，相对仓库文件夹；可给多个，第一个是报告。", metavar="文件"
)
@click.option(
    "--install",
    default=_PUBLIC,
    show_default=True,
    help="CI 里怎样安装本工具。",
    metavar="来源",
)
def init(folder: str, kinds: tuple[str, ...], reports: tuple[str, ...], install: str) -> int:
    """写出 checker.toml、GitHub 工作流、GitLab 作业和 pre-commit 钩子；已有的文件不动，内容打印出来供粘贴。"""
    import json

    home = Path(folder)
    if not home.is_dir():
        raise CheckerError([Issue(Location(folder), "E645", "没有这个文件夹。")])
    missing = [r for r in reports if not (home / r).is_file()]
    if missing:
        raise CheckerError(Issue(Location(r), "E301", "仓库文件夹里没有这个文件。") for r in missing)
    if '"' in install or "\n" in install or "\\" in install:
        raise click.BadParameter("不能含引号、反斜杠和换行。", param_hint="--install")
    found = reports or tuple(_candidates(home)[:1])
    listed = ", ".join(json.dumps(Path(f).as_posix(), ensure_ascii=False) for f in found) or '"报告.txt"'
    wanted = [("checker.toml", _CONFIG.replace("{files}", listed))]
    wanted += [
        (path, text.replace("{install}", install)) for k, (path, text) in _FILES.items() if not kinds or k in kinds
    ]
    for path, text in wanted:
        file = home / path
        if file.exists():
            click.echo(f"已有 {path}，没有动它。要用的内容如下：\n\n{text}")
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        write_bytes(file, text.encode("utf-8"))
        click.echo(f"已写出 {path}")
    if install == _PUBLIC:
        click.echo(
            f"注意：{_PUBLIC} 须由本单位的包索引提供，公共索引上的同名包不是本工具；也可用 --install 给 git 地址或安装包。"
        )
    if not found:
        click.echo("没有找到报告，请把 checker.toml 里的 files 改成报告的路径。")
    click.echo("下一步：运行 checker check -o checker.baseline.json --fail-on never 写出基线，和上面的文件一起提交。")
    return 0


def _candidates(home: Path) -> list[str]:
    """Files that look like a report by name; sorted, so that the same folder always gives the same answer."""
    endings = {".txt", ".md", ".docx", ".pdf", ".html", ".ofd"}
    found = [
        p.relative_to(home)
        for p in home.rglob("*报告*")
        if p.is_file() and p.suffix.lower() in endings and not any(x.startswith(".") for x in p.relative_to(home).parts)
    ]
    return [p.as_posix() for p in sorted(found, key=lambda p: (len(p.parts), p.as_posix()))]
