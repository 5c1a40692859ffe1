//! Polite, once, and durable: what servers see over several runs, and what the archive holds then.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::time::{Duration, Instant};

use readout_fetch::{FetchError, Limits, Options, Outcome, STATE_FILE, Summary, feeds, fetch};
use support::{Server, answer, kept, records, rss};
use tempfile::TempDir;

fn options() -> Options {
    let limits = Limits { delay_millis: 0, ..Limits::default() };
    Options { limits, allowed: vec!["127.0.0.1".parse().unwrap()], ..Options::default() }
}

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
    (summary.unwrap(), told)
}

/// How often a target was asked for.
fn times(server: &Server, target: &str) -> usize {
    server.asked().iter().filter(|t| *t == target).count()
}

#[test]
fn a_feed_is_asked_for_on_condition_and_a_page_once_ever() {
    let server = Server::start();
    let (feed, links) = (rss(&[server.url("/1"), server.url("/2#part")]), rss(&[server.url("/2"), server.url("/3")]));
    server.on("/feed", move |request, out| {
        let known = request.fields.get("if-none-match").map(String::as_str) == Some("\"a\"");
        assert_eq!(
            known,
            request.fields.get("if-modified-since").map(String::as_str) == Some("Tue, 26 Feb 2019 10:00:00 GMT")
        );
        match known {
            true => answer(out, 304, &[], b""),
            false => answer(
                out,
                200,
                &[("ETag", "\"a\""), ("Last-Modified", "Tue, 26 Feb 2019 10:00:00 GMT")],
                feed.as_bytes(),
            ),
        }
    });
    for page in ["/1", "/2", "/3"] {
        server.give(page, "text/html", format!("<p>Page {page}.</p>"));
    }
    let archive = TempDir::new().unwrap();
    let (first, _) = run(&[server.url("/feed")], &archive, &options());
    assert_eq!((first.feeds, first.pages, first.is_partial()), (1, 2, false));
    let (second, told) = run(&[server.url("/feed")], &archive, &options());
    assert_eq!((second.unchanged, second.pages, second.file), (1, 0, None), "{told:?}");
    // Another feed that carries a page of the first: the page is not fetched again, nor is robots.txt.
    server.give("/other", "text/xml", links);
    let (third, _) = run(&[server.url("/feed"), server.url("/other"), server.url("/other")], &archive, &options());
    assert_eq!((third.feeds, third.pages), (1, 1));
    for (target, expect) in [("/feed", 3), ("/other", 1), ("/1", 1), ("/2", 1), ("/3", 1), ("/robots.txt", 1)] {
        assert_eq!(times(&server, target), expect, "{target}");
    }
    let urls = ["/1", "/2", "/3", "/feed", "/other"].map(|p| server.url(p));
    assert_eq!(kept(archive.path()), urls);
    let (fourth, _) = run(&[server.url("/other")], &archive, &options());
    assert_eq!((fourth.unchanged, fourth.file), (1, None), "the same bytes are not kept twice");
}

#[test]
fn robots_are_obeyed() {
    let server = Server::start();
    server.give("/robots.txt", "text/plain", "User-agent: *\nDisallow: /private\nAllow: /private/open\n");
    server.give(
        "/feed",
        "text/xml",
        rss(&[server.url("/private/1"), server.url("/private/open/2"), server.url("/to-private")]),
    );
    server.give("/private/1", "text/html", "<p>x</p>");
    server.give("/private/open/2", "text/html", "<p>x</p>");
    server.on("/to-private", |_, out| answer(out, 302, &[("Location", "/private/1")], b""));
    let archive = TempDir::new().unwrap();
    let (summary, told) = run(&[server.url("/feed")], &archive, &options());
    assert_eq!((summary.pages, summary.pages_failed, times(&server, "/private/1")), (1, 2, 0));
    assert_eq!(told.iter().filter(|t| t.contains("robots.txt does not allow it")).count(), 2, "{told:?}");
    // What robots may do is not known: nothing is asked.
    let closed = Server::start();
    closed.on("/robots.txt", |_, out| answer(out, 503, &[], b""));
    closed.give("/feed", "text/xml", rss(&[]));
    let (summary, told) = run(&[closed.url("/feed")], &archive, &options());
    assert_eq!((summary.feeds_failed, times(&closed, "/feed")), (1, 0), "{told:?}");
    // There are no rules: all may be asked.
    for status in [401, 403, 404] {
        let open = Server::start();
        open.on("/robots.txt", move |_, out| answer(out, status, &[], b""));
        open.give("/feed", "text/xml", rss(&[]));
        assert_eq!(run(&[open.url("/feed")], &archive, &options()).0.feeds, 1);
    }
}

