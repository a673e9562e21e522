"""Do those answer beside whom we are measured? Each is started as the bench starts it, and asked a round."""

from pathlib import Path

import pytest

from bench.peers import PEERS
from bench.rounds import WARM, in_turn
from bench.serving import peer


@pytest.mark.parametrize("kind", PEERS)
def test_a_peer_answers_every_webhook_of_a_call(kind: str, tmp_path: Path) -> None:
    with peer(kind, kind, f"sqlite:///{tmp_path}/peer.db") as one:
        (record,) = in_turn([one], 1, WARM)
    assert (record.refused, len(record.loads[0].seconds)) == (0, WARM)
