"""The commands and their options."""

import os
import platform
import signal
import sys
import threading
import warnings
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
from asgardeo_bijira_sandbox import BadScenario, BadState

from ..debugging import shows_tracebacks
from ..explanation import Question
from ..naming import SCHEMA, speak
from ..rehearsal import Person
from ..rehearsal.engines import EngineError
from ..rehearsal.engines.project import ProjectFile
from ..settings import Settings
from ..transport import InvalidInput, Problem, listen
from .doctor import print_findings
from .drift import print_drift
from .explain import print_explanation
from .export import write_program, write_takeover
from .graph import write_declared_graph, write_live_graph
from .import_ import write_import_file
from .rehearse import print_rehearsal
from .sandbox import serve_sandbox
from .stack_settings import settings_of
from .token_and_invoke import Target, print_answer, print_token

__all__ = ("run",)

app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _its_readers(directory: Path) -> Path:
    """Names are spelt as whoever writes the project in this folder does."""
    try:
        if ProjectFile.load(directory.resolve()).uses_plugin:
            speak(SCHEMA)
    except EngineError:  # told by the command, or not needed
        pass
    return directory


Directory = Annotated[Path, typer.Argument(help="Folder that holds Pulumi.yaml.", callback=_its_readers)]
Config = Annotated[list[str] | None, typer.Option(help="A configuration value, key=value; may be repeated.")]
Stack = Annotated[
    str | None,
    typer.Option(help="Stack whose settings are used. Default: the selected one, where the Pulumi CLI is on PATH."),
]
StackFile = Annotated[str | None, typer.Option("--stack", help="Take the plain values of Pulumi.<stack>.yaml.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Scenario = Annotated[
    Path | None, typer.Option(help="What exists at the start (YAML). Default: the guide's prerequisites.")
]
Outputs = Annotated[
    str | None,
    typer.Option(
        help="File with the stack's outputs as JSON, `-` for stdin: pulumi stack output --json --show-secrets."
    ),
]
TokenEndpoint = Annotated[str | None, typer.Option(help="URL of the token endpoint.")]
ClientId = Annotated[str | None, typer.Option(help="OAuth 2.0 client id.")]
ClientSecret = Annotated[
    str | None,
    typer.Option(envvar="ASGARDEO_BIJIRA_CLIENT_SECRET", help="Its secret; better in the environment than here."),
]
Scope = Annotated[str | None, typer.Option(help="Scopes to ask for, separated by spaces.")]
Username = Annotated[str, typer.Option(help="User name: takes the grant `password` instead of `client_credentials`.")]
Password = Annotated[
    str,
    typer.Option(envvar="ASGARDEO_BIJIRA_PASSWORD", help="The user's password; better in the environment than here."),
]
CaBundle = Annotated[str | None, typer.Option(help="PEM file of the authority to trust instead of the system's.")]


def _print_version(is_asked_for: bool) -> None:  # what typer calls it with
    if not is_asked_for:
        return
    versions = (f"{name} {metadata.version(name)}" for name in ("pulumi-asgardeo-bijira", "pulumi"))
    print(*versions, f"Python {platform.python_version()}", sep=", ")
    raise typer.Exit


Version = Annotated[
    bool,
    typer.Option("--version", is_eager=True, callback=_print_version, help="Print what is installed, and end."),
]


@app.callback()
def _begin(context: typer.Context, version: Version = False) -> None:  # a flag of the command line
    """Rehearse Pulumi programs for Asgardeo and Bijira without an account, and call the APIs that they secure."""
    if context.invoked_subcommand != "doctor":  # which shows more
        listen()
    starts_one = context.invoked_subcommand in ("rehearse", "sandbox")
    if not starts_one and (line := Settings({}, dict(os.environ)).about_sandbox):
        print(line, file=sys.stderr)


@app.command()
def rehearse(
    directory: Directory = Path(),
    config: Config = None,
    stack: StackFile = None,
    scenario: Scenario = None,
    engine: Annotated[str | None, typer.Option(help="`pulumi` or `built-in`. Default: pulumi, if on PATH.")] = None,
    username: Annotated[str, typer.Option(help="Who signs in. Default: the first user of the scenario.")] = "",
    password: Annotated[
        str, typer.Option(envvar="ASGARDEO_BIJIRA_PASSWORD", help="Of --username. Default: as in the scenario.")
    ] = "",
    strict: Annotated[
        bool,
        typer.Option(
            "--strict",
            help="Fail where the API cannot be called for want of an output, or an organisation of Asgardeo is named "
            "by the program alone.",
        ),
    ] = False,
    json: AsJson = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print the report as Markdown, for a comment on a pull request.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(help="Write the report as a page, too: its steps, requests and times.")
    ] = None,
) -> int:
    """Run a Pulumi program against a fresh sandbox: preview, up, call the API, up again, refresh, destroy.

    The API is called by the stack's outputs tokenEndpoint, clientId, clientSecret (not of a public client), apiUrl and,
    if the API asks for scopes, scope. What cannot be called without one of them is said to be left out.
    """
    person = Person(username, password)
    given = (directory, config or [], stack, scenario, engine, person)
    return print_rehearsal(*given, strict=strict, as_json=json, as_markdown=markdown, html=html)


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def sandbox(
    context: typer.Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port on this machine; 0 takes a free one.")] = 0,
    state: Annotated[Path | None, typer.Option(help="File to keep everything in between runs.")] = None,
    scenario: Scenario = None,
) -> int:
    """Serve the sandbox; or, after `--`, run a command against it and stop when that ends."""
    return serve_sandbox(port, state, scenario, context.args)


