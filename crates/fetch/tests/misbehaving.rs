//! Servers that misbehave: every good document is kept, each bad one has one told outcome, and no address is reached that
//! is not public or allowed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::net::TcpListener;
use std::time::{Duration, Instant};

use readout_fetch::{Limits, Options, Outcome, Summary, feeds, fetch};
use support::{Server, answer, gzip, kept, rss, slowly};
use tempfile::TempDir;

/// Small limits, so that the tests are quick.
fn options() -> Options {
    let limits = Limits {
        head_seconds: 1,
        answer_seconds: 2,
        body_bytes: 1 << 20,
        delay_millis: 0,
        connections: 4,
        ..Limits::default()
    };
    Options { limits, allowed: vec!["127.0.0.1".parse().unwrap()], ..Options::default() }
}

/// Runs, and gives what was told: all of it, sorted, one line each.
fn run(urls: &[String], archive: &TempDir, options: &Options) -> (Summary, Vec<String>) {
    let list = feeds(urls, 1000).unwrap();
    let mut told = Vec::new();
    let summary = fetch(&list, archive.path(), options, &mut |t| {
        let what = match t.outcome {
            Outcome::Failed(failure) => format!("failed: {failure}"),
            other => format!("{other:?}"),
        };
        told.push(format!("{} {what}", t.url));
    });
    told.sort();
    (summary.unwrap(), told)
}

const HTML: &[u8] = b"<html><head><title>News</title></head><body><p>Peru and Chile signed a treaty.</p></body></html>";

#[test]
fn every_good_page_is_kept_and_each_bad_one_told_once() {
    let server = Server::start();
    let start = Instant::now();
    let html = "text/html; charset=utf-8";
    let mut expect: BTreeMap<&str, &str> = BTreeMap::new();
    let mut good = Vec::new();

    for path in ["/good-1", "/good-2"] {
        server.give(path, html, HTML);
        good.push(path);
    }
    server.on("/gzipped", move |_, out| {
        answer(out, 200, &[("Content-Type", html), ("Content-Encoding", "gzip")], &gzip(HTML))
    });
    good.push("/gzipped");
    server.on("/chunked", |_, out| {
        let _ = out
            .write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Ab\r\n6\r\nc.</p>\r\n0\r\n\r\n");
    });
    good.push("/chunked");
    server.on("/moved", |_, out| answer(out, 301, &[("Location", "/moved-here")], b""));
    server.give("/moved-here", html, HTML);

    server.on("/slow-head", |_, out| {
        let head = b"HTTP/1.1 200 OK\r\nX-Slow: ".iter().copied().chain(std::iter::repeat_n(b'x', 1000));
        slowly(out, head.map(|b| vec![b]), Duration::from_millis(50));
    });
    expect.insert("/slow-head", "failed: too slow: no answer in time");
    server.on("/silent", |_, _| std::thread::sleep(Duration::from_secs(3)));
    expect.insert("/silent", "failed: too slow: no answer in time");
    server.on("/drip", |_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
        slowly(out, std::iter::repeat_n(b"x".to_vec(), 1000), Duration::from_millis(50));
    });
    expect.insert("/drip", "failed: too slow: the answer did not end in time");
    server.on("/endless", |_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n");
        slowly(out, std::iter::repeat_n(vec![b'x'; 1 << 16], 1 << 20), Duration::ZERO);
    });
    expect.insert("/endless", "failed: the answer is longer than 1048576 bytes");
    server.on("/endless-head", |_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\n");
        slowly(out, std::iter::repeat_n(b"X-Field: value\r\n".repeat(100), 1 << 20), Duration::ZERO);
    });
    server.on("/long-field", |_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\nX-Long: ");
        slowly(out, std::iter::repeat_n(vec![b'x'; 1000], 1 << 20), Duration::ZERO);
    });
    expect.insert("/long-field", "failed: the answer is not HTTP: its head is longer than 65536 bytes");
    expect.insert("/endless-head", "failed: the answer is not HTTP: ");
    server.on("/loop", |_, out| answer(out, 302, &[("Location", "/loop")], b""));
    expect.insert("/loop", "failed: more than 5 redirects");
    server.on("/to-file", |_, out| answer(out, 302, &[("Location", "file:///etc/passwd")], b""));
    expect.insert("/to-file", "failed: `file:` is not fetched, only http and https are");
    server.on("/to-nowhere", |_, out| answer(out, 302, &[], b""));
    expect.insert("/to-nowhere", "failed: a redirect without an address");
    server.give("/image", "image/png", b"\x89PNG".as_slice());
    expect.insert("/image", "failed: the answer is of type `image/png`");
    server.on("/bomb", |_, out| {
        answer(out, 200, &[("Content-Encoding", "gzip")], &gzip(&vec![b' '; 100 << 20]));
    });
    expect.insert("/bomb", "failed: the answer unpacks to more than 1048576 bytes");
    server.on("/not-gzip", |_, out| answer(out, 200, &[("Content-Encoding", "gzip")], b"<p>plain</p>"));
    expect.insert("/not-gzip", "failed: broken gzip data: invalid gzip header");
    server.on("/brotli", |_, out| answer(out, 200, &[("Content-Encoding", "br")], b"xx"));
    expect.insert("/brotli", "failed: the answer is encoded as `br`");
    server.on("/gone", |_, out| answer(out, 410, &[], b""));
    expect.insert("/gone", "failed: the server answers 410");
    server.on("/broken", |_, out| answer(out, 500, &[], b"oops"));
    expect.insert("/broken", "failed: the server answers 500");
    server.on("/short", |_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<p>Not all");
    });
    expect.insert("/short", "failed: the answer was cut off: ");
    server.on("/bad-length", |_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<p>x</p>");
    });
    expect.insert("/bad-length", "failed: the answer is not HTTP: ");
    server.on("/bad-chunks", |_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n<p>x</p>\r\n0\r\n\r\n");
    });
    expect.insert("/bad-chunks", "failed: the answer is not HTTP: ");
    server.on("/cut-chunks", |_, out| {
        let _ = out.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>Ab\r\n");
    });
    expect.insert("/cut-chunks", "failed: the answer was cut off: ");
    server.on("/not-http", |_, out| {
        let _ = out.write_all(b"SSH-2.0-OpenSSH_9.6\r\n\r\n");
    });
    expect.insert("/not-http", "failed: the answer is not HTTP: ");
    server.on("/hang-up", |_, _| {});
    expect.insert("/hang-up", "failed: the answer was cut off: ");

    let bad: Vec<&str> = expect.keys().copied().collect();
    let links: Vec<String> = good.iter().chain(&["/moved"]).chain(&bad).map(|p| server.url(p)).collect();
    server.give("/feed", "application/rss+xml", rss(&links));
    let archive = TempDir::new().unwrap();
    let (summary, told) = run(&[server.url("/feed")], &archive, &options());

    for (path, what) in &expect {
        let of_it: Vec<&String> = told.iter().filter(|t| t.starts_with(&format!("{} ", server.url(path)))).collect();
        assert!(of_it.len() == 1 && of_it[0].contains(what), "{path}: expected {what}, told {of_it:?}");
    }
    assert_eq!(told.len(), links.len() + 1, "one outcome each: {told:#?}");
    let mut should: Vec<String> = good.iter().chain(&["/moved-here", "/feed"]).map(|p| server.url(p)).collect();
    should.sort();
    assert_eq!(kept(archive.path()), should);
    assert_eq!((summary.pages, summary.feeds), (good.len() + 1, 1));
    assert!(summary.is_partial());
    assert!(start.elapsed() < Duration::from_secs(40), "{:?}", start.elapsed());
}

