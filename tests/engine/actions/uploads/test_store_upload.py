"""What arrives is not what it says it is: type, size and name are looked at before anything is kept."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from PIL import Image

from engine.actions.uploads import UploadLimits, store_upload
from engine.actions.uploads.file_names import clean_name
from engine.domain.errors import Invalid, TooLarge

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Kept(dict):
    """A store that remembers."""

    def put(self, key: str, data: bytes, *, content_type: str, replace: bool = False) -> None:
        self[key] = data


def store(data: bytes, name: str = "giấy.pdf", limits: UploadLimits | None = None, kept: Kept | None = None):
    return store_upload(kept if kept is not None else Kept(), limits or UploadLimits(), name, data, "text/html")


def picture(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **extra) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "red").save(out, kind, **extra)
    return out.getvalue()


def packed(*names: str, content: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, content)
    return out.getvalue()


DOCX = packed("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("data", "content_type", "ending"),
    [
        (PDF, "application/pdf", ".pdf"),
        (picture(), "image/jpeg", ".jpg"),
        (picture("PNG"), "image/png", ".png"),
        (DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
    ],
)
def test_what_is_accepted_is_named_by_what_it_is(data: bytes, content_type: str, ending: str):
    kept = Kept()
    stored = store(data, "Giấy tờ.exe", kept=kept)
    assert stored.content_type == content_type
    assert stored.name == f"Giấy tờ{ending}"
    assert stored.storage_key in kept
    assert stored.size == len(kept[stored.storage_key])
    assert "Giấy" not in stored.storage_key


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00 program",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"GIF89a" + b"\x00" * 40,
        b"PK\x03\x04 broken zip",
        packed("a.txt"),
        b"just words",
        b"\xff\xd8\xff not really a picture",
    ],
)
def test_other_kinds_are_refused_with_a_sentence(data: bytes):
    with pytest.raises(Invalid) as caught:
        store(data)
    assert "file" in caught.value.fields


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4 <script>alert(1)</script>\n%%EOF",
        b"%PDF-1.4 /JavaScript (app.alert(1))\n%%EOF",
        b"%PDF-1.4 /EmbeddedFile\n%%EOF",
        b"%PDF-1.4 cut off",
        packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        packed("[Content_Types].xml", "word/document.xml", *[f"x{n}" for n in range(2000)]),
    ],
)
def test_harmful_insides_are_refused(data: bytes):
    with pytest.raises(Invalid):
        store(data)


def test_a_zip_bomb_is_refused_without_unfolding_it():
    bomb = packed("[Content_Types].xml", "word/document.xml", content=b"\x00" * (60 * 1024 * 1024))
    with pytest.raises(Invalid, match="Thông tin"):
        store(bomb)


def test_thirty_megabytes_are_refused_with_the_limit_named():
    with pytest.raises(TooLarge, match=r"lớn hơn mức cho phép 10 MB"):
        store(PDF + b"\x00" * (30 * 1024 * 1024 - len(PDF)))
    with pytest.raises(Invalid, match="Thông tin"):
        store(b"")


def test_a_slot_takes_only_its_kinds():
    assert store(picture(), limits=UploadLimits(accept=("jpeg",))).name.endswith(".jpg")
    with pytest.raises(Invalid) as caught:
        store(PDF, limits=UploadLimits(accept=("jpg", "png")))
    assert "jpg, png" in caught.value.fields["file"].vi


def test_pictures_lose_what_hides_in_them():
    exif = Image.Exif()
    exif[0x010E] = "bí mật: 20.0N 105.7E"
    kept = Kept()
    stored = store(picture(exif=exif) + b"<script>polyglot</script>", "ảnh.jpg", kept=kept)
    assert b"polyglot" not in kept[stored.storage_key]
    assert Image.open(io.BytesIO(kept[stored.storage_key])).getexif() == {}


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\An\\Giấy ủy quyền.PDF", "Giấy ủy quyền.pdf"),
        (unicodedata.normalize("NFD", "Giấy ủy quyền.pdf"), "Giấy ủy quyền.pdf"),
        ("anh\u202egpj.exe", "anhgpj.pdf"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        ("CON.pdf", "tep-CON.pdf"),
        ("...", "tep.pdf"),
        ("", "tep.pdf"),
        ("<script>.pdf", "script.pdf"),
        ("a.pdf.exe", "a.pdf.pdf"),
        ("\ud800.pdf", "tep.pdf"),
    ],
)
def test_names_are_cleaned(typed: str, clean: str):
    assert clean_name(typed, "pdf") == clean


def test_long_names_fit_the_record():
    assert len(clean_name("ă" * 500 + ".pdf", "pdf")) <= 255


def test_exactly_the_limit_is_taken_and_one_byte_more_is_not():
    assert store(PDF, limits=UploadLimits(max_bytes=len(PDF))).size == len(PDF)
    kept = Kept()
    with pytest.raises(TooLarge):
        store(PDF, limits=UploadLimits(max_bytes=len(PDF) - 1), kept=kept)
    assert kept == {}
