//! What feeds give, good and bad.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fmt::Write as _;
use std::time::Instant;

use readout_sources::feed::{Entry, FEED_DEPTH, FEED_ENTRIES, Feed, FeedError, looks_like_feed, parse};

/// One line for an entry, one for what is told besides.
fn short(feed: &Feed) -> String {
    let mut out = String::new();
    for entry in &feed.entries {
        let parts = [&entry.id, &entry.link, &entry.title, &entry.author];
        let mut line = parts.map(|p| p.as_deref().unwrap_or("-")).join(" | ");
        for day in [entry.published, entry.updated] {
            write!(line, " | {}", day.map_or("-".to_owned(), |d| d.to_string())).unwrap();
        }
        for body in [&entry.summary, &entry.content] {
            let html =
                |b: &readout_sources::feed::Body| format!("{}{}", if b.html { "html " } else { "" }, b.text.trim());
            write!(line, " | {}", body.as_ref().map_or("-".to_owned(), html)).unwrap();
        }
        out.push_str(&line);
        out.push('\n');
    }
    for problem in &feed.problems {
        writeln!(out, "problem: {problem}").unwrap();
    }
    if let Some(broken) = &feed.broken {
        writeln!(out, "broken: {broken}").unwrap();
    }
    out
}

fn check(given: &str, expect: &str) {
    check_bytes(given.as_bytes(), None, expect);
}

fn check_bytes(given: &[u8], charset: Option<&str>, expect: &str) {
    let shown = match parse(given, charset) {
        Ok(feed) => short(&feed),
        Err(error) => format!("error: {error}\n"),
    };
    assert_eq!(shown, expect);
}

fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"><channel><title>Daily News</title><language>en-gb</language>{items}</channel></rss>"
    )
}

#[test]
fn rss_2() {
    let feed = rss("<atom:link href='https://news.example/feed' rel='self'/>\
         <item><title>Talks &amp; more</title><link>https://news.example/1?a=1&amp;b=2</link><guid isPermaLink='false'>n-1</guid>\
         <pubDate>Tue, 26 Feb 2019 10:15:00 GMT</pubDate><dc:creator><![CDATA[Ann Bee]]></dc:creator>\
         <description>&lt;p&gt;They met.&lt;/p&gt;</description><content:encoded><![CDATA[<p>They met & talked.</p>]]></content:encoded>\
         <media:group><media:title>A picture</media:title><media:content><title>Inner</title></media:content></media:group></item>\
         <item><guid>https://news.example/2</guid><title>AT&T</title></item>");
    check(
        &feed,
        "n-1 | https://news.example/1?a=1&b=2 | Talks & more | Ann Bee | 2019-02-26 | - | html <p>They met.</p> | html <p>They met & talked.</p>\n\
         https://news.example/2 | https://news.example/2 | AT&T | - | - | - | - | -\n",
    );
    let feed = parse(feed.as_bytes(), None).unwrap();
    assert_eq!((feed.title.as_deref(), feed.language.as_deref()), (Some("Daily News"), Some("en-gb")));
}

#[test]
fn rss_1_and_0_9() {
    check(
        "<rdf:RDF xmlns='http://purl.org/rss/1.0/'><channel rdf:about='c'><title>T</title></channel>\
         <item rdf:about='https://news.example/1'><title>One</title><link>https://news.example/1</link><dc:date>2019-02-26T10:00:00Z</dc:date></item></rdf:RDF>",
        "https://news.example/1 | https://news.example/1 | One | - | 2019-02-26 | - | - | -\n",
    );
    check(
        "<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'http://my.netscape.com/publish/formats/rss-0.91.dtd'>\
         <rss version='0.91'><channel><item><title>One</title><link>\n https://news.example/1 </link></item></channel></rss>",
        "- | https://news.example/1 | One | - | - | - | - | -\n",
    );
}

#[test]
fn atom() {
    check(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><title>T</title><entry><id>urn:1</id>\
         <link rel='enclosure' href='https://news.example/1.mp3'/><link rel='alternate' href='https://news.example/1'/>\
         <title type='html'>They &amp;amp; we</title><author><name>Cy Dee</name><email>c@news.example</email></author>\
         <published>2019-02-26T10:00:00Z</published><updated>2019-02-27T10:00:00Z</updated><summary>1 &lt; 2</summary>\
         <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>One <b>two</b></p></div></content>\
         <source><title>Another</title><id>urn:other</id></source></entry></feed>",
        "urn:1 | https://news.example/1 | They &amp; we | Cy Dee | 2019-02-26 | 2019-02-27 | 1 < 2 | \
         html <div xmlns='http://www.w3.org/1999/xhtml'><p>One <b>two</b></p></div>\n",
    );
}

