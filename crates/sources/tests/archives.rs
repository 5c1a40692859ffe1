//! What becomes of web archives, good and damaged.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::io::Write as _;

use common::{cpu, gzip, paragraphs, read, read_with, short, write};
use jiff::civil::date;
use readout_sources::{Limits, Options, Rejection, open};
use tempfile::TempDir;

/// A record of an archive.
fn record(kind: &str, uri: &str, media: &str, content: &[u8]) -> Vec<u8> {
    with_length(kind, uri, media, content, &format!("Content-Length: {}\r\n", content.len()))
}

fn with_length(kind: &str, uri: &str, media: &str, content: &[u8], length: &str) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2024-05-02T10:00:00Z\r\n\
         WARC-Target-URI: {uri}\r\nContent-Type: {media}\r\n{length}\r\n"
    );
    [head.as_bytes(), content, b"\r\n\r\n"].concat()
}

const HTTP: &str = "application/http; msgtype=response";

/// An answer with a page whose report begins with `word`.
fn answer(word: &str) -> Vec<u8> {
    let page = format!(
        "<html><head><title>{word}</title></head><body><article><p>{word} agreed.</p>{}</article></body></html>",
        paragraphs(word.len())
    );
    format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}").into_bytes()
}

fn response(word: &str) -> Vec<u8> {
    record("response", &format!("https://example.org/{word}"), HTTP, &answer(word))
}

fn info() -> Vec<u8> {
    record("warcinfo", "", "application/warc-fields", b"software: x\r\n")
}

/// Beginnings of documents and reasons of rejections.
fn told(content: &[u8]) -> Vec<String> {
    short(&read("a.warc", content))
}

#[test]
fn pages_of_an_archive_are_read() {
    let request =
        record("request", "https://example.org/", "application/http; msgtype=request", b"GET / HTTP/1.1\r\n\r\n");
    let all = [
        info(),
        request.clone(),
        response("Peru"),
        record("metadata", "x", "application/warc-fields", b"a: b"),
        response("Chile"),
    ]
    .concat();
    let packed = [info(), request, response("Peru"), response("Chile")].map(gzip).concat();
    for (name, content) in [
        ("a.warc", all.clone()),
        ("a", all.clone()),
        ("a.warc.gz", packed),
        ("b.warc.gz", gzip(&all)),
        ("c.warc.zst", zstd::encode_all(&*all, 1).unwrap()),
    ] {
        let outcomes = read(name, content);
        assert_eq!(short(&outcomes), ["Peru agreed", "Chile agreed"], "{name}");
        let meta = &outcomes[0].as_ref().unwrap().meta;
        assert_eq!(meta.uri.as_deref(), Some("https://example.org/Peru"));
        assert_eq!(meta.title.as_deref(), Some("Peru"));
        assert_eq!(meta.published, None, "the day of fetching is not the day of publication");
    }
}

#[test]
fn records_know_where_they_lie_on_disk() {
    let parts = [info(), response("Peru"), response("Chile")];
    let offsets = |name: &str, content: &[u8]| -> Vec<u64> {
        let folder = TempDir::new().unwrap();
        let input = write(&folder, name, content);
        open([input], &Options::default())
            .map(|raw| raw.unwrap())
            .map(|raw| {
                assert_eq!(raw.fetched.unwrap().to_string(), "2024-05-02T10:00:00Z");
                raw.place.offset.unwrap()
            })
            .collect()
    };
    let at = |sizes: [usize; 2]| vec![sizes[0] as u64, (sizes[0] + sizes[1]) as u64];
    assert_eq!(offsets("a.warc", &parts.concat()), at([parts[0].len(), parts[1].len()]));
    let packed = parts.clone().map(gzip);
    assert_eq!(offsets("a.warc.gz", &packed.concat()), at([packed[0].len(), packed[1].len()]));
    // From its offset on, the file can be read.
    assert_eq!(short(&read("b.warc.gz", &packed.concat()[packed[0].len()..])), ["Peru agreed", "Chile agreed"]);
}

#[test]
fn an_archive_cut_at_every_byte_gives_what_is_whole() {
    let parts = [response("Peru"), response("Chile"), response("Oman")];
    let names = ["Peru agreed", "Chile agreed", "Oman agreed"];
    for (name, parts) in [("a.warc", parts.clone()), ("a.warc.gz", parts.map(gzip))] {
        let whole = parts.concat();
        let folder = TempDir::new().unwrap();
        for cut in 0..=whole.len() {
            let mut ends = 0;
            // The line feeds behind a record are no part of what it says; a gzip member is whole with its last byte.
            let spare = if name == "a.warc" { 4 } else { 0 };
            let intact = parts
                .iter()
                .take_while(|part| {
                    ends += part.len();
                    ends <= cut + spare
                })
                .count();
            let input = write(&folder, name, &whole[..cut]);
            let raws: Vec<Result<_, Rejection>> = open([input], &Options::default()).collect();
            let read: Vec<String> = raws
                .iter()
                .flatten()
                .map(|raw| String::from_utf8_lossy(&format!("{:?}", raw.hash).into_bytes()).into_owned())
                .collect();
            assert_eq!(read.len(), intact, "{name} cut at {cut}: {raws:?}");
            assert!(raws.len() <= intact + 1, "{name} cut at {cut}: {raws:?}");
            if cut == whole.len() {
                assert_eq!(raws.len(), 3);
            }
        }
        assert_eq!(short(&common::read(name, whole)), names);
    }
}

