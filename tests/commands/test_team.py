"""The team and who manages which customers: who may do what, and that the badges of both follow."""

from __future__ import annotations

import pytest

from tests.support.acting import ME, act_on, counts, customer, do, history, refused
from tests.support.builders import Portfolio, Requested
from tests.support.clock import TODAY
from viptui.data.models import AuditEntry, Draft, TeamMember
from viptui.data.queries import count_filters
from viptui.data.team import team_with_customers
from viptui.errors import NotFound
from viptui.rules.filters import CustomerFilter
from viptui.rules.policy import VipPolicy

pytestmark = pytest.mark.usefixtures("database")

BEN = "ben.adler"


@pytest.fixture
def portfolio() -> Portfolio:
    """Ana is the primary admin and manages A and C, Ben manages B, nobody manages D."""
    made = Portfolio()
    made.member(ME, "Ana Kovac", role="primary_admin")
    made.member(BEN, "Ben Adler")
    made.customer("Aster Clinic", vip_id="A", managed_by=ME, requested=[Requested(days_ago=40)])
    made.customer("Birch Council", vip_id="B", managed_by=BEN)
    made.customer("Cedar School", vip_id="C", managed_by=ME, requested=[Requested(days_ago=3)])
    made.customer("Dahlia Media", vip_id="D")
    return made


def managers() -> dict[str, str | None]:
    """Who manages each customer, by VIP ID."""
    found = {vip_id: customer(vip_id).managed_by for vip_id in "ABCD"}
    return {vip_id: member.login if member else None for vip_id, member in found.items()}


def badges(login: str) -> tuple[int, int, int]:
    """Past due, pending and all customers of a member."""
    found = count_filters(TODAY, VipPolicy(), login)
    return found[CustomerFilter.PAST_DUE], found[CustomerFilter.PENDING_REQUESTS], found[CustomerFilter.ALL]


def team() -> dict[str, tuple[str, str]]:
    """Role and status of every member."""
    return {each.login: (each.role, each.status) for each in TeamMember.select()}


def test_the_badges_of_both_follow_at_once(portfolio: Portfolio) -> None:
    everybody = counts()
    done = do("customer.reassign", "A", to=BEN)
    assert done.summary == "Ben Adler now manages Aster Clinic, no longer ana.kovac."
    assert (done.before, done.after) == ({"managed_by": ME}, {"managed_by": BEN})
    assert (badges(ME), badges(BEN)) == ((0, 1, 1), (1, 0, 2))
    assert counts() == everybody


def test_many_customers_in_one_go(portfolio: Portfolio) -> None:
    done = do("customer.reassign", ["a", "B", "C", "D", "A"], to=BEN)
    assert done.summary == "Ben Adler now manages 3 customers: Aster Clinic, Cedar School, Dahlia Media."
    assert managers() == dict.fromkeys("ABCD", BEN)
    assert (badges(ME), badges(BEN)) == ((0, 0, 0), (1, 1, 4))
    counts()


def test_every_customer_of_many_has_it_in_its_history(portfolio: Portfolio) -> None:
    do("customer.reassign", ["A", "D"], act=act_on(request_id="one"), to=BEN)
    assert history() == [("customer.reassign", BEN), ("customer.reassign", "A"), ("customer.reassign", "D")]
    entries = list(AuditEntry.select().order_by(AuditEntry.id))
    assert [each.request_id for each in entries] == ["one", None, None]
    assert entries[2].summary == "Ben Adler now manages Dahlia Media."
    assert entries[2].customer_id == customer("D").id


def test_the_same_request_reassigns_once(portfolio: Portfolio) -> None:
    act = act_on(request_id="one")
    do("customer.reassign", ["A", "C"], act=act, to=BEN)
    assert do("customer.reassign", ["A", "C"], act=act, to=BEN).is_repeated
    assert len(history()) == 3


REFUSED = {
    "an unknown customer among many, nothing at all happens": (
        ME,
        ["A", "X", "Y"],
        BEN,
        {"vip_ids": "There is no customer Y: look it up with / in the list."},
    ),
    "nobody of that login": (
        ME,
        ["A"],
        "eva",
        {"to": "Nobody in the team has the login eva: 'viptui team' and A in the list show them."},
    ),
    "no customer": (ME, [], BEN, {"vip_ids": "Choose at least one customer."}),
    "who has them already": (
        ME,
        ["A", "C"],
        ME,
        {"to": "Ana Kovac already manages 2 customers: Aster Clinic, Cedar School; choose another member."},
    ),
    "by a member": (
        BEN,
        ["A"],
        BEN,
        {"": "Only the primary admin may change who manages a customer: ask them to do it."},
    ),
    "by somebody unknown, to somebody unknown": (
        "eva",
        ["A"],
        "eva",
        {
            "": "Only the primary admin may change who manages a customer: ask them to do it.",
            "to": "Nobody in the team has the login eva: 'viptui team' and A in the list show them.",
        },
    ),
}


