"""A back end made of files, and dynamic resources that live in it. Every call of the host is written down.

The folder is named by FILE_BACKEND. A file `faults.json` in it makes calls fail: `{"create a": "no luck"}`; the word
`incomplete` makes the object but reports it as not ready, `meet` waits for a second call that
waits as well. The resources know their own name by the property `name`.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path
from typing import Any

import pulumi
from google.protobuf import any_pb2
from pulumi import ResourceOptions
from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    Resource,
    ResourceProvider,
    UpdateResult,
)
from pulumi.output import Unknown
from pulumi.runtime import rpc
from pulumi.runtime.proto import provider_pb2, status_pb2

COMPUTED = ("made", "token", "greeting")
REPLACING = ("key", "unique")
MEETING = threading.Barrier(2)


class FileProvider(ResourceProvider):
    """Keeps each object in a file. `key` replaces create-first, `unique` delete-first, the rest changes in place."""

    serialize_as_secret_always = False
    greeting = ""

    def __reduce__(self) -> tuple[Any, ...]:
        return (FileProvider, ())

    def configure(self, req: ConfigureRequest) -> None:
        self.greeting = req.config.get("files:greeting") or ""

    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        olds, news = plain(_olds), plain(news)
        record("check", news, olds=olds, news=news)
        failures = []
        if isinstance(news.get("size"), float) and news["size"] < 0:
            failures.append(CheckFailure("", "size: must not be negative"))
        if isinstance(news.get("tags"), list) and all(isinstance(tag, str) for tag in news["tags"]):
            news["tags"] = sorted(news["tags"])
        return CheckResult(news, failures)

    def diff(self, id_: str, olds: dict[str, Any], news: dict[str, Any]) -> DiffResult:
        olds, news = plain(olds), plain(news)
        record("diff", news, id=id_, olds=olds, news=news)
        replaces = [key for key in REPLACING if olds.get(key) != news.get(key)]
        return DiffResult(changes=None, replaces=replaces, delete_before_replace="unique" in replaces)

    def create(self, props: dict[str, Any]) -> CreateResult:
        props = plain(props)
        id_ = f"{props['name']}-{len(list(folder().glob(props['name'] + '-*.made'))) + 1}"
        record("create", props, props=props)
        fail("create", props)
        (folder() / f"{id_}.made").touch()
        write(id_, props)
        outs = self.outputs(id_, props)
        leave_incomplete("create", id_, props, outs)
        return CreateResult(id_, outs)

    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        props = plain(props)
        record("read", props, id=id_, props=props)
        fail("read", props)
        path = folder() / f"{id_}.json"
        if not path.exists():
            return ReadResult("", {})
        found = json.loads(path.read_text())
        return ReadResult(id_, self.outputs(id_, found), found)

    def update(self, id_: str, olds: dict[str, Any], news: dict[str, Any]) -> UpdateResult:
        olds, news = plain(olds), plain(news)
        record("update", news, id=id_, olds=olds, news=news)
        fail("update", news)
        write(id_, news)
        outs = self.outputs(id_, news)
        leave_incomplete("update", id_, news, outs)
        return UpdateResult(outs)

    def delete(self, id_: str, props: dict[str, Any]) -> None:
        props = plain(props)
        record("delete", props, id=id_, props=props)
        fail("delete", props)
        (folder() / f"{id_}.json").unlink(missing_ok=True)

    def outputs(self, id_: str, props: dict[str, Any]) -> dict[str, Any]:
        return {
            **props,
            "made": f"made {id_}",
            "token": rpc.wrap_rpc_secret(f"token of {id_}"),
            "greeting": self.greeting,
        }


class Thing(Resource, module="files", name="Thing"):
    """Something in the back end with whatever properties it is given."""

    made: pulumi.Output[str]
    token: pulumi.Output[str]
    greeting: pulumi.Output[str]
    size: pulumi.Output[Any]
    key: pulumi.Output[Any]

    def __init__(self, name: str, opts: ResourceOptions | None = None, **props: Any) -> None:
        computed = dict.fromkeys(COMPUTED)
        super().__init__(FileProvider(), name, {"size": None, "key": None, **props, **computed, "name": name}, opts)


class Found(Resource, module="files", name="Thing"):
    """Something in the back end that the program does not manage."""

    made: pulumi.Output[str]
    size: pulumi.Output[Any]

    def __init__(self, name: str, id_: pulumi.Input[str], opts: ResourceOptions | None = None) -> None:
        props = dict.fromkeys((*COMPUTED, "size", "name"))
        super().__init__(FileProvider(), name, props, ResourceOptions.merge(opts, ResourceOptions(id=id_)))


class Tenant(pulumi.ProviderResource):
    """An explicit provider instance."""

    def __init__(self, name: str, config: dict[str, Any], opts: ResourceOptions | None = None) -> None:
        super().__init__("pulumi-python", name, config, opts)


class Group(pulumi.ComponentResource):
    """A component."""

    def __init__(self, name: str, opts: ResourceOptions | None = None, props: dict[str, Any] | None = None) -> None:
        super().__init__("files:index:Group", name, props or {}, opts)


def plain(props: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in props.items() if key != "__provider"}


def folder() -> Path:
    return Path(os.environ["FILE_BACKEND"])


def write(id_: str, props: dict[str, Any]) -> None:
    (folder() / f"{id_}.json").write_text(json.dumps(props, sort_keys=True))


def record(method: str, of: dict[str, Any], /, **request: Any) -> None:
    served = handler()["request"]
    request |= {"urn": served.urn, "timeout": getattr(served, "timeout", 0)}
    line = json.dumps({"method": method, "name": of.get("name"), **visible(request)}, sort_keys=True)
    with (folder() / "calls").open("a") as file:
        file.write(line + "\n")


def visible(value: Any) -> Any:
    if isinstance(value, Unknown):
        return "<unknown>"
    if isinstance(value, dict):
        return {key: visible(item) for key, item in value.items()}
    return [visible(item) for item in value] if isinstance(value, list) else value


def fault(method: str, props: dict[str, Any]) -> str:
    path = folder() / "faults.json"
    faults = json.loads(path.read_text()) if path.exists() else {}
    return str(faults.get(f"{method} {props.get('name')}", ""))


def fail(method: str, props: dict[str, Any]) -> None:
    reason = fault(method, props)
    if reason == "meet":
        MEETING.wait(20)
    elif reason and reason != "incomplete":
        raise RuntimeError(reason)


def leave_incomplete(method: str, id_: str, props: dict[str, Any], outs: dict[str, Any]) -> None:
    """Say by the protocol's own means that the object is there but not ready."""
    if fault(method, props) != "incomplete":
        return
    served = handler()
    sent = served["request"].properties if method == "create" else served["request"].news
    failed = provider_pb2.ErrorResourceInitFailed(id=id_, reasons=["not ready"])
    failed.properties.update({**outs, "__provider": sent["__provider"]})
    detail = any_pb2.Any()
    detail.Pack(failed)
    status = status_pb2.Status(code=2, details=[detail])
    served["context"].set_trailing_metadata((("grpc-status-details-bin", status.SerializeToString()),))
    raise RuntimeError("not ready")


def handler() -> dict[str, Any]:
    """The local variables of the host's method that is being served; a provider is handed neither of them."""
    frame = sys._getframe()
    while frame.f_back is not None and not hasattr(frame.f_locals.get("context"), "set_trailing_metadata"):
        frame = frame.f_back
    return frame.f_locals
