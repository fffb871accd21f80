"""A type checker refuses what the check would refuse, and accepts every example.

The programs are written from the declarations: each field of each object of each class, once right and once wrong, as a
class of arguments and as a plain dict.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pulumi_asgardeo_bijira.resources.catalog import COMPONENTS, LOOK_UPS, RESOURCES

from tests.documents.page import blocks
from tools.generate.model import Property, Type, package

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ROOT = Path(__file__).parents[2]
PACKAGE = package()
RIGHT = {"string": "'text'", "integer": "5", "boolean": "True"}
WRONG = {"string": "5", "integer": "'text'", "boolean": "'text'"}
OBJECTS = PACKAGE.objects | PACKAGE.settings
PROLOGUE = "import pulumi\nimport pulumi_asgardeo_bijira as wso2\n"


def right(type_: Type, form: str) -> str:
    """A value of a type."""
    if type_.item:
        return f"{{'x': {right(type_.item, form)}}}" if type_.kind == "map" else f"[{right(type_.item, form)}]"
    if type_.kind == "object":
        return made(type_.name, form, {one.name: right(one.type, form) for one in OBJECTS[type_.name].properties})
    if type_.kind == "enumeration":
        return repr(PACKAGE.enumerations[type_.name].values[0])
    return RIGHT[type_.kind]


def wrong(type_: Type, form: str) -> Iterator[str]:
    """Values that are not of a type, each for a reason of its own."""
    if type_.item:
        yield from (f"{{'x': {value}}}" if type_.kind == "map" else f"[{value}]" for value in wrong(type_.item, form))
        yield "5"
    elif type_.kind == "object":
        yield from wrong_objects(type_.name, form)
    elif type_.kind == "enumeration":
        yield from ("'nothing'", "5")
    else:
        yield WRONG[type_.kind]


def wrong_objects(name: str, form: str) -> Iterator[str]:
    """An object with one field that is not of its type, one field that it does not have, or one too few."""
    fields = OBJECTS[name].properties
    needed = {one.name: right(one.type, form) for one in fields if one.required}
    for one in fields:
        for value in wrong(one.type, form):
            yield made(name, form, {**needed, one.name: value})
    yield made(name, form, {**needed, f"{fields[0].name}x": "'text'"})
    if needed:
        yield made(name, form, {})
    yield "5"


def made(name: str, form: str, fields: dict[str, str]) -> str:
    """An object as a class of arguments or as a plain dict."""
    if form == "class":
        return f"wso2.{name}Args({', '.join(f'{key}={value}' for key, value in fields.items())})"
    return f"{{{', '.join(f'{key!r}: {value}' for key, value in fields.items())}}}"


def calls() -> Iterator[tuple[str, tuple[Property, ...]]]:
    """Everything that a program can call, as far as the parenthesis, with its arguments."""
    for resource in (*PACKAGE.resources, *PACKAGE.components):
        yield f"wso2.{resource.declaration.class_name}('x', ", resource.inputs
    for function in PACKAGE.functions:
        yield f"wso2.{function.declaration.function}(", function.arguments
    groups = (Property(name.removesuffix("Settings").lower(), Type("object", name), "") for name in PACKAGE.settings)
    yield "wso2.Provider('x', ", tuple(groups)


def lines(form: str) -> Iterator[tuple[str, bool]]:
    """Each line of the program, with whether it is right."""
    yield "wso2.NoSuchClass('x')", False
    for call, arguments in calls():
        needed = {one.name: right(one.type, form) for one in arguments if one.required}
        for one in arguments:
            for value, is_right in [(right(one.type, form), True), *((bad, False) for bad in wrong(one.type, form))]:
                given = {**needed, one.name: value}
                yield f"{call}{', '.join(f'{key}={text}' for key, text in given.items())})", is_right
        yield f"{call}{', '.join([*(f'{key}={text}' for key, text in needed.items()), 'unknown=5'])})", False
        if needed:
            yield f"{call.removesuffix(', ')})", False


def mypy(files: Iterable[Path]) -> dict[Path, set[int]]:
    """The lines with an error by file."""
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--no-error-summary", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stdout + done.stderr
    found: dict[Path, set[int]] = {}
    for path, line in re.findall(r"^(.+?):(\d+): error", done.stdout, re.MULTILINE):
        found.setdefault(Path(path).resolve(), set()).add(int(line))
    return found


def pyright(files: Iterable[Path]) -> dict[Path, set[int]]:
    """The same by the other checker."""
    files = list(files)
    config = files[0].parent / "pyrightconfig.json"
    config.write_text(json.dumps({"typeCheckingMode": "standard", "include": [str(one) for one in files]}))
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run([*command, "-p", str(config)], capture_output=True, text=True, check=False)
    found: dict[Path, set[int]] = {}
    for one in json.loads(done.stdout)["generalDiagnostics"]:
        if one["severity"] == "error":
            found.setdefault(Path(one["file"]).resolve(), set()).add(one["range"]["start"]["line"] + 1)
    return found


if TYPE_CHECKING:
    Checker = Callable[[Iterable[Path]], dict[Path, set[int]]]

CHECKERS = pytest.mark.parametrize("checker", [mypy, pyright])


@CHECKERS
def test_what_is_wrong_is_refused_and_nothing_else(checker: Checker, tmp_path: Path) -> None:
    """A mistyped key, a wrong type at any depth, a text that is not of the set, an argument that there is not."""
    expected: dict[Path, set[int]] = {}
    for form in ("class", "dict"):
        program = (tmp_path / f"{form}_form.py").resolve()
        written = list(lines(form))
        # Of a text that it knows, mypy repeats what it said then, under the path that it had then.
        head = f"# {program}\n{PROLOGUE}"
        program.write_text(head + "\n".join(line for line, _ in written) + "\n", encoding="utf-8")
        expected[program] = {number for number, (_, is_right) in enumerate(written, 4) if not is_right}
        assert len(expected[program]) > 100
    found = checker(expected)
    for program, numbers in expected.items():
        text = program.read_text(encoding="utf-8").splitlines()
        differing = found.get(program, set()) ^ numbers
        assert not differing, "\n".join(text[number - 1] for number in sorted(differing)[:5])


def examples(folder: Path) -> Iterator[Path]:
    """Every example with these classes, each a file; what has the plugin's imports an SDK that the CLI writes, and what
    imports a file beside it is whole with that alone."""
    files = sorted((ROOT / "examples").glob("*/*.py"))
    beside = tuple(f"from {file.stem} import" for file in files if file.stem != "__main__")
    programs = [file.read_text(encoding="utf-8") for file in files]
    texts = [text for text in programs if not any(one in text for one in ("import asgardeo_bijira", *beside))]
    texts += (
        [one.example for one in RESOURCES] + [one.example for one in COMPONENTS] + [one.example for one in LOOK_UPS]
    )
    texts += [
        block.text
        for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
        for block in blocks(page)
        if block.language == "python" and block.title in ("", "__main__.py")
    ]
    for number, text in enumerate(texts):
        file = folder / f"example_{number}.py"
        file.write_text(text, encoding="utf-8")
        yield file


@CHECKERS
def test_every_example_is_accepted(checker: Checker, tmp_path: Path) -> None:
    """What a user copies passes their own checks."""
    found = checker(examples(tmp_path))
    assert found == {}
