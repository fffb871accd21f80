"""How a host is reached: directly or through a proxy, and by which certificates it is trusted; no host but the sandbox
while one stands for the platforms."""

import os
import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from .addresses import is_loopback, origin, wrong_address
from .problems import ConfigurationProblem

if TYPE_CHECKING:
    import httpx

__all__ = (
    "SANDBOX_VARIABLE",
    "Route",
    "advice_for",
    "open_transport",
    "stay_in_sandbox",
    "trusted_by",
    "within_sandbox",
)

#: Where it is set, a sandbox at that address stands for both platforms.
SANDBOX_VARIABLE = "ASGARDEO_BIJIRA_SANDBOX"

#: How long a connection that idles is kept. Servers close one that idles, some after five seconds, and a request that
#: crosses with that is one whose answer is lost: so it is closed here before.
KEPT_SECONDS = 3.0

#: The sandbox of `within_sandbox`, and what to do where something leads out of it.
_within: ContextVar[tuple[str, str] | None] = ContextVar("within", default=None)


@contextmanager
def within_sandbox(url: str, advice: str) -> Iterator[None]:
    """Reach no host but this sandbox in between, whatever the environment names."""
    mark = _within.set((url, advice))
    try:
        yield
    finally:
        _within.reset(mark)


def stay_in_sandbox(url: str, *, api: str | None = None) -> None:
    """Where a sandbox stands for the platforms, nothing may reach another host, whatever leads there.

    With the path of an `api` it is a gateway's address, for which the sandbox has its own.
    """
    if within := _within.get():
        sandbox, advice = within
        if origin(sandbox) != origin(url):
            raise ConfigurationProblem(f"is not in the sandbox {sandbox}", subject=url, action=advice)
        return
    named = os.environ.get(SANDBOX_VARIABLE)
    if named and origin(named) != origin(url):
        place = "that the environment names" if wrong_address(named) else named
        advice = f"To reach it, unset {SANDBOX_VARIABLE}"
        if api is not None and not wrong_address(named):
            advice = f"The sandbox's gateway is the sandbox itself: call {named.rstrip('/')}{api}. {advice}"
        raise ConfigurationProblem(f"is not in the sandbox {place}", subject=url, action=advice)


def advice_for(url: str) -> str:
    """What to look at where there is no connection."""
    sandbox = os.environ.get(SANDBOX_VARIABLE)
    if sandbox and origin(sandbox) == origin(url):
        return (
            f"{SANDBOX_VARIABLE} names a sandbox there, which has ended: start it again (asgardeo-bijira sandbox), or "
            f"unset {SANDBOX_VARIABLE} to reach the platforms themselves"
        )
    return "Check `*:baseUrl`, the network and HTTPS_PROXY"


@dataclass(frozen=True)
class Route:
    """One way to a host. Where two are equal, they can share their connections."""

    to: tuple[str, str, int] | None
    ca_bundle: str | None
    #: The proxy, which may hold a password, and the variable that names it.
    proxy: str | None = field(repr=False)
    proxy_variable: str

    @classmethod
    def leading_to(cls, base_url: str, ca_bundle: str | None) -> Self:
        """Directly to the host of an address, or through the proxy that the environment names for it."""
        variable, proxy = _proxy(base_url)
        return cls(origin(base_url), ca_bundle, proxy, variable)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is encrypted, so that no certificate is looked at."""
        return self.to is not None and self.to[0] == "http"


def open_transport(route: Route) -> "httpx.HTTPTransport":
    """Connections by this route; certificates are always verified."""
    import httpx

    trust = None if route.is_plain else _trust(route.ca_bundle)
    limits = httpx.Limits(keepalive_expiry=KEPT_SECONDS)
    try:
        return httpx.HTTPTransport(verify=trust, proxy=route.proxy, limits=limits)  # type: ignore[arg-type]  # None: later
    except (ValueError, httpx.InvalidURL):
        raise _no_proxy(route.proxy_variable) from None
    except ImportError:
        raise ConfigurationProblem(
            "is a SOCKS proxy, which needs the package socksio",
            subject=route.proxy_variable,
            action="Install it: pip install 'httpx[socks]', or unset it",
        ) from None


def _no_proxy(variable: str) -> ConfigurationProblem:
    action = "Write it as http://host:port, or unset it"
    return ConfigurationProblem("is not the address of a proxy", subject=variable, action=action)


def _proxy(base_url: str) -> tuple[str, str | None]:
    """The variable that names a proxy for the host, and the proxy; what stays on this machine never takes one."""
    parts = urlsplit(base_url)
    if is_loopback(base_url) or urllib.request.proxy_bypass(parts.netloc.rpartition("@")[2]):
        return "", None
    proxies = urllib.request.getproxies()
    scheme = next((scheme for scheme in (parts.scheme, "all") if proxies.get(scheme)), None)
    if scheme is None:
        return "", None
    variable, proxy = f"{scheme.upper()}_PROXY", proxies[scheme]
    full = proxy if "://" in proxy else f"http://{proxy}"
    try:
        found = urlsplit(full)
        is_right = bool(found.hostname) and found.port != 0 and full.isprintable() and " " not in full
    except ValueError:
        is_right = False
    if not is_right or ("://" not in proxy and found.port is None):
        raise _no_proxy(variable)
    return variable, full


@cache
def trusted_by(ca_bundle: str | None, *_environment: str | None) -> ssl.SSLContext:
    """Made once for all connections that trust the same: reading the authorities takes longer than a request."""
    import httpx

    return ssl.create_default_context(cafile=os.path.expanduser(ca_bundle)) if ca_bundle else httpx.create_ssl_context()


def _trust(ca_bundle: str | None) -> ssl.SSLContext:
    try:
        return trusted_by(ca_bundle, *map(os.environ.get, ("SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE")))
    except (OSError, ValueError) as failure:
        is_unreadable = isinstance(failure, OSError) and not isinstance(failure, ssl.SSLError)
        reason = failure.strerror if is_unreadable else "it holds no certificate in PEM form"  # type: ignore[union-attr]
        if ca_bundle:
            raise ConfigurationProblem(
                f"cannot be read as a PEM file: {reason}",
                subject=f"`*:caBundle` {ca_bundle}",
                action="Name the file of the authority's certificate",
            ) from None
        raise ConfigurationProblem(
            f"cannot be read: {reason}",
            subject="the certificates of the authorities",
            action="Check SSL_CERT_FILE, SSL_CERT_DIR and SSLKEYLOGFILE, or set `*:caBundle`",
        ) from None
