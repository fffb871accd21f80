"""`python -m tools.plugin_archive [DIRECTORY]` writes the plugin as an archive for `pulumi plugin install --file`.

It holds the package itself as a wheel, and names what that needs as the lock does: versions and hashes, no addresses.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from .locked import EXTRA, ROOT, locked, project

__all__ = ("archive",)


def archive(directory: Path) -> Path:
    """Write it, and say where."""
    files = {name: (ROOT / "plugin" / name).read_bytes() for name in ("PulumiPlugin.yaml", "__main__.py")}
    with tempfile.TemporaryDirectory() as folder:
        build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
        subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
        (wheel,) = Path(folder).iterdir()
        files[wheel.name] = wheel.read_bytes()
    own = f"./{wheel.name}[{EXTRA}] --hash=sha256:{hashlib.sha256(files[wheel.name]).hexdigest()}"
    files["requirements.txt"] = "\n".join((own, *locked(), "")).encode()
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / f"pulumi-resource-asgardeo-bijira-v{project()['version']}.tar.gz"
    with tarfile.open(path, "w:gz") as target:
        for name, content in sorted(files.items()):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mode = 0o644
            target.addfile(entry, io.BytesIO(content))
    return path


if __name__ == "__main__":
    sys.stdout.write(f"{archive(Path(sys.argv[1] if len(sys.argv) > 1 else 'dist'))}\n")
