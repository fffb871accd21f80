"""Runs in the child processes, as a script: the dynamic provider host, or the user's program.

It imports nothing but the SDK, so that the project's own interpreter can run it. Standard input guards it: when that
ends the process ends, whatever has become of the parent.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import runpy
import signal
import sys
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor

_GRACE_SECONDS = 2.0
_REPORTED = 32
#: So Python names it; the SDK hands on the words and not the exception.
_LONE_SURROGATE = "surrogates not allowed"


def _guard() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job may have been started without it
    guard = os.dup(0)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    threading.Thread(target=_end_with_parent, args=(guard,), daemon=True).start()


def _end_with_parent(guard: int) -> None:
    while os.read(guard, 1):
        pass
    os.kill(os.getpid(), signal.SIGINT)
    threading.Event().wait(_GRACE_SECONDS)
    os._exit(1)


def host() -> None:
    """Be the dynamic provider host; the engine's address stays the last argument."""
    sys.path.insert(0, os.getcwd())
    sys.argv = ["pulumi.dynamic", *sys.argv[2:]]
    runpy.run_module("pulumi.dynamic", run_name="__main__", alter_sys=True)


def program() -> int:
    """Run the program in the current folder against the engine, and report what it raises."""
    import pulumi

    entry = sys.argv[2]
    settings = pulumi.runtime.Settings(**json.loads(sys.argv[3]))
    config = pulumi.runtime.get_config_env()
    pulumi.runtime.set_all_config(config, list(pulumi.runtime.get_config_secret_keys_env()))
    pulumi.runtime.configure(settings)
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    sys.argv = [entry]
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    threads = ThreadPoolExecutor(max_workers=max(int(settings.parallel or 1), 1) * 4)
    loop.set_default_executor(threads)
    try:
        run = pulumi.runtime.run_in_stack(lambda: _execute(entry))
        loop.run_until_complete(run)
    except pulumi.RunError as error:
        pulumi.log.error(_sendable(str(error)))
        return 1
    except Exception as error:  # noqa: BLE001 - whatever the program raises is reported as its failure
        pulumi.log.error(_sendable(_explanation(error, entry)))
        return _REPORTED
    finally:
        threads.shutdown(wait=True)
        loop.close()
    return 0


def _execute(entry: str) -> None:
    runpy.run_path(entry, run_name="__main__")


def _explanation(error: Exception, entry: str) -> str:
    """What went wrong, with the frames of the user's files only."""
    frames = traceback.extract_tb(error.__traceback__)
    if isinstance(error, ImportError) and frames[-1].filename in (runpy.__file__, "<frozen runpy>"):
        return f"unable to find main python program `__main__.py` in `{os.path.abspath(entry)}`"
    root = os.path.abspath(entry if os.path.isdir(entry) else os.path.dirname(entry) or ".")
    own = [n for n, frame in enumerate(frames) if os.path.abspath(frame.filename).startswith(root)]
    if _LONE_SURROGATE in str(error):
        return _about_lone_surrogates(error, frames[own[-1]] if own else None)
    first = own[0] if own else 0
    lines = [*traceback.format_list(frames[first:]), *traceback.format_exception_only(error)]
    return "Program failed with an unhandled exception:\n" + "Traceback (most recent call last):\n" + "".join(lines)


def _about_lone_surrogates(error: Exception, frame: traceback.FrameSummary | None) -> str:
    """A text that nothing can send, and where the program has it, as far as that is known."""
    at = f"{frame.filename}, line {frame.lineno}" if frame else "one of its outputs"
    where = at if isinstance(error, UnicodeError) else str(error).splitlines()[0]
    return (
        "The program has a text with a lone surrogate (such as \\ud800), which is not a character and cannot be sent: "
        f"{where}. Remove it from the text"
    )


def _sendable(text: str) -> str:
    """The text with lone surrogates spelled out."""
    return text.encode(errors="backslashreplace").decode()


if __name__ == "__main__":
    _guard()
    if sys.argv[1] == "host":
        host()
    else:
        sys.exit(program())