#[test]
fn every_good_feed_is_kept_and_each_bad_one_told_once() {
    let server = Server::start();
    let xml = "application/rss+xml";
    server.give("/good", xml, rss(&[]));
    server.give(
        "/latin",
        "text/xml; charset=iso-8859-1",
        b"<rss><channel><item><title>Z\xfcrich</title><description>x</description></item></channel></rss>".as_slice(),
    );
    server.give(
        "/wrong-bytes",
        xml,
        "<?xml version='1.0' encoding='utf-8'?><rss><channel><title>Zürich, Köln "
            .as_bytes()
            .iter()
            .chain(b"\xff</title></channel></rss>")
            .copied()
            .collect::<Vec<u8>>(),
    );
    server.give("/html", "text/html", HTML);
    server.give("/empty", xml, "");
    server.give("/broken", xml, "<rss><channel><item><title>x</item></channel></rss>");
    let half = rss(&[server.url("/page")]).replace("</channel></rss>", "<item><title>Cut of");
    server.give("/half", xml, half);
    server.give("/page", "text/html", HTML);
    server.give("/deep", xml, format!("<rss><channel><item>{}", "<media:content>".repeat(50_000)));
    let laughs =
        (1..10).map(|n| format!("<!ENTITY l{n} \"{}\">", format!("&l{};", n - 1).repeat(10))).collect::<String>();
    server.give(
        "/laughs",
        xml,
        format!("<!DOCTYPE rss [<!ENTITY l0 \"ha\">{laughs}]><rss><channel><title>&l9;</title></channel></rss>"),
    );
    server.on("/busy", |_, out| answer(out, 404, &[], b""));
    let paths = ["/good", "/latin", "/wrong-bytes", "/html", "/empty", "/broken", "/half", "/deep", "/laughs", "/busy"];
    let archive = TempDir::new().unwrap();
    let urls: Vec<String> = paths.iter().map(|p| server.url(p)).collect();
    let (summary, told) = run(&urls, &archive, &options());
    let expect = [
        ("/broken", "failed: broken XML at byte"),
        ("/busy", "failed: the server answers 404"),
        ("/deep", "failed: elements lie more than 256 deep"),
        ("/empty", "failed: it is empty"),
        ("/good", "Feed { entries: 0, new: 0 }"),
        ("/half", "Broken(Xml"),
        ("/half", "Feed { entries: 1, new: 1 }"),
        ("/html", "failed: not a feed: an HTML page"),
        ("/latin", "Feed { entries: 1, new: 1 }"),
        ("/latin", "NoLink"),
        ("/laughs", "Feed { entries: 0, new: 0 }"),
        ("/laughs", "Problem(\"it declares entities of its own"),
        ("/page", "Page"),
        ("/wrong-bytes", "Feed { entries: 0, new: 0 }"),
        ("/wrong-bytes", "Problem(\"not all of its bytes are UTF-8"),
    ];
    assert_eq!(told.len(), expect.len(), "{told:#?}");
    for ((path, what), told) in expect.iter().zip(&told) {
        assert!(told.starts_with(&format!("{} {what}", server.url(path))), "{path} {what}: {told}");
    }
    let mut should: Vec<String> =
        ["/good", "/half", "/latin", "/laughs", "/page", "/wrong-bytes"].map(|p| server.url(p)).to_vec();
    should.sort();
    assert_eq!(kept(archive.path()), should);
    assert_eq!((summary.feeds, summary.feeds_failed, summary.broken), (5, 5, 1));
}

