"""Firefox as it is installed, driven over WebDriver BiDi (https://w3c.github.io/webdriver-bidi/): what playwright cannot do."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
_PREFERENCES = {
    "app.update.enabled": False, "browser.shell.checkDefaultBrowser": False, "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False, "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False, "toolkit.telemetry.enabled": False, "webgl.force-enabled": True,
    "remote.prefs.recommended": True, "remote.active-protocols": 1,
}  # fmt: skip
_ADDRESS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


def _stop(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(20)
    if process.stderr:
        process.stderr.close()


class Firefox:
    """A window of Firefox; ``trouble`` lists console errors and requests to anything but files.

    Use as a context manager: the browser ends with it.
    """

    def __init__(self, profile: Path, *, headless: bool = True) -> None:
        from websockets.sync.client import connect

        assert FIREFOX
        lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in _PREFERENCES.items()]
        (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [
            FIREFOX,
            *(["--headless"] if headless else []),
            "--no-remote",
            "--profile",
            str(profile),
            "--remote-debugging-port",
            "0",
        ]
        self.number = 0
        self.trouble: list[str] = []
        self.ending = ExitStack()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.ending.callback(_stop, process)
        with ExitStack() as when_it_fails:
            when_it_fails.callback(self.ending.close)
            assert process.stderr
            address = next((found[1] for line in process.stderr if (found := _ADDRESS.search(line))), "")
            assert address, "Firefox did not say where it listens"
            self.socket = self.ending.enter_context(connect(f"{address}/session", max_size=None))
            self.send("session.new", capabilities={})
            self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
            self.window = self.send("browsingContext.getTree")["contexts"][0]["context"]
            when_it_fails.pop_all()

    def __enter__(self) -> Firefox:
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.close()

    def send(self, method: str, **params: Any) -> Any:
        """The result of a command. Raises ``AssertionError`` with Firefox's words when it fails."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            said = json.loads(self.socket.recv(timeout=90))
            if said.get("type") == "event":
                self._note(said["method"], said["params"])
            elif said.get("id") == self.number:
                assert said["type"] == "success", said
                return said["result"]

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "log.entryAdded" and params["level"] in ("error", "warn"):
            self.trouble.append(f"console: {params['text']}")
        elif event == "network.beforeRequestSent" and not params["request"]["url"].startswith(
            ("file:", "data:", "blob:", "about:")
        ):
            self.trouble.append(f"request: {params['request']['url']}")

    def open(self, url: str, width: int = 1280, height: int = 800) -> None:
        self.send("browsingContext.setViewport", context=self.window, viewport={"width": width, "height": height})
        self.send("browsingContext.navigate", context=self.window, url=url, wait="complete")
        self.evaluate("window.page.begun.then(() => new Promise((done) => { setTimeout(done, 300); }))")

    def evaluate(self, script: str) -> Any:
        """The value of an expression, promises waited for, by way of JSON."""
        told = f"Promise.resolve({script}).then((value) => JSON.stringify(value ?? null))"
        target = {"context": self.window}
        found = self.send("script.evaluate", expression=told, target=target, awaitPromise=True)
        assert found["type"] == "success", found["exceptionDetails"]["text"]
        return json.loads(found["result"]["value"])

    def click(self, x: float, y: float) -> None:
        point = {"x": round(x), "y": round(y)}
        actions = [{"type": "pointerMove", **point}, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self.send("input.performActions", context=self.window, actions=[{"type": "pointer", "id": "mouse", "actions": actions}])
        self.evaluate("new Promise((done) => { setTimeout(done, 450); })")

    def type(self, text: str) -> None:
        """Keys one after another; Enter is ``\\ue007``."""
        keys = [{"type": kind, "value": key} for key in text for kind in ("keyDown", "keyUp")]
        self.send("input.performActions", context=self.window, actions=[{"type": "key", "id": "keys", "actions": keys}])

    def screenshot(self) -> str:
        """The window as PNG, in base 64."""
        found: str = self.send("browsingContext.captureScreenshot", context=self.window)["data"]
        return found
