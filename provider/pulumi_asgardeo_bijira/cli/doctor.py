"""`doctor`: whether a stack could be brought up from here, found out without changing anything."""

import json
import logging
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from ..clients.asgardeo import Asgardeo
from ..clients.asgardeo.endpoints import Endpoints
from ..clients.bijira import Bijira, KeyManager, connect
from ..naming import worded
from ..rehearsal import Configuration, ProgramScopes, scopes_of
from ..rehearsal.engines import EngineError
from ..rehearsal.engines.project import ProjectFile
from ..resources.key_manager.selection import NoKeyManager, choose, hides_key_managers
from ..settings import AsgardeoSettings, BijiraSettings, Settings
from ..transport import ApiProblem, InvalidInput, Problem, operation, wrong_address
from .progress import each_shown
from .scopes import NeededScope, about, asgardeo_scopes, bijira_scopes, to_copy, without_token

__all__ = ("Finding", "examine", "print_findings")

C = TypeVar("C", Asgardeo, Bijira)

#: Somebody waits for each finding.
_SECONDS = 30.0
_SHOWN = (
    (AsgardeoSettings, ("organization", "base_url", "client_id", "private_key_file", "client_assertion_file")),
    (
        BijiraSettings,
        ("backend", "base_url", "organization_id", "token_url", "client_id", "subject_token_file", "key_manager"),
    ),
)


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and what to do about it where it is not well."""

    name: str
    ok: bool
    detail: str
    #: The scope that was looked at.
    scope: NeededScope | None = None

    def __post_init__(self) -> None:
        for part in ("name", "detail"):
            object.__setattr__(self, part, worded(getattr(self, part)))


def print_findings(directory: Path, stack: str | None, config: list[str], *, as_json: bool) -> int:
    """Examine everything, print it, and say by the exit code whether all is well."""
    findings = []
    with _showing_waits():
        for finding in each_shown(examine(directory, stack, config), "examining"):
            findings.append(finding)
            if not as_json:
                print(f"{'ok  ' if finding.ok else 'FAIL'} {finding.name}: {finding.detail}", flush=True)
    ok = all(finding.ok for finding in findings)
    scopes = [finding.scope for finding in findings if finding.scope]
    if as_json:
        print(
            json.dumps(
                {"findings": [_as_json(one) for one in findings], "scopes": [asdict(one) for one in scopes], "ok": ok},
                indent=2,
            )
        )
    else:
        print("\n".join(to_copy(scopes)))
    return 0 if ok else 1


def _as_json(finding: Finding) -> dict[str, Any]:
    return {"name": finding.name, "ok": finding.ok, "detail": finding.detail}


@contextmanager
def _showing_waits() -> Iterator[None]:
    """Everything inside says on stderr what it waits for, so that silence is none of the answers."""
    log, handler = logging.getLogger("pulumi_asgardeo_bijira"), logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("     %(message)s"))
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(logging.NOTSET)


def examine(directory: Path, stack: str | None, config: list[str]) -> Iterator[Finding]:
    """All findings, in the order in which one thing needs the other."""
    found = Configuration.opening(directory, stack, config)
    settings = found.settings(directory)
    yield Finding("stack", True, found.source)
    yield from _configuration(settings)
    program = scopes_of(directory, found)
    yield Finding("scopes of the program", True, about(program))
    for platform, look in (("Asgardeo", _asgardeo), ("Bijira", _bijira)):
        if program.of(platform.lower()) or program.failure:
            said = []
            for finding in look(settings, program):
                said.append(finding.detail)
                yield finding
            faults = (Finding(f"settings of {platform}", False, line) for line in settings.faults(platform.lower()))
            yield from (fault for fault in faults if fault.detail not in said)
        else:
            yield Finding(f"token of {platform}", True, "not needed: the program has nothing there")
    if not ProjectFile.load(directory).uses_plugin:
        yield _environment(directory)


def _configuration(settings: Settings) -> Iterator[Finding]:
    for group, names in _SHOWN:
        try:
            current = settings.asgardeo if group is AsgardeoSettings else settings.bijira
        except Problem as problem:
            yield Finding(f"configuration of {group.namespace}", False, str(problem))
            continue
        shown = ", ".join(f"{group.named(name)}={_said(current, name)}" for name in names if _is_used(current, name))
        yield Finding(f"configuration of {group.namespace}", True, shown)


def _is_used(current: AsgardeoSettings | BijiraSettings, name: str) -> bool:
    """Whether a setting counts: nobody signs in at a token endpoint with a token in hand, nor at a default one that is
    refused beside an address of one's own."""
    if name != "token_url" or not isinstance(current, BijiraSettings):
        return bool(getattr(current, name))
    if current.access_token or not current.is_default(name):
        return not current.access_token
    try:
        return bool(current.token_address)
    except Problem:
        return False


def _said(current: AsgardeoSettings | BijiraSettings, name: str) -> str:
    """A setting's value; of an address that is none only that, since it may hold a password."""
    value = str(getattr(current, name))
    return "(no address)" if name in current.addresses and wrong_address(value) else value


def _tried(name: str, look: Callable[[], str]) -> Finding:
    try:
        with operation(_SECONDS):
            return Finding(name, True, look())
    except Problem as problem:
        return Finding(name, False, str(problem))


