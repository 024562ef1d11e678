"""A history in a file: JSON lines, a head line before and a count after, gzip when the name ends in .gz."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any, Final

from engine.cli.output import CommandError
from engine.domain.history import BrokenLink, Head, HeadsDigest

FORM: Final = 1
_LONGEST_LINE: Final = 16 * 1024 * 1024
_EVERY: Final = 100_000
_COLUMNS: Final = ("chain", "number", "at", "actor_kind", "actor_id", "actor_name", "kind", "data", "public", "hash")


def write_history(out: Path, rows: Iterable[Mapping[str, Any]], at: datetime, month: str | None) -> tuple[int, str]:
    """Write the rows (in order) to a new file; gives their count and the digest over the heads they end with."""
    with _writing(out) as stream:
        _put(stream, {"motcua": "history", "form": FORM, "at": at.isoformat(), "month": month})
        count, digest, last = 0, HeadsDigest(), None
        for row in counted(rows):
            if last is not None and last.chain != row["chain"]:
                digest.add(last)
            last = Head(row["chain"], row["number"], row["hash"])
            _put(stream, {name: _plain(value) for name, value in row.items() if value is not None})
            count += 1
        if last is not None:
            digest.add(last)
        ending = {"rows": count, "chains": digest.chains, "digest": digest.hexdigest()}
        _put(stream, {"motcua": "end", **ending})
    return count, digest.hexdigest()


class HistoryFile:
    """An exported file as it is read: its head line, its links, and what is wrong with the file itself."""

    def __init__(self, path: Path) -> None:
        self._lines = _lines(path)
        self.head = self._first()
        self.faults: list[BrokenLink] = []

    @property
    def partial(self) -> bool:
        """Whether it holds one month, so that chains may begin in the middle."""
        return self.head.get("month") is not None

    def _first(self) -> Mapping[str, Any]:
        first = next(self._lines, None)
        if not isinstance(first, dict) or first.get("motcua") != "history" or first.get("form") != FORM:
            raise CommandError(
                "Tệp này không phải nhật ký do “motcua audit export” ghi.",
                "This file is not a history written by `motcua audit export`.",
            )
        return first

    def rows(self) -> Iterator[Mapping[str, Any]]:
        """Each link; a line that is none, and a file that ends early, are kept in `faults`."""
        count, ending = 0, None
        for line in self._lines:
            if isinstance(line, dict) and line.get("motcua") == "end":
                ending = line
                break
            count += 1
            if isinstance(line, dict) and is_link(line):
                yield {"actor_id": None, **line}
            else:
                self.faults.append(BrokenLink("", count, f"line {count + 1} is no link"))
        if ending is None:
            self.faults.append(BrokenLink("", count, "the file ends early"))
        elif ending.get("rows") != count:
            self.faults.append(BrokenLink("", count, f"{ending.get('rows')} rows were written, {count} are here"))


def is_link(line: Mapping[str, Any]) -> bool:
    """Whether a line of the file has everything a link needs, each of its kind."""
    row = {"actor_id": None, **line}
    texts = all(isinstance(row.get(name), str) for name in ("chain", "at", "actor_kind", "actor_name", "kind", "hash"))
    sealed = row.get("body") is None or row.get("cleared_at") is not None or isinstance(row.get("salt"), str)
    whole = all(name in row for name in _COLUMNS) and type(row["number"]) is int and isinstance(row["data"], dict)
    return texts and whole and sealed and _is_instant(row["at"])


def _is_instant(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def read_heads(path: Path) -> Iterator[Head]:
    """The heads of a file that `motcua audit heads` wrote, in order; its own digest must fit them."""
    digest = HeadsDigest()
    for line in _lines(path):
        if not isinstance(line, dict):
            raise _no_heads()
        if "digest" in line:
            if line["digest"] != digest.hexdigest():
                raise CommandError(
                    "Tệp đầu chuỗi không còn nguyên: mã tổng không khớp.",
                    "The file of heads was changed: its digest does not fit.",
                )
            return
        try:
            head = Head(str(line["chain"]), int(line["number"]), str(line["hash"]))
        except (KeyError, TypeError, ValueError) as error:
            raise _no_heads() from error
        digest.add(head)
        yield head
    raise CommandError(
        "Tệp đầu chuỗi bị cụt: thiếu dòng cuối.", "The file of heads ends early: its last line is missing."
    )


def _no_heads() -> CommandError:
    return CommandError(
        "Tệp này không phải danh sách do “motcua audit heads” ghi.",
        "This file is not a list written by `motcua audit heads`.",
    )


def counted(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The rows themselves; on a terminal a count beside them, so that nobody thinks it hangs."""
    watched = sys.stderr.isatty()
    for number, row in enumerate(rows, 1):
        if watched and number % _EVERY == 0:
            sys.stderr.write(f"\r… {number:,}")
            sys.stderr.flush()
        yield row
    if watched:
        sys.stderr.write("\r")


@contextmanager
def _writing(out: Path) -> Iterator[IO[str]]:
    """A new file, never one that is there: a kept export is not to be written over."""
    try:
        new = out.open("xb")
    except FileExistsError as error:
        raise CommandError(f"Đã có tệp “{out}”; hãy chọn tên khác.", f'"{out}" exists; choose another name.') from error
    packed = gzip.GzipFile(fileobj=new, mode="wb") if out.suffix == ".gz" else new
    with new, packed, TextIOWrapper(packed, encoding="utf-8", newline="\n") as stream:
        yield stream


def _put(stream: IO[str], value: Mapping[str, Any]) -> None:
    stream.write(json.dumps(value, ensure_ascii=True, separators=(",", ":")) + "\n")


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def _lines(path: Path) -> Iterator[object]:
    """Each line as JSON, None for one that is not; never more than one line in memory, and no line without end."""
    with path.open("rb") as there, gzip.GzipFile(fileobj=there) if path.suffix == ".gz" else there as stream:
        while line := stream.readline(_LONGEST_LINE):
            yield _value(line)


def _value(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