#[test]
fn a_host_that_asks_to_wait_is_left_alone() {
    let server = Server::start();
    server.give("/feed", "text/xml", rss(&[server.url("/busy"), server.url("/next")]));
    server.on("/busy", |_, out| answer(out, 429, &[("Retry-After", "3600")], b""));
    server.give("/next", "text/html", "<p>x</p>");
    let archive = TempDir::new().unwrap();
    let (summary, told) = run(&[server.url("/feed")], &archive, &options());
    assert_eq!((summary.pages, summary.put_off, times(&server, "/next")), (0, 2, 0), "{told:?}");
    // The next run asks this host for nothing, and puts nothing off twice.
    let asked = server.asked().len();
    let (summary, told) = run(&[server.url("/feed")], &archive, &options());
    assert_eq!((server.asked().len(), summary.not_due, summary.is_partial()), (asked, 1, false), "{told:?}");
    // An hour later all is well.
    let past = |text: &str| {
        let mut state: serde_json::Value = serde_json::from_str(text).unwrap();
        state["hosts"] = serde_json::json!({});
        for part in ["waiting", "feeds"] {
            for (_, one) in state[part].as_object_mut().unwrap() {
                one.as_object_mut().unwrap().remove("until");
                one.as_object_mut().unwrap().remove("pause");
            }
        }
        state.to_string()
    };
    let path = archive.path().join(STATE_FILE);
    fs::write(&path, past(&fs::read_to_string(&path).unwrap())).unwrap();
    server.give("/busy", "text/html", "<p>x</p>");
    let (summary, told) = run(&[server.url("/feed")], &archive, &options());
    assert_eq!((summary.pages, summary.is_partial()), (2, false), "{told:?}");
}

#[test]
fn a_feed_that_fails_is_left_alone_for_a_while_and_a_page_tried_again() {
    let server = Server::start();
    server.on("/bad", |_, out| answer(out, 500, &[], b""));
    server.give("/feed", "text/xml", rss(&[server.url("/page")]));
    server.on("/page", |_, out| answer(out, 502, &[], b""));
    let archive = TempDir::new().unwrap();
    let eager = Options { limits: Limits { back_off_minutes: 0, ..options().limits }, ..options() };
    let (summary, _) = run(&[server.url("/bad"), server.url("/feed")], &archive, &options());
    assert_eq!((summary.feeds_failed, summary.put_off), (1, 1));
    let (summary, told) = run(&[server.url("/bad"), server.url("/feed")], &archive, &options());
    assert_eq!((summary.not_due, times(&server, "/bad"), times(&server, "/page")), (1, 1, 1), "{told:?}");
    let archive = TempDir::new().unwrap();
    for expect in [(0, 1), (0, 1), (1, 0), (0, 0)] {
        let (summary, told) = run(&[server.url("/feed")], &archive, &eager);
        assert_eq!((summary.pages_failed, summary.put_off), expect, "given up after three runs: {told:?}");
    }
    assert_eq!(times(&server, "/page"), 4);
}

#[test]
fn one_host_is_asked_with_pauses() {
    let server = Server::start();
    let links: Vec<String> = (0..4).map(|n| server.url(&format!("/{n}"))).collect();
    server.give("/feed", "text/xml", rss(&links));
    let archive = TempDir::new().unwrap();
    let start = Instant::now();
    let limits = Limits { delay_millis: 100, ..Limits::default() };
    let (_, told) = run(&[server.url("/feed")], &archive, &Options { limits, ..options() });
    assert_eq!(told.len(), 5);
    assert!(start.elapsed() >= Duration::from_millis(500), "{:?}", start.elapsed());
    // A host may ask for longer ones.
    let slow = Server::start();
    slow.give("/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 0.3\n");
    slow.give("/feed", "text/xml", rss(&[slow.url("/1")]));
    let start = Instant::now();
    run(&[slow.url("/feed")], &archive, &options());
    assert!(start.elapsed() >= Duration::from_millis(600), "{:?}", start.elapsed());
}

