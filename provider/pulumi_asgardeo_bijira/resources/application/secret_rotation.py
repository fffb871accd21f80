"""The rotation of a client secret, of which the answer may be lost: never twice for one request of the user's."""

from ...clients.asgardeo import Applications
from ...transport import SECRET_ROTATED, OutcomeUnknown, Problem, attempts
from ..platforms import Platforms

__all__ = ("rotate",)


def rotate(platforms: Platforms, id: str, former: str | None) -> str:
    """A new secret, once for each value of the input; the state never gets one that is dead.

    Read first: where the platform shows another secret than the state, an attempt of before was carried out, and its
    answer, or the process that waited for it, was lost. After a lost answer, the same way.
    """
    applications, clock = platforms.asgardeo.applications, platforms.asgardeo.connection.clock
    shown = _secret_of(applications, id)
    if former is not None and shown is not None and shown != former:
        return shown
    before = shown or former
    for _ in range(2):
        try:
            return applications.regenerate_secret(id).client_secret
        except OutcomeUnknown as failure:
            lost = failure
        for _ in attempts(SECRET_ROTATED, clock):
            now = _secret_after(applications, id, lost)
            if now is None:
                raise OutcomeUnknown(
                    "not shown, so whether there is a new one is not known",
                    subject=f"the client secret of the application {id}",
                    action="Grant internal_application_mgt_client_secret_view to the management application and run "
                    "pulumi up again",
                    after=lost,
                )
            if now != before:
                return now
    raise OutcomeUnknown(
        "still the old one",
        subject=f"the client secret of the application {id}",
        action="Run pulumi up again",
        after=lost,
    )


def _secret_after(applications: Applications, id: str, lost: OutcomeUnknown) -> str | None:
    try:
        return _secret_of(applications, id)
    except Problem as failure:
        raise OutcomeUnknown(
            f"it may be another one now: reading it failed as well ({failure})",
            subject=f"the client secret of the application {id}",
            action="Run pulumi up again, it reads before it rotates",
            after=lost,
        ) from None


def _secret_of(applications: Applications, id: str) -> str | None:
    oidc = applications.oidc(id)
    return oidc.client_secret if oidc else None
