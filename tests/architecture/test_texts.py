"""What is said to people stands in the catalogues, and what happens is named by the enum: no bare words between."""

from __future__ import annotations

import ast
import re

from engine.actions.dossier.consequences import CONSEQUENCES
from engine.domain.dossier import STATE_OF_STATUS, DossierState
from engine.domain.history import EventKind
from engine.domain.texts import shipped

KINDS = {kind.value for kind in EventKind}
# Where a word of an event may stand: the enum itself, and the scripts that made the tables.
AT_HOME = ("engine/domain/history/kinds.py", "engine/store/migrations/")
THE_TABLE = tuple(f"engine/actions/dossier/{name}.py" for name in ("consequences", "dossier_work", "keep_work"))
# What tells citizens what happened, and what the law says: an office and its lawyer read it in the catalogues.
CATALOGUED = {
    "engine/actions/dossier/ask_supplement.py",
    "engine/actions/dossier/consequences.py",
    "engine/actions/dossier/deliver_result.py",
    "engine/actions/dossier/refuse_dossier.py",
    "engine/domain/deadlines/deadline_texts.py",
    "engine/domain/dossier.py",
    "engine/papers/slips.py",
    "engine/queries/dossier/dossier_parts.py",
    "engine/queries/dossier/dossier_view.py",
    "engine/queries/dossier/timeline.py",
}
RECORDED_BY = {"happened": 0, "NewEvent": 0, "append": 3}  # which argument is the kind


def called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def written(node):
    """Whether an expression is a text made on the spot."""
    return (isinstance(node, ast.Constant) and isinstance(node.value, str)) or isinstance(node, ast.JoinedStr)


def worded(node):
    """The same, but for the empty text."""
    return written(node) and getattr(node, "value", "…") != ""


def bare_event_words(sources):
    """Words of events that stand as texts; and kinds made up where something is recorded."""
    found = []
    for source in sources:
        if source.path.startswith(AT_HOME):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Constant) and node.value in KINDS:
                found.append(f"{source.path}:{node.lineno} {node.value}")
            elif isinstance(node, ast.Call) and called(node) in RECORDED_BY:
                at = RECORDED_BY[called(node)]
                if len(node.args) > at and written(node.args[at]):
                    found.append(f"{source.path}:{node.lineno} {ast.unparse(node.args[at])}")
    return found


def event_words_in_pages(pages):
    """The same in templates, as (path, text)."""
    words = re.compile("[\"'](" + "|".join(map(re.escape, sorted(KINDS))) + ")[\"']")
    return [f"{path}: {found[1]}" for path, text in pages for found in words.finditer(text)]


def told_by_hand(sources):
    """Notices and events with consequences that go past the table (engine/actions/dossier/consequences.py)."""
    found = []
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Attribute) and node.attr == "new_notices" and source.path not in THE_TABLE:
                found.append(f"{source.path}:{node.lineno} new_notices")
            elif isinstance(node, ast.Call) and called(node) in ("append", "NewEvent"):
                kinds = [ast.unparse(one).removeprefix("EventKind.") for one in node.args]
                found += [
                    f"{source.path}:{node.lineno} {kind}"
                    for kind in kinds
                    if kind in EventKind.__members__ and EventKind[kind] in CONSEQUENCES
                ]
    return found


def pairs_beside_the_catalogue(sources):
    """Sentences in two languages where only keys belong."""
    return [
        f"{source.path}:{node.lineno} {ast.unparse(node)[:80]}"
        for source in sources
        if source.path in CATALOGUED
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and called(node) == "Text" and node.args and all(map(worded, node.args))
    ]


def speechless(kinds, keys):
    """Kinds of events without words, and words of no kind."""
    said = {key.removeprefix("event.") for key in keys if key.startswith("event.")}
    return sorted(set(kinds) ^ said)


def asked(sources):
    """(place, pattern, the names filled in or None) of each text asked for by key."""
    for source in sources:
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and called(node) == "office_text" and node.args:
                names = {keyword.arg for keyword in node.keywords}
                yield f"{source.path}:{node.lineno}", pattern_of(node.args[0]), None if None in names else names


def pattern_of(key):
    """What keys an expression may give; None when nothing can be told."""
    if isinstance(key, ast.Constant):
        return re.escape(key.value)
    if isinstance(key, ast.JoinedStr):
        return "".join(
            re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z_.0-9]+" for part in key.values
        )
    return None