#[test]
fn feeds_that_carry_the_text_need_no_pages() {
    let server = Server::start();
    let feed = rss(&[server.url("/1")])
        .replace("</item>", "<content:encoded>&lt;p&gt;Peru and Chile signed.&lt;/p&gt;</content:encoded></item>");
    server.give("/full", "text/xml", feed);
    server.give("/links", "text/xml", rss(&[server.url("/2")]));
    server.give("/2", "text/html", "<p>x</p>");
    let archive = TempDir::new().unwrap();
    let only = Options { feeds_only: true, ..options() };
    let (summary, _) = run(&[server.url("/full"), server.url("/links")], &archive, &only);
    assert_eq!((summary.feeds, summary.pages, times(&server, "/2")), (2, 0, 0));
    let (summary, _) = run(&[server.url("/full"), server.url("/links")], &archive, &options());
    assert_eq!((summary.full_texts, summary.pages, times(&server, "/1"), times(&server, "/2")), (1, 1, 0, 1));
}

#[test]
fn limits_of_a_run_leave_the_rest_to_the_next() {
    let server = Server::start();
    let links: Vec<String> = (0..6).map(|n| server.url(&format!("/{n}"))).collect();
    links.iter().enumerate().for_each(|(n, _)| server.give(&format!("/{n}"), "text/html", "<p>x</p>"));
    server.give("/feed", "text/xml", rss(&links));
    let archive = TempDir::new().unwrap();
    let few = Options { limits: Limits { pages_a_feed: 2, ..options().limits }, ..options() };
    let (summary, told) = run(&[server.url("/feed")], &archive, &few);
    assert_eq!((summary.pages, summary.put_off), (2, 4), "{told:?}");
    let none = Options { limits: Limits { run_minutes: 0, ..options().limits }, ..options() };
    let (summary, told) = run(&[server.url("/feed")], &archive, &none);
    assert!(summary.put_off > 0 && told.iter().any(|t| t.contains("run_minutes")), "{told:?}");
    let (summary, _) = run(&[server.url("/feed")], &archive, &options());
    assert!(!summary.is_partial());
    assert_eq!(kept(archive.path()).iter().filter(|u| links.contains(u)).count(), 6);
}

#[test]
fn records_of_the_archive_are_whole() {
    let server = Server::start();
    let body = "<html><p>Peru and Chile signed a treaty.</p></html>";
    server.on("/page", move |_, out| {
        let body = support::gzip(body.as_bytes());
        answer(out, 200, &[("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")], &body);
    });
    server.give("/feed", "text/xml", rss(&[server.url("/page")]));
    let archive = TempDir::new().unwrap();
    let (summary, _) = run(&[server.url("/feed")], &archive, &options());
    let all = records(archive.path());
    let kinds: Vec<&str> = all.iter().map(|r| r.field("WARC-Type")).collect();
    assert_eq!(kinds, ["warcinfo", "request", "response", "request", "metadata", "response"]);
    let ids: BTreeSet<&str> = all.iter().map(|r| r.field("WARC-Record-ID")).collect();
    assert_eq!(ids.len(), all.len());
    assert!(ids.iter().all(|id| id.len() == "<urn:uuid:>".len() + 36), "{ids:?}");
    let response = &all[5];
    assert_eq!(response.field("WARC-Target-URI"), server.url("/page"));
    assert_eq!(response.payload(), body.as_bytes());
    let head = String::from_utf8(response.block.clone()).unwrap();
    assert!(head.starts_with("HTTP/1.1 200 \r\n") && head.contains(&format!("\r\nContent-Length: {}\r\n", body.len())));
    assert!(head.contains("\r\nX-Crawler-content-encoding: gzip\r\n"), "{head}");
    let about = String::from_utf8(all[4].block.clone()).unwrap();
    let expect = format!(
        "via: {}\r\nfeed-entry: {}\r\nfeed-title: Daily\r\ntitle: About {1}\r\npublished: 2019-02-26\r\n",
        server.url("/feed"),
        server.url("/page")
    );
    assert_eq!(about, expect);
    let request = String::from_utf8(all[3].block.clone()).unwrap();
    let seen = server.requests().into_iter().find(|r| r.target == "/page").unwrap();
    for (name, value) in &seen.fields {
        assert!(
            request.to_ascii_lowercase().contains(&format!("\r\n{name}: {}\r\n", value.to_ascii_lowercase())),
            "{name}: {value} in {request}"
        );
    }
    assert_eq!(request.lines().count(), seen.fields.len() + 2, "{request} as {seen:?}");
    let file = summary.file.unwrap();
    assert_eq!(fs::metadata(file).unwrap().len(), summary.bytes);
}

