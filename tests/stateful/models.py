"""What a random life needs to know of a kind: inputs to give it, hands that meddle with it, and what it may cost."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar

from asgardeo_bijira_sandbox.asgardeo.applications.lookup import new_application
from asgardeo_bijira_sandbox.asgardeo.models import ApiResource, AuthorizedApi, Group, Scope, User
from asgardeo_bijira_sandbox.bijira.models import Application, KeyMapping, PublishedApi, Subscription
from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from asgardeo_bijira_sandbox import Sandbox

__all__ = ("SUBJECTS", "Subject", "seed")

PropertyMap = dict[str, Any]
FOREIGN_API, FOREIGN_APPLICATION = "aaaaaaaa-0000-0000-0000-000000000001", "aaaaaaaa-0000-0000-0000-000000000002"
BILLS, ORDERS = "aaaaaaaa-0000-0000-0000-000000000003", "aaaaaaaa-0000-0000-0000-000000000004"
USERNAME, EMAIL = "http://wso2.org/claims/username", "http://wso2.org/claims/emailaddress"


def optional(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[PropertyMap]:
    """Any of these, the others left out."""
    return st.fixed_dictionaries({}, optional=fields)


def often(
    key: str, values: st.SearchStrategy[Any], others: st.SearchStrategy[PropertyMap]
) -> st.SearchStrategy[PropertyMap]:
    """The others, and in most cases this one, which is worth trying again and again."""
    return st.builds(
        lambda given, value, rest: {**rest, key: value} if given else rest,
        st.sampled_from([True, True, True, False]),
        values,
        others,
    )


def set_each(objects: Iterable[object], name: str, value: object) -> None:
    """The same attribute of all of them."""
    for one in objects:
        setattr(one, name, value)


class Subject(ABC):
    """A kind."""

    name: ClassVar[str]
    inputs: ClassVar[st.SearchStrategy[PropertyMap]]

    def __init__(self, sandbox: Sandbox) -> None:
        self.tenant = sandbox.store.asgardeo["sandbox"]
        self.bijira = next(iter(sandbox.store.bijira.values()))

    @abstractmethod
    def edits(self, id: str) -> dict[str, Callable[[], object]]:
        """What somebody may do to the object by hand; `delete` is one of them."""

    @abstractmethod
    def cost(self, operation: str, old: PropertyMap, new: PropertyMap) -> int:
        """How many requests the operation may take, tokens apart.

        A list that was not managed until now is read, and what else stands in it removed.
        """


def changed(old: PropertyMap, new: PropertyMap, *keys: str) -> bool:
    """Whether any of these is declared now and was otherwise before."""
    return any(key in new and old.get(key, ...) != new[key] for key in keys)


def by(items: list[PropertyMap], *keys: str) -> dict[tuple[Any, ...], PropertyMap]:
    """The items by what tells them apart."""
    return {tuple(item.get(key) for key in keys): item for item in items}


TYPES = "authorizationDetailsTypes"


class Api(Subject):
    """An API."""

    name = "Api"
    _scopes = st.lists(
        st.fixed_dictionaries(
            {"name": st.sampled_from(["l:a", "l:b", "l/c"])},
            optional={"displayName": st.sampled_from(["A", "B"]), "description": st.sampled_from(["", "x"])},
        ),
        max_size=3,
        unique_by=lambda scope: str(scope["name"]),
    )
    _types = st.lists(
        st.fixed_dictionaries(
            {
                "type": st.sampled_from(["l-pay", "l-see"]),
                "name": st.sampled_from(["Pay", "See"]),
                "description": st.just("x"),
                "jsonSchema": st.sampled_from(['{"type": "object"}', '{"type": "string"}']),
            }
        ),
        max_size=2,
        unique_by=lambda one: str(one["type"]),
    )
    inputs = often(
        "scopes",
        _scopes,
        st.fixed_dictionaries(
            {
                "identifier": st.sampled_from(["urn:life:1"] * 5 + ["urn:life:2"]),
                "name": st.sampled_from(["A", "B"]),
            },
            optional={
                "description": st.sampled_from(["", "x", "y"]),
                "requiresAuthorization": st.sampled_from([True, True, False]),
                "resourceType": st.sampled_from(["BUSINESS", "BUSINESS", "MCP"]),
                "authorizationDetailsTypes": _types,
            },
        ),
    )

    def edits(self, id: str) -> dict[str, Callable[[], object]]:
        """On the API, and on its scopes."""
        api = self.tenant.apis[id]

        def remove() -> None:
            self.tenant.forget_scopes({scope.id for scope in api.scopes[:1]})
            del api.scopes[:1]

        def add(name: str) -> None:
            if not api.scope(name):
                api.scopes.append(Scope(name=name, display_name="by hand", description="by hand"))

        return {
            "delete": lambda: self.tenant.forget_api(api),
            "name": lambda: setattr(api, "name", "by hand"),
            "description": lambda: setattr(api, "description", "by hand"),
            "remove a scope": remove,
            "add a scope": lambda: add("l:by-hand"),
            "add a scope that may be declared": lambda: add("l:b"),
            "describe a scope": lambda: set_each(api.scopes, "description", "by hand"),
            "describe a type": lambda: set_each(api.details_types, "name", "by hand"),
            "remove a type": lambda: api.details_types.__delitem__(slice(1)),
        }

    def cost(self, operation: str, old: PropertyMap, new: PropertyMap) -> int:
        """One, but for scopes and types; scopes whose name holds a slash, and types, are looked up by it."""
        if operation != "update":
            return {"create": 1, "replace": 2, "refresh": 1, "destroy": 1}[operation]
        before, after = (
            by(old.get("scopes", []), "name"),
            by({**old, **new}.get("scopes", []), "name"),
        )
        kinds, wanted = (by(one.get(TYPES, []), "type") for one in (old, {**old, **new}))
        patch = changed(old, new, "name", "description") or bool(after.keys() - before.keys())
        patch = patch or kinds.keys() != wanted.keys()
        described = sum(kinds[key] != wanted[key] for key in kinds.keys() & wanted.keys())
        single = [key for key in before if key not in after or changed(before[key], after[key], *after[key])]
        newly_managed = 6 * bool({"scopes", TYPES} & (new.keys() - old.keys()))
        types = described + bool(described)
        return newly_managed + patch + types + len(single) + sum("/" in key[0] for key in single)


def _authorized(api_id: str, scopes: list[str] | None) -> PropertyMap:
    """An authorization; of its scopes those that the seeded API has."""
    named = {} if scopes is None else {"scopes": [f"{api_id[-1]}:{scope}" for scope in scopes]}
    return {"apiId": api_id, **named}


class AsgardeoApplication(Subject):
    """An application."""

    name = "Application"
    _others = optional(
        applicationType=st.sampled_from(["m2m"] * 5 + ["standard"]),
        description=st.sampled_from(["", "x"]),
        accessUrl=st.sampled_from(["", "https://a.example.com"]),
        logoutReturnUrl=st.sampled_from(["", "https://a.example.com"]),
        enabled=st.booleans(),
        callbackUrls=st.sampled_from([[], ["https://a.example.com/?x"], ["https://b.example.com/*", "app://x"]]),
        allowedOrigins=st.sampled_from([[], ["https://a.example.com"]]),
        pkce=optional(mandatory=st.booleans(), supportPlainTransformAlgorithm=st.booleans()),
        accessToken=optional(
            type=st.sampled_from(["JWT", "Default"]),
            userAccessTokenExpiryInSeconds=st.integers(1, 3),
            accessTokenAttributes=st.sampled_from([[], ["email"], ["email", "address"]]),
        ),
        refreshToken=optional(
            expiryInSeconds=st.integers(1, 2),
            renewRefreshToken=st.booleans(),
            gracefulRefreshTokenReuseLimit=st.integers(1, 2),
        ),
        certificate=st.sampled_from(["https://a.example.com/jwks", "https://b.example.com/jwks", ""]).map(
            lambda url: {"type": "JWKS", "value": url}
        ),
        hybridFlow=st.builds(
            lambda enable, types: {"enable": enable, "responseType": types},
            st.booleans(),
            st.sampled_from([["code token"], ["code id_token", "code token"]]),
        ),
        requestObject=optional(requestObjectSigningAlg=st.sampled_from(["PS256", "ES256", ""])),
        requirePushedAuthorizationRequests=st.booleans(),
        idToken=optional(audience=st.sampled_from([[], ["a", "b"]]), expiryInSeconds=st.integers(1, 2)),
        allowedAudience=st.sampled_from(["APPLICATION", "ORGANIZATION"]),
        advanced=optional(saas=st.booleans(), skipLoginConsent=st.booleans()),
        claims=optional(
            requestedClaims=st.lists(
                st.fixed_dictionaries(
                    {"claim": st.sampled_from([USERNAME, EMAIL])}, optional={"mandatory": st.booleans()}
                ),
                max_size=2,
                unique_by=lambda one: str(one["claim"]),
            )
        ),
        secretRotation=st.sampled_from(["1", "2"]),
    ).map(lambda inputs: {"name": "life", "grantTypes": ["client_credentials"], **inputs})
    inputs = often(
        "authorizedApis",
        st.lists(
            st.builds(
                _authorized, st.sampled_from([BILLS, ORDERS]), st.none() | st.lists(st.sampled_from("abc"), unique=True)
            ),
            max_size=2,
            unique_by=lambda one: str(one["apiId"]),
        ),
        _others,
    )

    def edits(self, id: str) -> dict[str, Callable[[], object]]:
        """On the application, its OIDC part and its authorizations."""
        application = self.tenant.applications[id]
        oidc = application.oidc
        assert oidc
        scopes = [scope.id for scope in self.tenant.apis[BILLS].scopes]
        authorized = application.authorized
        return {
            "delete": lambda: self.tenant.applications.pop(id),
            "name": lambda: setattr(application, "name", "by hand"),
            "description": lambda: setattr(application, "description", "by hand"),
            "disable": lambda: setattr(application, "enabled", not application.enabled),
            "consent": lambda: application.advanced.update(skipLoginConsent=True, skipLogoutConsent=True),
            "claims": lambda: application.claims.update(requestedClaims=[]),
            "tokens": lambda: oidc.settings["refreshToken"].update(expiryInSeconds=99, renewRefreshToken=False),
            "callbacks": lambda: oidc.settings.update(callbackURLs=["https://hand.example.com"]),
            "secret": lambda: setattr(oidc, "client_secret", "rotated by hand"),
            "certificate": lambda: application.advanced.update(certificate={"type": "JWKS", "value": "https://hand"}),
            "hybrid flow": lambda: oidc.settings.update(hybridFlow={"enable": False}),
            "revoke": lambda: authorized.pop(BILLS, None),
            "authorize": lambda: authorized.update({BILLS: AuthorizedApi(policy="RBAC", scopes=scopes[:1])}),
            "fewer scopes": lambda: [one.scopes.pop() for one in authorized.values() if one.scopes],
        }

    def cost(self, operation: str, old: PropertyMap, new: PropertyMap) -> int:
        """Each part by itself."""
        if operation in ("create", "replace"):
            made = 2 + len(new.get("authorizedApis", [])) + bool(new.get("logoutReturnUrl"))
            return made + (operation == "replace")
        if operation != "update":
            return {"refresh": 2 + ("authorizedApis" in old), "destroy": 1}[operation]
        texts = ("name", "description", "accessUrl", "logoutReturnUrl")
        top = (*texts, "enabled", "allowedAudience", "advanced", "certificate")
        tokens = ("pkce", "accessToken", "refreshToken", "idToken")
        requests = ("hybridFlow", "requestObject", "requirePushedAuthorizationRequests")
        oidc = ("grantTypes", "callbackUrls", "allowedOrigins", *tokens, *requests)
        claims = changed(old, new, "claims")
        cost = 2 if claims else int(changed(old, new, *top))
        cost += 2 * changed(old, new, *oidc) + 2 * changed(old, new, "secretRotation")
        before = by(old.get("authorizedApis", []), "apiId")
        after = by(
            {**old, **new}.get("authorizedApis", []),
            "apiId",
        )
        newly_managed = 3 * (
            "authorizedApis" in new.keys() - old.keys()
            or any("scopes" in after[key].keys() - before[key].keys() for key in before.keys() & after.keys())
        )
        return cost + newly_managed + sum(before.get(key) != after.get(key) for key in before.keys() | after.keys())


PUBLISHED: tuple[PropertyMap, ...] = (
    {"apiId": BILLS},
    {"apiName": "Life bills", "apiVersion": "1"},
    {"apiName": "Orders API", "apiVersion": "1.0.0"},
)


def _subscription(api: PropertyMap, plan: str) -> PropertyMap:
    """A subscription, with or without a plan."""
    return {**api, "plan": plan} if plan else api


def _published(subscription: PropertyMap) -> str:
    """Which API it is for, in whatever form it is declared."""
    return str(subscription.get("apiName", "Life bills"))


def _client(client_id: str, others: PropertyMap) -> PropertyMap:
    """A client of an application of its own, or of somebody else's."""
    own = {"applicationName": "life", "description": "", "throttlingPolicy": ""}
    if "applicationId" in others:
        return {"clientId": client_id, **{key: value for key, value in others.items() if key not in own}}
    return {"clientId": client_id, "applicationName": "life", **others}


