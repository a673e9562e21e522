"""Which server runs a peer? Ours, with its settings: ``python -m bench.serve_peer KIND PORT WORKERS DATABASE``."""

import sys
from pathlib import Path

from flask import Flask

from app import Config
from bench.peers import PEERS
from cli.serve import Server

NOTHING = Config(
    database_url="", state=Path(), plans=Path(), public_url="", account="", tokens=(), secret="", local=True
)
"""A peer has none of our settings."""


class Peers(Server):
    """The shipped server with somebody else's application."""

    def __init__(self, kind: str, port: int, workers: int, database: str) -> None:
        self._make, self._database = PEERS[kind], database
        super().__init__(NOTHING, port, workers)

    def made(self) -> Flask:
        """The peer."""
        return self._make(f"http://127.0.0.1:{self._port}", self._database)


if __name__ == "__main__":
    Peers(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]).run()
