"""A stand-in for Asgardeo, Bijira and a gateway on one loopback port.

It imports nothing of the package that it stands beside, so that it can tell the truth about it. Each platform has its
endpoints in `urls.py`, whose rows name the handlers; what exists is in `models.py`, how it refuses in `exceptions.py`.
"""

from .faults import Fault, Faults
from .ledger import Exchange, Ledger
from .scenario import Scenario
from .seeding import BadScenario, load_scenario, seed_store
from .server import Sandbox
from .store import BadState, Store, left_behind

__all__ = (
    "BadScenario",
    "BadState",
    "Exchange",
    "Fault",
    "Faults",
    "Ledger",
    "Sandbox",
    "Scenario",
    "Store",
    "left_behind",
    "load_scenario",
    "seed_store",
)
