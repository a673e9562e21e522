"""Which server runs a peer? Ours, with its settings: ``python -m bench.serve_peer KIND PORT WORKERS DATABASE``."""

import sys

from flask import Flask

from bench.peers import PEERS
from cli.serve import Server


class Peers(Server):
    """The shipped server with somebody else's application."""

    def __init__(self, kind: str, port: int, workers: int, database: str) -> None:
        self._make, self._database = PEERS[kind], database
        super().__init__(None, port, workers)  # type: ignore[arg-type]  # a peer has none of our settings

    def load(self) -> Flask:
        """The peer."""
        return self._make(f"http://127.0.0.1:{self._port}", self._database)


if __name__ == "__main__":
    Peers(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]).run()