class BijiraClient(Subject):
    """A client in Bijira."""

    name = "ApplicationClient"
    inputs = st.builds(
        _client,
        st.sampled_from(["life-1", "life-2"]),
        often(
            "subscriptions",
            st.lists(
                st.builds(_subscription, st.sampled_from(PUBLISHED), st.sampled_from(["", "Gold", "Bronze"])),
                max_size=2,
                unique_by=_published,
            ),
            optional(
                applicationName=st.sampled_from(["life", "life 2"]),
                applicationId=st.just(FOREIGN_APPLICATION),
                description=st.sampled_from(["", "x"]),
                throttlingPolicy=st.sampled_from(["Unlimited", "10PerMin"]),
                keyManager=st.just("Asgardeo"),
                keyType=st.sampled_from(["PRODUCTION"] * 5 + ["SANDBOX"]),
            ),
        ),
    )

    def edits(self, id: str) -> dict[str, Callable[[], object]]:
        """On the application, its mapping and its subscriptions; nothing of what lies on somebody else's."""
        application_id, manager, key_type = id.split("/")
        bijira, application = self.bijira, self.bijira.applications[application_id]
        own = [one for one in bijira.subscriptions.values() if one.application_id == application_id]

        def map_another() -> None:
            mapping = KeyMapping(client_id="by-hand", key_manager=manager, key_type=key_type)
            application.mappings = {mapping.id: mapping}

        def subscribe() -> None:
            if not any(one.api_id == BILLS for one in own):
                made = Subscription(application_id=application_id, api_id=BILLS, plan="Silver")
                bijira.subscriptions[made.id] = made

        edits: dict[str, Callable[[], object]] = {
            "unmap": application.mappings.clear,
            "plan": lambda: set_each(own, "plan", "Silver"),
            "unsubscribe": lambda: [bijira.subscriptions.pop(one.id) for one in own[:1]],
        }
        if application_id == FOREIGN_APPLICATION:
            return edits
        return edits | {
            "map another": map_another,
            "delete": lambda: bijira.forget_application(application_id),
            "describe": lambda: setattr(application, "description", "by hand"),
            "subscribe": subscribe,
            "attributes": lambda: application.attributes.update(team="by hand"),
        }

    def cost(self, operation: str, old: PropertyMap, new: PropertyMap) -> int:
        """The application, the mapping, and each subscription by itself."""
        if operation == "destroy":
            # What was made for a client that attaches goes with it, also if it is not declared any more.
            return 1 if "applicationName" in old else 1 + len(old.get("subscriptions", PUBLISHED))
        if operation == "refresh":
            return 2 + ("subscriptions" in old)
        before = by(old.get("subscriptions", []), "apiId", "apiName", "apiVersion")
        after = by(
            {**old, **new}.get("subscriptions", []),
            "apiId",
            "apiName",
            "apiVersion",
        )
        if operation in ("create", "replace"):
            after = by(new.get("subscriptions", []), "apiId", "apiName", "apiVersion")
            named = sum(key[0] is None for key in after)
            made = 2 + ("applicationName" in new) + len(after) + named
            return made + (self.cost("destroy", old, {}) if operation == "replace" else 0)
        cost = 2 * changed(old, new, "applicationName", "description", "throttlingPolicy")
        cost += 2 * changed(old, new, "clientId", "keyType")
        other = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
        newly_managed = 4 * ("subscriptions" in new.keys() - old.keys())
        return cost + newly_managed + len(other) + sum(key[0] is None for key in after.keys() - before.keys())