#[test]
fn lengths_that_lie_cost_their_record_alone() {
    let page = answer("Chile");
    let n = page.len();
    let lengths: Vec<String> = [
        "0",
        "1",
        "-1",
        "-9223372036854775808",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "99999999999999999999999",
        "x",
        "",
        "1e3",
        "0x10",
    ]
    .map(|length| format!("Content-Length: {length}\r\n"))
    .into_iter()
    .chain((1..=40).map(|by| format!("Content-Length: {}\r\n", n - by)))
    .chain((1..=40).map(|by| format!("Content-Length: {}\r\n", n + by)))
    .chain([500, 5_000, 50_000, 20 << 20, 900 << 20].map(|by| format!("Content-Length: {}\r\n", n + by)))
    .chain([format!("Content-Length: {n}\r\nContent-Length: {}\r\n", n + 7), String::new()])
    .collect();
    for length in &lengths {
        let lying = with_length("response", "https://example.org/Chile", HTTP, &page, length);
        let parts = [response("Peru"), lying, response("Oman")];
        for (name, content) in [
            ("a.warc", parts.concat()),
            ("a.warc.gz", parts.clone().map(gzip).concat()),
            ("b.warc.gz", gzip(parts.concat())),
        ] {
            let outcomes = short(&read(name, content));
            assert_eq!(outcomes.len(), 3, "{name} {length}: {outcomes:?}");
            assert_eq!((outcomes[0].as_str(), outcomes[2].as_str()), ("Peru agreed", "Oman agreed"), "{name} {length}");
            assert!(outcomes[1].starts_with("damaged archive record"), "{name} {length}: {outcomes:?}");
        }
        let last =
            [response("Peru"), with_length("response", "https://example.org/Chile", HTTP, &page, length)].concat();
        let outcomes = told(&last);
        assert_eq!(outcomes.len(), 2, "{length}: {outcomes:?}");
    }
    let twice = with_length("response", "u", HTTP, &page, &format!("Content-Length: {n}\r\nContent-Length: {n}\r\n"));
    assert_eq!(told(&twice), ["Chile agreed"]);
}