@app.command("import")
def import_(
    directory: Directory = Path(),
    config: Config = None,
    stack: Stack = None,
    placeholders: Annotated[
        Path | None, typer.Option(help="Only what this file names: pulumi preview --import-file FILE.")
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option(help="Only the resource of this name or id; may be repeated.")
    ] = None,
    output: Annotated[Path, typer.Option(help="File to write.")] = Path("import.json"),
) -> int:
    """Write the file with which `pulumi import` takes over what the program declares and the platforms have."""
    return write_import_file(directory.resolve(), stack, config or [], placeholders, output, select or [])


@app.command()
def export(
    output: Annotated[Path, typer.Option(help="Folder to write; it must be empty or not there.")] = Path("exported"),
    only: Annotated[str | None, typer.Option(help="`asgardeo` or `bijira` alone.")] = None,
    terraform: Annotated[
        str | None, typer.Option(help="Take over this state instead: a file, or `-`, of terraform show -json.")
    ] = None,
) -> int:
    """Write what an organisation has as a Pulumi program with its import file; settings come from the environment."""
    if terraform is not None:
        if only is not None:
            raise InvalidInput("cannot be given with --terraform", subject="--only", action="Leave one of them out")
        return write_takeover(terraform, output)
    if only not in (None, "asgardeo", "bijira"):
        raise InvalidInput(f"is not {only}", subject="--only", action="Choose asgardeo or bijira")
    return write_program(output, asgardeo=only != "bijira", bijira=only != "asgardeo")


@app.command()
def doctor(
    directory: Directory = Path(),
    config: Config = None,
    stack: Stack = None,
    json: AsJson = False,
) -> int:
    """Find out what keeps a stack from coming up: settings, tokens, scopes, key manager, environment."""
    return print_findings(directory.resolve(), stack, config or [], as_json=json)


@app.command()
def explain(
    client: Annotated[str, typer.Option(help="OAuth 2.0 client id whose token it is about.")],
    directory: Directory = Path(),
    user: Annotated[str, typer.Option(help="User in whose name. Default: a token of the client's own.")] = "",
    scope: Annotated[
        list[str] | None,
        typer.Option(help="Scopes, separated by spaces; may be repeated. Default: all that are authorized."),
    ] = None,
    api: Annotated[str, typer.Option(help="Published API in Bijira: NAME or NAME:VERSION. Default: any.")] = "",
    config: Config = None,
    stack: Stack = None,
    json: AsJson = False,
) -> int:
    """Say of each link from a scope to the gateway whether it holds, and where the chain breaks. Changes nothing."""
    scopes = tuple(dict.fromkeys(" ".join(scope or []).split()))
    question = Question(client, user, scopes, api)
    return print_explanation(directory.resolve(), stack, config or [], question, as_json=json)


