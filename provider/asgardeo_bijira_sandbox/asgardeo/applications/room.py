"""How much room the platform's tables have for what is said of an application. Nobody looks before it is written, so
what does not fit is an error of the server's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..exceptions import application_error

if TYPE_CHECKING:
    from .bodies import ApplicationChange
    from .oidc_bodies import OidcBody

__all__ = ("check_room", "check_room_of_oidc")


def check_room(body: ApplicationChange, *, is_new: bool) -> None:
    """What lies on the application itself. A logout return URL is only written by a change."""
    room = [(body.name, 255), (body.description, 1024), (body.image_url, 1024), (body.access_url, 1024)]
    if not is_new:
        room.append((body.logout_return_url, 255))
    _check(room)


def check_room_of_oidc(body: OidcBody) -> None:
    """What lies in the OpenID Connect part: the callback has a column, the others are values of one table."""
    _check([("".join(body.callback_urls), 2048)])
    others = (
        body.logout.back_channel_logout_url,
        body.logout.front_channel_logout_url,
        body.client_authentication.tls_client_auth_subject_dn,
        body.subject.sector_identifier_uri,
    )
    _check([(value, 2047) for value in others])


def _check(room: list[tuple[str | None, int]]) -> None:
    if any(value is not None and len(value) > most for value, most in room):
        raise application_error(500, "APP-65001", "Unable to store the application.", "A value is too long.")