#[test]
fn json_feed() {
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "T", "language": "en", "items": [
        {"id": 7, "url": "https://news.example/1", "title": "One", "content_html": "<p>Two</p>", "date_published": "2019-02-26T10:00:00Z",
         "authors": [{"name": "Ann Bee"}, {"url": "x"}, {"name": "Cy Dee"}], "tags": ["a"], "_x": {"deep": [1, {}]}},
        {"id": "b", "content_text": "Plain", "title": ["wrong"], "date_published": 12}]}"#;
    check(
        feed,
        "7 | https://news.example/1 | One | Ann Bee, Cy Dee | 2019-02-26 | - | - | html <p>Two</p>\n\
         b | - | - | - | - | - | - | Plain\n",
    );
    assert!(looks_like_feed(feed.as_bytes()));
}

#[test]
fn what_is_no_feed_is_told() {
    check("", "error: it is empty\n");
    check(" \n", "error: it is empty\n");
    check("<!DOCTYPE html><html><head><title>x</title></head></html>", "error: not a feed: an HTML page\n");
    check("<opml version='2'></opml>", "error: not a feed: its first element is <opml>\n");
    check("Not found", "error: not a feed: it begins neither as XML nor as JSON\n");
    check("{\"error\": 404}", "error: not a feed: a JSON object without `items`\n");
    check("<?xml version='1.0'?><!-- only -->", "error: not a feed: it holds no element\n");
    assert!(matches!(parse(b"{\"items\": [", None), Err(FeedError::Json(_))));
    assert!(!looks_like_feed(b"<html></html>") && !looks_like_feed(b"{\"id\": 1}") && !looks_like_feed(b""));
}

#[test]
fn what_breaks_keeps_the_entries_before() {
    let good = "<item><title>One</title></item>";
    let one = "- | - | One | - | - | - | - | -\n";
    let whole = rss(good);
    let cut = &whole[..whole.len() - "</channel></rss>".len()];
    check(cut, &format!("{one}broken: broken XML at byte {}: it ends before its elements do\n", cut.len()));
    let crossed = rss(&format!("{good}<item><title>Two</item></title>"));
    let feed = parse(crossed.as_bytes(), None).unwrap();
    assert_eq!(feed.entries.len(), 1);
    assert!(matches!(feed.broken, Some(FeedError::Xml { .. })));
    assert!(matches!(parse(b"<rss><channel><item><title>Two</item>", None), Err(FeedError::Xml { .. })));
}

#[test]
fn a_feed_cut_at_every_byte_gives_no_invented_entry() {
    let whole = rss(
        "<item><guid>1</guid><title>One &amp; a</title></item><item><guid>2</guid><description><![CDATA[<p>x</p>]]></description></item>",
    );
    let all: Vec<Entry> = parse(whole.as_bytes(), None).unwrap().entries;
    for end in 0..whole.len() {
        if let Ok(feed) = parse(&whole.as_bytes()[..end], None) {
            assert!(feed.broken.is_some() && all.starts_with(&feed.entries), "cut at {end}");
        }
    }
}

#[test]
fn entities_are_not_expanded() {
    let mut dtd = String::from("<!DOCTYPE rss [<!ENTITY lol0 \"lol\"><!ENTITY file SYSTEM \"file:///etc/passwd\">");
    for n in 1..10 {
        write!(dtd, "<!ENTITY lol{n} \"{}\">", format!("&lol{};", n - 1).repeat(10)).unwrap();
    }
    let feed = format!(
        "{dtd}]><rss><channel><item><title>&lol9;</title><description>&file; &nbsp;&#65;&#0;&#x1b;</description></item></channel></rss>"
    );
    check(
        &feed,
        "- | - | &lol9; | - | - | - | html &file; &nbsp;A&#0; | -\nproblem: it declares entities of its own, which are not expanded\n",
    );
}

#[test]
fn encodings_are_read() {
    let expect = "- | - | Zürich | - | - | - | - | -\n";
    let latin = b"<?xml version='1.0' encoding=\"ISO-8859-1\"?><rss><channel><item><title>Z\xfcrich</title></item></channel></rss>";
    check_bytes(latin, None, expect);
    check_bytes(latin, Some("iso-8859-1"), expect);
    let bare = b"<rss><channel><item><title>Z\xfcrich</title></item></channel></rss>";
    check_bytes(bare, None, expect);
    check_bytes(bare, Some("no-such-charset"), expect);
    let text = "\u{feff}<rss><channel><item><title>Zürich</title></item></channel></rss>";
    check_bytes(text.as_bytes(), Some("iso-8859-1"), expect);
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_bytes(&wide, None, expect);
    check_bytes(bare, Some("utf-8"), expect);
    let mixed = "<rss><channel><item><title>Zürich, Köln".as_bytes();
    let mixed = [mixed, b" \xff</title></item></channel></rss>"].concat();
    let wrong = "- | - | Zürich, Köln \u{fffd} | - | - | - | - | -\nproblem: not all of its bytes are UTF-8, the others were read as U+FFFD\n";
    check_bytes(&mixed, Some("utf-8"), wrong);
}

