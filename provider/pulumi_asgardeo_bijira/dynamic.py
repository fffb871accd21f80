"""The bridge to pulumi.dynamic: one provider over every resource, and the one function that is pickled.

What lies in a state is a call of `load` with the name of a resource, as constant text: so whatever version is installed
runs, and no byte of a state changes with it. `load`, this module's name and the resources' names can therefore
never change.

Programs read this module too, for `payload`; what talks to platforms is imported by the provider's process alone.
"""

import base64
import gc
import inspect
import logging
import os
import sys
import threading
import traceback
import weakref
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

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

from .debugging import shows_tracebacks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .resources import Platforms, ResourceHandler

__all__ = ("ABSENT", "IMPORTING_VARIABLE", "PROVIDER_KEY", "load", "payload")

#: Set to anything, it has a creation take what exists as it is: so an import file is written.
IMPORTING_VARIABLE = "ASGARDEO_BIJIRA_IMPORTING"
#: While an import file is written, the id and every other text of what is not there yet.
ABSENT = "asgardeo-bijira: not there yet"

#: The most operations that are carried out at once; the engine's `--parallel` may ask for fewer.
_AT_ONCE = 16

PropertyMap = dict[str, Any]


def payload(kind: str) -> str:
    """What stands for the provider in the state: `load(kind)`, pickled by hand in the protocol that never changes."""
    return base64.b64encode(f"c{__name__}\nload\n(V{kind}\ntR.".encode()).decode()


def load(kind: str) -> ResourceProvider:
    """The provider for a resource. Frozen: states hold calls of it."""
    gc.freeze()  # what is there stays: it need not be looked through again while the rest is imported
    from .resources import resource_handler

    return Provider(resource_handler(kind))


class Provider(ResourceProvider):
    """A dynamic provider over a resource handler. Nothing that it holds is pickled."""

    serialize_as_secret_always = False

    def __init__(self, handler: "ResourceHandler") -> None:
        super().__init__()
        from .resources import Lifecycle

        self._handler = handler
        self._platforms: Callable[[], Platforms] = _not_configured
        self._lifecycle = Lifecycle(handler, lambda: self._platforms())

    def __reduce__(self) -> tuple[Callable[[str], ResourceProvider], tuple[str]]:
        return load, (self._handler.name,)

    def configure(self, req: ConfigureRequest) -> None:
        """Remember the configuration; it is judged when a platform is first needed."""
        from .resources import platforms_for
        from .settings import Settings
        from .transport import listen

        listen()
        _take_more_at_once()
        settings = Settings(_config_of(req), dict(os.environ))
        _tell_once(settings.about_sandbox)
        self._platforms = lambda: platforms_for(settings)

    def check(self, _olds: PropertyMap, news: PropertyMap) -> CheckResult:
        """Validate, fill in defaults, put into one form. Failures name no property: the engine prints its value."""
        from .transport import shown_to_user

        with _one_line():
            checked = self._lifecycle.check(self._clean(news), _is_unknown, urn=_urn())
            self._lifecycle.tell_scopes(checked.inputs, _is_unknown, urn=_urn())
        return CheckResult(checked.inputs, [CheckFailure("", shown_to_user(line)) for line in checked.failures])

    def diff(self, _id: str, _olds: PropertyMap, _news: PropertyMap) -> DiffResult:
        """Leave comparing to the engine; say which changes replace, and where there is one that the program has not."""
        olds, news = self._old(_olds), self._clean(_news)
        with _one_line():
            replaces = self._lifecycle.replaces(_id, olds, news, _is_unknown, urn=_urn())
            changes = self._lifecycle.has_lost(_id, news) or None
        return DiffResult(changes=changes, replaces=replaces, delete_before_replace=True)

    def create(self, props: PropertyMap) -> CreateResult:
        """Make the object."""
        inputs = self._clean(props)
        if os.environ.get(IMPORTING_VARIABLE):
            return self._found(inputs)
        with _one_line():
            made = self._lifecycle.create(inputs, urn=_urn())
        return CreateResult(made.id, self._sealed(inputs | made.outputs))

    def _found(self, inputs: PropertyMap) -> CreateResult:
        """What exists in place of a creation; of what does not, something for others to refer to."""
        from .transport import Gone

        try:
            with _one_line():
                id_, properties = self._lifecycle.found(inputs)
        except Gone:
            texts = dict.fromkeys(self._handler.outputs.texts(), ABSENT)
            return CreateResult(ABSENT, self._sealed(inputs | texts))
        return CreateResult(id_, self._sealed(properties))

    def read(self, id_: str, props: PropertyMap) -> ReadResult:
        """See what the object is now; no id where it is gone."""
        from .scope_log import are_asked_for

        if are_asked_for() and not self._clean(props):
            self._lifecycle.tell_scopes(None, urn=_urn())
            return ReadResult(id_, {})
        with _one_line():
            found = self._lifecycle.read(id_, self._old(props), urn=_urn())
        if found is None:
            return ReadResult("", {})
        inputs, outputs = found
        return ReadResult(id_, self._sealed(inputs | outputs), self._sealed(inputs))

    def update(self, _id: str, _olds: PropertyMap, _news: PropertyMap) -> UpdateResult:
        """Carry out what changed."""
        inputs = self._clean(_news)
        with _one_line():
            outputs = self._lifecycle.update(_id, self._old(_olds), inputs, urn=_urn())
        return UpdateResult(self._sealed(inputs | outputs))

    def delete(self, _id: str, _props: PropertyMap) -> None:
        """Delete the object."""
        with _one_line():
            self._lifecycle.delete(_id, self._old(_props), urn=_urn())

    def _old(self, properties: PropertyMap) -> PropertyMap:
        """The same of an object, whether this or the plugin has made it."""
        return self._handler.stored(self._clean(properties))

    def _clean(self, properties: PropertyMap) -> PropertyMap:
        """Properties as handlers have them; their secrets are known from now on, marked or not."""
        from .transport import remember

        found = _clean(properties)
        remember(*(found[key] for key in self._handler.secrets & found.keys()))
        return found

    def _sealed(self, properties: PropertyMap) -> PropertyMap:
        """The properties with its secrets in envelopes, so that the engine encrypts them."""
        from .transport import remember

        secrets = self._handler.secrets
        remember(*(properties[key] for key in secrets & properties.keys()))
        return {key: rpc.wrap_rpc_secret(value) if key in secrets else value for key, value in properties.items()}


