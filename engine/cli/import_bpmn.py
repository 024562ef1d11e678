"""`motcua import-bpmn`: diagrams of other engines into our own model, with a list of what became of every word."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from engine.cli.checking.checks import MAX_BYTES, stopped, verdict
from engine.cli.checking.isolated_child import CPU_SECONDS, Apart, StoppedError
from engine.cli.declare import Words, json_mark, word
from engine.cli.output import CommandError, say, say_json
from engine.domain.forms import FormError, parse_form
from engine.settings import Settings
from engine.workflow.dialects import Translated, translate
from engine.workflow.findings import Finding
from engine.workflow.spec import check_model
from rules.dmn import given_names, load_dmn
from rules.errors import RulesError

_MANY: Final = 200
_BODIES: Final = frozenset({"xml", "schemas"})
_MARKS: Final = {"translated": "→", "decide": "?", "left_out": "–"}


def add(words: Words) -> None:
    """Declare the word."""
    about = "dịch sơ đồ của hệ thống khác / translate diagrams of other engines"
    parser = word(words, "import-bpmn", about, import_bpmn)
    parser.add_argument("files", nargs="+", metavar="TỆP", help="BPMN và DMN đi cùng nhau / given together")
    parser.add_argument("--out", type=Path, required=True, metavar="THƯ_MỤC")
    json_mark(parser)


def import_bpmn(settings: Settings, args: argparse.Namespace) -> int:
    """One line for each diagram; exit code 1 when one cannot be run as it came out."""
    files = [Path(name) for name in args.files]
    _can_be_read(files, args.out)
    answers = _answers(files)
    for answer in answers:
        written = _write(answer, args.out)
        if args.json:
            say_json({key: value for key, value in {**answer, "written": written}.items() if key not in _BODIES})
        else:
            _tell(answer, written)
    return 0 if all(answer["accepted"] for answer in answers) else 1


def _can_be_read(files: list[Path], out: Path) -> None:
    if len(files) > _MANY:
        raise CommandError(f"Mỗi lần nhiều nhất {_MANY} tệp.", f"At most {_MANY} files at a time.")
    for file in files:
        if not file.is_file() or file.stat().st_size > MAX_BYTES:
            raise CommandError(f"Không đọc được tệp {file}.", f"The file {file} cannot be read.")
        if file.resolve().parent == out.resolve():
            raise CommandError(
                f"--out không thể là thư mục của {file.name}: tệp gốc sẽ bị ghi đè.",
                f"--out cannot be the folder of {file.name}: the original would be overwritten.",
            )


def _answers(files: list[Path]) -> list[dict[str, Any]]:
    """Translate and judge in a child process: the files are strangers'."""
    asked = json.dumps([str(file) for file in files])
    with closing(Apart(translate_files, seconds=CPU_SECONDS * (1 + len(files)))) as apart:
        try:
            return list(apart.judge(asked)["answers"])
        except StoppedError:
            gone = stopped(files[0].name, "tiến trình dịch bị ngắt", "the process that translated was stopped")
            return [_not_translated(file, gone) for file in files]


def _not_translated(file: Path, why: Finding) -> dict[str, Any]:
    nothing: dict[str, Any] = {"xml": None, "within": [], "counts": {}, "repairs": [], "schemas": {}}
    return {**verdict(str(file), [why]), **nothing}


def translate_files(asked: str) -> dict[str, Any]:
    """The answers for these files (a JSON list of paths), ready for JSON; whatever they hold, a sentence."""
    paths = [Path(name) for name in json.loads(asked)]
    try:
        return {"answers": _translated(paths)}
    except Exception as error:  # a stranger's file may break any reader; the caller still gets a verdict
        kind = type(error).__name__
        gone = stopped(paths[0].name, f"lỗi ngoài dự kiến {kind}", f"an unexpected {kind}")
        return {"answers": [_not_translated(path, gone) for path in paths]}


def _translated(paths: list[Path]) -> list[dict[str, Any]]:
    decisions = _decisions([path for path in paths if path.name.lower().endswith(".dmn")])
    diagrams = {str(path): path.read_bytes() for path in paths if not path.name.lower().endswith(".dmn")}
    return [_answer(one) for one in translate(diagrams, decisions)]


def _decisions(paths: list[Path]) -> dict[str, tuple[str, ...]]:
    """Each decision by its id and its name, with the data its model asks for."""
    found: dict[str, tuple[str, ...]] = {}
    for path in paths:
        try:
            model = load_dmn(path)
        except RulesError:
            continue
        for decision in model.definitions.decisions:
            asked = tuple(sorted(name for name in given_names(model, decision.name) if name.isidentifier()))
            found.update({name: asked for name in (decision.element.id, decision.name) if name})
    return found


def _answer(found: Translated) -> dict[str, Any]:
    findings: list[Finding] = list(found.findings)
    if found.xml is not None:
        findings += check_model(found.xml)
    answer = verdict(found.file, findings)
    answer["xml"] = None if found.xml is None else found.xml.decode("utf-8")
    answer |= {"within": list(found.within), "counts": found.repairs.counts()}
    answer |= {"repairs": [repair.to_dict() for repair in found.repairs], "schemas": _readable(found.forms)}
    return answer


def _readable(forms: dict[str, dict[str, object]]) -> dict[str, str]:
    """The forms that can be read back; a field of a name that no form may have leaves its form out."""
    texts = {key: json.dumps(schema, ensure_ascii=False, indent=2) for key, schema in forms.items()}
    return {key: text for key, text in texts.items() if _is_form(key, text)}


def _is_form(key: str, text: str) -> bool:
    try:
        parse_form(key, text)
    except FormError:
        return False
    return True


def _write(answer: dict[str, Any], out: Path) -> list[str]:
    """The model, its repair list and its forms; what stands in others that call it gets its list only."""
    out.mkdir(parents=True, exist_ok=True)
    name = Path(answer["file"]).name
    for ending in (".xml", ".bpmn20", ".bpmn2", ".bpmn"):
        name = name.removesuffix(ending)
    written: list[str] = []
    if answer["xml"] is not None:
        written.append(_put(out / f"{name}.bpmn", answer["xml"]))
    for key, text in answer["schemas"].items():
        (out / "forms").mkdir(exist_ok=True)
        written.append(_put(out / "forms" / f"{Path(key).name}.form.json", text))
    listed = {key: answer[key] for key in ("file", "accepted", "within", "counts", "repairs", "findings")}
    written.append(_put(out / f"{name}.repairs.json", json.dumps(listed, ensure_ascii=False, indent=1)))
    return written


def _put(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def _tell(answer: dict[str, Any], written: list[str]) -> None:
    say(f"{'✓' if answer['accepted'] else '✗'} {answer['file']}")
    if answer["within"]:
        say(f"    ⊂ {', '.join(answer['within'])}")
    for repair in answer["repairs"]:
        say(f"    {_MARKS[repair['kind']]} {repair['message_vi']}")
        say(f"      {repair['message_en']}")
    for finding in answer["findings"]:
        say(f"    {'✗' if finding['severity'] == 'error' else '!'} {finding['message_vi']} → {finding['hint_vi']}")
        say(f"      {finding['message_en']} → {finding['hint_en']}")
    for path in written:
        say(f"    ↓ {path}")
