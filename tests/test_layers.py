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

# From the command line down. A module imports only modules of lower lines, and of `retrieval`.
LAYERS = (
    ("cli",),
    ("terminal.chat", "terminal.doctor", "terminal.evaluate", "terminal.migrate"),
    ("terminal.connection", "terminal.progress", "terminal.stream"),
    ("terminal.json_output",),
    ("terminal.checks",),
    ("telegram.application",),
    ("telegram.copying", "telegram.keeping"),
    ("telegram.shared_inbox",),
    ("telegram.handlers", "telegram.inbox", "telegram.server"),
    ("telegram.browsing",),
    ("telegram.administration", "telegram.asking", "telegram.inline", "telegram.presence"),
    ("telegram.sources",),
    ("telegram.alarm", "telegram.desk", "telegram.menus", "telegram.people", "plots", "telegram.sending"),
    ("telegram.buttons", "telegram.client", "telegram.replies"),
    ("telegram.retrying",),
    ("telegram.asked", "telegram.contact", "telegram.memory", "telegram.metrics", "telegram.rates", "telegram.updates"),
    ("library", "texts"),
    ("admin_texts", "telegram.uploads"),
    ("catalogue", "telegram.insight"),
    ("telegram.database", "telegram.log"),
    ("telegram.postgres_tables", "telegram.sqlite_file", "settings"),
    ("telegram.changes",),
)
# The same of `retrieval`: a module imports only modules of its own folder, and of lower lines.
RETRIEVAL_LAYERS = (
    ("evaluation",),
    ("indexing", "answering"),
    ("finding",),
    ("answers",),
    ("retriever", "reading"),
    ("index",),
    ("documents",),
    ("embedding", "questions"),
    ("languages",),
    ("words",),
    ("table_rows",),
    ("markup",),
    ("dates", "values", "errors"),
)
RETRIEVAL_DEPTH = {name: depth for depth, layer in enumerate(RETRIEVAL_LAYERS) for name in layer}
DEPTH = {f"bot.{name}": depth for depth, layer in enumerate(LAYERS) for name in layer}


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


def packages(tree: ast.AST) -> set[str]:
    return {name.split(".")[0] for name in imported(tree)}


def test_the_modules_are_found() -> None:
    assert {"bot.cli", "bot.telegram.replies", "retrieval.answering", "retrieval.values"} <= MODULES.keys()
    assert {"retrieval.values", "bot.texts"} <= ours("bot.telegram.replies")


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("retrieval.")])
def test_retrieval_knows_nothing_of_bot_of_telegram_of_settings_or_of_asyncio(module: str) -> None:
    forbidden = {"asyncio", "benchmarks", "bot", "pydantic_settings", "telegram", "tests", "training", "typer"}
    assert packages(parsed(module)) & forbidden == set()


@pytest.mark.parametrize("module", ["retrieval.values", "retrieval.errors"])
def test_the_values_and_the_errors_import_nothing_of_ours(module: str) -> None:
    assert ours(module) == set()


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("bot.")])
def test_a_module_of_bot_imports_only_from_layers_below_its_own(module: str) -> None:
    assert module in DEPTH, "put the new module into LAYERS"
    above = {name for name in ours(module) if name.startswith("bot.") and DEPTH[name] <= DEPTH[module]}
    assert above == set()
    assert packages(parsed(module)) & {"tests", "benchmarks"} == set()


@pytest.mark.parametrize("module", [module for module in MODULES if module.startswith("retrieval.")])
def test_a_module_of_retrieval_imports_only_from_its_own_folder_and_from_layers_below(module: str) -> None:
    place = module.split(".")[1]
    others = {name for name in ours(module) if name.split(".")[1] != place}
    assert {name for name in others if RETRIEVAL_DEPTH[name.split(".")[1]] <= RETRIEVAL_DEPTH[place]} == set()


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


@pytest.mark.parametrize("module", MODULES)
def test_only_the_command_line_imports_ours_inside_a_function(module: str) -> None:
    functions = [node for node in ast.walk(parsed(module)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    late = {name for function in functions for name in imported(function) if name.split(".")[0] in OURS}
    assert module in ("bot.cli", "bot.telegram.keeping", "retrieval.index.stores") or late == set()


@pytest.mark.parametrize("module", MODULES)
def test_a_module_can_be_read_in_one_sitting(module: str) -> None:
    assert len(MODULES[module].read_text("utf-8").splitlines()) <= 300


def test_no_module_is_called_after_nothing_in_particular() -> None:
    names = {module.rpartition(".")[2] for module in MODULES}
    assert names & {"common", "helpers", "manager", "misc", "util", "utils"} == set()
