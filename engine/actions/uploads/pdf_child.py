"""Looks into one PDF, in a process of its own: run as a file, the PDF on standard input, one word on standard output.

`plain`: nothing in it acts. `active`: it carries scripts, actions or files. `locked`: it asks for a password.
`damaged`: it cannot be read. `heavy`: it unfolds beyond all measure. What takes too much time or memory all the same
ends here, without an answer.
"""

from __future__ import annotations

import io
import re
import resource
import sys
from collections.abc import Iterator
from typing import Any, Final

import pikepdf

CPU_SECONDS: Final = 5
MEMORY_BYTES: Final = 1024**3
UNFOLDED_BYTES: Final = 256 * 1024**2  # of one packed part
MOST_OBJECTS: Final = 500_000  # a scanned book has some thousands

# What a document does by itself, or carries besides its pages (ISO 32000-2: 12.6.4, 12.5.6, 7.11, 12.7.8).
_KEYS: Final = frozenset(
    {"/JS", "/JavaScript", "/EF", "/EmbeddedFiles", "/XFA", "/RichMediaContent", "/RichMediaSettings"}
)
_ACTIONS: Final = frozenset(
    {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound"}
    | {"/RichMediaExecute", "/GoTo3DView"}
)
_KINDS: Final = frozenset(
    {"/EmbeddedFile", "/FileAttachment", "/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/Filespec"}
)
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.\-]*):(?!\d)")
# The reader's own words for a packed part that it left closed.
_PASSED_OVER: Final = ("decoding stream", "unfilterable", "object stream")
_HARMLESS: Final = frozenset({"http", "https", "mailto", "tel"})


_END: Final = object()


def verdict(data: bytes) -> str:
    """The one word about a PDF."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            acts = any(_acts(part) for part in _parts(pdf))
            passed_over = any(sign in str(said) for said in pdf.get_warnings() for sign in _PASSED_OVER)
    except pikepdf.PasswordError:
        return "locked"
    except (pikepdf.PdfError, ValueError, OverflowError, RecursionError):
        return "damaged"
    except MemoryError:
        return "heavy"
    if passed_over or pikepdf.settings.qpdf_limit_errors():
        return "heavy"  # nobody knows what is in it
    return "active" if acts else "plain"


def _parts(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary of the document, those inside others and in object streams too; each indirect object once."""
    waiting: list[Any] = [pdf.trailer]
    objects = iter(pdf.objects)
    seen = 0
    while True:
        part = waiting.pop() if waiting else next(objects, _END)
        if part is _END:
            return
        seen += 1
        if seen > MOST_OBJECTS:
            raise ValueError("too many objects")
        if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            yield part
            inner = [value for _, value in part.items()]
        else:
            inner = list(part) if isinstance(part, pikepdf.Array) else []
        waiting += [one for one in inner if isinstance(one, pikepdf.Object) and not one.is_indirect]


def _acts(part: Any) -> bool:
    named = {key: str(part[key]) for key in ("/S", "/Subtype", "/Type") if isinstance(part.get(key), pikepdf.Name)}
    if named.get("/S") in _ACTIONS or {named.get("/Subtype"), named.get("/Type")} & _KINDS:
        return True
    return not _KEYS.isdisjoint(part.keys()) or _names_a_file(part) or _leads_away(part.get("/URI"))


def _names_a_file(part: Any) -> bool:
    """A file beside the document: on the reader's machine, or by a UNC path on a stranger's."""
    return any(isinstance(part.get(key), pikepdf.String) for key in ("/F", "/UF", "/DOS", "/Unix", "/Mac"))


def _leads_away(uri: Any) -> bool:
    """A link that is no ordinary one: to a file, a share, a script, another program."""
    if not isinstance(uri, pikepdf.String):
        return False
    text = re.sub(r"[\x00-\x20]", "", bytes(uri).decode("latin-1")).lower().replace("\\", "/")
    scheme = _SCHEME.match(text)
    return text.startswith("//") or (scheme is not None and scheme[1] not in _HARMLESS)


def main() -> None:
    """Judge standard input within the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=UNFOLDED_BYTES, run_length_max_memory=UNFOLDED_BYTES, png_max_memory=UNFOLDED_BYTES
    )
    sys.stdout.write(verdict(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
