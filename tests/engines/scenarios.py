"""The table of scenarios: programs, commands, and what an engine must make of them.

A stage runs one command after an optional change of the program, the back end or the configuration. `calls` are the
host's methods by resource name, in order. What is not given is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.engines.harness import FileBackend, Harness

__all__ = ["SCENARIOS", "Scenario", "Stage"]

Calls = Mapping[str, Sequence[str]]

CREATE = ("check", "create")
SAME = ("check", "diff")
UPDATE = ("check", "diff", "update")
REPLACE = ("check", "diff", "check", "create", "delete")
DELETE_FIRST = ("check", "diff", "check", "delete", "create")
REFRESH = ("read", "diff")


@dataclass(frozen=True)
class Stage:
    """One command and what is expected of it."""

    command: str
    program: str | None = None
    backend: Callable[[FileBackend], None] | None = None
    config: Mapping[str, str] | None = None
    ok: bool = True
    changes: Mapping[str, int] | None = None
    calls: Calls | None = None
    outputs: Mapping[str, Any] | None = None
    says: str = ""
    left: Sequence[str] | None = None
    look: Callable[[Harness], None] | None = None
    #: The names of resources that the user wants replaced: by this command, or by a mark in the state.
    replace: Sequence[str] = ()
    taint: Sequence[str] = ()


@dataclass(frozen=True)
class Scenario:
    """A story of several stages, and why it matters to a user. `racy`: what else ran before the failure is chance."""

    name: str
    why: str
    stages: Sequence[Stage]
    secret_config: frozenset[str] = frozenset()
    settings: Mapping[str, Any] = field(default_factory=dict)
    racy: bool = False


def inputs(name: str, **expected: Any) -> Callable[[Harness], None]:
    """A look at the stored inputs of a resource."""

    def look(harness: Harness) -> None:
        stored = harness.resources()[name]["inputs"]
        assert {key: stored.get(key) for key in expected} == expected

    return look


def outputs(name: str, **expected: Any) -> Callable[[Harness], None]:
    """A look at the stored outputs of a resource."""

    def look(harness: Harness) -> None:
        stored = harness.resources()[name]["outputs"]
        assert {key: stored.get(key) for key in expected} == expected

    return look


def sealed(name: str, *keys: str) -> Callable[[Harness], None]:
    """A look at the state: these outputs are sealed."""

    def look(harness: Harness) -> None:
        stored = harness.resources()[name]["outputs"]
        assert all("ciphertext" in stored[key] for key in keys), stored

    return look


def stored(name: str, **expected: Any) -> Callable[[Harness], None]:
    """A look at the state entry of a resource."""

    def look(harness: Harness) -> None:
        entry = harness.resources()[name]
        assert {key: entry.get(key) for key in expected} == expected

    return look


def forbid_a_and_change_b(backend: FileBackend) -> None:
    """One object can no longer be read, another has drifted."""
    backend.change("b-1", size=7)
    backend.fail(read_a="forbidden")


CHAIN = "a = Thing('a', size=1, unique={unique!r})\nb = Thing('b', {dependence})\n"
FIRST = "{name} = Thing('{name}', size=1, opts=ResourceOptions(delete_before_replace=True{more}))\n"
DEPENDENTS = (
    FIRST.format(name="a", more="")
    + "b = Thing('b', key=a.made, opts=ResourceOptions(delete_before_replace=True))\n"
    + "c = Thing('c', size=a.made, opts=ResourceOptions(delete_before_replace=True))\n"
    + "Thing('d', size=1, opts=ResourceOptions(depends_on=[a]))\n"
)
DIAMOND = (
    FIRST.format(name="a", more="")
    + FIRST.format(name="b", more=", depends_on=[a]")
    + "c = Thing('c', key=[a.made, b.made], opts=ResourceOptions(delete_before_replace=True))\n"
    + "Thing('d', size=[a.made, c.made])\n"
)
PROTECTED = "Thing('a', size=1, key={key!r}, opts=ResourceOptions(protect={protect}))\n"

SCENARIOS = (
    Scenario(
        "create, no change, destroy",
        "the life of every resource",
        (
            Stage("preview", "Thing('a', size=1)", changes={"create": 2}, calls={"a": ["check"]}, left=[]),
            Stage("up", changes={"create": 2}, calls={"a": CREATE}, left=["a-1"]),
            Stage("up", changes={"same": 2}, calls={"a": SAME}),
            Stage("preview", changes={"same": 2}, calls={"a": SAME}),
            Stage("refresh", changes={"same": 2}, calls={"a": REFRESH}),
            Stage("destroy", changes={"delete": 2}, calls={"a": ["delete"]}, left=[]),
        ),
    ),
    Scenario(
        "update in place",
        "a changed property is sent, the id stays",
        (
            Stage("up", "Thing('a', size=1)"),
            Stage("preview", "Thing('a', size=2)", changes={"same": 1, "update": 1}, calls={"a": SAME}),
            Stage(
                "up",
                changes={"same": 1, "update": 1},
                calls={"a": UPDATE},
                left=["a-1"],
                look=stored("a", id="a-1"),
            ),
        ),
    ),
    Scenario(
        "numbers and truth values",
        "2 and 2.0 are the same, 1 and True are not",
        (
            Stage("up", "Thing('a', size=2, flag=1)"),
            Stage("up", "Thing('a', size=2.0, flag=1)", changes={"same": 2}),
            Stage("up", "Thing('a', size=2.0, flag=True)", changes={"same": 1, "update": 1}),
        ),
    ),
    Scenario(
        "removed from the program",
        "what is no longer declared goes after everything else",
        (
            Stage("up", "a = Thing('a', size=1)\nb = Thing('b', size=2)"),
            Stage("preview", "a = Thing('a', size=3)", changes={"same": 1, "update": 1, "delete": 1}),
            Stage("up", changes={"same": 1, "update": 1, "delete": 1}, calls={"a": UPDATE, "b": ["delete"]}),
        ),
    ),
    Scenario(
        "replacement, create first",
        "the new one is there before the old one goes",
        (
            Stage("up", "Thing('a', key='x')"),
            Stage("preview", "Thing('a', key='y')", changes={"same": 1, "replace": 1}),
            Stage("up", changes={"same": 1, "replace": 1}, calls={"a": REPLACE}, left=["a-2"]),
            Stage("up", changes={"same": 2}, calls={"a": SAME}),
        ),
    ),
    Scenario(
        "replacement, delete first",
        "unique names leave no room for two",
        (
            Stage("up", "Thing('a', unique='x')"),
            Stage("up", "Thing('a', unique='y')", changes={"same": 1, "replace": 1}, calls={"a": DELETE_FIRST}),
            Stage("up", changes={"same": 2}, left=["a-2"]),
        ),
    ),
    Scenario(
        "the user decides about the order of a replacement",
        "deleteBeforeReplace wins over the provider, both ways",
        (
            Stage("up", "Thing('a', key='x')\nThing('b', unique='x')"),
            Stage(
                "up",
                "Thing('a', key='y', opts=ResourceOptions(delete_before_replace=True))\n"
                "Thing('b', unique='y', opts=ResourceOptions(delete_before_replace=False))",
                changes={"same": 1, "replace": 2},
                calls={"a": DELETE_FIRST, "b": REPLACE},
            ),
        ),
    ),
    Scenario(
        "a dependent that must be replaced too goes first",
        "nothing may point at what is deleted",
        (
            Stage("up", CHAIN.format(unique="x", dependence="key=a.made")),
            Stage(
                "up",
                CHAIN.format(unique="y", dependence="key=a.made"),
                changes={"same": 1, "replace": 2},
                calls={"a": DELETE_FIRST, "b": ["diff", "delete", "check", "create"]},
                left=["a-2", "b-2"],
            ),
            Stage("up", changes={"same": 3}),
        ),
    ),
    Scenario(
        "a dependent that can stay is updated",
        "a replacement takes no more with it than it must",
        (
            Stage("up", CHAIN.format(unique="x", dependence="size=a.made")),
            Stage(
                "up",
                CHAIN.format(unique="y", dependence="size=a.made"),
                changes={"same": 1, "replace": 1, "update": 1},
                calls={"a": DELETE_FIRST, "b": ["diff", "check", "diff", "update"]},
                left=["a-2", "b-1"],
            ),
        ),
    ),
    Scenario(
        "a replacement that the user asks for",
        "the provider is not asked, and takes no part in the order; the option decides it",
        (
            Stage("up", "Thing('a', size=1)\n" + FIRST.format(name="b", more="")),
            Stage(
                "preview", replace=["a", "b"], changes={"same": 1, "replace": 2}, calls={"a": ["check"], "b": ["check"]}
            ),
            Stage(
                "up",
                replace=["a", "b"],
                changes={"same": 1, "replace": 2},
                calls={"a": ["check", "create", "delete"], "b": ["check", "delete", "create"]},
                left=["a-2", "b-2"],
            ),
            Stage("up", changes={"same": 3}),
            Stage("up", replace=["nobody"], ok=False, says="could not be found in the stack", calls={}),
            Stage("up", "", replace=["a"], changes={"same": 1, "delete": 2}, left=[]),
        ),
    ),
    Scenario(
        "a replacement that the state asks for",
        "a mark in the state is honoured once",
        (
            Stage("up", "Thing('a', size=1)\n" + FIRST.format(name="b", more="")),
            Stage("preview", taint=["a", "b"], changes={"same": 1, "replace": 2}, look=stored("b", taint=True)),
            Stage("refresh", changes={"same": 3}, look=stored("b", taint=True)),
            Stage(
                "up",
                changes={"same": 1, "replace": 2},
                calls={"a": ["check", "create", "delete"], "b": ["check", "delete", "create"]},
                left=["a-2", "b-2"],
                look=stored("b", taint=None),
            ),
            Stage("up", changes={"same": 3}),
        ),
    ),
    Scenario(
        "what depends on what the user has replaced",
        "it goes first if the replacement would replace it, and is changed in place if not",
        (
            Stage("up", DEPENDENTS),
            Stage(
                "up",
                replace=["a"],
                changes={"same": 2, "replace": 2, "update": 1},
                calls={
                    "a": ["check", "delete", "create"],
                    "b": ["diff", "delete", "check", "create"],
                    "c": ["diff", "check", "diff", "update"],
                    "d": SAME,
                },
                left=["a-2", "b-2", "c-1", "d-1"],
            ),
            Stage(
                "up",
                taint=["a", "b", "c"],
                changes={"same": 2, "replace": 3},
                calls={
                    "a": ["check", "delete", "create"],
                    "b": ["diff", "delete", "check", "create"],
                    "c": ["diff", "check", "delete", "create"],
                    "d": SAME,
                },
                left=["a-3", "b-3", "c-2", "d-1"],
            ),
            Stage("up", changes={"same": 5}),
        ),
    ),
    Scenario(
        "a dependent of two that are replaced",
        "it is deleted once, and what depends on it alone is not asked twice",
        (
            Stage("up", DIAMOND),
            Stage(
                "up",
                replace=["a", "b"],
                changes={"same": 1, "replace": 3, "update": 1},
                calls={
                    "a": ["check", "delete", "create"],
                    "b": ["check", "delete", "create"],
                    "c": ["diff", "delete", "check", "create"],
                    "d": ["diff", "check", "diff", "update"],
                },
            ),
            Stage("up", changes={"same": 5}),
        ),
    ),
    Scenario(
        "a replacement on changes that deletes first",
        "the user decides what replaces, and in which order",
        (
            Stage("up", FIRST.format(name="a", more=", replace_on_changes=['size']")),
            Stage(
                "up",
                FIRST.format(name="a", more=", replace_on_changes=['size']").replace("size=1", "size=2"),
                changes={"same": 1, "replace": 1},
                calls={"a": DELETE_FIRST},
                left=["a-2"],
            ),
        ),
    ),
    Scenario(
        "what is protected is not replaced, whoever asks",
        "neither by a command nor by a mark in the state",
        (
            Stage("up", FIRST.format(name="a", more=", protect=True")),
            Stage("preview", replace=["a"], ok=False, says="unable to replace resource"),
            Stage("up", replace=["a"], ok=False, says="unable to replace resource", left=["a-1"]),
            Stage("up", taint=["a"], ok=False, says="unable to replace resource", left=["a-1"]),
            Stage("up", FIRST.format(name="a", more=""), changes={"same": 1, "replace": 1}, left=["a-2"]),
        ),
    ),
    Scenario(
        "a replacement that fails half-way is finished by the next up",
        "the deleted one is remembered as pending",
        (
            Stage("up", CHAIN.format(unique="x", dependence="key=a.made")),
            Stage(
                "up",
                CHAIN.format(unique="y", dependence="key=a.made"),
                backend=lambda backend: backend.fail(create_a="no luck"),
                ok=False,
                says="no luck",
                calls={"a": DELETE_FIRST, "b": ["diff", "delete"]},
                look=stored("a", pendingReplacement=True),
                left=[],
            ),
            Stage(
                "up",
                backend=lambda backend: backend.fail(),
                changes={"same": 1, "replace": 2},
                calls={"a": ["check", "diff", "check", "create"], "b": ["diff", "delete", "check", "create"]},
                left=["a-2", "b-2"],
            ),
            Stage("up", changes={"same": 3}),
        ),
    ),
    Scenario(
        "a pending replacement that the program drops",
        "what is already gone needs no call",
        (
            Stage("up", "Thing('a', unique='x')"),
            Stage("up", "Thing('a', unique='y')", backend=lambda backend: backend.fail(create_a="no luck"), ok=False),
            Stage("up", "", backend=lambda backend: backend.fail(), calls={}, changes={"same": 1}),
        ),
    ),
    Scenario(
        "a failed create stops the command",
        "what was made is kept in the state, nothing is deleted",
        (
            Stage("up", "Thing('old', size=1)"),
            Stage(
                "up",
                "a = Thing('a', size=1)\nThing('b', size=a.made)\n",
                backend=lambda backend: backend.fail(create_b="no luck"),
                ok=False,
                says="no luck",
                calls={"a": CREATE, "b": CREATE},
                left=["a-1", "old-1"],
            ),
            Stage(
                "up",
                backend=lambda backend: backend.fail(),
                changes={"same": 2, "create": 1, "delete": 1},
                left=["a-1", "b-1"],
            ),
        ),
    ),
    Scenario(
        "a failed update keeps the old state",
        "the next up tries the same again",
        (
            Stage("up", "Thing('a', size=1)"),
            Stage(
                "up",
                "Thing('a', size=2)",
                backend=lambda backend: backend.fail(update_a="no luck"),
                ok=False,
                says="no luck",
            ),
            Stage("up", backend=lambda backend: backend.fail(), changes={"same": 1, "update": 1}, calls={"a": UPDATE}),
        ),
    ),
    Scenario(
        "a failed delete keeps the resource",
        "nothing is forgotten that is still there",
        (
            Stage("up", "a = Thing('a', size=1)\nThing('b', size=a.made)"),
            Stage(
                "destroy",
                backend=lambda backend: backend.fail(delete_b="no luck"),
                ok=False,
                says="no luck",
                calls={"b": ["delete"]},
                left=["a-1", "b-1"],
            ),
            Stage("destroy", backend=lambda backend: backend.fail(), changes={"delete": 3}, left=[]),
        ),
    ),
    Scenario(
        "a refused input",
        "check fails before anything is sent",
        (
            Stage(
                "preview",
                "Thing('a', size=-1)",
                ok=False,
                says="resource 'a' has a problem: size: must not be negative",
                calls={"a": ["check"]},
            ),
            Stage("up", ok=False, says="must not be negative", calls={"a": ["check"]}, left=[]),
        ),
    ),
    Scenario(
        "drift is seen by refresh and repaired by up",
        "the back end and the program are brought together again",
        (
            Stage("up", "Thing('a', size=1)"),
            Stage("refresh", backend=lambda backend: backend.change("a-1", size=5), changes={"same": 1, "update": 1}),
            Stage("preview", changes={"same": 1, "update": 1}),
            Stage("up", changes={"same": 1, "update": 1}, calls={"a": UPDATE}),
            Stage("refresh", changes={"same": 2}),
        ),
    ),
    Scenario(
        "deleted outside",
        "refresh forgets it, up makes it again",
        (
            Stage("up", "a = Thing('a', size=1)\nThing('b', size=a.made)"),
            Stage(
                "refresh",
                backend=lambda backend: backend.remove("a-1"),
                changes={"same": 2, "delete": 1},
                calls={"a": ["read"], "b": REFRESH},
            ),
            Stage("up", changes={"same": 1, "create": 1, "update": 1}, left=["a-2", "b-1"]),
        ),
    ),
    Scenario(
        "a refresh that cannot read one resource",
        "the others are still brought up to date",
        (
            Stage("up", "Thing('a', size=1)\nThing('b', size=1)"),
            Stage(
                "refresh",
                backend=forbid_a_and_change_b,
                ok=False,
                says="forbidden",
            ),
            Stage(
                "refresh",
                backend=lambda backend: backend.fail(),
                calls={"a": REFRESH, "b": REFRESH},
                look=inputs("b", size=7),
            ),
        ),
    ),
    Scenario(
        "reading what somebody else owns",
        "get looks, in preview too, and destroy leaves it alone",
        (
            Stage(
                "preview",
                "f = Found('f', 'x-1')\npulumi.export('size', f.size)",
                backend=lambda backend: backend.put("x-1", size=4, name="x"),
                changes={"create": 1},
                calls={None: ["read"]},  # type: ignore[dict-item]  # a get does not say the resource's name
                outputs={"size": 4},
            ),
            Stage("up", changes={"create": 1}, outputs={"size": 4}, look=stored("f", external=True, id="x-1")),
            Stage("up", changes={"same": 1}),
            Stage("refresh", changes={"same": 2}),
            Stage("destroy", changes={"delete": 1, "discard": 1}, calls={}, left=["x-1"]),
        ),
    ),
    Scenario(
        "what was read becomes ours, and the other way round",
        "taking over creates, letting go keeps",
        (
            Stage("up", "Found('a', 'x-1')", backend=lambda backend: backend.put("x-1", size=4, name="x")),
            Stage("up", "Thing('a', size=1)", calls={"a": CREATE}, left=["a-1", "x-1"]),
            Stage("up", "Found('a', 'a-1')", left=["a-1", "x-1"], look=stored("a", external=True)),
            Stage("destroy", left=["a-1", "x-1"]),
        ),
    ),
    Scenario(
        "unknown values in a preview",
        "what is only known after up is neither invented nor hidden",
        (
            Stage(
                "preview",
                "a = Thing('a', size=1)\nThing('b', size=[a.made, 2], meta={'of': a.id})\npulumi.export('made', a.made)"
                "\npulumi.export('size', a.size)",
                changes={"create": 3},
                outputs={"size": 1},
            ),
            Stage("up", outputs={"size": 1, "made": "made a-1"}, look=outputs("b", meta={"of": "a-1"})),
            Stage("up", changes={"same": 3}),
            Stage(
                "preview",
                "a = Thing('a', size=2)\nThing('b', size=[a.made, 2], meta={'of': a.id})",
                changes={"same": 1, "update": 2},
            ),
        ),
    ),
    Scenario(
        "secrets are sealed in the state",
        "given, made by the server, or declared by the user: none is stored in plain text",
        (
            Stage(
                "up",
                "a = Thing('a', password=pulumi.Output.secret('hunter2'), deep={'x': pulumi.Output.secret('hunter2')},"
                " size=3, list=[pulumi.Output.secret('hunter2'), 1],"
                " opts=ResourceOptions(additional_secret_outputs=['size']))\n"
                "b = Thing('b', size=a.token)\n"
                "pulumi.export('token', a.token)\npulumi.export('open', a.made)",
                outputs={"token": "token of a-1", "open": "made a-1"},
                look=sealed("a", "password", "size", "token", "list"),
            ),
            Stage("up", changes={"same": 3}, look=sealed("b", "size")),
            Stage("refresh", changes={"same": 3}, look=sealed("a", "password", "size", "token", "list")),
        ),
    ),
    Scenario(
        "ignored changes",
        "a property is left as it is, at any depth",
        (
            Stage("up", "Thing('a', size=1, meta={'x': 1, 'y': 1}, tags=['p', 'q'])"),
            Stage(
                "up",
                "Thing('a', size=2, meta={'x': 2, 'y': 1}, tags=['p', 'r'],"
                " opts=ResourceOptions(ignore_changes=['size', 'meta.x', 'tags[1]']))",
                changes={"same": 2},
            ),
            Stage(
                "up",
                "Thing('a', size=2, meta={'x': 2, 'y': 2}, tags=['p', 'r'],"
                " opts=ResourceOptions(ignore_changes=['size', 'meta.x', 'tags[*]']))",
                changes={"same": 1, "update": 1},
                look=inputs("a", size=1, meta={"x": 1, "y": 2}, tags=["p", "q"]),
            ),
            Stage("up", "Thing('a', meta={'x': 1, 'y': 2}, tags=['p', 'q'])", changes={"same": 1, "update": 1}),
        ),
    ),
    Scenario(
        "replace on changes",
        "the user may want a new one where the provider would update",
        (
            Stage("up", "Thing('a', meta={'x': 1, 'y': 1})"),
            Stage(
                "up",
                "Thing('a', meta={'x': 1, 'y': 2}, opts=ResourceOptions(replace_on_changes=['meta.x']))",
                changes={"same": 1, "update": 1},
            ),
            Stage(
                "up",
                "Thing('a', meta={'x': 2, 'y': 2}, opts=ResourceOptions(replace_on_changes=['meta.x']))",
                changes={"same": 1, "replace": 1},
            ),
        ),
    ),
    Scenario(
        "protected resources",
        "they are neither deleted nor replaced, and preview says so",
        (
            Stage("up", PROTECTED.format(key="x", protect=True)),
            Stage("preview", PROTECTED.format(key="y", protect=True), ok=False, says="unable to replace resource"),
            Stage("up", ok=False, says="unable to replace resource", left=["a-1"]),
            Stage("preview", "", ok=False, says="cannot be deleted\nbecause it is protected"),
            Stage("up", ok=False, says="cannot be deleted", left=["a-1"]),
            Stage("destroy", ok=False, says="cannot be deleted", left=["a-1"]),
            Stage("up", PROTECTED.format(key="y", protect=False), changes={"same": 1, "replace": 1}, left=["a-2"]),
            Stage("destroy", left=[]),
        ),
    ),
    Scenario(
        "retained",
        "retainOnDelete shows a deletion but sends none",
        (
            Stage(
                "up",
                "Thing('a', size=1)\nThing('b', opts=ResourceOptions(retain_on_delete=True))",
            ),
            Stage("destroy", changes={"delete": 3}, calls={"a": ["delete"]}, left=["b-1"]),
        ),
    ),
    Scenario(
        "renamed, retyped and moved",
        "an alias keeps the object",
        (
            Stage("up", "a = Thing('a', size=1)\nb = Thing('b', size=a.made)"),
            Stage(
                "up",
                "a = Thing('z', size=1, opts=ResourceOptions(aliases=[pulumi.Alias(name='a')]))\n"
                "b = Thing('b', size=a.made)",
                changes={"same": 2, "update": 1},
                look=stored("z", id="a-1"),
            ),
            Stage(
                "up",
                "g = Group('g')\n"
                "a = Thing('z', size=1, opts=ResourceOptions(parent=g,"
                " aliases=[pulumi.Alias(parent=pulumi.ROOT_STACK_RESOURCE)]))\nb = Thing('b', size=a.made)",
                changes={"same": 3, "create": 1},
                look=stored("z", id="a-1"),
            ),
            Stage("destroy", left=[]),
        ),
    ),
    Scenario(
        "a renamed component takes its children with it",
        "children inherit the alias",
        (
            Stage("up", "g = Group('g')\nThing('g-a', size=1, opts=ResourceOptions(parent=g))"),
            Stage(
                "up",
                "g = Group('h', opts=ResourceOptions(aliases=[pulumi.Alias(name='g')]))\n"
                "Thing('h-a', size=1, opts=ResourceOptions(parent=g))",
                changes={"same": 2, "update": 1},
                look=stored("h-a", id="g-a-1"),
            ),
        ),
    ),
    Scenario(
        "components",
        "they count, hold outputs, and go after their children",
        (
            Stage(
                "up",
                "g = Group('g', props={'size': 1})\na = Thing('a', size=1, opts=ResourceOptions(parent=g))\n"
                "g.register_outputs({'made': a.made})\nThing('b', size=1, opts=ResourceOptions(depends_on=[g]))",
                changes={"create": 4},
                look=outputs("g", made="made a-1"),
            ),
            Stage("up", changes={"same": 4}),
            Stage("destroy", changes={"delete": 4}, left=[]),
        ),
    ),
    Scenario(
        "resources as values",
        "the host is handed an id, the state keeps a reference",
        (
            Stage("up", "a = Thing('a', size=1)\ng = Group('g')\nThing('b', of=a, among=[a], group=g)"),
            Stage("up", changes={"same": 4}),
        ),
    ),
    Scenario(
        "an explicit provider instance",
        "a second configuration lives beside the first",
        (
            Stage(
                "up",
                "t = Tenant('t', {'files:greeting': 'hi'})\n"
                "a = Thing('a', size=1, opts=ResourceOptions(provider=t))\nb = Thing('b', size=1)\n"
                "pulumi.export('a', a.greeting)\npulumi.export('b', b.greeting)",
                config={"files:greeting": "hello"},
                changes={"create": 4},
                outputs={"a": "hi", "b": "hello"},
            ),
            Stage("up", changes={"same": 4}),
            Stage(
                "up",
                "t = Tenant('t', {'files:greeting': 'ho'})\n"
                "a = Thing('a', size=2, opts=ResourceOptions(provider=t))\nb = Thing('b', size=1)\n"
                "pulumi.export('a', a.greeting)",
                changes={"same": 2, "update": 2},
                outputs={"a": "ho"},
            ),
            Stage("destroy", changes={"delete": 4}, left=[]),
        ),
    ),
    Scenario(
        "a provider that is not known before up",
        "preview says so instead of guessing",
        (
            Stage(
                "up",
                "b = Thing('b', size=1)\nt = Tenant('t', {'files:greeting': b.made})\n"
                "Thing('a', size=1, opts=ResourceOptions(provider=t))",
            ),
            Stage(
                "preview",
                "b = Thing('b', size=2)\nt = Tenant('t', {'files:greeting': b.made})\n"
                "Thing('a', size=1, opts=ResourceOptions(provider=t))",
                says="inputs that are not known during preview",
                changes={"same": 1, "update": 3},
                calls={"b": SAME},
            ),
            Stage("up", changes={"same": 3, "update": 1}),
        ),
    ),
    Scenario(
        "moving to another provider instance",
        "no replacement only because of that",
        (
            Stage("up", "t = Tenant('t', {'files:greeting': 'hi'})\nThing('a', size=1)"),
            Stage(
                "up",
                "t = Tenant('t', {'files:greeting': 'hi'})\nThing('a', size=1, opts=ResourceOptions(provider=t))",
                changes={"same": 3},
                calls={"a": SAME},
            ),
        ),
    ),
    Scenario(
        "configuration",
        "programs and providers see it, secrets stay secret, destroy works on the stored one",
        (
            Stage(
                "up",
                "c = pulumi.Config()\npulumi.export('size', c.require_int('size'))\n"
                "pulumi.export('default', c.get('shade'))\n"
                "pulumi.export('password', c.require_secret('password'))\n"
                "a = Thing('a', size=1)\npulumi.export('greeting', a.greeting)",
                config={"trial:size": "5", "trial:password": "hunter2", "files:greeting": "hello"},
                outputs={"size": 5, "default": "blue", "password": "hunter2", "greeting": "hello"},
            ),
            Stage(
                "refresh",
                config={"trial:size": "5", "files:greeting": "changed"},
                look=outputs("a", greeting="hello"),
            ),
        ),
        secret_config=frozenset({"trial:password"}),
        settings={"config": {"trial:shade": {"value": "blue"}}},
    ),
    Scenario(
        "secret configuration is masked",
        "what a program prints must not tell it",
        (
            Stage(
                "up",
                "c = pulumi.Config()\npulumi.log.warn('it is hunter2')",
                config={"trial:password": "hunter2"},
                says="it is [secret]",
            ),
        ),
        secret_config=frozenset({"trial:password"}),
    ),
    Scenario(
        "a program that raises",
        "what it registered before is carried out, nothing is deleted",
        (
            Stage("up", "Thing('old', size=1)"),
            Stage(
                "up",
                "Thing('a', size=1)\nraise ValueError('broken program')",
                ok=False,
                says="broken program",
                left=["a-1", "old-1"],
            ),
            Stage("preview", "import nothing_of_that_name", ok=False, says="No module named 'nothing_of_that_name'"),
            Stage("preview", "raise pulumi.RunError('not today')", ok=False, says="error: not today"),
            Stage("preview", "import sys\nsys.exit(3)", ok=False, says="non-zero exit code: 3"),
        ),
    ),
    Scenario(
        "messages",
        "what programs and providers say reaches the user, debug messages do not",
        (
            Stage(
                "preview",
                "pulumi.log.info('for information')\npulumi.log.warn('take care')\nprint('in passing')",
                says="warning: take care",
            ),
            Stage("preview", says="for information"),
            Stage("preview", says="in passing"),
            Stage("up", "pulumi.log.error('not good')\nThing('a', size=1)", says="error: not good", left=["a-1"]),
        ),
    ),
    Scenario(
        "the same name twice",
        "the second one is refused",
        (
            Stage(
                "up",
                "Thing('a', size=1)\nThing('a', size=2)",
                ok=False,
                says="Duplicate resource URN 'urn:pulumi:rehearsal::trial::pulumi-python:dynamic/files:Thing::a'; "
                "try giving it a unique name",
            ),
        ),
        racy=True,
    ),
)
