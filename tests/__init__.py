"""The tests of the whole project.

They have a temporary directory of their own: the log of requests in the user's is for the user's programs.
"""

import atexit
import os
import shutil
import tempfile

_ROOT = os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
os.environ["TMPDIR"] = tempfile.mkdtemp(prefix="tests-", dir=_ROOT)
tempfile.tempdir = None
# Registered before anything else that is imported here, so it goes last.
atexit.register(shutil.rmtree, os.environ["TMPDIR"], ignore_errors=True)
