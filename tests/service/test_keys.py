import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import civicvol.service
from civicvol.errors import InputError, MissingExtraError
from civicvol.io import from_json, to_json
from civicvol.service._canonical import canonical, decoded, encoded
from civicvol.service.keys import PublicKey, SigningKey

# The first key pair of RFC 8032, section 7.1, and its signature of nothing.
SECRET = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
PUBLIC = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
SIGNATURE = bytes.fromhex(
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
    "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
)
KEY = SigningKey(encoded(SECRET))


class TestSigning:
    def test_is_as_the_standard_says(self):
        assert KEY.public == PublicKey(encoded(PUBLIC))
        assert KEY.sign(b"") == SIGNATURE
        assert KEY.public.verifies(b"", SIGNATURE)

    def test_another_message_or_signature_is_not_genuine(self):
        assert not KEY.public.verifies(b"x", SIGNATURE)
        assert not KEY.public.verifies(b"", SIGNATURE[:-1])
        assert not KEY.public.verifies(b"", bytes(64))
        assert not PublicKey(encoded(bytes(32))).verifies(b"", SIGNATURE)

    def test_takes_bytes(self):
        with pytest.raises(InputError, match="message must be bytes"):
            KEY.sign("text")
        with pytest.raises(InputError, match="message must be bytes"):
            KEY.public.verifies("text", SIGNATURE)
        with pytest.raises(InputError, match="signature must be bytes"):
            KEY.public.verifies(b"", "text")


class TestKeys:
    def test_new_ones_differ(self):
        assert len({SigningKey.new().text for _ in range(5)}) == 5

    def test_go_through_pem(self):
        assert SigningKey.from_pem(KEY.to_pem()) == KEY
        assert PublicKey.from_pem(KEY.public.to_pem()) == KEY.public

    def test_a_password_opens_what_it_closed(self):
        closed = KEY.to_pem("三华")
        assert "ENCRYPTED" in closed
        assert SigningKey.from_pem(closed, "三华") == KEY
        for password in ("", "other"):
            with pytest.raises(InputError, match="which the password opens"):
                SigningKey.from_pem(closed, password)
        with pytest.raises(InputError, match="which the password opens"):
            SigningKey.from_pem(KEY.to_pem(), "three")

    def test_a_public_key_is_a_value(self):
        assert from_json(to_json(KEY.public), PublicKey) == KEY.public

    @pytest.mark.parametrize("bad", ["", "A" * 42, "A" * 44, "A" * 42 + "B", "A" * 42 + "=", "é" * 43, None, 7])
    def test_are_43_characters(self, bad):
        with pytest.raises(InputError, match=r"PublicKey.text must be 32 bytes"):
            PublicKey(bad)
        with pytest.raises(InputError, match=r"SigningKey.text must be 32 bytes"):
            SigningKey(bad)

    @pytest.mark.parametrize("bad", ["", "nonsense", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])
    def test_are_not_read_from_anything_else(self, bad):
        with pytest.raises(InputError, match="must be the PEM text of a public Ed25519 key"):
            PublicKey.from_pem(bad)
        with pytest.raises(InputError, match="must be the PEM text of a private Ed25519 key"):
            SigningKey.from_pem(bad)

    def test_of_another_kind_are_refused(self):
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        other = X25519PrivateKey.generate()
        private = other.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()
        public = (
            other.public_key()
            .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
            .decode()
        )
        with pytest.raises(InputError, match="private Ed25519"):
            SigningKey.from_pem(private)
        with pytest.raises(InputError, match="public Ed25519"):
            PublicKey.from_pem(public)

    def test_take_text(self):
        with pytest.raises(InputError, match="pem must be text"):
            PublicKey.from_pem(b"")
        with pytest.raises(InputError, match="pem must be text"):
            SigningKey.from_pem(None)
        with pytest.raises(InputError, match="password must be text"):
            SigningKey.from_pem("", None)
        with pytest.raises(InputError, match="password must have at most 1,000 bytes"):
            KEY.to_pem("三" * 334)
        assert SigningKey.from_pem(KEY.to_pem("x" * 1000), "x" * 1000) == KEY


class TestSecrecy:
    def test_nothing_shows_a_signing_key(self):
        secret = KEY.text
        assert secret not in repr(KEY)
        for make in (lambda: SigningKey(secret + "A"), lambda: SigningKey.from_pem(KEY.to_pem() + "x", "p")):
            with pytest.raises(InputError) as caught:
                make()
            assert secret not in str(caught.value)
            assert all(fault.value is not secret for fault in caught.value.faults)

    def test_a_missing_package_is_named(self, monkeypatch):
        monkeypatch.delattr(civicvol.service, "_ed25519", raising=False)
        monkeypatch.delitem(sys.modules, "civicvol.service._ed25519", raising=False)
        monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
        with pytest.raises(MissingExtraError, match=r"pip install 'civicvol\[certificates\]'"):
            SigningKey.new()


class TestBase64:
    @given(st.binary())
    def test_reads_what_it_wrote(self, data):
        assert decoded(encoded(data)) == data

    @given(st.text(max_size=12))
    def test_reads_nothing_else(self, text):
        try:
            data = decoded(text)
        except ValueError:
            return
        assert encoded(data) == text

    def test_has_one_way_to_write_bytes(self):
        assert decoded("AA") == b"\0"
        for text in ("AB", "AA==", "A", " AA", "A+", "AA\n"):
            with pytest.raises(ValueError):  # noqa: PT011
                decoded(text)


def test_canonical_writes_as_the_standard_says():
    assert canonical({"b": (1, "é\u2028\x7f"), "a": '"\\\n\x1f'}) == (
        '{"a":"\\"\\\\\\n\\u001f","b":[1,"é\u2028\x7f"]}'.encode()
    )


def test_nothing_is_loaded_before_a_key_is_used():
    code = "import sys, civicvol.service.issuing; print({'cryptography', 'numpy', 'cattrs'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "set()\n"
