"""The protocol's methods: what an engine asks of a resource, a look-up or the provider itself.

What is declared is what the old inputs have, and the object as handlers know it is those with the computed outputs.
Old outputs under the name of an input are never taken: they are those of the last operation, and inputs may have
changed since without any. A preview answers what is known of what would be done, without a request.
"""

import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import provider_pb2

from ..debugging import shows_tracebacks
from ..naming import part_of_id
from ..problem_log import record
from ..resources import CLASSES, Lifecycle, Platforms, ResourceHandler, platforms_for, resource_handler
from ..resources.handler import warn
from ..resources.schema import PropertyMap
from ..scope_log import are_asked_for
from ..transport import InvalidInput, Problem, cancel, redactor_with, shown_to_user
from .component import Components, ComponentServicer
from .configuration import SECRET_SETTINGS, moved, settings_of, staying, wrong_with
from .difference import differences
from .moved_provider import MovedProvider
from .role_warning import DeclaredRoles
from .schema import schema, version
from .values import UNKNOWN, Properties, is_unknown, to_struct

if TYPE_CHECKING:
    from .engine_log import EngineLog

__all__ = ("PluginServicer",)

_PREFIX = "asgardeo-bijira:index:"

_ONE_RUN = (
    "This process of the plugin has served a run that has ended, and serves one alone: start it again for each run, "
    "and preview and update in runs of their own (pulumi up --skip-preview)"
)


@dataclass(frozen=True)
class _Resource:
    """A resource that is served."""

    lifecycle: Lifecycle

    @property
    def handler(self) -> ResourceHandler:
        return self.lifecycle.handler

    def properties(self, struct: Any) -> Properties:
        """What a request carries of it."""
        return Properties(struct, self.handler.secrets)

    def struct(self, properties: Mapping[str, Any], *like: Properties) -> Any:
        """What an answer carries of it."""
        return to_struct(properties, self.handler.secrets, *like)

    def answer(self, id: str, properties: PropertyMap, *like: Properties) -> Any:
        """The same with what is read off the id, which a preview of a creation does not know."""
        parts = {name: part_of_id(id, at) if id else UNKNOWN for name, at in self.handler.parts_of_id.items()}
        return self.struct(parts | properties, *like)

    def object(self, inputs: Properties, outputs: Properties) -> PropertyMap:
        """The object as handlers know it."""
        return inputs.plain | self.handler.outputs_of(outputs.plain)

    def seen(self, outputs: Properties) -> PropertyMap:
        """The same of an object that is only looked at: as it was seen before, or nothing where it was not."""
        return outputs.plain if self.handler.outputs_of(outputs.plain) else {}