@pytest.mark.parametrize(("actor", "vip_ids", "to", "reasons"), REFUSED.values(), ids=REFUSED)
def test_reassigning_is_refused(
    portfolio: Portfolio, actor: str, vip_ids: list[str], to: str, reasons: dict[str, str]
) -> None:
    before = managers()
    assert refused("customer.reassign", vip_ids, act=act_on(actor=actor), to=to) == reasons
    assert managers() == before


@pytest.mark.parametrize("status", ["pending", "inactive"])
def test_customers_go_to_active_members_only(portfolio: Portfolio, status: str) -> None:
    TeamMember.update(status=status).where(TeamMember.login == BEN).execute()
    assert refused("customer.reassign", ["A"], to=BEN) == {
        "to": f"Ben Adler is {status}: choose an active team member."
    }


def test_as_long_as_there_is_no_primary_admin_everybody_is() -> None:
    Portfolio().customer("Aster Clinic", vip_id="A")
    do("team.add", act=act_on(actor="whoever"), login=BEN, email="ben@reseller.example")
    do("customer.reassign", "A", act=act_on(actor="whoever"), to=BEN)
    do("team.add", act=act_on(actor="whoever"), login=ME, role="primary admin")
    assert team() == {BEN: ("member", "active"), ME: ("primary_admin", "active")}
    assert "" in refused("team.add", act=act_on(actor="whoever"), login="eva")


def test_adding_a_member(portfolio: Portfolio) -> None:
    done = do("team.add", login="eva.lind", name="Eva Lind", email="eva@reseller.example", role="admin")
    assert done.summary == "Eva Lind is in the team as admin."
    assert done.advice == ()
    assert team()["eva.lind"] == ("admin", "active")


def test_a_member_without_an_address_is_pointed_out(portfolio: Portfolio) -> None:
    assert do("team.add", login="eva").advice == ("eva has no e-mail address, so no mail can be sent there.",)


def test_who_had_left_can_come_back(portfolio: Portfolio) -> None:
    do("team.deactivate", BEN)
    done = do("team.add", login="BEN.ADLER")
    assert done.summary == "Ben Adler is in the team again as member."
    assert team()[BEN] == ("member", "active")


def test_who_leaves_can_hand_the_customers_over(portfolio: Portfolio) -> None:
    done = do("team.deactivate", BEN, to=ME)
    assert done.summary == "Ben Adler has left the team; Ana Kovac now manages Birch Council."
    assert done.advice == ()
    assert (managers()["B"], team()[BEN]) == (ME, ("member", "inactive"))
    assert (badges(ME), badges(BEN)) == ((1, 1, 3), (0, 0, 0))
    assert history() == [("team.deactivate", BEN), ("team.deactivate", "B")]
    counts()


def test_customers_that_are_left_behind_are_named(portfolio: Portfolio) -> None:
    done = do("team.deactivate", BEN)
    assert done.summary == "Ben Adler has left the team."
    assert done.advice == ("Ben Adler still manages Birch Council: hand them over with 'viptui reassign'.",)
    assert managers()["B"] == BEN


