"""The envelope VNeID puts its replies in: {"data": AES-encrypted, "key": AES key encrypted for our RSA key}.

The scheme (RSA PKCS#1 v1.5, AES-ECB with PKCS#7 padding) is the provider's. It hides the content but proves
no origin; that the reply is genuine rests on TLS to the configured host. What comes out is therefore judged
field by field.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7
from cryptography.hazmat.primitives.serialization import load_pem_private_key

_AES_BITS = 256
_BLOCK_BITS = 128


class BadEnvelope(ValueError):  # noqa: N818 - the name says what happened
    """The envelope cannot be opened with our key, or holds no JSON object."""


def private_key(pem: bytes) -> RSAPrivateKey:
    """Our RSA key from the settings (PKCS#1 or PKCS#8). Raises ValueError when it is another kind."""
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, RSAPrivateKey):
        raise ValueError("VNeID: cần khóa RSA / an RSA key is needed")
    return key


def seal(key: RSAPublicKey, content: bytes) -> dict[str, str]:
    """Put content into an envelope only the owner of the key can open."""
    aes_key = secrets.token_bytes(_AES_BITS // 8)
    padder = PKCS7(_BLOCK_BITS).padder()
    encryptor = _cipher(aes_key).encryptor()
    padded = padder.update(content) + padder.finalize()
    return {
        "data": base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode(),
        "key": base64.b64encode(key.encrypt(aes_key, PKCS1v15())).decode(),
    }


def unseal(key: RSAPrivateKey, data: str, wrapped_key: str) -> bytes:
    """Open an envelope. Raises BadEnvelope."""
    try:
        aes_key = key.decrypt(base64.b64decode(wrapped_key, validate=True), PKCS1v15())
        decryptor = _cipher(aes_key).decryptor()
        padded = decryptor.update(base64.b64decode(data, validate=True)) + decryptor.finalize()
        unpadder = PKCS7(_BLOCK_BITS).unpadder()
        return unpadder.update(padded) + unpadder.finalize()
    except (ValueError, binascii.Error) as error:
        raise BadEnvelope("the envelope cannot be opened") from error


def unseal_object(key: RSAPrivateKey, envelope: Mapping[str, object]) -> dict[str, object]:
    """Open an envelope that must hold a JSON object. Raises BadEnvelope, also for an unsealed reply."""
    data, wrapped_key = envelope.get("data"), envelope.get("key")
    if not (isinstance(data, str) and isinstance(wrapped_key, str)):
        raise BadEnvelope("data and key are missing")
    try:
        content = json.loads(unseal(key, data, wrapped_key))
    except (ValueError, RecursionError) as error:
        raise BadEnvelope("the envelope holds no JSON") from error
    if not isinstance(content, dict):
        raise BadEnvelope("the envelope holds no JSON object")
    return content


def _cipher(aes_key: bytes) -> Cipher[modes.ECB]:
    return Cipher(algorithms.AES(aes_key), modes.ECB())  # noqa: S305 - the mode is the provider's, see above