def _signed_in(platform: str, connect: Callable[[], C], how: Callable[[C], str]) -> Generator[Finding, None, C | None]:
    """Find out whether there is a token, and give the platform's client; None where there is no token."""
    clients: list[C] = []

    def sign_in() -> str:
        client = connect()
        client.tokens.token()
        clients.append(client)
        return how(client)

    found = _tried(f"token of {platform}", sign_in)
    yield found
    return clients[0] if found.ok else None


def _how(settings: AsgardeoSettings | BijiraSettings, endpoint: str) -> str:
    """The method of authentication that is used; a token that was given is tried by what is asked for with it."""
    how = settings.auth_methods[settings.auth_method]
    return f"{how} will be used" if settings.auth_method == "access_token" else f"signed in with {how} at {endpoint}"


def _asgardeo(settings: Settings, program: ProgramScopes) -> Iterator[Finding]:
    asgardeo = yield from _signed_in(
        "Asgardeo",
        lambda: Asgardeo(settings.asgardeo),
        lambda client: _how(settings.asgardeo, client.endpoints.token_endpoint),
    )
    if asgardeo is None:
        yield from (_of_scope(one) for one in without_token(program, "asgardeo"))
        return
    yield from (_of_scope(one) for one in asgardeo_scopes(program, asgardeo))
    if not program.seen or "internal_application_mgt_view" in program.asgardeo:
        yield _tried("API of Asgardeo", lambda: f"answers ({asgardeo.applications.count()} applications)")
    elif "internal_api_resource_view" in program.asgardeo:
        yield _tried(
            "API of Asgardeo", lambda: f"answers ({len(list(asgardeo.api_resources.of_type('BUSINESS')))} APIs)"
        )


def _bijira(settings: Settings, program: ProgramScopes) -> Iterator[Finding]:
    portal = yield from _signed_in(
        "Bijira",
        lambda: connect(settings.bijira),
        lambda _: _how(settings.bijira, settings.bijira.token_url),
    )
    if portal is None:
        yield from (_of_scope(one) for one in without_token(program, "bijira"))
        return
    try:
        with operation(_SECONDS):
            yield from [_of_scope(one) for one in bijira_scopes(program, portal)]
    except Problem as problem:  # an administrator's token is another one
        yield Finding("scopes of Bijira", False, str(problem))
    if not program.seen or not program.bijira.keys().isdisjoint({portal.scopes.mappings, portal.scopes.key_managers}):
        yield _tried("key manager", lambda: _key_manager(portal, settings, program))


def _of_scope(needed: NeededScope) -> Finding:
    return Finding(f"scope {needed.scope}", needed.ok, needed.detail, needed)


def _key_manager(bijira: Bijira, settings: Settings, program: ProgramScopes) -> str:
    """The key manager that is used, as far as this token may see it and the program does not first have to make it."""
    named = settings.bijira.key_manager
    try:
        chosen = choose(bijira, named)
    except ApiProblem as refusal:
        if not named or not hides_key_managers(bijira, refusal):
            raise
        return f"{named} is taken at its word: this token may not list key managers"
    except NoKeyManager as problem:
        if bijira.key_manager_admin is None:
            raise
        return f"none yet, which is well if the program makes it (BijiraKeyManager), and otherwise not: {problem}"
    if (program.asgardeo or not program.seen) and not settings.faults("asgardeo"):
        _leads_to_the_organisation(chosen, bijira, settings)
    return f"{chosen.name} will be used"


def _leads_to_the_organisation(manager: KeyManager, bijira: Bijira, settings: Settings) -> None:
    """Refuse a key manager of another issuer: everything would come up, and the gateway take no token."""
    ours = Endpoints(settings.asgardeo.tenant_url).token_endpoint
    if manager.token_endpoint in ("", ours):
        return
    cure = bijira.guidance.to_add
    if settings.sandbox:
        cure = f"Leave asgardeo:organization out, or give the sandbox a scenario with {settings.asgardeo.organization}"
    raise InvalidInput(
        f"leads to {manager.token_endpoint}, so the gateway would refuse the tokens of {ours}",
        subject=f"the key manager {manager.name}",
        action=cure,
    )


def _environment(directory: Path) -> Finding:
    """Whether what Pulumi takes for the provider can load it."""
    name = "virtual environment"
    try:
        layout = ProjectFile.load(directory).layout
    except EngineError as problem:
        return Finding(name, False, str(problem))
    program, provider = layout.of_program(), layout.of_provider()
    line = layout.mismatch() or provider.problem or program.problem
    if line:
        return Finding(name, False, line)
    reason = provider.reason_against(layout.program)
    if not reason:
        return Finding(name, True, f"{provider.python} loads the provider")
    own = Path(sys.prefix)
    cure = f"Install it there, from its repository: {provider.python} -m pip install <its clone or git+https address>"
    if provider.environment is None and sys.prefix != sys.base_prefix:
        cure = f"Activate the environment that has it (. {own}/bin/activate), or name it: {layout.to_name(own)}"
    return Finding(name, False, f"{provider.python} cannot load the provider ({reason}). {cure}")
