"""The tests of the whole project.

They have a temporary directory of their own: the log of requests in the user's is for the user's programs.
"""

import os
import shutil
import tempfile
from multiprocessing.util import Finalize

_ROOT = os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
_OURS = os.environ["TMPDIR"] = tempfile.mkdtemp(prefix="tests-", dir=_ROOT)
tempfile.tempdir = None
# After multiprocessing's own folder in it, which goes at -100.
Finalize(None, shutil.rmtree, (_OURS,), {"ignore_errors": True}, exitpriority=-200)
