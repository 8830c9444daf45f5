"""The ``[mail]`` table: what it may say, what is refused, and that a password is never kept or shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from viptui.config import Overrides, default_mail_folder, load_settings
from viptui.errors import SettingsError
from viptui.mail.settings import MailSettings, Sender

CANARY = "canary-4b1d9e"

SMTP = """
transport = "smtp"
from = "Reseller Ltd <licences@reseller.example>"
host = "smtp.reseller.example"
"""


def load(folder: Path, table: str, environment: Mapping[str, str] | None = None) -> MailSettings:
    file = folder / "config.toml"
    file.write_text(f"[mail]\n{table}")
    mail = load_settings(Overrides(config=str(file)), environment or {}).mail
    assert mail is not None
    return mail


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    mail = load(tmp_path, "")
    assert (mail.folder, mail.server, mail.is_chosen) == (default_mail_folder(), None, False)
    assert mail.sender.domain == "viptui.invalid"
    assert mail.template_folder is None


def test_texts_of_ones_own_lie_beside_the_settings(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    assert load(tmp_path, "").template_folder == tmp_path / "templates"
    (tmp_path / "other").mkdir()
    mail = load(tmp_path, f'templates = "{tmp_path}/other"\nfolder = "~/post"\ntransport = "folder"')
    assert mail.template_folder == tmp_path / "other"
    assert (mail.folder, mail.is_chosen) == (Path("~/post").expanduser(), True)
    assert mail.templates().folder == tmp_path / "other"


def test_a_server(tmp_path: Path) -> None:
    server = load(tmp_path, SMTP).server
    assert server is not None
    assert (server.host, server.port, server.security) == ("smtp.reseller.example", 587, "starttls")
    assert (server.user, server.password, server.timeout) == (None, None, 30)
    ports = {"tls": 465, "starttls": 587, "none": 25}
    for security, port in ports.items():
        server = load(tmp_path, f'{SMTP}security = "{security}"').server
        assert server is not None
        assert server.port == port
    mail = load(tmp_path, f"{SMTP}port = 2525\ntimeout_seconds = 5")
    assert mail.server is not None
    assert (mail.server.port, mail.server.timeout) == (2525, 5)
    assert mail.sender == Sender("Reseller Ltd", "licences@reseller.example")
    assert mail.templates().domain == "reseller.example"


REFUSED = {
    'transport = "pigeon"': "transport must be one of folder, smtp, not 'pigeon'",
    "transport = 1": "transport must be a text",
    'colour = "red"': "unknown key 'colour'",
    'folder = ""': "folder must be a text",
    'templates = "/no/such/folder"': "templates names /no/such/folder, and there is no such folder",
    'from = "nobody"': "from is not a sender",
    'from = "A <a@b.example"': "from must be written as",
    'from = "A <a@b.example>, B <b@c.example>"': "from is not a sender",
    'from = "ä@b.example"': "from must be an address that every mail server takes",
    'from = "A\\nBcc: x@y.example <a@b.example>"': "from must be a text",
    'transport = "smtp"\nhost = "x"': "from is missing",
    'transport = "smtp"\nfrom = "a@b.example"': "host is missing",
    f"{SMTP}port = 0": "port must be a whole number from 1 to 65535",
    f'{SMTP}port = "25"': "port must be a whole number",
    f"{SMTP}timeout_seconds = 121": "timeout_seconds must be a whole number from 1 to 120",
    f'{SMTP}security = "ssl"': "security must be one of starttls, tls, none",
    f'{SMTP}ca_file = "/no/such/file"': "ca_file names /no/such/file, and there is no such file",
    f'{SMTP}user = "ana"': "one of password_env, password_file, password_command is missing",
    f'{SMTP}password_env = "X"': "user is missing",
    f'{SMTP}user = "ana"\npassword_env = "X"\npassword_file = "y"': "password_file stands beside password_env",
    f'{SMTP}user = "ana"\npassword_command = "pass mail"': "password_command must be a list of words",
    f'{SMTP}user = "ana"\npassword_command = []': "password_command must be a list of words",
    f'{SMTP}user = "ana"\npassword_env = "X"\nsecurity = "none"': "security 'none' would send the password in the",
}


@pytest.mark.parametrize(("table", "sentence"), REFUSED.items(), ids=REFUSED.values())
def test_refused_by_the_name_of_the_key(tmp_path: Path, table: str, sentence: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load(tmp_path, table)
    assert str(refused.value).startswith(f"{tmp_path / 'config.toml'}: mail: ")
    assert sentence in str(refused.value)


def password(folder: Path, line: str, environment: Mapping[str, str] | None = None) -> str:
    """What the settings with this source give; the settings themselves must not show it."""
    mail = load(folder, f'{SMTP}user = "ana"\n{line}', environment)
    assert mail.server is not None
    assert mail.server.password is not None
    assert CANARY not in repr(mail)
    return mail.server.password()


def refusal(folder: Path, line: str) -> str:
    with pytest.raises(SettingsError) as refused:
        password(folder, line)
    assert CANARY not in str(refused.value)
    assert refused.value.__cause__ is None
    return str(refused.value)


def test_the_password_from_a_variable(tmp_path: Path) -> None:
    assert password(tmp_path, 'password_env = "VIP_MAIL"', {"VIP_MAIL": CANARY}) == CANARY
    assert "password_env VIP_MAIL is not set" in refusal(tmp_path, 'password_env = "VIP_MAIL"')


def test_the_password_from_a_file_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    line = f'password_file = "{file}"'
    assert "No such file" in refusal(tmp_path, line)
    file.write_text(f"{CANARY}\n")
    for mode in (0o640, 0o604, 0o660, 0o620, 0o601):
        file.chmod(mode)
        assert "can be read by others: chmod 600" in refusal(tmp_path, line)
    file.chmod(0o600)
    assert password(tmp_path, line) == CANARY
    file.chmod(0o400)
    assert password(tmp_path, line) == CANARY
    file.chmod(0o600)
    for content in (b"", b"\n", f"{CANARY}\ntwo\n".encode(), b"\xff\xfe", CANARY.encode() + b"\0", b"x" * 2000):
        file.write_bytes(content)
        assert str(file) in refusal(tmp_path, line)


def test_a_file_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "secret"
    file.write_text(CANARY)
    file.chmod(0o600)
    if file.stat().st_uid == 0:
        os.chown(file, 4711, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 4712)
    assert "belongs to somebody else" in refusal(tmp_path, f'password_file = "{file}"')


def test_the_password_from_a_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "secret").write_text(CANARY)

    def line(code: str) -> str:
        told = f'print(open("{tmp_path}/secret").read()); {code}'
        return f"password_command = ['{sys.executable}', '-c', '{told}']"

    assert password(tmp_path, line("pass")) == CANARY
    assert "ended with status 3" in refusal(tmp_path, line("raise SystemExit(3)"))
    assert "does not hold a password" in refusal(tmp_path, line("print(2)"))
    assert "cannot be run: No such file" in refusal(tmp_path, "password_command = ['/no/such/program']")
    monkeypatch.setattr("viptui.mail.password.SECONDS_OF_A_COMMAND", 0.2)
    assert "did not end within 0.2 seconds" in refusal(tmp_path, line("import time; time.sleep(60)"))


def test_a_command_runs_without_a_shell(tmp_path: Path) -> None:
    assert password(tmp_path, 'password_command = ["echo", "$HOME; id"]') == "$HOME; id"
