"""The Dagster UI in a real headless Chromium: the lineage, a failed check, a materialization."""

import os
import re
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.conftest import COMMAND, ROOT, BrokenRun

pytestmark = [pytest.mark.browser, pytest.mark.slow]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PATIENCE = 120_000
"""Milliseconds that a page may take on a busy machine."""


COLORS_AROUND = """node => {
    const colors = new Set();
    for (let depth = 0; depth < 4 && node; depth++, node = node.parentElement)
        for (const part of [node, ...node.querySelectorAll('*')]) {
            const style = getComputedStyle(part);
            for (const color of [style.color, style.backgroundColor, style.fill])
                if (/^rgb/.test(color) && !/, 0\\)$/.test(color)) colors.add(color);
        }
    return [...colors];
}"""
"""The colours of an element and of what stands around it, icons included."""


def is_red(red: int, green: int, blue: int) -> bool:
    return red > green + 40 and red > blue + 40


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium to test the UI")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(broken_run: BrokenRun, browser: Browser) -> Iterator[str]:
    """A UI, started as a user starts it, on a warehouse whose last run failed a check."""
    warehouse = broken_run.warehouse
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (warehouse.folder / "ui.log").open("w")
    server = subprocess.Popen(
        [*warehouse.command("ui"), "--port", str(port)],
        env=warehouse.environment(),
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _wait_until_served(base, server)
        yield base
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(timeout=60)
        log.close()


def _wait_until_served(base: str, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        assert server.poll() is None, "the UI ended by itself"
        try:
            with urllib.request.urlopen(f"{base}/server_info", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(1)
    raise AssertionError("the UI did not answer within four minutes")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1600, "height": 900})
    page.set_default_timeout(PATIENCE)
    yield page
    page.close()


def test_the_asset_graph_shows_the_whole_way(page: Page, address: str) -> None:
    page.goto(f"{address}/asset-groups")
    stages = ["documents", "articles", "mentions", "staging", "intermediate", "marts", "serving"]
    boxes = {}
    for stage in stages:
        node = page.locator("svg").get_by_text(stage, exact=True).first
        expect(node).to_be_visible(timeout=PATIENCE)
        boxes[stage] = node.bounding_box()
    lefts = [boxes[stage]["x"] for stage in stages]  # type: ignore[index]
    assert lefts == sorted(lefts), "the stages stand from left to right in the order of the data"


def test_the_served_file_leads_back_to_the_raw_folder(page: Page, address: str) -> None:
    page.goto(f"{address}/assets/served_file?view=lineage&lineageScope=upstream&lineageDepth=20")
    for asset in ("raw_folder", "meeting_mentions", "fct_meetings"):
        expect(page.get_by_text(asset, exact=True).first).to_be_visible(timeout=PATIENCE)


def test_a_failed_check_is_red_and_shows_the_rows(page: Page, address: str) -> None:
    page.goto(f"{address}/assets/meeting_mentions?view=checks")
    failed = page.get_by_text(re.compile("^Failed$")).first
    expect(failed).to_be_visible(timeout=PATIENCE)
    colors = failed.evaluate(COLORS_AROUND)
    reds = [c for c in (tuple(map(int, re.findall(r"\d+", color)[:3])) for color in colors) if is_red(*c)]
    assert reds, colors
    page.get_by_text("[Show Markdown]").first.click()
    expect(page.get_by_text("span cuts the stored words out of the article").first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("999990:999999").first).to_be_visible(timeout=PATIENCE)


def test_a_script_in_a_headline_is_not_run(page: Page, address: str) -> None:
    page.goto(f"{address}/assets/articles")
    expect(page.get_by_text("preview", exact=True).first).to_be_visible(timeout=PATIENCE)
    page.wait_for_timeout(3_000)
    folded = page.get_by_text("[Show Markdown]").first
    if folded.is_visible():
        folded.click()
    expect(page.locator("body")).to_contain_text("The ministers met in Oslo.", timeout=PATIENCE)
    assert page.locator("img[src=x]").count() == 0
    assert page.title() not in ("owned", "1")


def test_materializing_from_the_ui_works(page: Page, address: str, broken_run: BrokenRun) -> None:
    served = broken_run.warehouse.served
    before = served.stat().st_mtime_ns
    page.goto(f"{address}/assets/served_file")
    page.get_by_role("button", name="Materialize").first.click()
    deadline = time.monotonic() + 240
    while served.stat().st_mtime_ns == before and time.monotonic() < deadline:
        time.sleep(1)
    assert served.stat().st_mtime_ns > before, "the served file was not made anew"
    page.goto(f"{address}/runs")
    expect(page.get_by_text("Success", exact=True).first).to_be_visible(timeout=PATIENCE)


def test_the_command_of_the_readme_starts_the_schedule_that_the_ui_runs(
    page: Page, address: str, broken_run: BrokenRun
) -> None:
    told = re.search(r"`DAGSTER_HOME=\$PWD/warehouse/dagster (\.venv/bin/dagster schedule start [^`]+)`", README)
    assert told is not None
    dagster, *words = told[1].split()
    command = [str(COMMAND.with_name(Path(dagster).name)), *words]
    home = {"DAGSTER_HOME": str(broken_run.warehouse.folder / "dagster")}
    environment = broken_run.warehouse.environment(**home)
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    page.goto(f"{address}/automation")
    schedule = page.get_by_role("link", name=re.compile("quarter_hourly")).first
    expect(schedule.locator("xpath=following::input[@type='checkbox'][1]")).to_be_checked(timeout=PATIENCE)


def test_the_picture_in_the_readme_is_of_this_lineage(page: Page, address: str) -> None:
    """Takes it anew where COMMUNIQUE_SCREENSHOT names a file; the README's is made so."""
    page.goto(f"{address}/asset-groups")
    expect(page.locator("svg").get_by_text("serving", exact=True).first).to_be_visible(timeout=PATIENCE)
    target = os.environ.get("COMMUNIQUE_SCREENSHOT")
    if target:
        page.wait_for_timeout(3_000)
        page.screenshot(path=target, clip={"x": 555, "y": 395, "width": 1020, "height": 140})
    picture = ROOT / "docs" / "lineage.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert f"({picture.relative_to(ROOT).as_posix()})" in README
