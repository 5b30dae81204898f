"""Open a working folder in the browser: a Jupyter server of the learner's own, for this machine only.

Jupyter's own log stays silent (`debug` shows it): what a learner needs to know is said in a few plain lines.
"""

from __future__ import annotations

import os
import secrets
import signal
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

from iep_training.model import CourseError

USUAL_PORT = 8888
PORTS_TO_TRY = 100
LAST_PORT = 65535

# nbgrader's tools for instructors and classrooms have no place in a learner's own sitting.
GRADING_TOOLS = ("assignment_list", "course_list", "formgrader", "validate_assignment")
GRADING_MENUS = "@jupyter/nbgrader"


def serve(folder: Path, page: str, *, lab: bool, browser: bool, debug: bool, port: int | None = None) -> bool:
    """Open `page` of the folder and stay until Ctrl-C.

    `lab` opens JupyterLab rather than the plain page, `browser=False` only prints the address. Without a `port`, the
    first that is free is taken. When the folder is already open in another sitting, shows that one (two would write the
    same answers) and returns False. Raises CourseError when no page can be opened at this port, or at any.
    """
    path = f"lab/tree/{page}" if lab else f"notebooks/{page}"
    already = running(folder)
    if already:
        address = f"{already['url']}{path}?token={already['token']}"
        print(f"The course is already open. Here it is again:\n    {address}", flush=True)
        if browser:
            webbrowser.open(address)
        return False

    prefer_own_jupyter()
    token = secrets.token_hex(24)
    server = _server(folder, path, token, port, browser=browser, debug=debug)
    opening = "The course opens in your browser. If it does not, open this address there:"
    print(
        opening if browser else "Open this address in your browser:",
        f"    {server.connection_url}{path}?token={token}",
        "Leave this window open while you work. When you are done, press Ctrl-C here.",
        sep="\n",
        flush=True,
    )
    signal.signal(signal.SIGINT, lambda *_: server.stop(from_signal=True))
    with nullcontext() if debug else _quiet():
        server.start()
    return True


def prefer_own_jupyter() -> None:
    """Take the kernel and the pages of this installation, even where the learner's account holds another Jupyter."""
    os.environ.setdefault("JUPYTER_PREFER_ENV_PATH", "1")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep this window free of what programs started from here, such as the kernels, write to standard error."""
    kept = os.dup(2)
    try:
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _server(folder: Path, path: str, token: str, port: int | None, *, browser: bool, debug: bool) -> Any:
    """A Jupyter server that holds its port, ready to start. Its first page is `path`."""
    from jupyter_server.serverapp import ServerApp

    if port is not None and not 1 <= port <= LAST_PORT:
        raise CourseError(f"{port} is no port: a port is a number from 1 to {LAST_PORT}")
    extensions = {"notebook": True, "jupyterlab": True} | {
        f"nbgrader.server_extensions.{tool}": False for tool in GRADING_TOOLS
    }
    log_level = "DEBUG" if debug else "CRITICAL"
    settings = {
        "ServerApp.root_dir": str(folder),
        "ServerApp.default_url": f"/{path}",
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port or USUAL_PORT,
        "ServerApp.port_retries": 0 if port else PORTS_TO_TRY,
        "ServerApp.open_browser": browser,
        "ServerApp.allow_root": True,
        "ServerApp.jpserver_extensions": extensions,
        "ServerApp.log_level": log_level,
        "LabApp.log_level": log_level,
        "JupyterNotebookApp.log_level": log_level,
        "IdentityProvider.token": token,
        # Keeps what a learner writes from being read off the wire by others on a shared machine.
        "MappingKernelManager.transport_encryption": "auto",
        # Nothing leaves the machine: the list of extensions would be asked of a server far away.
        "LabApp.extension_manager": "readonly",
    }
    server = ServerApp()
    try:
        # As arguments, they win over whatever configuration the learner's account already holds.
        with nullcontext() if debug else _quiet():
            server.initialize([f"--{name}={value}" for name, value in settings.items()])
    except SystemExit:
        if port:
            raise CourseError(
                f"Port {port} can't be used: most likely another program holds it. Choose another number, "
                "or leave --port out and a free one is found"
            ) from None
        raise CourseError(
            "The course could not open a page on this machine. Restart the machine and try again; "
            "`iep-training --debug learn` shows the technical details"
        ) from None
    server.web_app.settings["page_config_hook"] = _without_grading_menus
    return server


def _without_grading_menus(_: Any, page_config: dict[str, Any]) -> dict[str, Any]:
    """What Jupyter tells a page about itself, less the grading menus."""
    return {**page_config, "disabledExtensions": [*page_config.get("disabledExtensions", ()), GRADING_MENUS]}


def running(folder: Path) -> dict[str, Any] | None:
    """The server that already serves this folder, if there is one."""
    from jupyter_server.serverapp import list_running_servers

    return next((one for one in list_running_servers() if Path(one.get("root_dir", "")) == folder), None)
