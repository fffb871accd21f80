"""The two services that a program talks to: the resource monitor and the engine's log."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import grpc
from google.protobuf import empty_pb2
from pulumi.runtime.proto import engine_pb2, engine_pb2_grpc, resource_pb2, resource_pb2_grpc

from pulumi_asgardeo_bijira import wire
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.goal import Goal, refusal
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.host import MAX_MESSAGE, HostFailure
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.planner import Failure, Planned
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.stack_references import read_stack
from pulumi_asgardeo_bijira.rehearsal.engines.built_in.state import PROVIDER_TYPE, STACK_TYPE, Resource, urn_for
from pulumi_asgardeo_bijira.rehearsal.engines.model import STACK_REFERENCE, EngineError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.deployment import Deployment
    from pulumi_asgardeo_bijira.rehearsal.engines.built_in.planner import Planner
    from pulumi_asgardeo_bijira.rehearsal.engines.model import OtherStack

__all__ = ["PARALLEL", "Monitor", "Server"]

PARALLEL = 16
_WORKERS = PARALLEL * 4 + 16
_SEVERITIES = {1: "info", 2: "warning", 3: "error"}
_TERMINATED = "Resource monitor has terminated"
_FEATURES = (
    resource_pb2.RESOURCE_MONITOR_FEATURE_SECRETS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
    resource_pb2.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
    # the following are answered with yes so that their use reaches this engine and is refused in its own words
    resource_pb2.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
    resource_pb2.RESOURCE_MONITOR_FEATURE_REPLACE_WITH,
    resource_pb2.RESOURCE_MONITOR_FEATURE_REPLACEMENT_TRIGGER,
    resource_pb2.RESOURCE_MONITOR_FEATURE_TRANSFORMS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_INVOKE_TRANSFORMS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_PARAMETERIZATION,
    resource_pb2.RESOURCE_MONITOR_FEATURE_RESOURCE_HOOKS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_ERROR_HOOKS,
    resource_pb2.RESOURCE_MONITOR_FEATURE_STATE_MIGRATIONS,
)
_REFUSED_METHODS = {
    "Invoke": "function calls to providers",
    "Call": "method calls to providers",
    "ExistsResource": "looking whether a resource exists",
    "RegisterStackTransform": "transforms",
    "RegisterStackInvokeTransform": "transforms",
    "RegisterResourceHook": "resource hooks",
    "RegisterErrorHook": "error hooks",
    "RegisterPackage": "parameterized packages",
}


class Monitor(resource_pb2_grpc.ResourceMonitorServicer):
    """Receives the program's resources one by one, has each planned and carried out, and answers with its state."""

    def __init__(
        self,
        stack: str,
        project: str,
        deployment: Deployment,
        planner: Planner,
        config: Mapping[str, Any],
        stacks: Mapping[str, OtherStack],
    ) -> None:
        self._stack = stack
        self._project = project
        self._stacks = stacks
        self._deployment = deployment
        self._planner = planner
        self._config = config
        self._planning = threading.Lock()
        self._default_provider: Resource | None = None
        for method, words in _REFUSED_METHODS.items():
            setattr(self, method, self._refusing(words))

    def GetDeploymentInfo(self, request: empty_pb2.Empty, context: grpc.ServicerContext) -> Any:  # noqa: N802
        """What is deployed, and what this monitor can do."""
        return resource_pb2.DeploymentInfo(
            project=self._project,
            stack=self._stack,
            organization="organization",
            config={key: wire.open_secrets(value) for key, value in self._config.items()},
            configSecretKeys=[key for key, value in self._config.items() if wire.is_secret(value)],
            dryRun=self._deployment.preview,
            parallel=PARALLEL,
            supportedFeatures=_FEATURES,
        )

    def SupportsFeature(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        """Whether this monitor has a feature, by its short name."""
        known = {"secrets", "resourceReferences", "aliasSpecs", "deletedWith"}
        return resource_pb2.SupportsFeatureResponse(hasSupport=request.id in known)

    def RegisterResource(  # noqa: N802
        self, request: resource_pb2.RegisterResourceRequest, context: grpc.ServicerContext
    ) -> resource_pb2.RegisterResourceResponse:
        """Make a resource what the program says."""
        with self._working(context):
            goal = Goal.to_register(request)
            resource = self._carry_out(goal, self._planner.plan)
            if not resource.custom:
                return resource_pb2.RegisterResourceResponse(urn=resource.urn)
            id_ = "" if resource.id == wire.UNKNOWN else resource.id
            return resource_pb2.RegisterResourceResponse(urn=resource.urn, id=id_, object=wire.encode(resource.outputs))

    def ReadResource(  # noqa: N802
        self, request: resource_pb2.ReadResourceRequest, context: grpc.ServicerContext
    ) -> resource_pb2.ReadResourceResponse:
        """Read a resource that is not managed."""
        with self._working(context):
            if request.type == STACK_REFERENCE:
                urn = urn_for(self._stack, self._project, request.parent, request.type, request.name)
                return read_stack(request, self._stacks, urn)
            resource = self._carry_out(Goal.to_read(request), self._planner.plan_read)
            return resource_pb2.ReadResourceResponse(
                urn=resource.urn, id=resource.id, properties=wire.encode(resource.outputs)
            )

    def RegisterResourceOutputs(  # noqa: N802
        self, request: resource_pb2.RegisterResourceOutputsRequest, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        """Keep what a component, or the stack, gives out."""
        with self._working(context):
            resource = self._deployment.state.new(request.urn)
            if resource is None:
                raise Failure(request.urn, "its outputs were registered before the resource itself")
            resource.outputs = wire.normal_references(wire.decode(request.outputs))
        return empty_pb2.Empty()

    def SignalAndWaitForShutdown(  # noqa: N802
        self, request: empty_pb2.Empty, context: grpc.ServicerContext
    ) -> empty_pb2.Empty:
        """There is nothing to wait for: no callbacks are served."""
        return empty_pb2.Empty()

    def _refusing(self, words: str) -> Callable[[Any, grpc.ServicerContext], Any]:
        def refuse(_: Any, context: grpc.ServicerContext) -> Any:
            with self._working(context):
                raise refusal(words)

        return refuse

    @contextmanager
    def _working(self, context: grpc.ServicerContext) -> Iterator[None]:
        """Answer as a monitor that has gone, once something failed: that is what ends the program."""
        try:
            with self._deployment.working():
                self._raise_if_stopped()
                yield
        except (Failure, EngineError, _Stopped):
            context.abort(grpc.StatusCode.UNAVAILABLE, "the deployment has stopped")

    def _raise_if_stopped(self) -> None:
        if self._deployment.stopped:
            raise _Stopped

    def _carry_out(self, goal: Goal, plan: Callable[[Goal], list[Planned]]) -> Resource:
        with self._planning:
            self._raise_if_stopped()
            goal = self._with_provider(goal)
            steps = self._planned(goal, plan)
        taken = [self._deployment.take(step) for step in steps]
        if goal.type == PROVIDER_TYPE:
            self._deployment.providers.start(taken[-1])
        return taken[-1]

    def _planned(self, goal: Goal, plan: Callable[[Goal], list[Planned]]) -> list[Planned]:
        try:
            return plan(goal)
        except HostFailure as failure:
            urn = f"urn:pulumi:{self._stack}::{self._project}::{goal.type}::{goal.name}"
            raise Failure(urn, str(failure)) from None

    def _with_provider(self, goal: Goal) -> Goal:
        """The goal with the default provider where the program names none; made when first needed."""
        if not goal.custom or goal.provider or goal.type in (PROVIDER_TYPE, STACK_TYPE):
            return goal
        if self._default_provider is None:
            own = Goal(PROVIDER_TYPE, "default", custom=True, inputs=dict(self._config))
            self._default_provider = [self._deployment.take(step) for step in self._planner.plan(own)][-1]
            self._deployment.providers.start(self._default_provider)
        provider = self._default_provider
        return goal.by(f"{provider.urn}::{provider.id}")


class _Stopped(Exception):
    """Something else has failed already."""


class _Log(engine_pb2_grpc.EngineServicer):
    """Collects what programs and providers log; debug messages are dropped."""

    def __init__(self, report: Callable[[str, str, str], None]) -> None:
        self._report = report
        self._root = ""

    def Log(self, request: engine_pb2.LogRequest, context: grpc.ServicerContext) -> empty_pb2.Empty:  # noqa: N802
        """Keep a message."""
        if request.severity in _SEVERITIES and not request.ephemeral and _TERMINATED not in request.message:
            self._report(_SEVERITIES[request.severity], request.urn, request.message)
        return empty_pb2.Empty()

    def GetRootResource(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        """The stack's URN."""
        return engine_pb2.GetRootResourceResponse(urn=self._root)

    def SetRootResource(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        """Remember the stack's URN."""
        self._root = request.urn
        return engine_pb2.SetRootResourceResponse()

    def RequirePulumiVersion(self, request: Any, context: grpc.ServicerContext) -> Any:  # noqa: N802
        """This engine stands in for any version."""
        return engine_pb2.RequirePulumiVersionResponse()


class Server:
    """A port on the loopback that serves the engine's log, and a monitor if there is a program."""

    def __init__(self, report: Callable[[str, str, str], None]) -> None:
        size = [("grpc.max_receive_message_length", MAX_MESSAGE), ("grpc.max_send_message_length", MAX_MESSAGE)]
        self._workers = ThreadPoolExecutor(_WORKERS)
        self._server = grpc.server(self._workers, options=size)
        engine_pb2_grpc.add_EngineServicer_to_server(_Log(report), self._server)
        self.address = f"127.0.0.1:{self._server.add_insecure_port('127.0.0.1:0')}"

    def serve(self, monitor: Monitor | None = None) -> None:
        """Begin to answer."""
        if monitor is not None:
            resource_pb2_grpc.add_ResourceMonitorServicer_to_server(monitor, self._server)
        self._server.start()

    def close(self) -> None:
        """Stop answering."""
        self._server.stop(None).wait()
        self._workers.shutdown(wait=False)
