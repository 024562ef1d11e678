"""After an act the page offers its papers, the next step and the way back."""

from __future__ import annotations

import re

from factories.office_life import EXTRACT_FORM, party
from factories.web_house import Browser, WebHouse

from engine.actions.tasks import ClaimTask, claim_task

LINKS = re.compile(r'<p class="said-links no-print">(.*?)</p>', re.DOTALL)
LINK = re.compile(r'href="([^"]+)">([^<]+)</a>')


def offered(browser: Browser, answer: str) -> dict[str, str]:
    """The links of what the next page says: words → address."""
    found = LINKS.search(answer)
    assert found, answer
    return {words: address for address, words in LINK.findall(found[1])}


def complete(house: WebHouse, browser: Browser, dossier_id: str, **outputs: str) -> dict[str, str]:
    task = house.life.open_task(dossier_id)
    house.life.do(claim_task, ClaimTask(house.life.officials[task["role"]], task["id"]))
    instance = house.life.instance(dossier_id)
    sent = {"version": str(instance["version"]), **outputs}
    answer = browser.post(f"/desk/tasks/{task['id']}/complete", sent, follow_redirects=True)
    assert answer.status_code == 200
    return offered(browser, answer.text)


def test_who_accepts_can_print_the_slip_at_once(house: WebHouse) -> None:
    dossier_id = house.life.sent(house.life.citizen())
    browser = house.browser(house.life.officials["reception"])
    links = complete(house, browser, dossier_id, decision="accept")
    slip = next(address for words, address in links.items() if words.startswith("In “Giấy tiếp nhận"))
    assert browser.get(slip).data.startswith(b"%PDF")
    assert links["Mở hồ sơ"] == f"/desk/dossiers/{dossier_id}"
    assert browser.get(links["Mở hồ sơ"]).status_code == 200
    assert "said-links" not in browser.get("/desk").text, "said once"


def test_who_refuses_can_print_the_refusal_only_when_it_is_issued(house: WebHouse) -> None:
    dossier_id = house.life.sent(house.life.citizen())
    browser = house.browser(house.life.officials["reception"])
    reason = "Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan này."
    links = complete(house, browser, dossier_id, decision="supplement", reason=reason)
    assert [words for words in links if words.startswith("In “")], links
    assert links["Mở hồ sơ"].endswith(dossier_id)


def test_the_counter_says_what_was_done_and_leads_on(house: WebHouse) -> None:
    browser = house.browser(house.life.officials["reception"])
    typed = {f"applicant.{name}": value for name, value in party().items()}
    typed |= {f"form.{name}": value for name, value in EXTRACT_FORM.items() if name != "relation"}
    typed |= {"form.relation": "self", "delivery.method": "counter", "owner_is_applicant": "yes", "submit_key": "k1"}
    answer = browser.post("/desk/counter/2.000635", typed, follow_redirects=True)
    assert answer.status_code == 200
    assert "Đã lập hồ sơ" in answer.text
    assert "chưa được tiếp nhận" in answer.text
    assert "Đã tiếp nhận" not in answer.text
    step = next(address for words, address in offered(browser, answer.text).items() if words.startswith("Làm tiếp: "))
    assert "Nhận việc" in browser.get(step).text


def test_the_receipt_can_be_printed_when_money_was_taken(house: WebHouse) -> None:
    dossier_id = house.life.sent(house.life.citizen())
    browser = house.browser(house.life.officials["reception"])
    answer = browser.post(f"/desk/dossiers/{dossier_id}/fee", {"method": "cash"}, follow_redirects=True)
    receipt = next(address for words, address in offered(browser, answer.text).items() if "iên lai" in words)
    assert browser.get(receipt).data.startswith(b"%PDF")
