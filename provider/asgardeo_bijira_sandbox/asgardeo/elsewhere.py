"""What an organisation answers to a request that no endpoint takes, in the order in which the platform looks at it.

Nobody may trace anything. Then comes whether there is such an organisation, then the token, which OPTIONS alone does
without. A guard stands in front of the management APIs, which knows for a method and the beginning of a path which
scope is needed. Where it knows none nobody passes, whatever his token: 403 for the management API itself, 401 for SCIM
and registration. Only then the path counts: one that takes other methods is a 405, and any other one a 404 that says
whose it is. So is what the platform serves and the sandbox does not, whatever its scope is: nobody can have that one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..differences import is_listed
from ..web.errors import ApiError
from ..web.responses import empty
from ..web.routes import allowed_by
from .exceptions import not_served
from .oauth.access_tokens import scopes_of
from .request import ManagementRoute, ScimRoute, tenant_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.responses import Response
    from starlette.routing import BaseRoute

    from ..web.request import Request

__all__ = ("GUARDED", "OPEN", "Elsewhere")

_PATH = re.compile(r"(?:o/)?(?P<api>api/server/v1|scim2|api/identity/oauth2/dcr/v1\.1)?(?P<path>(?:/.*)?)")
_VERBS = {"GET": "view", "POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete"}
#: What needs no token.
OPEN = re.compile(r"/ServiceProviderConfig|/ResourceTypes")
#: By the beginning of a path, how the scopes begin that the guard knows, and the methods that it knows them for; where
#: they have no beginning any token does.
GUARDED = {
    r"/api-resources.*": ("internal_api_resource", "GET|POST|PUT|PATCH|DELETE"),
    r"/scopes.*|/authorization-details-types.*|/meta/api-resource-collections.*": ("internal_api_resource", "GET"),
    r"/applications.*": ("internal_application_mgt", "GET|POST|PUT|PATCH|DELETE"),
    r"/identity-providers.*": ("internal_idp", "GET|POST|PUT|PATCH|DELETE"),
    r"/authenticators.*": ("internal_authenticator", "GET"),
    r"/claim-dialects(?:/.+)": ("internal_claim_meta", "GET|POST|PUT|DELETE"),
    r"/claim-dialects": ("internal_claim_meta", "GET|POST"),
    r"/oidc/scopes.*": ("internal_oidc_scope_mgt", "GET|POST|PUT|DELETE"),
    r"/organizations": ("internal_organization", "GET|POST"),
    r"/organizations/.+": ("internal_organization", "GET|PUT|PATCH|DELETE"),
    r"/register.*": ("internal_dcr", "GET|POST|PUT|DELETE"),
    r"/Users/.+": ("internal_user_mgt", "GET|POST|PUT|PATCH|DELETE"),
    r"/Users": ("internal_user_mgt", "GET|POST"),
    r"/Groups/.+": ("internal_group_mgt", "GET|POST|PUT|PATCH|DELETE"),
    r"/Groups": ("internal_group_mgt", "GET|POST"),
    r"/v2/Roles/.+": ("internal_role_mgt", "GET|POST|PUT|PATCH|DELETE"),
    r"/v2/Roles": ("internal_role_mgt", "GET|POST"),
    r"/v3/Roles/.+": ("internal_role_mgt", "GET|DELETE"),
    r"/v3/Roles": ("internal_role_mgt", "GET"),
    r"/Bulk": ("internal_bulk_resource", "POST"),
    r"/Me": ("internal_user_mgt", ""),
    r"/Schemas.*": ("", "GET|HEAD|POST|PUT|PATCH|DELETE"),
}


@dataclass(frozen=True)
class Elsewhere:
    """Answers for all that these rows leave open."""

    rows: Iterable[BaseRoute]

    def answer(self, request: Request) -> Response:
        """Refuse the request, or say what its path takes."""
        method, (org, _, rest) = request.http.method, request.param("rest").partition("/")
        allowed = allowed_by(self.rows, request.http)
        if method == "TRACE":
            raise ApiError(405, headers=allowed)
        tenant, found = tenant_of(request, org), _PATH.match(rest)
        assert found  # every part of it may be left out
        api, path = found["api"], found["path"]
        guard = (ScimRoute if api == "scim2" else ManagementRoute)(method, path, self.answer)
        if allowed and method == "OPTIONS":
            return empty(200, allowed)
        if allowed and (api is None or OPEN.fullmatch(path)):
            raise ApiError(405, headers=allowed)
        mentioned = is_listed("Asgardeo", method, path)
        granted = scopes_of(request.store, tenant, request.bearer_token())
        if granted is None:
            raise guard.no_access(401, request)
        if mentioned or not allowed:
            raise not_served(f"{method} {path or '/' + rest}", scim=guard.scim)
        needed = _needed(method, path)
        if needed is None:
            raise guard.no_access(403 if api == "api/server/v1" else 401, request)
        if needed and needed not in granted:
            raise guard.no_access(403, request)
        raise ApiError(405, headers=allowed)


def _needed(method: str, path: str) -> str | None:
    """The scope that the guard asks for, empty where any token does; none where it lets nobody pass."""
    for pattern, (stem, methods) in GUARDED.items():
        if re.fullmatch(pattern, path) and method in methods.split("|"):
            return stem and f"{stem}_{_VERBS[method]}"
    return None
