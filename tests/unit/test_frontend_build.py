import importlib.util
from pathlib import Path
from types import ModuleType

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / "frontend"


@pytest.fixture
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("frontend_build", FOLDER / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_css_loses_the_font_of_gov_uk(build: ModuleType) -> None:
    css = "@font-face{font-family:GDS Transport;src:url(/a.woff)}p{font-family:GDS Transport,arial,sans-serif}"
    assert build.rewrite_css(css) == "p{font-family:arial,helvetica,sans-serif}"


def test_css_loses_the_crest_and_the_source_map(build: ModuleType) -> None:
    css = "a{b:url(/assets/images/govuk-crest.svg)}\n/*# sourceMappingURL=x.css.map */"
    assert build.rewrite_css(css).strip() == "a{b:none}"


def test_css_finds_its_images_beside_it(build: ModuleType) -> None:
    css = build.rewrite_css("a{b:url(/assets/images/icon-document.svg)}")
    assert css == "a{b:url(images/icon-document.svg)}"
    assert build.images_of(css) == ["icon-document.svg"]


def test_script_loses_its_source_map(build: ModuleType) -> None:
    assert build.rewrite_js("x();//# sourceMappingURL=x.js.map\n") == "x();\n"


def test_build_says_when_there_is_no_npm(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(build, "VENDOR", tmp_path / "vendor")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(build.sys, "executable", str(tmp_path / "python"))
    assert build.main([]) == build.NO_NPM


def test_build_does_nothing_when_the_lock_has_not_changed(
    build: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / build.STAMP).write_text(build.fingerprint())
    monkeypatch.setattr(build, "VENDOR", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert build.main([]) == 0


def test_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (FOLDER / "package-lock.json").read_text()


def test_vendored_files_hold_nothing_of_gov_uk_alone() -> None:
    vendor = Path(settings.BASE_DIR) / "static" / "vendor"
    if not vendor.is_dir():
        pytest.skip("the design systems are not built: run frontend/build.py")
    files = [file for file in vendor.rglob("*") if file.suffix in {".css", ".js"}]
    assert len(files) == 4
    for file in files:
        text = file.read_text()
        assert [
            w for w in ("GDS Transport", "/assets/", "sourceMappingURL", "crest.svg") if w in text
        ] == []