@app.command()
def graph(
    directory: Directory = Path(),
    live: Annotated[
        bool, typer.Option("--live", help="What the platforms have; settings come from the environment, or the stack.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option(help="File to write: .svg, .html, .md or .mmd. Default: Mermaid on stdout.")
    ] = None,
    only: Annotated[str | None, typer.Option(help="With --live: `asgardeo` or `bijira` alone.")] = None,
    config: Config = None,
    stack: Stack = None,
    scenario: Scenario = None,
    engine: Annotated[str | None, typer.Option(help="`pulumi` or `built-in`. Default: pulumi, if on PATH.")] = None,
) -> int:
    """Draw applications, APIs, scopes, roles, groups and plans: as the program declares them, or as they are there."""
    if only not in (None, "asgardeo", "bijira"):
        raise InvalidInput(f"is not {only}", subject="--only", action="Choose asgardeo or bijira")
    if live:
        return write_live_graph(settings_of(directory.resolve(), stack, config or []), only, output)
    return write_declared_graph(directory.resolve(), stack, config or [], scenario, engine, output)


@app.command()
def drift(
    document: Annotated[
        str,
        typer.Argument(
            help="What pulumi refresh --preview-only --json wrote, or preview --refresh --json; `-` for stdin."
        ),
    ],
    format: Annotated[str, typer.Option(help="`markdown`, `json` or `sarif`.")] = "markdown",
    fail_on: Annotated[
        str | None, typer.Option(help="Exit with 1 on any `drift`, or only on `widening` of access.")
    ] = None,
) -> int:
    """Say what somebody else has changed of a stack's resources, and which of it widens access."""
    return print_drift(document, format, fail_on)


@app.command()
def token(
    outputs: Outputs = None,
    token_endpoint: TokenEndpoint = None,
    client_id: ClientId = None,
    client_secret: ClientSecret = None,
    scope: Scope = None,
    username: Username = "",
    password: Password = "",
    ca_bundle: CaBundle = None,
) -> int:
    """Fetch an access token and print it, and nothing else, on stdout."""
    target = Target.read(outputs, token_endpoint, client_id, client_secret, scope, None)
    return print_token(target, username, password, ca_bundle)


@app.command()
def invoke(
    url: Annotated[str | None, typer.Argument(help="Address of the API. Default: apiUrl of the outputs.")] = None,
    method: Annotated[str, typer.Option(help="HTTP method.")] = "GET",
    outputs: Outputs = None,
    token_endpoint: TokenEndpoint = None,
    client_id: ClientId = None,
    client_secret: ClientSecret = None,
    scope: Scope = None,
    username: Username = "",
    password: Password = "",
    ca_bundle: CaBundle = None,
) -> int:
    """Fetch an access token, call an API with it and print what the API answers."""
    target = Target.read(outputs, token_endpoint, client_id, client_secret, scope, url)
    return print_answer(target, method.upper(), username, password, ca_bundle)


#: What typer raises for a wrong command line; which package it lies in depends on typer's version.
_USAGE_ERROR: type[Exception] = next(
    cls for cls in typer.BadParameter.__mro__ if issubclass(cls, Exception) and cls.__name__ == "ClickException"
)


def _line(error: BaseException) -> str:
    """What is wrong with the command line, and where its help is."""
    said = str(getattr(error, "format_message", lambda: error)()).rstrip(".")
    context = getattr(error, "ctx", None)
    end, command = "" if said.endswith("?") else ".", context.command_path if context else "asgardeo-bijira"
    return f"{said}{end} See: {command} --help"


def run() -> int:
    """Run the command line and return its exit code; what a user can meet is one line, except when debugging."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    if shows_tracebacks():
        return _run()
    sys.tracebacklimit = 0
    try:
        return _run()
    except (Problem, EngineError, BadScenario, BadState) as problem:
        return _failed(str(problem))
    except OSError as problem:
        if problem.filename is None:
            raise
        return _failed(f"{os.fspath(problem.filename)} cannot be used: {problem.strerror}. Name another one")


def _run() -> int:
    try:
        code = app(sys.argv[1:] or ["--help"], standalone_mode=False)
    except _USAGE_ERROR as error:
        return _failed(_line(error), code=2)
    except typer.Exit as ended:
        return ended.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    return code if isinstance(code, int) else 0


def _failed(line: str, code: int = 1) -> int:
    print(line, file=sys.stderr)
    return code


def _end(number: int, _frame: object) -> None:
    """Leave by way of everything that has to be ended first; a second signal does not wait for that."""
    signal.signal(number, signal.SIG_DFL)
    if not shows_tracebacks():  # a thread that was reading from what is ended fails or warns, which is no news
        threading.excepthook = lambda _: None
        warnings.simplefilter("ignore")
    sys.exit(128 + number)
