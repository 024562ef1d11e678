"""What arrives is not what it says it is: type, size and name are looked at before anything is kept."""

from __future__ import annotations

import io
import unicodedata
import zipfile
import zlib

import pikepdf
import pytest
from PIL import Image

from engine.actions.uploads import UploadLimits, store_upload
from engine.actions.uploads.file_names import clean_name
from engine.domain.errors import Invalid, TooLarge

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


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


def written(build, **saved) -> bytes:
    """A PDF with one page, made by a library; `build` puts something into it."""
    made, out = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    build(made)
    made.save(out, **saved)
    return out.getvalue()


def opening(**action):
    """A PDF that does something as soon as it is opened."""

    def build(made) -> None:
        made.Root.OpenAction = made.make_indirect(pikepdf.Dictionary(**action))

    return build


def form_of_xml(made) -> None:
    made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), XFA=pikepdf.String("<xdp/>"))


def enclosing(made) -> None:
    made.attachments["hoa-don.xml"] = b"<x/>"


def outside_stream(made) -> None:
    made.Root.Extra = made.make_stream(b"", F=pikepdf.String("\\\\stranger\\share\\x"))


NAME = pikepdf.Name
SCRIPT = opening(S=NAME.JavaScript, JS=pikepdf.String("app.alert(1)"))
ESCAPED = written(SCRIPT).replace(b"/JavaScript", b"/J#61vaScript")
HIDDEN = {"object_stream_mode": pikepdf.ObjectStreamMode.generate}


def link(target: str):
    return opening(S=NAME.URI, URI=pikepdf.String(target))


@pytest.mark.parametrize(
    "data",
    [
        ESCAPED.replace(b"/JS (", b"/JS\n("),
        ESCAPED.replace(b"/JS (app.alert(1))", b"/JS<6170702e616c657274283129>"),
        ESCAPED.replace(b"/JS (", b"/J#53 ("),
        written(SCRIPT, **HIDDEN),
        written(opening(S=NAME.Launch, F=pikepdf.String("cmd.exe")), **HIDDEN),
        written(opening(S=NAME.SubmitForm, F=pikepdf.Dictionary(FS=NAME.URL, F=pikepdf.String("https://x.example")))),
        written(opening(S=NAME.GoToR, F=pikepdf.String("\\\\stranger\\share"))),
        written(opening(S=NAME.ImportData, F=pikepdf.String("x.fdf"))),
        written(opening(S=NAME.GoTo, Next=pikepdf.Dictionary(S=NAME.Rendition))),
        written(link("file:///c:/windows/system.ini")),
        written(link("\\\\stranger\\share\\x")),
        written(link("java\tscript:alert(1)")),
        written(form_of_xml),
        written(enclosing, **HIDDEN),
        written(outside_stream, **HIDDEN),
        written(lambda made: None, encryption=pikepdf.Encryption(owner="a", user="b")),
        b"%PDF-1.7\n" + b"x" * 100 + b"\n%%EOF",
    ],
)  # fmt: skip
def test_a_pdf_that_acts_or_cannot_be_read_is_refused_however_it_is_written(data: bytes):
    kept = Kept()
    with pytest.raises(Invalid) as caught:
        store(data, kept=kept)
    assert "PDF" in caught.value.fields["file"].vi
    assert not kept


@pytest.mark.parametrize(
    "data",
    [
        written(lambda made: None, **HIDDEN),
        written(link("https://dichvucong.gov.vn")),
        written(link("www.thanhhoa.gov.vn"), **HIDDEN),
        written(link("mailto:motcua@thanhhoa.gov.vn")),
        written(opening(S=NAME.GoTo, D=pikepdf.Array([0, NAME.Fit]))),
    ],
)
def test_a_passive_pdf_is_taken_as_it_is(data: bytes):
    kept = Kept()
    assert kept[store(data, kept=kept).storage_key] == data


def nested_bomb() -> bytes:
    """Small on the wire; its object stream unfolds to two gigabytes."""
    packer = zlib.compressobj(9)
    zeros = b" " * (1 << 20)
    body = b"".join([packer.compress(b"9 0 "), *(packer.compress(zeros) for _ in range(2048)), packer.flush()])
    head = b"%PDF-1.5\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    at = len(head)
    stream = (
        b"3 0 obj<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n" % len(body)
        + body
        + b"\nendstream endobj\n"
    )
    xref_at = at + len(stream)
    table = [(0, 0, 65535), (1, 9, 0), (1, head.index(b"2 0 obj"), 0), (1, at, 0), (1, xref_at, 0)]
    table += [(0, 0, 0)] * 4 + [(2, 3, 0)]
    rows = b"".join(bytes([kind]) + place.to_bytes(4, "big") + more.to_bytes(2, "big") for kind, place, more in table)
    xref = (
        b"4 0 obj<</Type/XRef/Size 10/W[1 4 2]/Root 1 0 R/Length %d>>stream\n" % len(rows)
        + rows
        + b"\nendstream endobj\n"
    )
    return head + stream + xref + b"startxref\n%d\n%%%%EOF\n" % xref_at


def test_a_pdf_bomb_ends_in_its_child_with_a_sentence():
    bomb = nested_bomb()
    assert len(bomb) < 5 * 1024 * 1024
    with pytest.raises(Invalid) as caught:
        store(bomb)
    assert "quá phức tạp" in caught.value.fields["file"].vi


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