#[test]
fn damaged_gzip_members_cost_their_record_alone() {
    let parts = [response("Peru"), response("Chile"), response("Oman")].map(gzip);
    let outcomes = |middle: &[u8]| short(&read("a.warc.gz", [&parts[0], middle, &parts[2]].concat()));
    let mut crc = parts[1].clone();
    let at = crc.len() - 6;
    crc[at] ^= 1;
    let mut broken = parts[1].clone();
    for byte in &mut broken[100..140] {
        *byte ^= 0x55;
    }
    let header = [&[0x1F, 0x8B, 0x08, 0xFF][..], &parts[1][4..]].concat();
    let bomb =
        gzip([&b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 5\r\n\r\n"[..], &vec![b'x'; 80 << 20]].concat());
    for (what, middle) in
        [("crc", &crc), ("broken", &broken), ("header", &header), ("bomb", &bomb), ("cut", &parts[1][..300].to_vec())]
    {
        let found = outcomes(middle);
        assert_eq!(found.len(), 3, "{what}: {found:?}");
        assert_eq!((found[0].as_str(), found[2].as_str()), ("Peru agreed", "Oman agreed"), "{what}: {found:?}");
    }
    assert_eq!(outcomes(&[0; 100]), ["Peru agreed", "Oman agreed"], "padding");
    assert_eq!(outcomes(&gzip("")), ["Peru agreed", "Oman agreed"], "an empty member");
}

#[test]
fn a_bomb_is_rejected_within_a_second_and_the_next_record_read() {
    // 10 GB in 10 MB: blank pages of 100 MB, each a member of its own.
    let head =
        format!("WARC/1.0\r\nWARC-Type: response\r\nContent-Type: {HTTP}\r\nContent-Length: {}\r\n\r\n", 100 << 20);
    let bomb = gzip([head.as_bytes(), &vec![b' '; 100 << 20]].concat());
    let content = [gzip(response("Peru")), bomb, gzip(response("Oman"))].concat();
    let (outcomes, time) = cpu(|| short(&read("a.warc.gz", content)));
    assert_eq!(outcomes.len(), 3, "{outcomes:?}");
    assert_eq!((outcomes[0].as_str(), outcomes[2].as_str()), ("Peru agreed", "Oman agreed"));
    assert!(time.as_secs_f64() < 1.0, "{time:?}");
}

#[test]
fn other_things_in_an_archive_are_told_apart() {
    let other = |status: &str, media: &str| {
        record("response", "u", HTTP, format!("HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\nx").as_bytes())
    };
    let content = [
        other("404 Not Found", "text/html"),
        other("301 Moved", "text/html"),
        other("200 OK", "image/png"),
        other("200 OK", "text/html"),
        record("response", "dns:x", "text/dns", b"x"),
        record("response", "u", HTTP, b"HTTP/1.1 200 OK"),
    ];
    let outcomes = read("a.warc", content.concat());
    assert_eq!(
        short(&outcomes),
        [
            "the server's answer was 404",
            "the server's answer was 301",
            "not a page: image/png",
            "the page holds no article",
            "not a page: text/dns",
            "broken answer of a web server: its header has no end"
        ]
    );
    let expected: Vec<bool> = outcomes.iter().map(|o| o.as_ref().unwrap_err().reason.expected().is_some()).collect();
    assert_eq!(expected, [true, true, true, true, true, false]);
}

#[test]
fn packed_and_chunked_answers_are_unpacked() {
    let html = String::from_utf8(answer("Peru")).unwrap().split_once("\r\n\r\n").unwrap().1.to_owned();
    let sent = |header: &str, body: &[u8]| {
        let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{header}\r\n");
        record("response", "u", HTTP, &[head.as_bytes(), body].concat())
    };
    let chunked = |body: &[u8]| {
        let mut out = Vec::new();
        for chunk in body.chunks(300) {
            out.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            out.extend_from_slice(chunk);
            out.extend_from_slice(b"\r\n");
        }
        [out, b"0\r\n\r\n".to_vec()].concat()
    };
    let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    zlib.write_all(html.as_bytes()).unwrap();
    let mut raw = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    raw.write_all(html.as_bytes()).unwrap();
    for (header, body) in [
        ("Transfer-Encoding: chunked\r\n", chunked(html.as_bytes())),
        ("Transfer-Encoding: chunked\r\n", html.clone().into_bytes()),
        ("Content-Encoding: gzip\r\n", gzip(&html)),
        ("Content-Encoding: gzip\r\n", html.clone().into_bytes()),
        ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunked(&gzip(&html))),
        ("Content-Encoding: deflate\r\n", zlib.finish().unwrap()),
        ("Content-Encoding: deflate\r\n", raw.finish().unwrap()),
        ("Content-Encoding: zstd\r\n", zstd::encode_all(html.as_bytes(), 1).unwrap()),
        ("Content-Encoding: br\r\n", html.clone().into_bytes()),
    ] {
        assert_eq!(told(&sent(header, &body)), ["Peru agreed"], "{header}");
    }
    let bomb = gzip(vec![b' '; 100 << 20]);
    assert_eq!(told(&sent("Content-Encoding: gzip\r\n", &bomb)), ["the record is longer than 16777216 bytes"]);
    assert_eq!(
        told(&sent("Content-Encoding: gzip\r\n", &gzip(&html)[..200])),
        ["broken answer of a web server: its body is packed and broken"]
    );
    assert_eq!(
        told(&sent("Content-Encoding: br\r\n", b"\x0b\x02\x80")),
        ["broken answer of a web server: its body is packed in a way that is not read"]
    );
}

#[test]
fn text_of_an_archive_is_read() {
    let content = record("conversion", "https://example.org/a", "text/plain", "Köln agreed.\nIt did.".as_bytes());
    let outcomes = read("a.warc.wet.gz", gzip(content));
    let document = outcomes[0].as_ref().unwrap();
    assert_eq!(
        (document.text.as_str(), document.meta.uri.as_deref()),
        ("Köln agreed.\nIt did.", Some("https://example.org/a"))
    );
    let html = answer("Peru").split_off(60);
    assert_eq!(told(&record("resource", "file:///a", "text/html", &html)), ["Peru agreed"]);
}

#[test]
fn a_page_published_after_it_was_fetched_says_something_wrong() {
    let dated = |day: &str| {
        let page = String::from_utf8(answer("Peru"))
            .unwrap()
            .replace("<head>", &format!("<head><meta name=date content={day}>"));
        let outcomes = read("a.warc", record("response", "u", HTTP, page.as_bytes()));
        let document = outcomes.into_iter().next().unwrap().unwrap();
        (document.meta.published, document.problems.len())
    };
    assert_eq!(dated("2024-05-03"), (Some(date(2024, 5, 3)), 0));
    assert_eq!(dated("2024-05-04"), (None, 1));
}

#[test]
fn what_is_too_long_is_rejected_or_passed_over() {
    let limits = Limits { record_bytes: 4_000, ..Limits::default() };
    let options = Options { limits, ..Options::default() };
    let long = |media: &str| {
        record(
            "response",
            "u",
            HTTP,
            format!("HTTP/1.1 200 OK\r\nContent-Type: {media}\r\n\r\n{}", "x".repeat(200_000)).as_bytes(),
        )
    };
    let content = [
        response("Peru"),
        long("text/html"),
        long("video/mp4"),
        record("warcinfo", "", "x", &[b'x'; 100_000]),
        response("Oman"),
    ]
    .concat();
    assert_eq!(
        short(&read_with("a.warc", content, options)),
        ["Peru agreed", "the record is longer than 4000 bytes", "not a page: video/mp4", "Oman agreed"]
    );
}

#[test]
fn hostile_headers_are_bounded() {
    let endless = [b"WARC/1.0\r\n".to_vec(), vec![b'x'; 30 << 20], response("Oman")].concat();
    let many =
        [b"WARC/1.0\r\n".to_vec(), b"A: b\r\n".repeat(1_000_000), b"\r\n\r\n".to_vec(), response("Oman")].concat();
    let noise: Vec<u8> = (0..2_000_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for content in [
        endless,
        many,
        [b"WARC/1.0\r\n\r\n\r\n\r\n".to_vec(), response("Oman")].concat(),
        [noise, b"\r\n\r\n".to_vec(), response("Oman")].concat(),
    ] {
        let (outcomes, time) = cpu(|| short(&read("a.warc", content)));
        assert!(outcomes.len() <= 2 && outcomes[0].starts_with("damaged"), "{outcomes:?}");
        assert!(time.as_secs_f64() < 1.0, "{time:?}");
    }
}

#[test]
fn feeds_of_an_archive_give_their_full_texts() {
    let feed = "<rss><channel><title>Daily</title><item><title>A</title><content:encoded>Peru signed.</content:encoded></item>\
                <item><title>B</title><description>Chile …</description></item>\
                <item><title>C</title><content:encoded>Kenya agreed.</content:encoded></item></channel></rss>";
    let links = "<rss><channel><item><title>B</title><link>https://news.example/b</link></item></channel></rss>";
    let answer = |kind: &str, body: &str| {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
        record("response", "https://news.example/feed", "application/http; msgtype=response", block.as_bytes())
    };
    let archive =
        [answer("application/rss+xml", feed), answer("text/html", feed), answer("application/rss+xml", links)];
    let expect = ["Peru signed", "Kenya agreed", "Peru signed", "Kenya agreed", "not a page: application/rss+xml"];
    assert_eq!(told(&archive.concat()), expect);
}

#[test]
fn what_a_feed_said_of_a_page_fills_what_the_page_does_not_say() {
    let said = "via: https://news.example/feed\r\nfeed-title: Daily\r\ntitle: Talks &amp; more\r\nauthor: Ann\r\npublished: 2019-02-26\r\n";
    let fields = "application/warc-fields";
    let about = |uri: &str, said: &str| record("metadata", uri, fields, said.as_bytes());
    let page = |head: &str| {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<head>{head}</head>{}", paragraphs(0));
        record("response", "https://news.example/1", HTTP, block.as_bytes())
    };
    let own = "<title>Own</title><meta name=author content=Bea><meta property=og:site_name content=Post><meta name=date content=2018-01-02>";
    let future = said.replace("2019", "2999");
    let request = record("request", "https://news.example/1", HTTP, b"GET / HTTP/1.1\r\n\r\n");
    for (records, expect) in [
        (vec![page("")], "-|-|-|-"),
        (vec![about("https://news.example/1", said), page("")], "Talks & more|Ann|2019-02-26|Daily"),
        (vec![request, about("https://news.example/1", said), page("")], "Talks & more|Ann|2019-02-26|Daily"),
        (vec![about("https://news.example/1", said), page(own)], "Own|Bea|2018-01-02|Post"),
        (vec![about("https://news.example/1", &future), page("")], "Talks & more|Ann|-|Daily"),
        (vec![about("https://news.example/2", said), page("")], "-|-|-|-"),
        (vec![about("https://news.example/1", said), response("Oman"), page("")], "-|-|-|-"),
        (vec![record("metadata", "https://news.example/1", "text/plain", said.as_bytes()), page("")], "-|-|-|-"),
    ] {
        let outcomes = read("a.warc", records.concat());
        let meta = &outcomes.last().unwrap().as_ref().unwrap().meta;
        let day = meta.published.map(|day| day.to_string());
        let told = [&meta.title, &meta.author, &day, &meta.publisher].map(|part| part.as_deref().unwrap_or("-"));
        assert_eq!(told.join("|"), expect);
    }
}
