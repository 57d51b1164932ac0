"""The rooms have no circles inside them: import-linter keeps the order between rooms, this keeps it between files."""

from __future__ import annotations

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import checker

ROOT = Path(checker.__file__).parent


def module_of(path: Path) -> str:
    parts = ("checker", *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(modules: dict[str, Path]) -> dict[str, set[str]]:
    """module -> the modules it takes names from, those imported inside functions too; a package's face is left out."""
    out: dict[str, set[str]] = {}
    for name, path in modules.items():
        found: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.update(f"{node.module}.{alias.name}" for alias in node.names)
                found.add(node.module)
        out[name] = {f for f in found if f in modules and modules[f].name != "__init__.py"} - {name}
    return out


def test_no_file_leans_on_one_that_leans_on_it() -> None:
    modules = {module_of(p): p for p in ROOT.rglob("*.py")}
    arrows = imports(modules)
    assert sum(map(len, arrows.values())) > len(modules)
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        raise AssertionError(f"a circle of imports: {' -> '.join(error.args[1])}") from None
