"""`motcua bench rules`: figures of the rules engine, beside a plain loop over rows and zen-engine.

Times are processor time of this process: what one core has to do, whoever else uses the machine.
"""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Mapping
from pathlib import Path
from time import process_time
from typing import Any

from engine.bench.rules_tables import ON, bench_dossiers, bench_table
from rules.fees import FeeInference, QuoteRequest, load_schedule, quote, replay, replay_table, verify_schedule
from rules.inference import Decider, InferenceEngine, inference_available, inference_status
from rules.tables import Among, DecisionTable, Index, Within, verify_table

_zen: Any = None
try:
    import zen

    _zen = zen
except ImportError:
    pass  # an optional stranger, for comparison only (the extra `bench`); the figures then say that it is missing

Facts = Mapping[str, object]


def bench_command(processes_root: Path, *, dossiers: int = 100_000) -> dict[str, object]:
    """All figures, as JSON. Microseconds (`_us`) are per decision, milliseconds (`_ms`) per run."""
    table = bench_table(200)
    return {
        "inference": inference_status("on").en,
        "decision_200_rows": _decisions(table, list(bench_dossiers(2_000))),
        "replay": _replay(dossiers),
        "verify": _verification(processes_root),
        "compile": _compilation(processes_root),
        "fees": _fees(processes_root, dossiers),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _per_call_us(ask: Callable[[Facts], object], situations: list[Facts]) -> float:
    for facts in situations[:50]:
        ask(facts)
    start = process_time()
    for facts in situations:
        ask(facts)
    return round((process_time() - start) / len(situations) * 1e6, 2)


def _once_ms(run: Callable[[], object]) -> float:
    start = process_time()
    run()
    return round((process_time() - start) * 1e3, 2)


def _decisions(table: DecisionTable, situations: list[Facts]) -> dict[str, object]:
    exact = Decider(table, inference="off")
    figures: dict[str, object] = {
        "exact_us": _per_call_us(lambda facts: exact.decide(facts, ON), situations),
        "exact_with_trace_us": _per_call_us(lambda facts: exact.decide(facts, ON).to_dict(), situations),
        "plain_loop_us": _per_call_us(lambda facts: _plain_loop(table, facts), situations),
    }
    if inference_available():
        both = Decider(table)
        figures["both_engines_with_trace_us"] = _per_call_us(
            lambda facts: both.decide(facts, ON).to_dict(), situations[:300]
        )
        both.close()
    traced = float(str(figures["exact_with_trace_us"]))
    figures["plain_loop_ratio"] = round(float(str(figures["plain_loop_us"])) / traced, 2)
    if _zen is None:
        figures["zen"] = "zen-engine is not installed: ./motcua prepare bench"
        return figures
    zen = _zen_asker(table)
    figures["zen_with_trace_us"] = _per_call_us(zen, situations)
    figures["zen_agrees"] = all(_zen_amount(zen(facts)) == exact.decide(facts, ON).result for facts in situations[:200])
    figures["zen_ratio"] = round(float(str(figures["zen_with_trace_us"])) / traced, 2)
    return figures


def _plain_loop(table: DecisionTable, facts: Facts) -> list[str]:
    """What one would write by hand: every row, every cell."""
    return [
        row.id
        for row in table.rows
        if row.window.covers(ON) and all(cell.accepts(facts[name]) for name, cell in row.cells.items())
    ]


def _zen_asker(table: DecisionTable) -> Callable[[Facts], object]:
    decision = _zen.ZenEngine().create_decision(json.dumps(_zen_model(table)))
    return lambda facts: decision.evaluate(dict(facts), {"trace": True})


def _zen_amount(answer: object) -> object:
    result = answer.get("result") if isinstance(answer, dict) else None
    return result.get("amount") if isinstance(result, dict) else None


def _zen_model(table: DecisionTable) -> dict[str, object]:
    """The same table as a JSON Decision Model."""
    inputs = [{"id": f"i_{one.name}", "name": one.name, "field": one.name} for one in table.columns]
    rules = []
    for row in table.rows:
        rule = {"_id": row.id, "o": str(row.outputs["amount_vnd"])}
        rule |= {f"i_{one.name}": _zen_cell(row.cells.get(one.name)) for one in table.columns}
        rules.append(rule)
    content = {
        "hitPolicy": "first",
        "inputs": inputs,
        "outputs": [{"id": "o", "name": "amount", "field": "amount"}],
        "rules": rules,
    }
    position = {"x": 0, "y": 0}
    kinds = {"in": "inputNode", "table": "decisionTableNode", "out": "outputNode"}
    nodes = [
        {"id": n, "name": n, "type": kind, "content": content if n == "table" else {}, "position": position}
        for n, kind in kinds.items()
    ]
    edges = [
        {"id": "e1", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "e2", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def _zen_cell(cell: Among | Within | None) -> str:
    if isinstance(cell, Among):
        return ", ".join(f'"{word}"' for word in sorted(str(word) for word in cell.words))
    if isinstance(cell, Within):
        one = cell.intervals[0]
        return f">= {one.low}" if one.high is None else f"[{one.low}..{one.high})"
    return ""


def _replay(dossiers: int) -> dict[str, object]:
    old, new = bench_table(200), bench_table(200, amount=1_500)
    situations = [(facts, ON) for facts in bench_dossiers(dossiers)]
    took = _once_ms(lambda: replay_table(old, new, situations, "amount_vnd"))
    return {
        "dossiers": dossiers,
        "versions": 2,
        "took_ms": took,
        "decisions_per_second": round(dossiers * 2 / took * 1_000),
    }


def _verification(processes_root: Path) -> dict[str, object]:
    schedule = load_schedule(processes_root)
    large = bench_table(1_000)
    return {
        "table_1000_rows_4_columns_ms": _once_ms(lambda: verify_table(large)),
        "table_1000_rows_findings": len(verify_table(large)),
        "shipped_fee_tables_ms": _once_ms(lambda: verify_schedule(schedule)),
        "shipped_fee_tables_findings": len(verify_schedule(schedule)),
    }


def _compilation(processes_root: Path) -> dict[str, object]:
    table, large = bench_table(200), bench_table(1_000)
    figures: dict[str, object] = {
        "load_fee_schedule_ms": _once_ms(lambda: load_schedule(processes_root)),
        "index_200_rows_ms": _once_ms(lambda: Index(table)),
        "index_1000_rows_ms": _once_ms(lambda: Index(large)),
    }
    if inference_available():
        figures["inference_200_rows_ms"] = _once_ms(lambda: InferenceEngine(table).close())
        figures["inference_1000_rows_ms"] = _once_ms(lambda: InferenceEngine(large).close())
    return figures


def _fees(processes_root: Path, dossiers: int) -> dict[str, object]:
    schedule = load_schedule(processes_root)
    requests = [
        QuoteRequest(procedure.code, example.submitted_at, example.accepted_at, example.facts)
        for procedure in schedule.procedures.values()
        for example in procedure.examples
    ]
    many = [requests[number % len(requests)] for number in range(dossiers)]
    took = _once_ms(lambda: replay(schedule, schedule, many))
    second = FeeInference("on")
    start = process_time()
    for request in requests:
        quote(schedule, request)
    alone = (process_time() - start) / len(requests)
    for request in requests:
        quote(schedule, request, second=second)
    start = process_time()
    for request in requests:
        quote(schedule, request, second=second)
    checked = (process_time() - start) / len(requests)
    second.close()
    return {
        "quote_with_trace_us": round(alone * 1e6),
        "quote_with_both_engines_us": round(checked * 1e6),
        "replay_dossiers": dossiers,
        "replay_took_ms": took,
        "replay_quotes_per_second": round(dossiers * 2 / took * 1_000),
    }