#[test]
fn an_archive_is_complete_or_not_there() {
    let server = Server::start();
    server.give("/feed", "text/xml", rss(&[]));
    let archive = TempDir::new().unwrap();
    // What an interrupted run left, and files of others.
    fs::write(archive.path().join(".readout-20190226101500-00000.warc.gz.part"), b"half").unwrap();
    fs::write(archive.path().join("notes.txt"), b"mine").unwrap();
    run(&[server.url("/feed")], &archive, &options());
    let mut names: Vec<String> =
        fs::read_dir(archive.path()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.len(), 4, "{names:?}");
    assert_eq!([&names[0], &names[1], &names[2]], [".fetch.lock", STATE_FILE, "notes.txt"]);
    assert!(names[3].starts_with("readout-") && names[3].ends_with(".warc.gz"));
    // A state that is none is not written over.
    fs::write(archive.path().join(STATE_FILE), b"{\"schema\": \"other/1\"}").unwrap();
    let list = feeds(&[server.url("/feed")], 10).unwrap();
    for text in ["{\"schema\": \"other/1\"}", "{", "[]", ""] {
        fs::write(archive.path().join(STATE_FILE), text).unwrap();
        let error = fetch(&list, archive.path(), &options(), &mut |_| {}).unwrap_err();
        assert!(matches!(error, FetchError::State { .. }), "{error}");
        assert_eq!(fs::read_to_string(archive.path().join(STATE_FILE)).unwrap(), text);
    }
}

#[test]
fn two_runs_at_once_do_not_mix() {
    let server = Server::start();
    let archive = TempDir::new().unwrap();
    let path = archive.path().to_path_buf();
    let inner = server.url("/feed");
    server.on("/feed", move |_, out| {
        let list = feeds(std::slice::from_ref(&inner), 10).unwrap();
        let error = fetch(&list, &path, &options(), &mut |_| {}).unwrap_err();
        assert!(matches!(error, FetchError::Busy(_)));
        answer(out, 200, &[], rss(&[]).as_bytes());
    });
    assert_eq!(run(&[server.url("/feed")], &archive, &options()).0.feeds, 1);
}

#[test]
fn lists_of_feeds_are_read() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("feeds.txt");
    let list = path.to_str().unwrap().to_owned();
    fs::write(
        &path,
        "\u{feff}# ours\nhttps://a.example/feed\n\n  https://b.example/#top # twice\r\nhttps://b.example/\n",
    )
    .unwrap();
    let urls: Vec<String> =
        feeds(&[list.clone(), "http://c.example".into()], 10).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(urls, ["https://a.example/feed", "https://b.example/", "http://c.example/"]);
    let wrong = |text: &str| {
        fs::write(&path, text).unwrap();
        feeds(std::slice::from_ref(&list), 2).unwrap_err().to_string()
    };
    assert!(
        wrong("https://a.example/\nfile:///etc/passwd\n")
            .starts_with(&format!("{list}:2: not a web address: `file:///etc/passwd`"))
    );
    assert!(wrong("news.example\n").contains(":1: not a web address"));
    assert!(wrong("http://a.example\nhttp://b.example\nhttp://c.example").starts_with("more than 2 feeds"));
    assert!(matches!(feeds(&["no-such-file".into()], 2), Err(FetchError::File { .. })));
}

#[test]
fn what_was_fetched_is_read() {
    let server = Server::start();
    let text = "Peru and Chile agreed on Monday to open the border again, to free the fishermen who had been held since \
                spring, and to meet once more before the year ends, the foreign ministry said in a statement. ";
    let page = format!(
        "<html><head><title>Border</title></head><body><article><p>{}</p><p>{text}</p></article></body></html>",
        text.repeat(3)
    );
    server.give("/page", "text/html", page);
    let full = "<item><title>Treaty</title><guid>2</guid><content:encoded>&lt;p&gt;Kenya signed a treaty.&lt;/p&gt;</content:encoded></item></channel>";
    server.give("/feed", "text/xml", rss(&[server.url("/page")]).replace("</channel>", full));
    let archive = TempDir::new().unwrap();
    run(&[server.url("/feed")], &archive, &options());
    let input = readout_sources::Input::Path(archive.path().to_path_buf());
    let read: Vec<_> = readout_sources::documents([input], readout_sources::Options::default()).collect();
    let mut told: Vec<String> = read
        .iter()
        .map(|document| {
            let document = document.as_ref().unwrap();
            let (text, meta) = (document.text.chars().take(20).collect::<String>(), &document.meta);
            let day = meta.published.map_or("-".to_owned(), |day| day.to_string());
            format!("{text}|{}|{}|{day}", meta.title.as_deref().unwrap(), meta.publisher.as_deref().unwrap())
        })
        .collect();
    told.sort();
    // The page says its title, the feed who publishes it and when.
    assert_eq!(told, ["Kenya signed a treat|Treaty|Daily|-", "Peru and Chile agree|Border|Daily|2019-02-26"]);
}
