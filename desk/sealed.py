"""With which key does the desk seal what is personal? One derived from the deployment's secret."""

from admin.ports import desk
from store.sealing import Sealer

PURPOSE = "personal text of the desk's records"


def sealer() -> Sealer:
    """Seals and opens with this deployment's secret."""
    return Sealer(desk().keyed(PURPOSE))
