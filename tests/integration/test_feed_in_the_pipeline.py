"""Feeds in the whole way: polled by a run, new entries become articles, a dead feed is told and stops nothing."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Warehouse

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Fjord News</title><link>http://fjord.example/</link>
<item><title>Nordic ministers meet</title><link>http://fjord.example/1</link><guid>http://fjord.example/1</guid>
<pubDate>Wed, 03 May 2023 10:00:00 +0200</pubDate>
<description>&lt;p&gt;The foreign ministers of Norway and Sweden met in Oslo on Wednesday. Norway called on Sweden
to open the railway.&lt;/p&gt;</description></item></channel></rss>
"""


class Server(http.server.BaseHTTPRequestHandler):
    """Answers for the feed, and 404 for robots.txt and all else."""

    def do_GET(self) -> None:
        found = self.path == "/feed.xml"
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.end_headers()
        if found:
            self.wfile.write(FEED.encode())

    def log_message(self, *_: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def server() -> Iterator[int]:
    httpd = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=httpd.serve_forever, daemon=True).start()
    yield httpd.server_address[1]
    httpd.shutdown()


@pytest.mark.slow
def test_a_living_feed_brings_articles_and_a_dead_one_is_told(server: int, tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "sources.yaml").write_text(
        f"""
feeds:
  - name: fjord
    address: http://127.0.0.1:{server}/feed.xml
    publisher: Fjord News
  - name: gone
    address: http://127.0.0.1:{server}/gone.xml
""",
        encoding="utf-8",
    )
    warehouse = Warehouse(raw, tmp_path / "warehouse")
    done = warehouse.run(COMMUNIQUE_ALLOW_LOOPBACK="true")
    assert done.returncode == 0, done.stdout + done.stderr
    assert warehouse.query("SELECT publisher, headline, url FROM dim_articles") == [
        ("Fjord News", "Nordic ministers meet", "http://fjord.example/1")
    ]
    assert warehouse.query("SELECT list_sort(parties), place FROM fct_meetings") == [(["NOR", "SWE"], "Oslo")]
    rows = warehouse.query("SELECT feed_name, last_status, last_reason FROM dim_feeds ORDER BY feed_name")
    assert [(name, status) for name, status, _ in rows] == [("fjord", "new"), ("gone", "failed")]
    assert "404" in rows[1][2]
