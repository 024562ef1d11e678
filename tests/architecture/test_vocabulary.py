"""A state, a kind or a national status is said by its name, never as a bare word or number."""

from __future__ import annotations

import ast
import re
from enum import Enum
from functools import cache

import jinja2.nodes
from jinja2 import Environment

from engine.domain.actor import ActorKind, Role
from engine.domain.dossier import DossierState, NationalStatus
from engine.domain.migration import Criterion, MoveState, RunState
from engine.domain.vocabulary import (
    ArticleKind,
    Audience,
    Channel,
    DeliveryMethod,
    DocumentKind,
    EndKind,
    FileState,
    IncidentState,
    InstanceState,
    JobKind,
    JobState,
    MessageState,
    PaymentMethod,
    PaymentState,
    PersonKind,
    ServiceLevel,
    SessionKind,
    TaskState,
    TimerState,
    UnitKind,
    VersionState,
)

# Column or attribute → the vocabularies it may hold.
STATES = (DossierState, TaskState, TimerState, InstanceState, JobState, IncidentState, MessageState, FileState)
VOCABULARY: dict[str, tuple[type[Enum], ...]] = {
    "state": (*STATES, PaymentState, RunState, MoveState, VersionState),
    "status": (NationalStatus,),
    "kind": (PersonKind, UnitKind, SessionKind, ActorKind, ArticleKind, DocumentKind, JobKind),
    "actor_kind": (ActorKind,),
    "end_kind": (EndKind,),
    "audience": (Audience,),
    "channel": (Channel,),
    "method": (DeliveryMethod, PaymentMethod),
    "delivery_method": (DeliveryMethod,),
    "payment_method": (PaymentMethod,),
    "level": (ServiceLevel,),
    "criterion": (Criterion,),
    "role": (Role,),
    "roles": (Role,),
}
# Who must hold one of the roles they are called with.
ASK_FOR_ROLES = ("must_be_staff", "has_role", "must_have_role", "role")
# Diagrams have words of their own (`timer`, `error`), and so have the tariffs and the other side of a call.
LOOKED_AT = ("engine/", "admin_ui/")
NOT_THE_RECORD = ("engine/workflow/", "engine/store/migrations/", "engine/domain/")
SQL = re.compile(rf"\b({'|'.join(VOCABULARY)})\s*(?:=|<>|!=|in)\s*\(?\s*'(\w+)'", re.IGNORECASE)


@cache
def values(name):
    return frozenset(one.value for kind in VOCABULARY.get(name, ()) for one in kind)


def named(node):
    """The column or attribute an expression reads: x.state, row["state"], row.get("state"), table.c.state, state."""
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return node.slice.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr == "get" and node.args and isinstance(node.args[0], ast.Constant):
            return node.args[0].value
        if node.func.attr in {"in_", "not_in"}:
            return named(node.func.value)
    return None


def _called(node):
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)


