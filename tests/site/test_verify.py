"""A site that lacks a part, or reaches outside, is never put in place: one clear line says what is wrong."""

import hashlib
import json

import pytest

from iep_training import __version__, content
from iep_training.model import CourseError
from iep_training.site.verify import KERNEL_SETTINGS, pinned, problems, verify
from iep_training.site.wheel import STAND_INS

PYODIDE = "1.2.3"
EXTENSIONS = ["iep-training", "anywidget"]


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text if isinstance(text, str) else json.dumps(text), encoding="utf-8")


@pytest.fixture
def site(tmp_path):
    """The smallest site in which nothing is wrong."""
    for name in ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip"):
        put(tmp_path / "static/pyodide" / name, "x")
    put(tmp_path / "static/pyodide/package.json", {"version": PYODIDE})
    packages = {}
    for name, version in {**pinned(), **STAND_INS, "iep-training": __version__}.items():
        put(tmp_path / "static/pyodide-lock" / f"{name}.whl", name)
        digest = hashlib.sha256(name.encode()).hexdigest()
        packages[name] = {"name": name, "version": version, "file_name": f"{name}.whl", "sha256": digest}
    put(tmp_path / "static/pyodide-lock/pyodide-lock.json", {"packages": packages})
    kernel = {
        "disablePyPIFallback": True,
        "pyodideUrl": "./static/pyodide/pyodide.mjs",
        "loadPyodideOptions": {
            "lockFileURL": "./static/pyodide-lock/pyodide-lock.json",
            "packages": ["iep-training", *STAND_INS],
        },
    }
    config = {
        "litePluginSettings": {KERNEL_SETTINGS: kernel},
        "federated_extensions": [{"name": name, "load": "static/entry.js"} for name in EXTENSIONS],
    }
    put(tmp_path / "jupyter-lite.json", {"jupyter-config-data": config})
    for name in EXTENSIONS:
        put(tmp_path / "extensions" / name / "static/entry.js", "x")
    listed = []
    for module in content.modules():
        put(tmp_path / "files" / module.notebook, "{}")
        listed.append({"name": module.notebook})
    put(tmp_path / "api/contents/all.json", {"content": listed})
    put(tmp_path / "notebooks/index.html", "<p>here</p>")
    first = content.modules()[0].notebook
    put(
        tmp_path / "index.html",
        f'<a href="notebooks/index.html?path={first}">Start</a><a href="https://example.org">out</a>',
    )
    return tmp_path


def change_json(path, change):
    tree = json.loads(path.read_text(encoding="utf-8"))
    change(tree)
    put(path, tree)


def lock(change):
    return lambda site: change_json(
        site / "static/pyodide-lock/pyodide-lock.json", lambda tree: change(tree["packages"])
    )


def config(change):
    return lambda site: change_json(site / "jupyter-lite.json", lambda tree: change(tree["jupyter-config-data"]))


def remove(name):
    return lambda site: (site / name).unlink()


def kernel(tree):
    return tree["litePluginSettings"][KERNEL_SETTINGS]


def write(name, text):
    return lambda site: put(site / name, text)


def load_nothing(tree):
    kernel(tree)["loadPyodideOptions"]["packages"].clear()


def one_too_many(tree):
    tree["federated_extensions"].append({"name": "nbgrader", "load": "x"})


LAST = content.modules()[-1].notebook
OUTSIDE_WHEEL = {"file_name": "https://x.org/comm.whl"}

BROKEN = {
    "no Pyodide": (remove("static/pyodide/pyodide.asm.wasm"), "pyodide.asm.wasm is missing"),
    "wrong Pyodide": (write("static/pyodide/package.json", {"version": "9"}), "Pyodide is 9, not 1.2.3"),
    "a package is not locked": (lock(lambda all_: all_.pop("anywidget")), "package anywidget is missing"),
    "the kit is not locked": (lock(lambda all_: all_.pop("iep-training")), "package iep-training is missing"),
    "a wheel is missing": (
        remove("static/pyodide-lock/ipywidgets.whl"),
        "package ipywidgets is missing (ipywidgets.whl)",
    ),
    "a wheel is damaged": (write("static/pyodide-lock/comm.whl", "y"), "comm is damaged"),
    "a wrong pin": (lock(lambda all_: all_["ipython"].update(version="0.1")), "ipython is 0.1, not"),
    "a wheel from outside": (lock(lambda all_: all_["comm"].update(OUTSIDE_WHEEL)), "comm is missing (https://x.org"),
    "the kit is not loaded": (config(load_nothing), "does not load iep-training"),
    "packages from outside": (config(lambda tree: kernel(tree).pop("disablePyPIFallback")), "ask an outside server"),
    "Python from outside": (config(lambda tree: kernel(tree).update(pyodideUrl="https://x.org/p")), "not in the site"),
    "no extension": (config(lambda tree: tree["federated_extensions"].pop(0)), "extension iep-training is missing"),
    "an extension too many": (config(one_too_many), "nbgrader does not belong"),
    "an extension's file is missing": (remove("extensions/anywidget/static/entry.js"), "anywidget has no file"),
    "a module is missing": (remove(f"files/{LAST}"), LAST),
    "a learner's answers": (write("files/answers.json", "{}"), "a learner’s file"),
    "a script from outside": (write("about.html", '<script src="https://cdn.org/x.js"></script>'), "from outside"),
    "a style from outside": (write("about.html", '<link href="//cdn.org/x.css">'), "from outside"),
    "a picture from outside": (write("about.html", '<img src="http://cdn.org/x.png">'), "from outside"),
    "a dead link": (write("about.html", '<a href="nowhere.html">x</a>'), "nowhere.html, which is not in the site"),
    "a link to no module": (write("about.html", '<a href="notebooks/?path=99_x.ipynb">x</a>'), "module 99_x.ipynb"),
    "no settings at all": (remove("jupyter-lite.json"), "the extension iep-training is missing"),
}


def test_a_whole_site_passes(site):
    assert list(problems(site, PYODIDE, EXTENSIONS)) == []


@pytest.mark.parametrize(("damage", "said"), BROKEN.values(), ids=BROKEN)
def test_a_broken_site_is_named_in_one_line(site, damage, said):
    damage(site)
    assert any(said in problem for problem in problems(site, PYODIDE, EXTENSIONS))
    with pytest.raises(CourseError) as caught:
        verify(site, PYODIDE, EXTENSIONS)
    assert "\n" not in str(caught.value)