def wrong_keys(sources, catalogue):
    """Keys that are not there, cannot be told, or are filled with other names than they want."""
    found = []
    for place, pattern, names in asked(sources):
        met = [entry for entry in catalogue if pattern is not None and re.fullmatch(pattern, entry.key)]
        exact = len(met) == 1 and names is not None and re.escape(met[0].key) == pattern
        if not met or (exact and names != met[0].placeholders):
            found.append(f"{place} {pattern} {sorted(names or ())}")
    return found


def unused_keys(sources, catalogue):
    """Texts that nobody asks for."""
    patterns = [pattern for _, pattern, _ in asked(sources) if pattern is not None]
    return [entry.key for entry in catalogue if not any(re.fullmatch(pattern, entry.key) for pattern in patterns)]


def test_no_bare_event_words(product, root):
    assert bare_event_words(product) == []
    pages = sorted((root / "admin_ui" / "templates").rglob("*.html"))
    assert len(pages) > 20
    assert event_words_in_pages((page.name, page.read_text(encoding="utf-8")) for page in pages) == []


def test_nothing_is_told_past_the_table(product):
    assert told_by_hand(product) == []


def test_what_citizens_are_told_stands_in_the_catalogues(product):
    assert {source.path for source in product} >= CATALOGUED
    assert pairs_beside_the_catalogue(product) == []


def test_every_kind_of_event_has_words():
    assert speechless(KINDS, [entry.key for entry in shipped()]) == []


def test_every_state_and_status_has_words():
    keys = [entry.key for entry in shipped()]
    assert sorted(key for key in keys if key.startswith("state.")) == sorted(f"state.{one}" for one in DossierState)
    assert {key for key in keys if key.startswith("status.")} == {f"status.{code}" for code in STATE_OF_STATUS}


def test_every_key_asked_for_is_there_and_filled(product):
    assert len(list(asked(product))) > 5
    assert wrong_keys(product, shipped()) == []


def test_every_text_is_used(product):
    assert unused_keys(product, shipped()) == []


def test_bad_examples_are_seen(bad):
    assert bare_event_words(bad("engine/x.py", 'done = row["kind"] == "task.completed"\n'))
    assert bare_event_words(bad("engine/x.py", 'work.happened("parcel.lost", {})\n'))
    assert bare_event_words(bad("engine/x.py", 'events.append(tx, chain, actor, f"{who}.left", {})\n'))
    assert bare_event_words(bad("engine/x.py", 'found = NewEvent("parcel.lost", {})\n'))
    assert bare_event_words(bad("engine/x.py", "work.happened(EventKind.TASK_OPENED, {})\nnames.append('x')\n")) == []
    assert event_words_in_pages([("x.html", '{% if entry.kind == "fee.set" %}')])
    assert speechless({*KINDS, "parcel.lost"}, [f"event.{kind}" for kind in KINDS]) == ["parcel.lost"]
    assert speechless(KINDS, [f"event.{kind}" for kind in (*KINDS, "parcel.lost")]) == ["parcel.lost"]


def test_what_goes_past_the_table_is_seen(bad):
    assert told_by_hand(bad("engine/actions/x.py", "work.new_notices.append(row)\n"))
    assert told_by_hand(bad("engine/actions/x.py", "events.append(tx, one, actor, EventKind.FEE_SET, {})\n"))
    assert told_by_hand(bad("engine/actions/x.py", "events.append(tx, one, actor, EventKind.TASK_CLAIMED, {})\n")) == []


def test_a_pair_beside_the_catalogue_is_seen(bad):
    slips = "engine/papers/slips.py"
    assert pairs_beside_the_catalogue(bad(slips, 'Text("Từ chối", "Refused")\n'))
    assert pairs_beside_the_catalogue(bad(slips, 'Text(f"Từ chối {x}", f"Refused {x}")\n'))
    assert pairs_beside_the_catalogue(bad(slips, 'Text(row["vi"], row["en"])\n')) == []


def test_bad_keys_are_seen(bad):
    assert wrong_keys(bad("engine/x.py", 'office_text("event.parcel.lost")\n'), shipped())
    assert wrong_keys(bad("engine/x.py", "office_text(key)\n"), shipped())
    assert wrong_keys(bad("engine/x.py", 'office_text("event.document.issued")\n'), shipped())
    assert wrong_keys(bad("engine/x.py", 'office_text("event.document.issued", title=x)\n'), shipped()) == []
    assert wrong_keys(bad("engine/x.py", 'office_text(f"event.{kind}")\n'), shipped()) == []
    assert "timeline.cleared" in unused_keys(bad("engine/x.py", 'office_text(f"event.{kind}")\n'), shipped())
