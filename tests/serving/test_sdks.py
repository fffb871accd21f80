"""The SDKs that the CLI writes from the schema compile, and so do the examples in their documentation."""

from __future__ import annotations

import compileall
import json
import os
import re
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from pulumi_asgardeo_bijira.serving.schema import schema

from tests.support.cli import need, npm_install, pulumi

if TYPE_CHECKING:
    from pathlib import Path

SCHEMA: dict[str, Any] = json.loads(schema())


def generated(folder: Path, language: str) -> Path:
    """The SDK for a language."""
    need("pulumi", f"pulumi-language-{language}")
    (folder / "schema.json").write_text(schema(), encoding="utf-8")
    pulumi(folder / "home", folder, "package", "gen-sdk", "./schema.json", "--language", language, "--out", "sdk")
    return folder / "sdk" / language


def examples(language: str) -> dict[str, str]:
    """Those of the schema by the names of their resources and look-ups."""
    found = {}
    for token, one in (SCHEMA["resources"] | SCHEMA["functions"]).items():
        (found[token.rpartition(":")[2]],) = re.findall(rf"```{language}\n(.*?)```", one["description"], re.DOTALL)
    return found


def test_python(tmp_path: Path) -> None:
    """Under another name than the package that the plugin consists of."""
    sdk = generated(tmp_path, "python") / "asgardeo_bijira"
    assert compileall.compile_dir(sdk, quiet=1)
    for name, program in examples("python").items():
        compile(program, name, "exec")
        assert "import asgardeo_bijira as wso2" in program


def test_node(tmp_path: Path) -> None:
    """With the package's name in the examples."""
    need("npm")
    sdk = generated(tmp_path, "nodejs")
    npm_install(sdk)
    for name, program in examples("typescript").items():
        (sdk / f"example{name}.ts").write_text(program, encoding="utf-8")
    paths = {json.loads((sdk / "package.json").read_text())["name"]: ["./index.ts"]}
    settings = {
        "extends": "./tsconfig.json",
        "compilerOptions": {"noEmit": True, "baseUrl": ".", "paths": paths},
        "include": ["example*.ts"],
    }
    (sdk / "tsconfig.examples.json").write_text(json.dumps(settings))
    command = ["node_modules/.bin/tsc", "--project", "tsconfig.examples.json"]
    done = subprocess.run(command, cwd=sdk, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_go(tmp_path: Path) -> None:
    """Compiled where Pulumi's own SDK for Go has been compiled before; the first time takes minutes."""
    need("go", "gofmt")
    sdk = generated(tmp_path, "go")
    for name, program in examples("go").items():
        (sdk / "examples" / name).mkdir(parents=True)
        (sdk / "examples" / name / "main.go").write_text(program, encoding="utf-8")
    offline = {**os.environ, "GOFLAGS": "-mod=mod", "GOPROXY": "off"}
    command = ["go", "vet", "./..."]
    done = subprocess.run(command, cwd=sdk, env=offline, capture_output=True, text=True, check=False)
    if "module lookup disabled by GOPROXY=off" in done.stderr:
        pytest.skip("Pulumi's SDK for Go is not in the cache of this machine's Go")
    assert done.returncode == 0, done.stderr
    command = ["gofmt", "-l", "examples"]
    done = subprocess.run(command, cwd=sdk, capture_output=True, text=True, check=True)
    assert done.stdout == "", "laid out as a program in Go is"