class PluginServicer(ComponentServicer):
    """Serves one engine."""

    def __init__(self, arguments: Sequence[str], engine_address: str, log: "EngineLog") -> None:
        self.components = Components(version())
        super().__init__(self.components, list(arguments), engine_address)
        self._log = log
        self._platforms: Callable[[], Platforms] = _not_configured
        self._resources: dict[str, _Resource] = {}
        self._roles = DeclaredRoles()
        self._moved = MovedProvider()
        self._has_ended = False

    def Handshake(self, request: Any, context: Any) -> Any:  # noqa: N802  # the protocol's names
        """What both sides can do."""
        return provider_pb2.ProviderHandshakeResponse(accept_secrets=True, accept_resources=True, accept_outputs=True)

    async def GetSchema(self, request: Any, context: Any) -> Any:  # noqa: N802
        """What the plugin offers; few of its processes are asked."""
        self.components.schema = schema()
        return await super().GetSchema(request, context)

    def CheckConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Refuse settings that are none; what is missing is told by whoever needs it."""
        news = Properties(request.news, SECRET_SETTINGS)
        failures = [provider_pb2.CheckFailure(reason=shown_to_user(line)) for line in wrong_with(news.plain)]
        return provider_pb2.CheckResponse(inputs=to_struct(news.plain, SECRET_SETTINGS, news), failures=failures)

    def DiffConfig(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Replace, with all its resources, an instance that leads elsewhere: else they would be asked for there, be
        taken for gone, and stay for ever where they are."""
        old, new = (Properties(struct, SECRET_SETTINGS).plain for struct in (request.old_inputs, request.news))
        diffs = sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
        changes = provider_pb2.DiffResponse.DIFF_SOME if diffs else provider_pb2.DiffResponse.DIFF_NONE
        replaces = moved(old, new, request.name)
        if replaces:
            self._moved.leads_elsewhere(staying(old, new, request.name))
        return provider_pb2.DiffResponse(changes=changes, diffs=diffs, replaces=replaces)

    def Configure(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Remember the configuration; it is judged when a platform is first needed."""
        settings = settings_of(Properties(request.args, SECRET_SETTINGS).plain, request.name)
        if settings.about_sandbox:
            warn(settings.about_sandbox)
        self._platforms = lambda: platforms_for(settings)
        self.components.instance = request.name
        return provider_pb2.ConfigureResponse(
            acceptSecrets=True, acceptResources=True, acceptOutputs=True, supportsPreview=True
        )

    def Check(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Validate, fill in defaults, put into one form. Failures name no property: the engine prints its value."""
        served = self._resource(request.type, context)
        news = served.properties(request.news)
        self._moved.declared(request.urn, was_there=bool(request.olds.fields))
        with _in_one_line(context):
            named = served.handler.named_after(news.plain, request.name)
            checked = served.lifecycle.check(named, is_unknown, urn=request.urn)
            served.lifecycle.tell_scopes(checked.inputs, is_unknown, urn=request.urn)
        if checked.failures:
            self._roles.be_silent()
        self._roles.declare(served.handler.name, request.urn, checked.inputs)
        failures = [provider_pb2.CheckFailure(reason=shown_to_user(line)) for line in checked.failures]
        return provider_pb2.CheckResponse(inputs=served.struct(checked.inputs, news), failures=failures)

    def Diff(self, request: Any, context: Any) -> Any:  # noqa: N802
        """What has changed of what is declared, and which of it replaces."""
        served = self._resource(request.type, context)
        old_inputs, news = served.properties(request.old_inputs), served.properties(request.news)
        old = served.object(old_inputs, served.properties(request.olds))
        self._roles.is_there(request.urn, request.id)
        self._moved.asked_of(request.urn)
        with _in_one_line(context):
            replaces = served.lifecycle.replaces(request.id, old, news.plain, is_unknown, urn=request.urn)
            has_lost = served.lifecycle.has_lost(request.id, news.plain)
        changes = differences(served.handler.inputs, old_inputs.plain, news.plain, is_unknown)
        found = changes or replaces or has_lost
        return provider_pb2.DiffResponse(
            changes=provider_pb2.DiffResponse.DIFF_SOME if found else provider_pb2.DiffResponse.DIFF_NONE,
            replaces=replaces,
            deleteBeforeReplace=True,
            diffs=sorted(set(map(_property, changes))),
            detailedDiff={path: _property_diff(path, change, replaces) for path, change in changes.items()},
            hasDetailedDiff=True,
        )

    def Create(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Make the object; in a preview, say what is known of it."""
        served = self._resource(request.type, context)
        inputs = served.properties(request.properties)
        with _in_one_line(context):
            what = f"The {served.handler.title} {served.handler.label(inputs.plain)}"
            self._moved.refuse_in_place(served.handler.platform, request.urn, what)
        if request.preview:
            outputs: PropertyMap = dict.fromkeys(served.handler.outputs.keys(), UNKNOWN)
            with _in_one_line(context):
                outputs |= served.handler.known_before(self._platforms(), inputs.plain)
            return provider_pb2.CreateResponse(properties=served.answer("", inputs.plain | outputs, inputs))
        self._roles.be_silent()
        with _in_one_line(context):
            made = served.lifecycle.create(inputs.plain, urn=request.urn, timeout=request.timeout or None)
        return provider_pb2.CreateResponse(
            id=made.id, properties=served.answer(made.id, inputs.plain | made.outputs, inputs)
        )

    def Read(self, request: Any, context: Any) -> Any:  # noqa: N802
        """See what the object is now; no id where it is gone. Without inputs it is to be imported; without anything
        that was computed before, as for `.get()`, all of it is wanted."""
        served = self._resource(request.type, context)
        inputs, outputs = served.properties(request.inputs), served.properties(request.properties)
        if not request.HasField("inputs"):
            return self._imported(served, request, context)
        is_managed = inputs.plain and served.handler.outputs_of(outputs.plain)
        if not is_managed and served.handler.name == "Role":
            self._roles.be_silent()
        if not is_managed and are_asked_for():
            return self._not_read(served, request, context)
        with _in_one_line(context):
            old = served.object(inputs, outputs) if is_managed else served.seen(outputs)
            found = served.lifecycle.read(request.id, old, urn=request.urn, timeout=request.timeout or None)
        if found is None:
            return provider_pb2.ReadResponse()
        shown, computed = found
        return provider_pb2.ReadResponse(
            id=request.id,
            inputs=served.struct(shown, inputs),
            properties=served.answer(request.id, shown | computed, outputs, inputs),
        )

    def _imported(self, served: _Resource, request: Any, context: Any) -> Any:
        with _in_one_line(context):
            inputs, outputs = served.lifecycle.imported(request.id, urn=request.urn, timeout=request.timeout or None)
        return provider_pb2.ReadResponse(
            id=request.id, inputs=served.struct(inputs), properties=served.answer(request.id, inputs | outputs)
        )

    def _not_read(self, served: _Resource, request: Any, context: Any) -> Any:
        """Whoever wants to know what scopes a program takes need not have what it refers to."""
        with _in_one_line(context):
            served.lifecycle.tell_scopes(None, urn=request.urn)
        return provider_pb2.ReadResponse(id=request.id, properties=served.struct({}))

    def List(self, request: Any, context: Any) -> Iterator[Any]:  # type: ignore[override]  # noqa: N802
        """Every object that can be imported, by its id and its name."""
        served = self._resource(request.token, context)
        with _in_one_line(context):
            found = list(served.lifecycle.listed())
        for id_, name in found[: request.limit] if request.limit > 0 else found:
            yield provider_pb2.ListResponse(result=provider_pb2.ListResponse.Result(id=id_, name=name))

    def Update(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Carry out what changed; in a preview, say what stays as it is."""
        served = self._resource(request.type, context)
        news, olds = served.properties(request.news), served.properties(request.olds)
        old = served.object(served.properties(request.old_inputs), olds)
        if request.preview:
            unsettled = dict.fromkeys(served.handler.unsettled(old, news.plain, is_unknown), UNKNOWN)
            outputs = served.handler.outputs_of(old) | unsettled
        else:
            self._roles.be_silent()
            with _in_one_line(context):
                timeout = request.timeout or None
                outputs = served.lifecycle.update(request.id, old, news.plain, urn=request.urn, timeout=timeout)
        return provider_pb2.UpdateResponse(properties=served.answer(request.id, news.plain | outputs, news))

    def Delete(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Delete the object."""
        served = self._resource(request.type, context)
        old = served.object(served.properties(request.old_inputs), served.properties(request.properties))
        self._roles.be_silent()
        with _in_one_line(context):
            served.lifecycle.delete(request.id, old, urn=request.urn, timeout=request.timeout or None)
        return empty_pb2.Empty()

    def Invoke(self, request: Any, context: Any) -> Any:  # noqa: N802
        """Look up what exists."""
        from .functions import look_up

        if request.tok == f"{_PREFIX}getRole":
            self._roles.be_silent()
        with _in_one_line(context):
            found = look_up(request.tok.removeprefix(_PREFIX), Properties(request.args).plain, self._platforms())
        answer = {"return": to_struct(found, ())}  # a keyword of Python's
        return provider_pb2.InvokeResponse(**answer)  # type: ignore[arg-type]

    async def Cancel(self, request: Any, context: Any) -> Any:  # noqa: N802
        """The run is to end, or has ended."""
        self._has_ended = True
        cancel()
        if self._platforms is not _not_configured and (line := self._roles.line(self._platforms())):
            warn(line)
        await self.leave_components()
        return empty_pb2.Empty()

    async def Attach(self, request: Any, context: Any) -> Any:  # noqa: N802
        """The engine is another one than the process was started for, as when it is debugged. Each run wants a process
        of its own: what this one knows of objects made and deleted holds for no other, nor is anything sent by now."""
        if self._has_ended:
            await context.abort(grpc.StatusCode.FAILED_PRECONDITION, _ONE_RUN)
        self.engine_address = request.address
        self._log.lead_to(request.address)
        return empty_pb2.Empty()

    def _resource(self, type_: str, context: Any) -> _Resource:
        found = self._resources.get(type_)
        if found is None:
            name = CLASSES.get(type_.removeprefix(_PREFIX))
            if name is None:
                known = ", ".join(CLASSES)
                context.abort(grpc.StatusCode.NOT_FOUND, f"{type_} is no resource of this plugin, which has {known}")
            found = _Resource(Lifecycle(resource_handler(name), lambda: self._platforms()))
            self._resources[type_] = found
        return found


def _not_configured() -> Platforms:
    raise InvalidInput(
        "are not known yet, so nothing can be asked with them",
        subject="The provider's settings",
        action="Give it settings that are known before the run, or look up what is needed in a run of its own",
    )


def _property_diff(path: str, change: Any, replaces: Collection[str]) -> Any:
    return provider_pb2.PropertyDiff(kind=change + (_property(path) in replaces), inputDiff=True)


def _property(path: str) -> str:
    """The property that a path leads into."""
    return path.partition(".")[0].partition("[")[0]


@contextmanager
def _in_one_line(context: Any) -> Iterator[None]:
    """One line for everything that a user can meet."""
    try:
        yield
    except Problem as problem:
        record(problem)
        line = shown_to_user(str(problem))
        if shows_tracebacks():
            line += "\n" + redactor_with()("".join(traceback.format_tb(problem.__traceback__)))
        context.abort(grpc.StatusCode.UNKNOWN, line)
