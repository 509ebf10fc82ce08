"""The one seam by which messages leave: into files at first, by a gateway that is named."""

from __future__ import annotations

import json

import pytest

from mingtang_web.outbox import FileSender, Message, NotSentError, sender

MESSAGE = Message("case-1-due", "sms", "13800138000", "临期提醒", "还有两个工作日")


class Gateway:
    """A gateway of an office's own."""

    sent: list[Message] = []  # noqa: RUF012 - asked for by the tests

    def send(self, message: Message) -> None:
        self.sent.append(message)


@pytest.fixture(autouse=True)
def _folder_of_its_own(tmp_path, settings) -> None:
    settings.DATA = tmp_path


def test_a_message_is_laid_out_whole_once_and_for_its_owner_alone(tmp_path) -> None:
    assert isinstance(sender(), FileSender)
    sender().send(MESSAGE)
    [file] = (tmp_path / "outbox").iterdir()
    before = file.stat().st_mtime_ns
    sender().send(MESSAGE)
    assert [each.stat().st_mtime_ns for each in file.parent.iterdir()] == [before]
    said = json.loads(file.read_text("utf-8"))
    assert (said["way"], said["to"], said["text"]) == ("sms", MESSAGE.to, MESSAGE.text)
    assert file.stat().st_mode & 0o077 == 0


def test_what_cannot_be_laid_out_says_why_without_the_number(tmp_path) -> None:
    with pytest.raises(NotSentError):
        sender().send(MESSAGE._replace(key="../x"))
    (tmp_path / "outbox").write_text("in the way")
    with pytest.raises(NotSentError, match="写不进发件文件夹") as fault:
        sender().send(MESSAGE)
    assert fault.value.everything
    assert MESSAGE.to not in str(fault.value)


def test_an_office_names_its_own_gateway(settings) -> None:
    settings.SENDER = f"{__name__}.Gateway"
    Gateway.sent.clear()
    sender().send(MESSAGE)
    assert Gateway.sent == [MESSAGE]


@pytest.mark.parametrize("name", ["no.such.Gateway", "mingtang_web.outbox.NoSuch", "x"])
def test_a_gateway_that_is_none_is_said_and_what_waits_goes_on_waiting(settings, name):
    settings.SENDER = name
    with pytest.raises(NotSentError, match="MINGTANG_SENDER") as fault:
        sender()
    assert fault.value.everything
