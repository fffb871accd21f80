"""A stack in the hands of the real providers, in this process: the operations of an engine without its protocol."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from pulumi.dynamic import ConfigureRequest
from pulumi.dynamic.config import Config
from pulumi.runtime import rpc
from pulumi_asgardeo_bijira.dynamic import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from pulumi.dynamic import ResourceProvider

__all__ = ("Engine", "Resource", "State")

PropertyMap = dict[str, Any]
#: What is declared: `name`, `kind`, `inputs`; a value `{"$ref": "name.output"}` stands for another's output.
Resource = PropertyMap
#: What an engine keeps: for each name `kind`, `id`, `inputs`, `outputs`.
State = dict[str, PropertyMap]


class Refused(Exception):
    """check found something wrong."""


class Engine:
    """Leads a stack; each change of its state is told at once, as an engine writes it down."""

    def __init__(self, state: State, tell: Callable[[str, PropertyMap | None], None]) -> None:
        self.state = state
        self._tell = tell
        self._providers: dict[str, ResourceProvider] = {}

    def configured(self, *kinds: str) -> None:
        """Have the providers of these kinds at hand, each configured once as the host does."""
        for kind in sorted({*kinds} - self._providers.keys()):
            self._providers[kind] = load(kind)
            self._providers[kind].configure(ConfigureRequest(config=Config({}, "soak")))

    def up(self, *chains: list[Resource]) -> dict[str, str]:
        """Each chain one after the other within, all chains at once; what was done with each resource."""
        self.configured(*(one["kind"] for chain in chains for one in chain))
        if len(chains) == 1:
            return self._up(chains[0])
        done: dict[str, str] = {}
        with ThreadPoolExecutor(4) as workers:
            for found in list(workers.map(self._up, chains)):
                done |= found
        return done

    def preview(self, chain: list[Resource]) -> dict[str, str]:
        """What `up` would do."""
        self.configured(*(one["kind"] for one in chain))
        return {one["name"]: self._step(one)[0] for one in chain}

    def refresh(self) -> dict[str, str]:
        """Read everything."""
        self.configured(*(one["kind"] for one in self.state.values()))
        done = {}
        for name, old in list(self.state.items()):
            found = self._providers[old["kind"]].read(old["id"], old["outputs"])
            if not found.id:
                done[name] = "gone"
                self._write(name, None)
                continue
            new = {**old, "inputs": _open(found.inputs or {}), "outputs": _open(found.outs or {})}
            done[name] = "same" if (new["inputs"], new["outputs"]) == (old["inputs"], old["outputs"]) else "update"
            self._write(name, new)
        return done

    def destroy(self) -> dict[str, str]:
        """Delete everything, the last first."""
        self.configured(*(one["kind"] for one in self.state.values()))
        done = {}
        for name in reversed(list(self.state)):
            self._delete(name)
            done[name] = "delete"
        return done

    def _up(self, chain: list[Resource]) -> dict[str, str]:
        done = {}
        for one in chain:
            operation, inputs = self._step(one)
            name, provider, old = one["name"], self._providers[one["kind"]], self.state.get(one["name"])
            if operation == "replace":
                self._delete(name)
            if operation in ("create", "replace"):
                made = provider.create(inputs)
                self._write(name, _entry(one["kind"], made.id, inputs, made.outs))
            elif operation == "update":
                assert old
                changed = provider.update(old["id"], old["outputs"], inputs)
                self._write(name, _entry(one["kind"], old["id"], inputs, changed.outs))
            done[name] = operation
        return done

    def _step(self, one: Resource) -> tuple[str, PropertyMap]:
        provider, old = self._providers[one["kind"]], self.state.get(one["name"])
        checked = provider.check((old or {}).get("inputs", {}), self._resolved(one["inputs"]))
        if checked.failures:
            raise Refused("; ".join(failure.reason for failure in checked.failures))
        inputs = _open(checked.inputs)
        if old is None:
            return "create", inputs
        if provider.diff(old["id"], old["outputs"], inputs).replaces:
            return "replace", inputs
        return ("same" if inputs == old["inputs"] else "update"), inputs

    def _resolved(self, value: Any) -> Any:
        if isinstance(value, dict) and "$ref" in value:
            name, _, output = value["$ref"].partition(".")
            found = self.state[name]
            return found["id"] if output == "id" else found["outputs"][output]
        if isinstance(value, dict):
            return {key: self._resolved(item) for key, item in value.items()}
        return [self._resolved(item) for item in value] if isinstance(value, list) else value

    def _delete(self, name: str) -> None:
        old = self.state[name]
        self._providers[old["kind"]].delete(old["id"], old["outputs"])
        self._write(name, None)

    def _write(self, name: str, entry: PropertyMap | None) -> None:
        if entry is None:
            self.state.pop(name, None)
        else:
            self.state[name] = entry
        self._tell(name, entry)


def _entry(kind: str, id: str, inputs: PropertyMap, outputs: PropertyMap | None) -> PropertyMap:
    return {"kind": kind, "id": id, "inputs": inputs, "outputs": _open(outputs or {})}


def _open(bag: PropertyMap) -> PropertyMap:
    return {key: rpc.unwrap_rpc_secret(value) for key, value in bag.items()}