#[test]
fn hostile_shapes_are_refused_or_read_in_time_in_proportion() {
    let start = Instant::now();
    let deep = |n: usize| rss(&format!("<item>{}</item>", "<media:content>".repeat(n)));
    assert_eq!(parse(deep(1_000_000).as_bytes(), None), Err(FeedError::TooDeep));
    let nested = format!("{}{}", "<media:content>".repeat(FEED_DEPTH - 4), "</media:content>".repeat(FEED_DEPTH - 4));
    assert_eq!(parse(rss(&format!("<item>{nested}</item>")).as_bytes(), None).unwrap().entries.len(), 1);
    let mut attributes = String::new();
    for n in 0..100_000 {
        write!(attributes, " a{n}='b' xmlns:n{n}='c'").unwrap();
    }
    let feed = rss(&format!("<item><link{attributes}>https://news.example/1</link></item>"));
    assert_eq!(parse(feed.as_bytes(), None).unwrap().entries.len(), 1);
    let many = rss(&"<item/>".repeat(FEED_ENTRIES + 3));
    let feed = parse(many.as_bytes(), None).unwrap();
    assert_eq!((feed.entries.len(), feed.problems.len()), (FEED_ENTRIES, 1));
    for filler in ["&", "&amp;", "<!-- -->", "<![CDATA[x]]>", "<b/>", "&#x41;", "]]>", "&x "] {
        let long = rss(&format!("<item><title>{}</title></item>", filler.repeat(200_000)));
        parse(long.as_bytes(), None).unwrap();
    }
    let brackets = "[".repeat(1_000_000);
    assert!(parse(format!("{{\"items\": [{{\"x\": {brackets}").as_bytes(), None).is_err());
    assert!(parse(format!("<!DOCTYPE rss {brackets}").as_bytes(), None).is_err());
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn full_text_is_told_from_teasers() {
    let text = |n: usize| "word ".repeat(n);
    let entry = |summary: &str, content: Option<&str>| {
        let content = content.map_or(String::new(), |c| format!("<content:encoded>{c}</content:encoded>"));
        let feed = rss(&format!("<item><description>{summary}</description>{content}</item>"));
        let feed = parse(feed.as_bytes(), None).unwrap();
        feed.entries[0].full_text().map(|b| b.text.split_whitespace().count())
    };
    assert_eq!(entry("In short.", Some("It is said in full.")), Some(5));
    assert_eq!(entry("In short.", Some("In short.")), None);
    assert_eq!(entry("In short.", Some("It begins […]")), None);
    assert_eq!(entry("In short.", Some("&lt;img src='x'&gt;")), None);
    assert_eq!(entry(&text(200), None), Some(200));
    assert_eq!(entry(&(text(200) + "…"), None), None);
    assert_eq!(entry(&text(20), None), None);
    assert_eq!(entry(&text(200), Some("Short.")), Some(1));
}

#[test]
fn relative_addresses_are_whole_once_it_is_known_to_what_they_are_relative() {
    let entry = "<item><title>T</title><link>../b?c=1</link></item>";
    let channel = |head: &str| format!("<rss><channel>{head}{entry}</channel></rss>");
    let atom = |base: &str, head: &str| {
        format!("<feed xml:base='{base}'>{head}<entry><id>1</id><link href='b'/></entry></feed>")
    };
    let json = r#"{"feed_url": "https://j.example/x/feed", "items": [{"id": "1", "url": "b"}]}"#.to_owned();
    let (own, home) = ("<atom:link rel='self' href='https://o.example/x/feed'/>", "<link>https://h.example/y/</link>");
    let found = Some("https://f.example/z/feed");
    for (given, from, expect) in [
        (channel(""), None, "../b?c=1"),
        (channel(home), None, "https://h.example/b?c=1"),
        (channel(&[home, own].concat()), None, "https://o.example/b?c=1"),
        (channel(&[home, own].concat()), found, "https://f.example/b?c=1"),
        (channel("<link>no address</link>"), None, "../b?c=1"),
        (atom("https://a.example/w/", ""), found, "https://a.example/w/b"),
        (atom("/w/", ""), found, "https://f.example/w/b"),
        (atom("/w/", "<link rel='self' href='https://o.example/feed'/>"), None, "https://o.example/w/b"),
        (atom("/w/", ""), None, "b"),
        (json.clone(), None, "https://j.example/x/b"),
        (json.replace("\"b\"", "\"//k.example/b\""), found, "https://k.example/b"),
        (json.replace("\"b\"", "\"http://k.example\""), found, "http://k.example"),
    ] {
        let feed = parse(given.as_bytes(), None).unwrap();
        assert_eq!(feed.address(feed.entries[0].link.as_deref().unwrap(), from), expect, "{given}");
    }
}