TEAM_REFUSED: dict[str, tuple[str, str, str | None, dict[str, str], dict[str, str]]] = {
    "the last primary admin leaves": (
        ME,
        "team.deactivate",
        ME,
        {},
        {"": "Ana Kovac is the only active primary admin: give another member that role first."},
    ),
    "the last primary admin becomes a member": (
        ME,
        "team.role",
        ME,
        {"role": "member"},
        {"": "Ana Kovac is the only active primary admin: give another member that role first."},
    ),
    "the role that one has": (ME, "team.role", BEN, {"role": "member"}, {"role": "Ben Adler is member already."}),
    "a role that there is not": (
        ME,
        "team.role",
        BEN,
        {"role": "boss"},
        {"role": "Role: Enter primary_admin, admin or member."},
    ),
    "a login that is taken": (
        ME,
        "team.map",
        BEN,
        {"new_login": "ANA.Kovac"},
        {"new_login": "ana.kovac is the login of Ana Kovac: choose another one."},
    ),
    "a login of two words": (
        ME,
        "team.map",
        BEN,
        {"new_login": "ben adler"},
        {"new_login": "New login: Enter one login without spaces, as 'id -un' prints it."},
    ),
    "somebody who is there": (
        ME,
        "team.add",
        None,
        {"login": BEN},
        {"login": "ben.adler is in the team already, as Ben Adler."},
    ),
    "customers to oneself": (
        ME,
        "team.deactivate",
        BEN,
        {"to": BEN},
        {"to": "Ben Adler leaves: choose another member to take the customers over."},
    ),
    "customers to nobody": (
        ME,
        "team.deactivate",
        BEN,
        {"to": "eva"},
        {"to": "Nobody in the team has the login eva: 'viptui team' and A in the list show them."},
    ),
    **{
        f"{action} by a member": (
            BEN,
            action,
            subject,
            values,
            {"": "Only the primary admin may change the team: ask them to do it."},
        )
        for action, subject, values in (
            ("team.add", None, {"login": "eva"}),
            ("team.deactivate", BEN, {}),
            ("team.map", BEN, {"new_login": "ben"}),
            ("team.role", BEN, {"role": "primary_admin"}),
            ("team.email", BEN, {"email": "ben@new.example"}),
        )
    },
}


@pytest.mark.parametrize(("actor", "action", "subject", "values", "reasons"), TEAM_REFUSED.values(), ids=TEAM_REFUSED)
def test_changing_the_team_is_refused(
    portfolio: Portfolio, actor: str, action: str, subject: str | None, values: dict[str, str], reasons: dict[str, str]
) -> None:
    before = team()
    assert refused(action, subject, act=act_on(actor=actor), **values) == reasons
    assert team() == before


def test_an_admin_hands_the_role_on_and_leaves(portfolio: Portfolio) -> None:
    assert do("team.role", BEN, role="primary_admin").summary == "Ben Adler is now primary admin, no longer member."
    do("team.deactivate", ME, act=act_on(actor=BEN), to=BEN)
    assert "" in refused("team.add", act=act_on(actor=ME), login="eva")  # an inactive primary admin is none
    assert refused("team.deactivate", ME, act=act_on(actor=BEN)) == {
        "login": "Ana Kovac has left the team already; 'viptui reassign' hands customers over."
    }


def test_customers_and_what_was_typed_follow_a_new_login(portfolio: Portfolio) -> None:
    draft = {"subject": "", "request_id": "r", "content": "{}", "saved_at": act_on().now}
    Draft.create(login=BEN, form="invitation.send", **draft)
    Draft.create(login=BEN, form="team.add", **draft)
    Draft.create(login="badler", form="team.add", **draft)
    done = do("team.map", BEN, new_login="badler")
    assert done.summary == "Ben Adler is now known by the login badler, no longer ben.adler."
    assert managers()["B"] == "badler"
    assert badges("badler") == (0, 0, 1)
    drafts = Draft.select(Draft.login, Draft.form).order_by(Draft.id).tuples()
    assert list(drafts) == [("badler", "invitation.send"), (BEN, "team.add"), ("badler", "team.add")]


def test_mails_go_to_a_new_address(portfolio: Portfolio) -> None:
    TeamMember.update(email="").where(TeamMember.login == BEN).execute()
    assert do("team.email", BEN, email="ben@team.example").summary == "Mails for Ben Adler now go to ben@team.example."
    assert "There was no address before: 'viptui change-email ben.adler'" in refused("history.undo")[""]
    done = do("team.email", BEN, email="ben@new.example")
    assert done.summary == "Mails for Ben Adler now go to ben@new.example, no longer to ben@team.example."
    assert refused("team.email", BEN, email="ben@new.example") == {"email": "Ben Adler has that address already."}
    assert refused("team.email", BEN, email="ben") != {}
    assert TeamMember.get(TeamMember.login == BEN).email == "ben@new.example"


def test_unknown_members_are_named() -> None:
    with pytest.raises(NotFound, match="Nobody in the team has the login eva"):
        do("team.role", "eva", role="admin")


def test_the_team_is_listed_with_its_customers(portfolio: Portfolio) -> None:
    assert [(each.login, each.customers) for each in team_with_customers()] == [(ME, 2), (BEN, 1)]
