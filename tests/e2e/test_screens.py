"""Every screen, both languages, desktop and telephone: nothing is cut off and axe finds nothing."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from axe_playwright_python.sync_playwright import Axe
from e2e import desk
from e2e.filing import begin, file_extract, go_on, owner_is_binh
from e2e.installation import Installation
from e2e.people import People, look_for, work
from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(900)]

SHOTS = os.environ.get("MOTCUA_TEST_SHOTS")
SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 360, "height": 740}}
PUBLIC = (
    "/",
    "/procedures",
    "/procedures?q=khongcogi",
    "/procedures/2.000635",
    "/sign-in",
    "/track",
    "/nothing-here",
    "/api/docs",
)
STEPS = ("applicant", "owner", "declaration", "papers", "delivery", "review")


@pytest.fixture(scope="module")
def town(chromium: Browser, embedded: Installation, tmp_path_factory: pytest.TempPathFactory) -> Iterator[People]:
    people = People(chromium, embedded, tmp_path_factory.mktemp("papers"))
    yield people
    people.go_home()


@pytest.fixture(scope="module")
def busy(town: People) -> dict[str, Page | str]:
    """A citizen with a draft, a sent dossier waiting for a supplement and one with a draft to confirm; officials."""
    citizen = town.citizen()
    asked = file_extract(citizen, town.paper())
    work(town.official("tiepnhan"), asked, desk.ask_for_authorisation)
    drafted = file_extract(citizen, town.paper())
    work(town.official("tiepnhan"), drafted, desk.accept)
    work(town.official("thuly"), drafted, desk.found_in_register)
    open_one = file_extract(citizen, town.paper())
    begin(citizen, "trich luc", "Cấp bản sao Trích lục hộ tịch")
    go_on(citizen)
    owner_is_binh(citizen)
    go_on(citizen)
    draft = re.search(r"/dossiers/(\w+)/draft", citizen.url)
    return {
        "citizen": citizen,
        "draft": draft[1] if draft else "",
        "asked": asked,
        "drafted": drafted,
        "open": open_one,
    }


def address_of(page: Page, code: str) -> str:
    page.goto("/dossiers")
    look_for(page, code)
    return str(page.locator("[data-queue-link]").first.get_attribute("href"))


def language(page: Page, code: str) -> None:
    """By the address's root: a cookie given for a deeper page would hold for that folder alone."""
    root = urljoin(page.url, "/")
    page.context.add_cookies([{"name": "motcua_lang", "value": code, "url": root}])


def faults(page: Page) -> list[str]:
    """What axe objects to, and content wider than the screen."""
    found = [f"{rule['id']}: {rule['nodes'][0]['target']}" for rule in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([f"{wide} px too wide"] if wide > 0 else [])


def look(page: Page, addresses: tuple[str, ...], room: str) -> list[str]:
    wrong: list[str] = []
    for lang in ("vi", "en"):
        language(page, lang)
        for name, size in SIZES.items():
            page.set_viewport_size({"width": size["width"], "height": size["height"]})
            for number, address in enumerate(addresses):
                page.goto(address)
                page.wait_for_load_state("networkidle")
                assert page.evaluate("document.documentElement.lang") == lang, address
                wrong += [f"{lang} {name} {address}: {fault}" for fault in faults(page)]
                if SHOTS:
                    Path(SHOTS).mkdir(parents=True, exist_ok=True)
                    page.screenshot(path=f"{SHOTS}/{room}-{number:02}-{lang}-{name}.png", full_page=True)
    language(page, "vi")
    return wrong


def test_public_pages(town: People) -> None:
    page = town.somebody()
    page.goto("/")
    guides = [str(link.get_attribute("href")) for link in page.locator("a[href^='/guides/'], a[href^='/news/']").all()]
    assert guides, "the seed's guide and news are on the home page"
    assert look(page, (*PUBLIC, *guides[:2], "/desk/sign-in"), "public") == []


def test_citizen_pages(busy: dict[str, Page | str]) -> None:
    page = busy["citizen"]
    assert isinstance(page, Page)
    wizard = tuple(f"/dossiers/{busy['draft']}/draft/{step}" for step in STEPS)
    asked, drafted = address_of(page, str(busy["asked"])), address_of(page, str(busy["drafted"]))
    pages = ("/dossiers", "/account", "/notices", asked, f"{asked}/receipt")
    more = (f"{asked}/supplement", f"{drafted}/confirm", f"{drafted}/withdraw", "/procedures/2.000635/apply")
    assert look(page, (*pages, *more, *wizard, f"{wizard[2]}?check=1"), "citizen") == []


def test_desk_pages(town: People, busy: dict[str, Page | str]) -> None:
    clerk = town.official("tiepnhan")
    clerk.goto("/desk?which=unit")
    clerk.get_by_role("searchbox").fill(str(busy["open"]))
    clerk.get_by_role("button", name="Tìm", exact=True).click()
    task = str(clerk.locator("[data-queue-link]").first.get_attribute("href"))
    dossier = clerk.goto(task) and clerk.locator(".crumbs a").nth(1).get_attribute("href")
    clerk.get_by_role("button", name="Nhận việc").click()
    counter = ("/desk/counter", "/desk/counter/1.001612")
    views = tuple(f"/desk?which={which}" for which in ("mine", "unit", "waiting", "due_soon", "failed_jobs"))
    assert look(clerk, (*views, "/desk/find", "/desk/find?which=withdrawn", task, str(dossier), *counter), "desk") == []


def test_operator_pages(town: People, busy: dict[str, Page | str]) -> None:
    operator = town.official("quantri")
    operator.goto("/system/instances")
    operator.get_by_role("searchbox").fill(str(busy["drafted"]))
    operator.get_by_role("main").get_by_role("button", name="Tìm", exact=True).click()
    operator.wait_for_url(re.compile(r"/system/instances/\w+$"))
    instance = operator.url.removeprefix(town.office.url)
    pages = ("/system/jobs", "/system/jobs?which=all", "/system/instances", instance, "/system/migrations")
    assert look(operator, (*pages, "/system/migrations/new/2.000635"), "system") == []


def test_api_page_shows_its_operations(town: People) -> None:
    page = town.somebody()
    outside: list[str] = []
    page.on("request", lambda request: outside.append(request.url) if town.office.url not in request.url else None)
    page.goto("/api/docs")
    page.locator(".opblock").first.wait_for()
    assert page.locator(".opblock").count() >= 8
    assert outside == []
