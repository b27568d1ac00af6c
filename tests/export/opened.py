"""LibreOffice and poppler, as tests start them."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_NEEDS = "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui poppler-utils, or make test as root"
# Filter options: separator, quotation mark, UTF-8, first line, no column formats, English, quoted is text, numbers,
# and, at the end, formulas are calculated: what a careless reader would click.
CSV = "CSV:{separator},34,76,1,,0,{quoted_is_text},true,false,false,false,-1,true"


def tool(*names: str) -> str:
    """The first of these programs that is here; skips the test when none is."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        pytest.skip(f"no {names[0]} here: {_NEEDS}")
    return found


class Office:
    """LibreOffice without a window, with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        self._program = tool("soffice", "libreoffice")
        self._folder = folder

    def convert(self, to: str, *files: Path, reading: str = "") -> Path:
        """Convert files in one go; gives the folder with what came out."""
        out = self._folder / f"as-{to}{len(list(self._folder.iterdir()))}"
        read = [f"--infilter={reading}"] if reading else []
        profile = f"-env:UserInstallation={(self._folder / 'profile').as_uri()}"
        subprocess.run(
            [self._program, "--headless", profile, *read, "--convert-to", to, "--outdir", out, *files],
            check=True,
            capture_output=True,
            timeout=240,
            env=os.environ | {"HOME": str(self._folder)},
        )
        return out
