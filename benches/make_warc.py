#!/usr/bin/env python3
"""Write a web archive of pages to test volume with: `make_warc.py OUT.warc.gz PAGES [SHARE]`.

Pages are made of the sentences of `specs/` and `training/relations/written` (all written for this project), with the markup,
metadata and furniture that news pages have. A share of them (by default one in ten) is hostile: cut, empty, deep, wrongly
encoded, wrongly packed, not HTML. The same arguments give the same bytes.
"""
import gzip
import json
import random
import re
import sys
import uuid
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OUTLETS = ["Harbour Post", "The Northern Ledger", "Valley Courier", "Daily Meridian", "Plains Herald"]


def sentences():
    """All sentences written for the project, in order."""
    found = []
    for spec in sorted((ROOT / "specs").glob("*.md")):
        for fence in re.findall(r"```spec[^\n]*\n(.*?)```", spec.read_text(encoding="utf-8"), re.S):
            for case in fence.split("\n\n"):
                text = " ".join(line for line in case.splitlines() if not re.match(r'^[=~"¶.]', line))
                if 30 < len(text) < 400 and text.endswith("."):
                    found.append(text)
    for path in sorted((ROOT / "training/relations/written").rglob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            text = re.sub(r"[\[\]<>{}]", "", line.split("\t")[-1]).strip()
            if 30 < len(text) < 400 and text.endswith("."):
                found.append(text)
    return found


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def page(rng, n, pool):
    """The URL and the HTML of a news page."""
    outlet = OUTLETS[n % len(OUTLETS)]
    day = f"2019-{1 + n % 12:02}-{1 + n % 28:02}"
    paragraphs = [" ".join(rng.sample(pool, rng.randint(1, 2))) for _ in range(rng.randint(3, 5))]
    title = rng.choice(pool).rstrip(".")
    about = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": title,
             "datePublished": f"{day}T0{n % 10}:15:00Z", "author": {"@type": "Person", "name": f"Reporter {n % 40}"},
             "publisher": {"@type": "Organization", "name": outlet}}
    body = "\n".join(f"<p>{escape(p)}</p>" for p in paragraphs)
    html = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} | {outlet}</title>
<script type="application/ld+json">{json.dumps(about)}</script><style>p {{ margin: 1em }}</style></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/world">World</a></li></ul></nav>
<article><h1>{escape(title)}</h1><p class="byline">By Reporter {n % 40}</p>
{body}
</article><aside><a href="/other">Read more: another report</a></aside>
<footer>Copyright {outlet}. Subscribe to our newsletter.</footer></body></html>"""
    host = outlet.lower().replace(" ", "-")
    return f"https://{host}.example/news/{n}.html", html


def hostile(rng, n, html):
    """A response that something is wrong with: head and body."""
    kind = n // 10 % 12
    plain = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
    data = html.encode()
    if kind == 0:
        return plain, data[: rng.randint(0, len(data))]
    if kind == 1:
        return plain, b""
    if kind == 2:
        return plain, b"<html><body>" + b"<div>" * 100_000 + data
    if kind == 3:
        return plain, b"<p " + b" ".join(b"a%d=1" % i for i in range(50_000)) + b">" + data
    if kind == 4:
        return plain, bytes(rng.randrange(256) for _ in range(3_000))
    if kind == 5:
        return plain + b"Content-Encoding: gzip\r\n", gzip.compress(data, mtime=0)[:-20]
    if kind == 6:
        return plain + b"Content-Encoding: gzip\r\n", gzip.compress(b" " * 30_000_000, mtime=0)
    if kind == 7:
        return plain + b"Transfer-Encoding: chunked\r\n", b"zz\r\n" + data
    if kind == 8:
        return b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n", data
    if kind == 9:
        return b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n", b"\x89PNG\r\n" + data
    if kind == 10:
        return plain, data.replace(b"charset=\"utf-8\"", b"charset=\"utf-16\"")
    return plain, data.replace(b"<p>", b"<table><tr><td><li><b><i>").replace(b"</p>", b"")


def record(kind, url, n, block, content):
    head = (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{uuid.UUID(int=n)}>\r\n"
            f"WARC-Date: 2019-12-{1 + n % 28:02}T00:00:00Z\r\n")
    head += f"WARC-Target-URI: {url}\r\n" if url else ""
    head += f"Content-Type: {content}\r\nContent-Length: {len(block)}\r\n\r\n"
    return gzip.compress(head.encode() + block + b"\r\n\r\n", compresslevel=6, mtime=0)


def main():
    out, pages = Path(sys.argv[1]), int(sys.argv[2])
    share = float(sys.argv[3]) if len(sys.argv) > 3 else 0.1
    rng, pool = random.Random(20), sentences()
    every = round(1 / share) if share else pages + 1
    with open(out, "wb") as warc:
        warc.write(record("warcinfo", "", 0, b"software: made for a test\r\n", "application/warc-fields"))
        for n in range(pages):
            url, html = page(rng, n, pool)
            if n % every == every - 1:
                head, body = hostile(rng, n, html)
            else:
                head, body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n", html.encode()
            block = head + f"Content-Length: {len(body)}\r\n\r\n".encode() + body
            request = f"GET {url} HTTP/1.1\r\n\r\n".encode()
            warc.write(record("request", url, 2 * n + 1, request, "application/http; msgtype=request"))
            warc.write(record("response", url, 2 * n + 2, block, "application/http; msgtype=response"))


if __name__ == "__main__":
    main()
