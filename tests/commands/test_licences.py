"""Assigned licences: recorded for orders and Purchase Authorizations, never more than there are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.acting import counts, customer, do, refused
from tests.support.clock import TODAY
from tests.support.records import add_customer, authorize, order
from viptui.data.details import customer_detail, customer_plans
from viptui.data.models import AuthorizationLine, OrderLine
from viptui.rules.policy import VipPolicy

pytestmark = pytest.mark.usefixtures("database")


def in_use(vip_id: str) -> dict[str, tuple[int, int, int]]:
    """Licences of each product: held, assigned, waiting for an order."""
    plans = customer_plans(customer(vip_id).id, TODAY, VipPolicy())
    return {each.product.name: (each.total, each.active, each.pending) for each in plans}


def test_licences_are_assigned_from_orders_first_and_then_from_purchase_authorizations() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    order(elm, TODAY - timedelta(days=90), {"Photoshop": 3})
    order(elm, TODAY - timedelta(days=10), {"Photoshop": 4, "Acrobat": 1}, kind="add-on", assigned=1)
    authorize(elm, TODAY, {"Photoshop": 5})
    before = counts()
    done = do("licences.assign", "ELM", lines=["sku-photoshop=9"])
    assert in_use("ELM") == {"Photoshop": (7, 7, 5), "Acrobat": (1, 1, 0)}
    assert AuthorizationLine.get().assigned == 2
    assert (done.before, done.after) == ({"SKU-Photoshop": 1}, {"SKU-Photoshop": 9})
    assert done.summary == "Assigned to users of Elm: 9 x Photoshop."
    do("licences.assign", "ELM", lines=["SKU-Photoshop=2", "SKU-Acrobat=0"])
    assert in_use("ELM") == {"Photoshop": (7, 2, 5), "Acrobat": (1, 0, 0)}
    assert AuthorizationLine.get().assigned == 0
    assert counts() == before


def test_more_than_there_are_cannot_be_assigned() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    order(elm, TODAY, {"Photoshop": 3})
    authorize(elm, TODAY, {"Photoshop": 5})
    do("licences.assign", "ELM", lines=["SKU-Photoshop=8"], dry_run=True)
    assert refused("licences.assign", "ELM", lines=["SKU-Photoshop=9", "SKU-None=1"]) == {
        "lines.0": "The customer holds 8 licences of SKU-Photoshop: 9 cannot be assigned.",
        "lines.1": "The customer holds no SKU-None: name a product that its details list.",
    }
    assert set(refused("licences.assign", "ELM", lines=["SKU-Photoshop=1", "sku-PHOTOSHOP=2"])) == {
        "lines.0",
        "lines.1",
    }
    assert "Enter at least one" in refused("licences.assign", "ELM", lines=[])["lines"]


def test_returned_licences_cannot_be_assigned() -> None:
    elm = add_customer("Elm", vip_id="ELM")
    order(elm, TODAY - timedelta(days=20), {"Photoshop": 3})
    order(elm, TODAY - timedelta(days=1), {"Photoshop": 4}, kind="add-on", number="A-2")
    do("order.return", "A-2")
    do("licences.assign", "ELM", lines=["SKU-Photoshop=3"])
    assert in_use("ELM") == {"Photoshop": (3, 3, 0)}
    assert sorted(each.assigned for each in OrderLine.select()) == [0, 0, 3]


def test_assigned_licences_keep_a_purchase_authorization_from_being_cancelled() -> None:
    authorize(add_customer("Elm", vip_id="ELM"), TODAY, {"Photoshop": 5}, number="PA1")
    do("licences.assign", "ELM", lines=["SKU-Photoshop=1"])
    detail = customer_detail("ELM")
    assert detail is not None
    assert detail.authorizations[0].lines[0].assigned == 1
    assert "have that ended and noted first" in refused("authorization.cancel", "PA1")[""]
    do("licences.assign", "ELM", lines=["SKU-Photoshop=0"])
    do("authorization.cancel", "PA1")
    assert in_use("ELM") == {}
