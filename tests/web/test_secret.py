"""The server's secret: made once, for its owner alone, and worth nothing for another purpose."""

import pytest

from drawbar.web.auth.secret import Secret, UnsafeSecret, load_secret

LONG = "s" * 40


def test_a_secret_is_made_once_and_found_again(tmp_path):
    first = load_secret({}, tmp_path / "secret")
    again = load_secret({}, tmp_path / "secret")

    assert again.is_sealed("x", b"content", first.seal("x", b"content"))


def test_only_its_owner_can_read_the_file(tmp_path):
    load_secret({}, tmp_path / "secret")

    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_refuses_a_file_that_others_can_read(tmp_path):
    load_secret({}, tmp_path / "secret")
    (tmp_path / "secret").chmod(0o640)

    with pytest.raises(UnsafeSecret, match="can be read by others"):
        load_secret({}, tmp_path / "secret")


def test_the_environment_goes_before_the_file(tmp_path):
    told = load_secret({"DRAWBAR_SECRET": LONG}, tmp_path / "secret")

    assert told.is_sealed("x", b"", Secret(LONG.encode()).seal("x", b""))
    assert not (tmp_path / "secret").exists()


def test_refuses_a_short_secret():
    with pytest.raises(UnsafeSecret, match="31 bytes"):
        Secret(b"s" * 31)


@pytest.mark.parametrize(
    ("purpose", "content"), [("y", b"content"), ("x", b"other")], ids=["purpose", "content"]
)
def test_a_seal_holds_for_one_purpose_and_one_content(purpose, content):
    secret = Secret(LONG.encode())

    assert not secret.is_sealed(purpose, content, secret.seal("x", b"content"))


def test_a_secret_does_not_show_itself_in_a_log():
    assert LONG not in repr(Secret(LONG.encode()))
