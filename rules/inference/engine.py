"""durable_rules, contained: a second engine that must find the same rows before money is asked of a citizen.

The library is the customer's choice and is no longer maintained. It is held so that its known faults cannot
reach a decision: no dispatcher threads, facts instead of events, one constant state, one lock per engine,
actions that only note what fired, and a check after every evaluation that nothing was swallowed or left.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Mapping
from datetime import date

from rules.errors import RulesError
from rules.inference.rulesets import SENTINEL, Compiled, Ruleset
from rules.tables import DecisionTable
from rules.text import Text

try:
    from durable import engine as _durable
except ImportError:  # no C compiler, or Python 3.13: the platform runs with inference=off and says so
    _durable = None

_SID = "decision"
_numbers = itertools.count()


class InferenceError(RulesError):
    """The inference engine gave no trustworthy answer; it has been discarded."""

    code = "inference"


def inference_available() -> bool:
    """True when durable_rules is installed."""
    return _durable is not None


def inference_status(mode: str) -> Text:
    """What an administrator is told about the second engine."""
    if not inference_available():
        return Text(
            "inference=off: chưa cài durable-rules (cần trình biên dịch C và Python ≤ 3.12); mọi quyết định do bộ "
            "đánh giá chính xác thực hiện, không có đối chiếu thứ hai.",
            "inference=off: durable-rules is not installed (it needs a C compiler and Python ≤ 3.12); decisions are "
            "made by the exact evaluator alone, without a second engine to compare.",
        )
    return Text(f"inference={mode}", f"inference={mode}")


class InferenceEngine:
    """One table compiled into rulesets of its own. Thread-safe; close it when another version took over."""

    def __init__(self, table: DecisionTable) -> None:
        if _durable is None:
            raise InferenceError(inference_status("off").vi, inference_status("off").en)
        self._compiled = Compiled(table)
        self._lock = threading.Lock()
        self._hits: set[str] = set()
        self._sets: dict[str, Held] = {}
        self._build()

    def rows_met(self, facts: Mapping[str, object], on: date) -> frozenset[str]:
        """Ids of the rows met by normalised `facts` on day `on`, and names of the categories that hold.

        Raises InferenceError when the library misbehaved; the engine is rebuilt before the next call.
        """
        with self._lock:
            if not self._sets:
                self._build()
            try:
                return self._rows_met(dict(facts), on.toordinal())
            except InferenceError:
                self._discard()
                raise

    def close(self) -> None:
        """Give the native memory back. The engine may not be used afterwards."""
        with self._lock:
            self._discard()

    def _rows_met(self, facts: dict[str, object], day: int) -> frozenset[str]:
        chain: frozenset[str] = frozenset()
        for stratum in self._compiled.strata:
            found = self._ask(stratum, self._compiled.message(facts, day))
            for category in self._compiled.table.categories:
                facts.setdefault(category.name, False)
                if category.name in found:
                    facts[category.name] = True
            chain |= found
        return chain | self._ask(self._compiled.rows, self._compiled.message(facts, day))

    def _ask(self, rulesets: tuple[Ruleset, ...], message: dict[str, object]) -> frozenset[str]:
        found: set[str] = set()
        for ruleset in rulesets:
            self._hits.clear()
            self._sets[ruleset.name].ask(message)
            if SENTINEL not in self._hits:
                raise _broken(ruleset.name, "the sentinel did not fire")
            found |= self._hits
        return frozenset(found - {SENTINEL})

    def _build(self) -> None:
        """Compile every ruleset and ask it once: it proves itself, and a state exists that `close` can delete."""
        for ruleset in (*(one for stratum in self._compiled.strata for one in stratum), *self._compiled.rows):
            self._sets[ruleset.name] = Held(ruleset, self._hits.add)
            self._ask((ruleset,), self._compiled.message({}, 1))

    def _discard(self) -> None:
        for held in self._sets.values():
            held.close()
        self._sets = {}


class Held:
    """One native ruleset and its only state."""

    def __init__(self, ruleset: Ruleset, note: Callable[[str], None]) -> None:
        self._label = ruleset.name
        # The native side keys rulesets by name: two versions alive at once need different ones.
        self._name = f"{ruleset.name}_{next(_numbers)}"
        definition = {
            name: {**rule, "run": _noting(note, ruleset.tells[name])} for name, rule in ruleset.definition.items()
        }
        self._host = _quiet_host()
        self._host.register_rulesets({self._name: definition})

    def ask(self, message: Mapping[str, object]) -> None:
        """Assert the one fact, let the rules note their hits, and take the fact back whatever happens."""
        fact = {**message, "sid": _SID, "id": 1}
        try:
            self._host.assert_fact(self._name, fact)
        except Exception as error:
            raise _broken(self._label, repr(error)) from error
        finally:
            self._retract(fact)
        if "exception" in self._host.get_state(self._name, _SID):
            raise _broken(self._label, "an action failed")
        if self._host.get_facts(self._name, _SID):
            raise _broken(self._label, "a fact was left behind")

    def _retract(self, fact: dict[str, object]) -> None:
        try:
            self._host.retract_fact(self._name, fact)
        except Exception as error:
            raise _broken(self._label, repr(error)) from error

    def close(self) -> None:
        """First the state, then the ruleset; the other order frees memory that is still used."""
        rules = self._host.get_ruleset(self._name)
        self._host.delete_state(self._name, _SID)
        _durable.durable_rules_engine.delete_ruleset(rules._handle)


def _noting(note: Callable[[str], None], told: str) -> Callable[[object], None]:
    def action(c: object) -> None:
        note(told)

    return action


def _quiet_host() -> _durable.Host:
    """A host whose dispatcher and timer threads never start: they crash, and they steal actions."""

    class QuietHost(_durable.Host):  # type: ignore[misc] # the library has no types
        def _run(self) -> None:
            return None

    return QuietHost()


def _broken(name: str, why: str) -> InferenceError:
    return InferenceError(
        f"Bộ suy luận gặp sự cố ở nhóm luật {name} ({why}); không sử dụng kết quả này.",
        f"The inference engine failed in ruleset {name} ({why}); its answer is not used.",
    )
