"""What the commands and the plain functions ask, besides what the kinds do; run as a process of its own."""

from __future__ import annotations

import os

from pulumi_asgardeo_bijira.asgardeo import Asgardeo
from pulumi_asgardeo_bijira.bijira import DevPortal
from pulumi_asgardeo_bijira.settings import Settings

__all__ = ("look_up",)


def look_up() -> None:
    """Ask for everything that there is to be looked up."""
    settings = Settings({}, dict(os.environ))
    asgardeo, bijira = Asgardeo(settings.asgardeo), DevPortal(settings.bijira)
    assert list(asgardeo.applications.all())
    assert asgardeo.applications.count()
    assert not list(asgardeo.api_resources.all())
    assert bijira.applications()
    api = bijira.search_apis("Orders API")[0]
    assert bijira.api(api.id) == api
    assert bijira.api("none") is None


if __name__ == "__main__":
    look_up()
