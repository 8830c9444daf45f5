"""The two types of offering."""

from __future__ import annotations

from enum import StrEnum


class OfferingType(StrEnum):
    """What a VIP was created for; both types can be bought on either. Source: Reseller help, Type."""

    TEAM = "Team"
    ENTERPRISE = "Enterprise"
