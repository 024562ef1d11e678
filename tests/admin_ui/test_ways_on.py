"""A gateway whose flows have no condition is a task at the desk: an official picks the way on."""

from __future__ import annotations

import re

import pytest
from factories.office_life import OfficeLife, pack
from factories.web_house import WebHouse

from engine.actions.procedures import PublishProcedure, publish_procedure
from engine.actions.tasks import ClaimTask, claim_task
from engine.domain.actor import SYSTEM
from engine.domain.errors import Invalid

CODE = "2.000635"
CONDITION = re.compile(
    r'(<bpmn:sequenceFlow id="flow_check_result_\w+"[^>]*>)\s*<bpmn:conditionExpression.*?</bpmn:conditionExpression>',
    re.S,
)
WAYS = """
  check_result:
    name: {vi: "Hồ sơ đủ và đúng?", en: "Complete and correct?"}
    ways:
      flow_check_result_accept_dossier: {vi: "Đủ, tiếp nhận", en: "Complete, accept"}
      flow_check_result_refused: {vi: "Từ chối", en: "Refuse"}
"""


def open_pack(life: OfficeLife, kind: str = "exclusiveGateway") -> dict[str, str]:
    """The pack of the extract, its first decision left to an official."""
    files = pack(life.platform.settings.processes, CODE)
    drawn = CONDITION.sub(r"\1", files["process.bpmn"])
    drawn = drawn.replace('<bpmn:exclusiveGateway id="check_result"', f'<bpmn:{kind} id="check_result"')
    head, mark, rest = drawn.partition(f'<bpmn:{kind} id="check_result"')
    files["process.bpmn"] = head + mark + rest.replace("</bpmn:exclusiveGateway>", f"</bpmn:{kind}>", 1)
    files["procedure.yaml"] = files["procedure.yaml"].replace("\ntasks:\n", "\ntasks:" + WAYS, 1)
    return files


def at_the_gateway(house: WebHouse, kind: str = "exclusiveGateway") -> tuple[str, str]:
    """A dossier that waits at the gateway, and its task, claimed by its official."""
    life = house.life
    life.do(publish_procedure, PublishProcedure(SYSTEM, open_pack(life, kind)))
    dossier_id = life.sent(life.citizen())
    life.complete(dossier_id, "check_dossier", {"decision": "accept"})
    task = life.open_task(dossier_id)
    assert (task["element_id"], task["role"]) == ("check_result", "reception")
    life.do(claim_task, ClaimTask(life.officials["reception"], task["id"]))
    return dossier_id, task["id"]


def test_the_ways_are_offered_in_both_languages_and_one_is_taken(house):
    dossier_id, task_id = at_the_gateway(house)
    before = house.life.dossier(dossier_id)
    clerk = house.browser(house.life.officials["reception"])
    page = clerk.get(f"/desk/tasks/{task_id}").text
    assert "Hồ sơ đủ và đúng?" in page
    assert "Đủ, tiếp nhận" in page
    assert "Cần bổ sung" in page, "what the pack does not name goes by the diagram"
    english = house.browser(house.life.officials["reception"]).speak("en").get(f"/desk/tasks/{task_id}").text
    assert "Complete, accept" in english
    refused = clerk.post(f"/desk/tasks/{task_id}/complete", {})
    assert refused.status_code == 422
    strange = clerk.post(f"/desk/tasks/{task_id}/complete", {"way_on": "flow_from_nowhere"})
    assert strange.status_code == 422
    assert house.life.open_task(dossier_id)["id"] == task_id
    assert house.life.dossier(dossier_id)["status"] == before["status"]
    done = clerk.post(f"/desk/tasks/{task_id}/complete", {"way_on": "flow_check_result_accept_dossier"})
    assert done.status_code == 303
    assert house.life.open_task(dossier_id)["element_id"] == "search_register"


def test_several_ways_may_be_ticked_at_an_inclusive_gateway(house):
    dossier_id, task_id = at_the_gateway(house, "inclusiveGateway")
    clerk = house.browser(house.life.officials["reception"])
    assert clerk.get(f"/desk/tasks/{task_id}").text.count('type="checkbox"') >= 3
    refused = clerk.post(f"/desk/tasks/{task_id}/complete", {})
    assert refused.status_code == 422
    assert "ít nhất một" in refused.text
    assert house.life.open_task(dossier_id)["id"] == task_id
    done = clerk.post(f"/desk/tasks/{task_id}/complete", {"way_on.flow_check_result_accept_dossier": "yes"})
    assert done.status_code == 303
    assert house.life.open_task(dossier_id)["element_id"] == "search_register"


def test_the_api_takes_the_same_words(house):
    dossier_id, task_id = at_the_gateway(house)
    clerk = house.browser(house.life.officials["reception"])
    sent = {"outputs": {"way_on": "flow_check_result_accept_dossier"}}
    assert clerk.post(f"/api/v1/tasks/{task_id}/complete", json=sent).status_code == 200
    assert house.life.open_task(dossier_id)["element_id"] == "search_register"


def test_a_choice_is_not_left_to_the_citizen(house):
    files = open_pack(house.life)
    files["procedure.yaml"] = re.sub(r"reception: reception", "reception: applicant", files["procedure.yaml"])
    assert files["procedure.yaml"] != open_pack(house.life)["procedure.yaml"]
    with pytest.raises(Invalid) as refused:
        house.life.do(publish_procedure, PublishProcedure(SYSTEM, files))
    assert "Hồ sơ đủ và đúng?" in refused.value.fields["process.bpmn"].vi
