"""Every number of the VIP programme, with its unit and where it comes from.

Sources are named as follows. "Reseller help": Adobe's help pages *Managing your customers* (the newer one)
and *Manage your Value Incentive Plan customers* (the older one). "Program guide": Adobe's VIP Program Guide.
Where sources disagree, the number is a field here and can be set in the settings file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

from viptui.errors import SettingsError


class MarketSegment(StrEnum):
    """The three price segments of VIP. Source: Reseller help, customer details."""

    COMMERCIAL = "Commercial"
    EDUCATION = "Education"
    GOVERNMENT = "Government"


class UpcomingBasis(StrEnum):
    """From which day ``upcoming_days`` is counted."""

    ANNIVERSARY = "anniversary"
    WINDOW_OPEN = "window_open"


class AnniversaryBase(StrEnum):
    """Which event starts the first term."""

    EARLIER = "earlier_of_authorization_and_order"
    ORDER = "order"


class PartialMonth(StrEnum):
    """How the month that has already begun is counted when licences are added."""

    ROUND_UP = "round_up"
    FREE_STUB = "free_stub"


LONGEST_WINDOW_DAYS: Final = 90
"""Days before an Anniversary Date from which on an order can renew it, whatever the policy's window."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VipPolicy:
    """The programme's numbers; one instance is threaded through every rule."""

    overdue_after: int = 30
    """Age in days past which an open Purchase Authorization is overdue. Source: Reseller help (31-60 days)."""

    suspended_after: int = 60
    """Age in days past which it is suspended. Source: Reseller help (61 days and more)."""

    upcoming_days: int = 45
    """Days before the day named by ``upcoming_basis`` at which a renewal is upcoming.

    With ``anniversary``: from AD-45 inclusive. With ``window_open``: fewer than this many days until the
    window opens. Source: Reseller help, newer page (45 days) and older page (fewer than 60 days).
    """

    upcoming_basis: UpcomingBasis = UpcomingBasis.ANNIVERSARY

    window_open_days: int = 30
    """Days before the Anniversary Date at which the renewal window opens. Source: Program guide, Renewals."""

    grace_days: int = 30
    """Days after the Anniversary Date on which a late renewal is still possible. Source: Adobe Japan guide."""

    anniversary_base: AnniversaryBase = AnniversaryBase.EARLIER
    """Source: Reseller help (first order or, if earlier, first Purchase Authorization)."""

    partial_month: PartialMonth = PartialMonth.ROUND_UP
    """Source: Program guide, Dates ("no partial months"); the rounding itself is an estimate."""

    cancel_overdue: bool = False
    """Whether an overdue Purchase Authorization may be cancelled. Source: Reseller help (only pending ones)."""

    return_days: int = 14
    """Days after an order, inclusive, in which a return authorization is possible. Source: Program guide."""

    threeyc_compliance_days: int = 30
    """Days after acceptance of a 3-year commit in which its minimum must be met. Source: VIPMP documents."""

    threeyc_request_days: int = 7
    """Days after which an unanswered 3-year commit request expires. Source: VIPMP documents."""

    reseller_change_hours: int = 72
    """Elapsed hours for which a reseller change code is valid. Source: Reseller help."""

    reseller_change_per_day: int = 5
    """Codes per reseller and business day. Source: Reseller help; Adobe partner news 2022."""

    extended_term_min_months: int = 13
    """Shortest extended term in months. Source: Reseller help."""

    extended_term_max_months_commercial: int = 36
    """Longest extended term in months, Commercial. Source: Reseller help."""

    extended_term_max_months_public: int = 48
    """Longest extended term in months, Education and Government. Source: Reseller help."""

    def __post_init__(self) -> None:
        _refuse_nonsense(self)

    @property
    def upcoming_first_day(self) -> int:
        """Days before the Anniversary Date on which Upcoming begins, inclusive."""
        if self.upcoming_basis is UpcomingBasis.ANNIVERSARY:
            return self.upcoming_days
        return self.window_open_days + self.upcoming_days - 1

    def extended_term_max_months(self, segment: MarketSegment) -> int:
        """Longest extended term in months for a market segment."""
        if segment is MarketSegment.COMMERCIAL:
            return self.extended_term_max_months_commercial
        return self.extended_term_max_months_public