/// A listener that must never hear anything.
fn canary(address: &str) -> TcpListener {
    let listener = TcpListener::bind((address, 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    listener
}

fn is_silent(canary: &TcpListener) -> bool {
    std::thread::sleep(Duration::from_millis(50));
    canary.accept().is_err_and(|e| e.kind() == ErrorKind::WouldBlock)
}

#[test]
fn no_private_address_is_reached_in_any_notation() {
    let canary = canary("127.0.0.1");
    let port = canary.local_addr().unwrap().port();
    let hosts = [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "017700000001",
        "localhost",
        "LOCALHOST.",
        "127.0.0.1.",
        "0.0.0.0",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[0:0:0:0:0:ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "[::]",
        "10.0.0.1",
        "192.168.0.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "[fe80::1]",
        "[fc00::1]",
        "224.0.0.1",
        "[ff02::1]",
        "255.255.255.255",
        "%31%32%37.0.0.1",
        "①②⑦.0.0.1",
    ];
    let urls: Vec<String> = hosts.iter().map(|host| format!("http://{host}:{port}/feed")).collect();
    let archive = TempDir::new().unwrap();
    let (_, told) = run(&urls, &archive, &Options { allowed: Vec::new(), ..options() });
    let refused = |t: &&String| t.contains("is not a public address") || t.contains("no host of this name is known");
    assert!(told.iter().all(|t| refused(&t)), "{told:#?}");
    assert!(is_silent(&canary));
    assert!(kept(archive.path()).is_empty());
}

#[test]
fn no_redirect_and_no_link_leads_to_a_private_address() {
    // 127.0.0.1 is allowed here, 127.0.0.2 is not.
    let (server, canary) = (Server::start(), canary("127.0.0.2"));
    let private = format!("http://{}/", canary.local_addr().unwrap());
    let to = private.clone();
    server.on("/redirect", move |_, out| answer(out, 302, &[("Location", &to)], b""));
    let to = private.clone();
    server.on("/feed-redirect", move |_, out| answer(out, 301, &[("Location", &to)], b""));
    let links = [
        server.url("/redirect"),
        private.clone(),
        private.replace("127.0.0.2", "[::ffff:127.0.0.2]"),
        "file:///etc/passwd".to_owned(),
    ];
    server.give("/feed", "text/xml", rss(&links));
    let robots = Server::start();
    robots.on("/robots.txt", move |_, out| answer(out, 301, &[("Location", &private)], b""));
    let archive = TempDir::new().unwrap();
    let urls = [server.url("/feed"), server.url("/feed-redirect"), robots.url("/feed")];
    let (summary, told) = run(&urls, &archive, &options());
    assert_eq!(told.iter().filter(|t| t.contains("is not a public address")).count(), 5, "{told:#?}");
    assert_eq!(told.iter().filter(|t| t.contains("`file:` is not fetched")).count(), 1, "{told:#?}");
    assert_eq!((summary.pages, summary.pages_failed, summary.feeds_failed), (0, 4, 2));
    assert!(is_silent(&canary));
}

#[test]
fn the_canary_hears_what_is_allowed() {
    let server = Server::start();
    server.give("/feed", "text/xml", rss(&[]));
    let archive = TempDir::new().unwrap();
    let (summary, _) = run(&[server.url("/feed")], &archive, &options());
    assert_eq!((summary.feeds, server.asked()), (1, vec!["/robots.txt".to_owned(), "/feed".to_owned()]));
}
