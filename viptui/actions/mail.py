"""Actions on mails of the outbox; see `viptui.commands.mail`."""

from __future__ import annotations

from typing import Final

from viptui.actions.action import Action, Reach
from viptui.actions.parameters import text

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        id="mail.resend",
        title="Send a mail again",
        help="Send a mail that waits, failed, perhaps arrived or was given up at once, if need be to another address",
        word="resend-mail",
        subject="mail",
        reach=Reach.LEAVES,
        module="mail",
        command="ResendMail",
        perform="resend_mail",
        parameters=(text("recipient", "Address", "instead of the address so far", required=False),),
    ),
    Action(
        id="mail.discard",
        title="Discard a mail",
        help="Give up a mail that waits, failed or perhaps arrived: it is not sent any more",
        word="discard-mail",
        subject="mail",
        reach=Reach.LEAVES,
        module="mail",
        command="DiscardMail",
        perform="discard_mail",
    ),
)
