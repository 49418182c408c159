"""What goes to a push service: encrypted for one browser, signed, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from queue_server.notices.push.encrypting import BadKeys, BrowserKeys, encrypt, lettered
from queue_server.notices.push.services import is_known
from queue_server.notices.push.signing import PushKey
from tests.notices.push_service import Browser, data, signed_by
from tests.store.examples import AT


class TestEncrypting:
    def test_the_example_of_the_standard(self) -> None:
        """RFC 8291, section 5."""
        number = int.from_bytes(data("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big")
        to = BrowserKeys.read(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        )
        body = encrypt(
            b"When I grow up, I want to be a watermelon",
            to,
            ec.derive_private_key(number, ec.SECP256R1()),
            data("DGv6ra1nlYgDCS1FRnbzlw"),
        )
        assert lettered(body) == (
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
            "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
            "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
        )

    def test_only_its_browser_reads_it_and_never_the_same_twice(self) -> None:
        browser = Browser("one", "https://push.example")
        keys = browser.subscription["keys"]
        to = BrowserKeys.read(keys["p256dh"], keys["auth"])
        once, again = encrypt(b'{"seq":1}', to), encrypt(b'{"seq":1}', to)
        assert once != again
        assert browser.read(once) == browser.read(again) == {"seq": 1}
        with pytest.raises(InvalidTag):
            Browser("other", "https://push.example").read(once)

    @pytest.mark.parametrize(
        ("p256dh", "auth"),
        [
            ("", ""),
            ("äöü", "BTBZMqHH6r4Tts7J_aSIgg"),
            ("A", "BTBZMqHH6r4Tts7J_aSIgg"),
            (lettered(b"\x04" + b"\x07" * 64), "BTBZMqHH6r4Tts7J_aSIgg"),
            (lettered(b"\x04" + b"\x00" * 64), "BTBZMqHH6r4Tts7J_aSIgg"),
            (lettered(b"\x04" * 65), "BTBZMqHH6r4Tts7J_aSIgg"),
        ],
    )
    def test_keys_no_browser_gives_are_refused(self, p256dh: str, auth: str) -> None:
        with pytest.raises(BadKeys):
            BrowserKeys.read(p256dh, auth)

    def test_a_short_secret_is_refused(self) -> None:
        keys = Browser("one", "https://push.example").subscription["keys"]
        with pytest.raises(BadKeys):
            BrowserKeys.read(keys["p256dh"], lettered(b"x" * 15))


class TestSigning:
    def test_a_service_can_check_who_pushes(self) -> None:
        key = PushKey(b"\x07" * 32)
        header = key.authorization("https://push.example", "mailto:it@example.id", AT)
        who, told = signed_by(header)
        assert who == key.public
        until = int((AT + timedelta(hours=12)).timestamp())
        expected = {"aud": "https://push.example", "exp": until, "sub": "mailto:it@example.id"}
        assert told == expected

    def test_the_same_secret_is_the_same_key(self) -> None:
        assert PushKey(b"\x07" * 32).public == PushKey(b"\x07" * 32).public
        assert PushKey(b"\x07" * 32).public != PushKey(b"\x08" * 32).public

    @pytest.mark.parametrize("secret", [b"\x00" * 32, b"\xff" * 32])
    def test_any_secret_is_a_key(self, secret: bytes) -> None:
        assert len(data(PushKey(secret).public)) == 65


class TestWhomWeAsk:
    @pytest.mark.parametrize(
        "endpoint",
        [
            "https://fcm.googleapis.com/fcm/send/abc:def",
            "https://fcm.googleapis.com/wp/abc",
            "https://updates.push.services.mozilla.com/wpush/v2/abc",
            "https://web.push.apple.com/QABC",
            "https://api.push.apple.com/3/device/1",
            "https://wns2-sg2p.notify.windows.com/w/?token=abc%2f",
        ],
    )
    def test_the_services_of_browsers(self, endpoint: str) -> None:
        assert is_known(endpoint)

    @pytest.mark.parametrize(
        "endpoint",
        [
            "",
            "fcm.googleapis.com",
            "http://fcm.googleapis.com/fcm/send/abc",
            "https://fcm.googleapis.com",
            "https://fcm.googleapis.com:8443/fcm/send/abc",
            "https://fcm.googleapis.com@127.0.0.1/abc",
            "https://user:pass@fcm.googleapis.com/abc",
            "https://fcm.googleapis.com.evil.example/abc",
            "https://evil.example/fcm.googleapis.com",
            "https://notify.windows.com/abc",
            "https://evilnotify.windows.com/abc",
            "https://127.0.0.1/abc",
            "https://[::1]/abc",
            "https://localhost/abc",
            "https://169.254.169.254/latest/meta-data",
            "https://10.0.0.1/abc",
            "https://fcm.googleapis.com\\@127.0.0.1/abc",
            "https://fcm.googleapis.com/a b",
            "https://fcm.googleapis.com/a\r\nHost: evil",
            "https://fcm.googleapis.com/abc#x",
            "https://FCM.googleapis.com/\uff0fabc",
            "https://[fcm.googleapis.com/abc",
            "file:///etc/passwd",
            "https://fcm.googleapis.com/" + "a" * 1_024,
        ],
    )
    def test_and_nobody_else(self, endpoint: str) -> None:
        assert not is_known(endpoint)

    def test_one_of_ones_own_is_exactly_that(self) -> None:
        own = ("http://127.0.0.1:9000",)
        assert is_known("http://127.0.0.1:9000/push/1", own)
        for other in ("http://127.0.0.1:9001/push/1", "https://127.0.0.1:9000/push/1"):
            assert not is_known(other, own)