USERS, GROUPS = ([f"{kind}{number}aaaaaa-0000-0000-0000-000000000000" for number in range(3)] for kind in ("b", "c"))


class AsgardeoRole(Subject):
    """A role of somebody else's application, or of the organisation."""

    name = "Role"
    inputs = often(
        "users",
        st.lists(st.sampled_from(USERS), max_size=3, unique=True),
        st.fixed_dictionaries(
            {"name": st.sampled_from(["life", "life 2"])},
            optional={
                "applicationId": st.just(FOREIGN_APPLICATION),
                "permissions": st.lists(st.sampled_from([f"{BILLS[-1]}:{scope}" for scope in "abc"]), unique=True),
                "groups": st.lists(st.sampled_from(GROUPS), max_size=3, unique=True),
            },
        ),
    )

    def edits(self, id: str) -> dict[str, Callable[[], object]]:
        """On the role alone."""
        role = self.tenant.roles[id]
        scopes = [scope.id for scope in self.tenant.apis[BILLS].scopes]

        def toggle(members: list[str], one: str) -> None:
            (members.remove if one in members else members.append)(one)

        return {
            "delete": lambda: self.tenant.roles.pop(id),
            "name": lambda: setattr(role, "name", "by hand"),
            "permit": lambda: toggle(role.permissions, scopes[0]),
            "permit nothing": role.permissions.clear,
            "a user": lambda: toggle(role.users, USERS[0]),
            "a user whom nobody declares": lambda: toggle(role.users, self.foreign_user),
            "a group": lambda: toggle(role.groups, GROUPS[0]),
            "no groups": role.groups.clear,
        }

    @property
    def foreign_user(self) -> str:
        """Somebody who is in no declaration."""
        return next(id_ for id_ in self.tenant.users if id_ not in USERS)

    def cost(self, operation: str, old: PropertyMap, new: PropertyMap) -> int:
        """One; what was not managed until now is read."""
        newly_managed = bool({"permissions", "groups", "users"} & new.keys() - old.keys())
        return {"update": changed(old, new, *new) + newly_managed, "replace": 2}.get(operation, 1)