def bare(node):
    """The constants an expression is, or lists."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str | int) and not isinstance(node.value, bool):
        return [node.value]
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return [value for one in node.elts for value in bare(one)]
    if isinstance(node, ast.IfExp):
        return bare(node.body) + bare(node.orelse)
    return []


def said(node):
    """(name, expression) of everything that is compared, assigned or passed at a node."""
    if isinstance(node, ast.Compare):
        sides = [node.left, *node.comparators]
        yield from ((named(one), other) for one in sides for other in sides if one is not other)
    elif isinstance(node, ast.Call):
        asked = "role" if _called(node) in ASK_FOR_ROLES else named(node)
        yield from ((asked, one) for one in node.args)
        yield from ((one.arg, one.value) for one in node.keywords)
    elif isinstance(node, ast.Dict):
        yield from ((getattr(key, "value", None), value) for key, value in zip(node.keys, node.values, strict=True))
    elif isinstance(node, ast.Assign):
        yield from ((named(one), node.value) for one in node.targets)
    elif isinstance(node, ast.AnnAssign) and node.value is not None:
        yield named(node.target), node.value
    elif isinstance(node, ast.FunctionDef):
        with_defaults = node.args.args[len(node.args.args) - len(node.args.defaults) :]
        yield from ((one.arg, value) for one, value in zip(with_defaults, node.args.defaults, strict=True))


def bare_words(sources):
    found = []
    for source in sources:
        if not source.path.startswith(LOOKED_AT) or source.path.startswith(NOT_THE_RECORD):
            continue
        for node in ast.walk(source.tree):
            for name, expression in said(node):
                if isinstance(name, str):
                    found += [(source.path, node.lineno, name, one) for one in bare(expression) if one in values(name)]
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                hits = SQL.findall(node.value)
                found += [(source.path, node.lineno, name, one) for name, one in hits if one in values(name.lower())]
    return sorted({f"{path}:{line} {name}: {word!r}" for path, line, name, word in found})


def bare_in_templates(named_texts):
    found = []
    for path, text in named_texts:
        tree = Environment(extensions=["jinja2.ext.i18n"]).parse(text)
        for node in tree.find_all(jinja2.nodes.Compare):
            sides = [node.expr, *(operand.expr for operand in node.ops)]
            names = [one.attr for one in sides if isinstance(one, jinja2.nodes.Getattr)]
            names += [one.name for one in sides if isinstance(one, jinja2.nodes.Name)]
            words = [
                one.value
                for side in sides
                for one in (side, *side.find_all(jinja2.nodes.Const))
                if isinstance(one, jinja2.nodes.Const)
            ]
            found += [f"{path}:{node.lineno} {name}: {one!r}" for name in names for one in words if one in values(name)]
    return sorted(set(found))


def test_states_and_kinds_are_said_by_name(product):
    assert bare_words(product) == []


def test_templates_ask_for_states_by_name(root):
    folder = root / "admin_ui" / "templates"
    texts = [(str(path.relative_to(root)), path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.html"))]
    assert bare_in_templates(texts) == []


def test_a_bare_word_is_seen(bad):
    for line in (
        'if row["state"] == "open": ...',
        'if row["state"] in ("failed", "unknown"): ...',
        'if job.state not in {"pending"}: ...',
        'found = select(task).where(task.c.state == "open")',
        'found = select(job).where(job.c.state.in_(["pending", "claimed"]))',
        'change(tx, {"state": "resolved"})',
        'work.set(state="withdrawn")',
        'state = "taken" if caught else "waiting"',
        'def refuse(state="refused"): ...',
        'method: str = "counter"',
        'way = delivery.get("method", "online")',
        'if task["audience"] != "staff": ...',
        'if session["kind"] == "citizen": ...',
        "OPEN = text(\"state = 'open'\")",
        "OPEN = text(\"connector_job.state IN ('pending', 'claimed')\")",
        "if work.status >= 9: ...",
        'if row["status"] not in (3, 8, 9, 10): ...',
        "work.set(status=1)",
        'must_be_staff(actor, "reception")',
        'if actor.has_role("unit_head", "admin"): ...',
        'page = room.route("/x", role("reception"))',
    ):
        assert bare_words(bad("engine/actions/x.py", line)), line
    for line in (
        'if row["state"] == TaskState.OPEN: ...',
        "if reply.status == 404: ...",
        'if field.kind == "date": ...',
    ):
        assert bare_words(bad("engine/actions/x.py", line)) == [], line


def test_a_bare_word_in_a_template_is_seen():
    for text in (
        '{% if file.state == "replaced" %}x{% endif %}',
        '{% if step.state in ("open", "failed") %}x{% endif %}',
        "{{ due if dossier.status not in (3, 8, 9, 10) }}",
        "{% if dossier.status >= 9 %}x{% endif %}",
        '{{ "you" if step.audience == "applicant" }}',
    ):
        assert bare_in_templates([("x.html", text)]), text
    assert bare_in_templates([("x.html", "{% if status == 404 %}x{% endif %}")]) == []
