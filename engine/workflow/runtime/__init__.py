"""An instance at work: the executable plan, the tokens, and what each element does with them."""

from __future__ import annotations

from engine.workflow.runtime.build import build_plan
from engine.workflow.runtime.catching import BORDER, WAITS_WITH_TOKEN, arm
from engine.workflow.runtime.elements import start_scope
from engine.workflow.runtime.instance import (
    ARMED,
    ARRIVED,
    HOST,
    LOOP,
    MEMBER_OF,
    ROLE,
    UNDO,
    EndlessLoop,
    Instance,
    Token,
    TokenScope,
)
from engine.workflow.runtime.joins import reach_of
from engine.workflow.runtime.plan import Plan, choices_of
from engine.workflow.runtime.snapshot import decode, encode
from engine.workflow.runtime.throwing import receiver
from engine.workflow.runtime.ways_out import may_be_sent_to

__all__ = [
    "ARMED",
    "ARRIVED",
    "BORDER",
    "HOST",
    "LOOP",
    "MEMBER_OF",
    "ROLE",
    "UNDO",
    "WAITS_WITH_TOKEN",
    "EndlessLoop",
    "Instance",
    "Plan",
    "Token",
    "TokenScope",
    "arm",
    "build_plan",
    "choices_of",
    "decode",
    "encode",
    "may_be_sent_to",
    "reach_of",
    "receiver",
    "start_scope",
]