PRESETS: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType(
    {
        "vip-30-60": {"overdue_after": 30, "suspended_after": 60},
        "vip-14-60": {"overdue_after": 14, "suspended_after": 60},
        "legacy-60": {"upcoming_days": 60, "upcoming_basis": UpcomingBasis.WINDOW_OPEN},
    }
)
"""Named sets of values that a settings file can ask for. Each value is documented at its field."""


def policy_from(table: Mapping[str, Any], *, where: str = "settings") -> VipPolicy:
    """The policy that a settings table asks for: its presets first, then its own keys.

    Raises:
        SettingsError: an unknown key or preset, a value of the wrong type, or numbers that contradict.
    """
    values: dict[str, Any] = {}
    for name in _preset_names(table.get("preset", ()), where):
        values.update(PRESETS[name])
    values.update({key: _typed(key, value, where) for key, value in table.items() if key != "preset"})
    try:
        return replace(VipPolicy(), **values)
    except SettingsError as error:
        raise SettingsError(f"{where}: {error}") from None


_MOST: Final = 10_000
"""Days, hours or months that no setting reasonably exceeds, and that dates can carry."""

_AT_LEAST_ONE: Final = (
    "overdue_after",
    "suspended_after",
    "upcoming_days",
    "window_open_days",
    "return_days",
    "threeyc_compliance_days",
    "threeyc_request_days",
    "reseller_change_hours",
    "reseller_change_per_day",
    "extended_term_min_months",
    "extended_term_max_months_commercial",
    "extended_term_max_months_public",
)


def _refuse_nonsense(policy: VipPolicy) -> None:
    for key in _AT_LEAST_ONE:
        if not 1 <= getattr(policy, key) <= _MOST:
            raise SettingsError(f"{key} must be from 1 to {_MOST}")
    if policy.window_open_days > LONGEST_WINDOW_DAYS:
        raise SettingsError(f"window_open_days must be at most {LONGEST_WINDOW_DAYS}")
    if not 0 <= policy.grace_days <= _MOST:
        raise SettingsError(f"grace_days must be from 0 to {_MOST}")
    if policy.suspended_after <= policy.overdue_after:
        raise SettingsError("suspended_after must be larger than overdue_after")
    if policy.upcoming_first_day <= policy.window_open_days:
        raise SettingsError("upcoming_days must be larger than window_open_days, or Upcoming Renewals stays empty")
    if policy.upcoming_first_day + policy.grace_days >= 365:
        raise SettingsError("upcoming_days and grace_days together must stay below a year")
    if LONGEST_WINDOW_DAYS + policy.grace_days >= 365:
        raise SettingsError(f"grace_days must be below {365 - LONGEST_WINDOW_DAYS}")
    for key in ("extended_term_max_months_commercial", "extended_term_max_months_public"):
        if getattr(policy, key) < policy.extended_term_min_months:
            raise SettingsError(f"{key} must not be below extended_term_min_months")


def _preset_names(value: object, where: str) -> tuple[str, ...]:
    names = (value,) if isinstance(value, str) else value
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) for name in names):
        raise SettingsError(f"{where}: preset must be a name or a list of names")
    for name in names:
        if name not in PRESETS:
            raise SettingsError(f"{where}: unknown preset {name!r}; there are {', '.join(PRESETS)}")
    return tuple(names)


_CHOICES: Final[Mapping[str, type[StrEnum]]] = MappingProxyType(
    {"upcoming_basis": UpcomingBasis, "anniversary_base": AnniversaryBase, "partial_month": PartialMonth}
)


def _typed(key: str, value: object, where: str) -> Any:
    defaults = {field.name: field.default for field in fields(VipPolicy)}
    if key not in defaults:
        raise SettingsError(f"{where}: unknown key {key!r}; there are {', '.join(sorted(defaults))}")
    if choice := _CHOICES.get(key):
        return _chosen(choice, key, value, where)
    wanted = bool if isinstance(defaults[key], bool) else int
    if type(value) is not wanted:
        kind = "true or false" if wanted is bool else "a whole number"
        raise SettingsError(f"{where}: {key} must be {kind}, not {value!r}")
    return value


def _chosen(choice: type[StrEnum], key: str, value: object, where: str) -> StrEnum:
    if isinstance(value, str) and value in set(choice):
        return choice(value)
    raise SettingsError(f"{where}: {key} must be one of {', '.join(choice)}, not {value!r}")
