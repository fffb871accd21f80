"""The bridge to pulumi.dynamic: one provider over every kind, and the one function that is pickled.

What lies in a state is a call of `load` with the name of a kind, as constant text: so whatever version is installed
runs, and no byte of a state changes with it. `load`, this module's name and the names of the kinds can therefore never
change.

Programs read this module too, for `payload`; what talks to platforms is imported by the provider's process alone.
"""

import base64
import logging
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)
from pulumi.dynamic.dynamic import PROVIDER_KEY
from pulumi.output import Unknown
from pulumi.runtime import rpc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .kinds import Kind, Platforms

__all__ = ("ABSENT", "DEBUG_VARIABLE", "IMPORTING_VARIABLE", "PROVIDER_KEY", "load", "payload")

#: Set to anything, it shows tracebacks.
DEBUG_VARIABLE = "ASGARDEO_BIJIRA_DEBUG"
#: Set to anything, it has a creation take what exists as it is: so an import file is written.
IMPORTING_VARIABLE = "ASGARDEO_BIJIRA_IMPORTING"
#: While an import file is written, the id and every other text of what is not there yet.
ABSENT = "asgardeo-bijira: not there yet"

Bag = dict[str, Any]
T = TypeVar("T")


def payload(kind: str) -> str:
    """What stands for the provider in the state: `load(kind)`, pickled by hand in the protocol that never changes."""
    return base64.b64encode(f"c{__name__}\nload\n(V{kind}\ntR.".encode()).decode()


def load(kind: str) -> ResourceProvider:
    """The provider for a kind. Frozen: states hold calls of it."""
    from .kinds import all_kinds

    return Provider(all_kinds()[kind])


class Provider(ResourceProvider):
    """A dynamic provider over a kind. It holds nothing until it is configured, and nothing of that is pickled."""

    serialize_as_secret_always = False

    def __init__(self, kind: "Kind") -> None:
        super().__init__()
        self._kind = kind
        self._platforms: Callable[[], Platforms] = _not_configured

    def __reduce__(self) -> tuple[Callable[[str], ResourceProvider], tuple[str]]:
        return load, (self._kind.name,)

    def configure(self, req: ConfigureRequest) -> None:
        """Remember the configuration; it is judged when a platform is first needed."""
        from .kinds import platforms_for
        from .settings import Settings

        if not os.environ.get(DEBUG_VARIABLE):
            sys.tracebacklimit = 0
        _listen()
        settings = Settings(_config_of(req), dict(os.environ))
        self._platforms = lambda: platforms_for(settings)

    def check(self, _olds: Bag, news: Bag) -> CheckResult:
        """Validate, fill in defaults, put into one form. Failures name no property: the engine prints its value."""
        checked = self._kind.check(_clean(news), _is_unknown)
        return CheckResult(checked.inputs, [CheckFailure("", line) for line in checked.failures])

    def diff(self, _id: str, _olds: Bag, _news: Bag) -> DiffResult:
        """Leave comparing to the engine; say which changes replace."""
        replaces = self._kind.replaces(_id, _clean(_olds), _clean(_news), _is_unknown)
        return DiffResult(changes=None, replaces=replaces, delete_before_replace=True)

    def create(self, props: Bag) -> CreateResult:
        """Make the object."""
        inputs = _clean(props)
        if os.environ.get(IMPORTING_VARIABLE):
            return self._found(inputs)
        with _operation():
            made = self._kind.create(self._platforms(), inputs)
        return CreateResult(made.id, self._sealed(inputs | made.outputs))

    def _found(self, inputs: Bag) -> CreateResult:
        """What exists in place of a creation; of what does not, something for others to refer to."""
        from .http import Gone

        try:
            with _operation():
                id_, bag = self._kind.found(self._platforms(), inputs)
        except Gone:
            texts = dict.fromkeys(self._kind.outputs.texts(), ABSENT)
            return CreateResult(ABSENT, self._sealed(inputs | texts))
        return CreateResult(id_, self._sealed(bag))

    def read(self, id_: str, props: Bag) -> ReadResult:
        """See what the object is now; no id where it is gone."""
        with _operation():
            found = self._kind.refresh(self._platforms(), id_, _clean(props))
        if found is None:
            return ReadResult("", {})
        inputs, outputs = found
        return ReadResult(id_, self._sealed(inputs | outputs), self._sealed(inputs))

    def update(self, _id: str, _olds: Bag, _news: Bag) -> UpdateResult:
        """Carry out what changed."""
        inputs = _clean(_news)
        with _operation():
            outputs = self._kind.update(self._platforms(), _id, _clean(_olds), inputs)
        return UpdateResult(self._sealed(inputs | outputs))

    def delete(self, _id: str, _props: Bag) -> None:
        """Delete the object."""
        with _operation():
            self._kind.delete(self._platforms(), _id, _clean(_props))

    def _sealed(self, bag: Bag) -> Bag:
        """The bag with its secrets in envelopes, so that the engine encrypts them."""
        secrets = self._kind.secrets
        return {key: rpc.wrap_rpc_secret(value) if key in secrets else value for key, value in bag.items()}


def _not_configured() -> "Platforms":
    raise RuntimeError("the provider is used before it is configured")


def _is_unknown(value: object) -> bool:
    return isinstance(value, Unknown) or value == ABSENT


def _clean(bag: Mapping[str, Any]) -> Bag:
    """Without what the host adds, without envelopes, and with whole numbers whole again: the engine has floats only."""
    return {key: _plain(value) for key, value in bag.items() if key != PROVIDER_KEY}


def _plain(value: Any) -> Any:
    value = rpc.unwrap_rpc_secret(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _config_of(req: ConfigureRequest) -> dict[str, str]:
    """All of the stack's configuration. The host offers no list of it, so where its inside looks different from what is
    known, only known keys are asked for, and nothing can be said about mistyped ones."""
    from .settings import all_keys

    everything = getattr(req.config, "_props", None)
    if not isinstance(everything, Mapping):
        everything = {key: req.config.get(key) for key in all_keys()}
    return {str(key): str(value) for key, value in everything.items() if value is not None}


@contextmanager
def _operation() -> "Iterator[None]":
    """One deadline for everything inside, and one line for everything that a user can meet."""
    from .http import Problem, operation

    try:
        with operation():
            yield
    except Problem as problem:
        raise problem from None


def _listen() -> None:
    """Have the package's warnings printed by the engine, which shows what a provider writes to stderr."""
    log = logging.getLogger(__package__)
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("warning: %(message)s"))
        handler.setLevel(logging.WARNING)
        log.addHandler(handler)
        log.propagate = False
