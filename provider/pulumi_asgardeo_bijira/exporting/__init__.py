"""Programs that declare what there is: written of an organisation, or of the state of a Terraform provider."""

from .program import Export, Reference
from .terraform import Taken, Takeover
from .terraform_state import State
from .terraform_table import TABLES

__all__ = ("TABLES", "Export", "Reference", "State", "Taken", "Takeover")
