"""Writes everything that follows from the declarations: the classes, the schema, the reference pages."""

import sys
import types
from pathlib import Path

ROOT = Path(__file__).parents[2]
_PACKAGE = "pulumi_asgardeo_bijira"

if _PACKAGE not in sys.modules:
    # Its exports are generated, and may be missing or wrong: the declarations are read past them.
    _bare = types.ModuleType(_PACKAGE)
    _bare.__path__ = [str(ROOT / "provider" / _PACKAGE)]
    sys.modules[_PACKAGE] = _bare