def _not_configured() -> "Platforms":
    raise RuntimeError("the provider is used before it is configured")


def _is_unknown(value: object) -> bool:
    return isinstance(value, Unknown) or value == ABSENT


def _clean(properties: Mapping[str, Any]) -> PropertyMap:
    """Without what the host adds, without envelopes, and with whole numbers whole again: the engine has floats only."""
    return {key: _plain(value) for key, value in properties.items() if key != PROVIDER_KEY}


def _plain(value: Any) -> Any:
    if rpc.is_rpc_secret(value):
        from .transport import remember

        value = rpc.unwrap_rpc_secret(value)
        remember(value)
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _config_of(req: ConfigureRequest) -> dict[str, str]:
    """All of the stack's configuration. The host offers no list of it, so where its inside looks different from what is
    known, only known keys are asked for, and nothing can be said about mistyped ones."""
    from .settings import STACK_PREFIX, all_keys

    everything = getattr(req.config, "_props", None)
    if not isinstance(everything, Mapping):
        known = all_keys()
        everything = {key: req.config.get(key) for key in known | {STACK_PREFIX + key for key in known}}
    return {str(key): str(value) for key, value in everything.items() if value is not None}


def _take_more_at_once() -> None:
    """Have the host carry out as many operations at once as the engine sends, not four of them: each waits for answers
    most of its time. The pool of its threads is in the frame that runs this one; where that looks different from what
    is known, four it stays, and where the machine has no more threads, as many as there are."""
    frame = inspect.currentframe()
    while frame is not None:
        reference = frame.f_locals.get("executor_reference")
        pool: Any = reference() if isinstance(reference, weakref.ref) else None
        if isinstance(getattr(pool, "_max_workers", None), int):
            _enlarge(pool)
            return
        frame = frame.f_back


def _enlarge(pool: Any) -> None:
    """A pool begins a thread only for what it is given, so it is given something."""
    begun = threading.Event()
    for _ in range(pool._max_workers, _AT_ONCE):  # noqa: SLF001  # nothing public says it
        pool._max_workers += 1  # noqa: SLF001
        try:
            pool.submit(begun.wait)
        except RuntimeError:  # no thread can be begun, so the host is not to try it either
            pool._max_workers -= 1  # noqa: SLF001
            break
    begun.set()


def _served() -> tuple[Any, Any]:
    """The host's request and its context that the running method serves. The host does not hand them over, but has them
    in the frame that called; where that looks different from what is known, there are none."""
    frame = inspect.currentframe()
    while frame is not None:
        context = frame.f_locals.get("context")
        if hasattr(context, "set_trailing_metadata") and hasattr(context, "abort"):
            return frame.f_locals.get("request"), context
        frame = frame.f_back
    return None, None


def _urn() -> str:
    """The resource that the running method serves; without a name where it is not known, and then lines say less."""
    urn = getattr(_served()[0], "urn", "")
    return urn if isinstance(urn, str) else ""


@contextmanager
def _one_line() -> "Iterator[None]":
    """One line for everything that a user can meet."""
    from .problem_log import record
    from .transport import Problem, shown_to_user

    if not shows_tracebacks():
        _leave_tracebacks_out()
    try:
        yield
    except Problem as problem:
        record(problem)
        problem.args = (shown_to_user(str(problem)),)
        raise problem from None


def _leave_tracebacks_out() -> None:
    """The host answers with the traceback of what a provider raises. For the request that is being served it now leaves
    that out; other providers of the process keep theirs."""
    context = _served()[1]
    if context is None:
        return
    abort = context.abort

    def abort_in_one_line(code: Any, details: str) -> None:
        raised = sys.exc_info()[1]
        abort(code, "".join(traceback.format_exception_only(raised)) if raised else details)

    context.abort = abort_in_one_line


@cache
def _tell_once(line: str) -> None:
    """Warn of something that is true of the whole process, once."""
    if line:
        logging.getLogger(__package__).warning("%s", line)
