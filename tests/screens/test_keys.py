"""Keys that the settings put elsewhere: what they do, and what footer, help, palette and texts say of them."""

from __future__ import annotations

from pathlib import Path

from tests.support.desk import desk_on


async def test_key_that_was_moved_does_it_and_the_old_one_does_not(small: Path) -> None:
    async with desk_on(small, keys={"list.mine": "f6"}) as desk:
        await desk.press("m")
        assert not desk.mine()
        await desk.press("f6")
        assert desk.mine()


async def test_two_keys_can_change_places(small: Path) -> None:
    async with desk_on(small, keys={"list.mine": "s", "list.sort": "m"}) as desk:
        await desk.press("s")
        assert desk.mine()
        await desk.press("m")
        assert "Sort by" in desk.screen_text()


async def test_keys_of_widgets_and_menus_can_be_moved(small: Path) -> None:
    async with desk_on(small, keys={"list.down": "e", "action.invitation.accept": "j", "sort.name": "c"}) as desk:
        await desk.press("6")
        first, second, *_ = desk.names()
        await desk.press("e")
        assert desk.cursor() == second
        await desk.press("up", "s")
        assert "c Customer" in desk.screen_text()
        await desk.press("c")
        assert desk.names()[0] != first  # sorted by name already: the other way round


async def test_keys_of_forms_can_be_moved(small: Path) -> None:
    async with desk_on(small, keys={"form.send": "ctrl+g", "form.next": "f6"}) as desk:
        await desk.press("1", "i")
        before = desk.field()
        await desk.press("tab")
        assert desk.field() == before
        await desk.press("f6")
        assert desk.field() != before
        await desk.press("ctrl+s")
        assert not desk.errors()
        await desk.press("ctrl+g")
        assert desk.errors()


async def test_key_of_one_tab_can_be_moved_and_the_same_key_of_another_stays(shop: Path) -> None:
    async with desk_on(shop, keys={"team.deactivate": "x"}) as desk:
        await desk.press("A", "D")
        assert "Administration" in desk.title()
        await desk.press("2", "D")
        assert "no longer sold" in desk.notice()


async def test_footer_keeps_the_order_and_names_the_new_keys(small: Path) -> None:
    async with desk_on(small) as desk:
        usual = desk.footer()
    async with desk_on(small, keys={"action.order.place": "X", "screen.help": "H"}) as desk:
        assert desk.footer().split() == usual.replace(" o order", " X order").replace("? help", "H help").split()


async def test_texts_name_the_new_keys(small: Path) -> None:
    keys = {"list.mine": "f6", "tab.all": "X", "list.clear_search": "f7", "list.search": "&", "tab.past-due": "y"}
    async with desk_on(small, keys=keys) as desk:
        assert "f6 mine off" in desk.lines()[1]
        assert "y Past Due" in desk.lines()[1]
        assert "& search" in desk.status()
        await desk.press("y", "f6", "&")
        await desk.type("nobody")
        await desk.press("enter")
        assert "f7 clears the search, X searches all customers, f6 includes everybody's." in desk.empty_text()
        assert "(f7 clears)" in desk.status()
        await desk.press("f7", "X", "f6")
        assert not desk.mine()
        assert "& search" in desk.status()
        assert "[X All " in desk.lines()[1]


async def test_help_and_palette_name_the_new_keys(small: Path) -> None:
    async with desk_on(small, keys={"action.order.place": "X", "list.mine": "f6"}) as desk:
        await desk.press("?")
        await desk.type("manage, or")
        assert desk.lines()[1].split()[:2] == [">", "f6"]
        await desk.press("escape", ":")
        await desk.type("place an order")
        assert " X " in desk.lines()[2]


# Help


async def test_typing_narrows_the_help_and_enter_does_it(small: Path) -> None:
    async with desk_on(small, size=(80, 24)) as desk:
        await desk.press("6", "?")
        await desk.type("that i manage")
        assert desk.lines()[1].split()[:3] == [">", "m", "Only"]
        assert desk.lines()[2].strip() == ""
        await desk.press("enter")
        assert desk.mine()


async def test_help_finds_a_key_by_its_name(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("?")
        await desk.type("ctrl+d")
        assert "Half a page down" in desk.lines()[1]


async def test_help_does_what_a_widget_does(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "?")
        await desk.type("last customer")
        await desk.press("enter")
        assert desk.cursor() == desk.names()[-1]


async def test_arrows_go_through_the_help_on_a_small_screen(small: Path) -> None:
    async with desk_on(small, size=(60, 15)) as desk:
        await desk.press("?", *["pagedown"] * 12)
        lines = desk.lines()
        assert "> q" in " ".join("\n".join(lines).split())
        await desk.press("up", "down", "enter")
        await desk.closed()


async def test_a_key_is_found_by_what_the_palette_and_the_settings_call_it(small: Path) -> None:
    async with desk_on(small) as desk:
        for name, key in {"undo": "u", "triage": "T", "snooze": "z", "dry run": "!"}.items():
            await desk.press("?", *name)
            assert desk.lines()[1].split()[:2] == [">", key]
            await desk.press("escape")


async def test_escape_leaves_the_help_and_what_was_typed_did_nothing(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("6", "?", "q", "j", "escape")
        assert desk.cursor() == desk.names()[0]
        await desk.press("?")
        await desk.type("nothing is called like this")
        assert "nothing is called that" in desk.screen_text()
        await desk.press("enter")
        assert "nothing is called that" in desk.screen_text()


async def test_help_of_a_form_does_what_the_form_does(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("1", "i", "f1")
        await desk.type("carry it")
        await desk.press("enter")
        assert desk.errors()


async def test_ctrl_c_says_once_how_to_leave(small: Path) -> None:
    async with desk_on(small) as desk:
        await desk.press("ctrl+c", "ctrl+c", "ctrl+c")
        assert "ctrl+q leaves viptui" in desk.notice()
        assert len(desk.app.screen.query("Toast")) == 1
        await desk.press("ctrl+q")
        await desk.closed()