SUBJECTS: tuple[type[Subject], ...] = (Api, AsgardeoApplication, AsgardeoRole, BijiraClient)


def seed(sandbox: Sandbox) -> None:
    """What belongs to others, and what random lives refer to; and nothing else, whatever was there before."""
    tenant, bijira = sandbox.store.asgardeo["sandbox"], next(iter(sandbox.store.bijira.values()))
    for left in (tenant.apis, tenant.applications, tenant.roles, bijira.applications, bijira.subscriptions):
        left.clear()
    for number, id_ in enumerate((FOREIGN_API, BILLS, ORDERS)):
        scopes = [Scope(name=f"{id_[-1]}:{scope}", display_name=scope) for scope in "abc"]
        tenant.apis[id_] = ApiResource(id=id_, number=number, name=id_, identifier=f"urn:{id_}", scopes=scopes)
    tenant.users |= {id_: User(id=id_, username=id_, password="hunter2") for id_ in USERS}  # noqa: S106  # nobody's
    tenant.groups |= {id_: Group(id=id_, name=id_) for id_ in GROUPS}
    theirs = new_application("theirs").model_copy(update={"id": FOREIGN_APPLICATION})
    theirs.associated_roles["allowedAudience"] = "APPLICATION"
    permitted = [scope.id for scope in tenant.apis[BILLS].scopes]
    theirs.authorized[BILLS] = AuthorizedApi(policy="RBAC", scopes=permitted)
    tenant.applications[theirs.id] = theirs
    bijira.apis[BILLS] = PublishedApi(id=BILLS, name="Life bills", version="1", context="/life/1")
    foreign = Application(
        id=FOREIGN_APPLICATION, name="foreign", owner="sandbox-management", throttling_policy="Unlimited"
    )
    bijira.applications[foreign.id] = foreign
