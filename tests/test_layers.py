"""The directions of imports that the design fixes, and what keeps a module small."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): path
    for folder in ("bot", "retrieval")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path.name != "__init__.py"
}
OURS = ("bot", "retrieval", "tests", "benchmarks", "training")

# From the command line down. A module imports only modules of its own folder, of lower lines, and of `retrieval`.
LAYERS = (
    ("cli",),
    ("terminal",),
    ("telegram.application",),
    ("telegram.handlers",),
    ("telegram.answering",),
    ("telegram.administration", "telegram.failures"),
    ("telegram.reloading",),
    ("plots", "telegram.alarm", "telegram.desk"),
    ("telegram.messages",),
    ("telegram.chats",),
    ("texts",),
    ("admin_texts",),
    ("telegram.insight", "telegram.uploads"),
    ("telegram.storage",),
    ("telegram.api",),
    ("library", "telegram.log", "telegram.metrics"),
    ("indexing",),
    ("catalogue", "reasons", "settings"),
)
# The same of `retrieval`: a module imports only modules of its own folder, and of lower lines.
RETRIEVAL_LAYERS = (
    ("evaluation",),
    ("indexing", "answering"),
    ("interpreting",),
    ("finding", "across_languages"),
    ("answers",),
    ("ruling_out",),
    ("lookups",),
    ("retriever", "reading"),
    ("index",),
    ("documents",),
    ("embedding", "questions"),
    ("text",),
    ("receipts", "values", "errors"),
)
DEPTH = {
    f"{package}.{name}": depth
    for package, layers in (("bot", LAYERS), ("retrieval", RETRIEVAL_LAYERS))
    for depth, layer in enumerate(layers)
    for name in layer
}


def parsed(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text("utf-8"))


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the names of the modules that are imported anywhere in a tree."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, "imports are absolute"
            yield node.module
            yield from (name for alias in node.names if (name := f"{node.module}.{alias.name}") in MODULES)


def ours(module: str) -> set[str]:
    return {name for name in imported(parsed(module)) if name.split(".")[0] in OURS and name in MODULES}


def place(module: str) -> str:
    """Return the part of a module's name that has a layer: a folder, or a module that stands in none."""
    parts = module.split(".")
    return ".".join(parts[: 3 if parts[1] == "telegram" else 2])


def packages(tree: ast.AST) -> set[str]:
    return {name.split(".")[0] for name in imported(tree)}


def test_the_modules_are_found() -> None:
    assert {"bot.cli", "bot.telegram.messages.replies", "retrieval.answering", "retrieval.values"} <= MODULES.keys()
    assert {"retrieval.values", "bot.texts"} <= ours("bot.telegram.messages.replies")


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("retrieval.")])
def test_retrieval_knows_nothing_of_bot_of_telegram_of_settings_or_of_asyncio(module: str) -> None:
    forbidden = {"asyncio", "benchmarks", "bot", "pydantic_settings", "telegram", "tests", "training", "typer"}
    assert packages(parsed(module)) & forbidden == set()


@pytest.mark.parametrize("module", ["retrieval.values", "retrieval.receipts", "retrieval.errors"])
def test_the_values_and_the_errors_import_nothing_of_ours(module: str) -> None:
    assert ours(module) == set()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_from_its_own_folder_and_from_layers_below(module: str) -> None:
    own, package = place(module), module.split(".")[0]
    assert own in DEPTH, "put the new folder or module into LAYERS"
    others = {there for name in ours(module) if (there := place(name)) != own and name.split(".")[0] == package}
    assert {there for there in others if DEPTH[there] <= DEPTH[own]} == set()
    assert packages(parsed(module)) & {"tests", "benchmarks"} == set()


def test_no_modules_import_each_other_in_a_circle() -> None:
    TopologicalSorter({module: ours(module) for module in MODULES}).prepare()


def test_only_the_telegram_side_imports_telegram() -> None:
    importers = {module for module in MODULES if "telegram" in packages(parsed(module))}
    assert {module for module in importers if not module.startswith("bot.telegram.")} == set()


def test_nothing_imports_torch_or_matplotlib_before_it_is_needed() -> None:
    for module in MODULES:
        at_once = ast.Module([node for node in parsed(module).body if not _is_type_checking(node)], [])
        for function in [node for node in ast.walk(at_once) if isinstance(node, ast.FunctionDef)]:
            function.body = []
        assert packages(at_once) & {"matplotlib", "sentence_transformers", "torch", "transformers"} == set(), module


def _is_type_checking(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


LATE = {"bot.cli", "bot.telegram.storage.keeping", "retrieval.documents.workers", "retrieval.index.stores"}
"""What imports ours inside a function: each command what it runs, others PostgreSQL's or the file readers' half."""


@pytest.mark.parametrize("module", MODULES)
def test_only_what_would_start_slowly_imports_ours_inside_a_function(module: str) -> None:
    functions = [node for node in ast.walk(parsed(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    late = {name for function in functions for name in imported(function) if name.split(".")[0] in OURS}
    assert module in LATE or late == set()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_can_be_read_in_one_sitting(module: str) -> None:
    assert len(MODULES[module].read_text("utf-8").splitlines()) <= 300


def test_no_module_is_called_after_nothing_in_particular() -> None:
    names = {module.rpartition(".")[2] for module in MODULES}
    assert names & {"common", "helpers", "manager", "misc", "util", "utils"} == set()
