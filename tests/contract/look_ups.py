"""What the commands and the plain functions ask, besides what the kinds do; run as a process of its own."""

from __future__ import annotations

import os

from pulumi_asgardeo_bijira.clients.asgardeo import Asgardeo
from pulumi_asgardeo_bijira.clients.bijira import ApiPortal, DevPortal
from pulumi_asgardeo_bijira.settings import Settings

__all__ = ("look_up",)

_SELF_HOSTED = "https://apim.example.com/api/am/devportal/v3"


def look_up() -> None:
    """Ask for everything that there is to be looked up."""
    settings = Settings({}, dict(os.environ))
    asgardeo, bijira = Asgardeo(settings.asgardeo), DevPortal(settings.bijira)
    assert list(asgardeo.applications.all())
    assert asgardeo.applications.count()
    assert not list(asgardeo.api_resources.all())
    (user,) = asgardeo.users.named("sandbox-user")
    assert asgardeo.users.like("DEFAULT/sandbox-user") == [user]
    assert asgardeo.users.get(user.id)
    assert asgardeo.groups.named("DEFAULT/staff") == asgardeo.groups.like("taf")
    assert {"admin", "everyone"} <= {row.name for row in asgardeo.roles.of(None)}
    assert asgardeo.roles.find("everyone", None) in list(asgardeo.roles.all())
    assert bijira.applications()
    (api,) = bijira.search_apis("Orders API")
    offered = bijira.offered_api(api.id)
    assert offered
    assert "Gold" in offered.plans
    portal = ApiPortal(Settings({"bijira:backend": "api-portal"}, dict(os.environ)).bijira)
    assert not portal.applications()
    assert portal.search_apis("Orders API")
    assert portal.find_api("Orders API", "1.0.0") in portal.search_apis("Orders API")
    assert portal.key_manager_admin.all()
    admin = DevPortal(Settings({"bijira:baseUrl": _SELF_HOSTED}, dict(os.environ)).bijira).key_manager_admin
    assert admin
    assert admin.all()


if __name__ == "__main__":
    look_up()
