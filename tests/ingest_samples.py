"""Small made-up inputs of each kind, for the tests of ingestion and its fuzzing.

Does not belong here: samples that a user sees (raw/samples).
"""

import io

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

TEXT = "The foreign ministers of Norway and Kenya met in Nairobi and agreed to open talks on fisheries next spring."
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ministers meet | Wire</title>
<link rel="canonical" href="https://wire.example/news/1">
<meta property="og:site_name" content="Wire">
<meta property="article:published_time" content="2023-04-14T09:30:00+03:00">
<meta name="author" content="By Ana Lima and Bo Berg">
<meta property="article:section" content="World"></head><body>
<nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Ministers meet</h1><p>{TEXT}</p><p>They said {TEXT[:1].lower()}{TEXT[1:]}</p>
<p>Read more: Another story</p>
<figure><img src="a.jpg"><figcaption>Ministers at a table. Photo: Wire</figcaption></figure><p>{TEXT}</p></article>
<footer>© Wire. All rights reserved. Privacy policy</footer></body></html>"""


def warc(*pages: tuple[str, str, bytes], is_packed: bool = True) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=is_packed)
    for url, content_type, content in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", content_type)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=headers)
        )
    return out.getvalue()


def pdf(lines: list[str], title: str = "") -> bytes:
    """A PDF of one page, written by hand."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 800 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 850] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) /CreationDate (D:20230414093000+03'00') >>".encode(),
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF" % table


def rss(*entries: tuple[str, str, str]) -> bytes:
    """A feed of entries given as headline, link, text."""
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>Fri, 14 Apr 2023 09:30:00 +0500</pubDate><description><![CDATA[{text}]]></description></item>"
        for title, link, text in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>'.encode()
