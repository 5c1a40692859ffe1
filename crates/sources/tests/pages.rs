//! What becomes of web pages, good and hostile.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::time::Duration;

use common::{cpu, paragraphs, peak, read, short};
use jiff::civil::date;
use readout_sources::{Document, Reason, Rejection};

fn page(head: &str, body: &str) -> String {
    format!("<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=utf-8>{head}</head><body>{body}</body></html>")
}

fn one(content: impl AsRef<[u8]>) -> Document {
    let mut outcomes = read("a.html", content);
    assert_eq!(outcomes.len(), 1);
    outcomes.remove(0).unwrap()
}

/// A page such as newspapers have.
fn newspaper() -> String {
    let menu: String = (0..40).map(|i| format!("<li><a href=\"/s{i}\">Section {i}</a></li>")).collect();
    let others: String =
        (0..30).map(|i| format!("<div class=teaser><a href=\"/o{i}\">Another story, number {i}</a></div>")).collect();
    let head = r#"<title>Border opens - Example News</title>
        <meta property="og:site_name" content="Example News"><link rel="canonical" href="https://example.org/border">
        <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebPage"},
        {"@type":"NewsArticle","headline":"Border opens","datePublished":"2024-05-01T22:10:00-05:00",
        "author":[{"@type":"Person","name":"Jane Doe"},{"name":"Max Roe"}],"publisher":{"name":"Example News"},
        "inLanguage":"en","license":"https://creativecommons.org/licenses/by/4.0/"}]}</script>"#;
    page(
        head,
        &format!(
            "<nav><ul>{menu}</ul></nav><script>var a = '<p>no</p>';</script><main><article><h1>Border opens</h1>\
             <p class=byline>By Jane Doe</p><figure><img src=x><figcaption>A man waits. Photo: X</figcaption></figure>{}\
             <p>A line<br>and another&nbsp;one &amp; more.</p></article></main><aside>{others}</aside>\
             <footer>© 2024 Example News. All rights reserved.</footer>",
            paragraphs(0)
        ),
    )
}

#[test]
fn the_main_text_of_a_page_is_found() {
    let document = one(newspaper());
    let paragraphs: Vec<&str> = document.text.split("\n\n").collect();
    assert_eq!(paragraphs.len(), 7, "{paragraphs:#?}");
    assert!(paragraphs[0].starts_with("Peru and Chile agreed on day 0"), "{}", paragraphs[0]);
    assert!(paragraphs[0].ends_with("the ministry said."));
    assert_eq!(paragraphs[6], "A line\nand another one & more.");
    assert!(document.problems.is_empty(), "{:?}", document.problems);
}

#[test]
fn what_a_page_says_of_itself_is_read() {
    let meta = one(newspaper()).meta;
    assert_eq!(meta.title.as_deref(), Some("Border opens"));
    assert_eq!(meta.author.as_deref(), Some("Jane Doe, Max Roe"));
    assert_eq!(meta.published, Some(date(2024, 5, 1)), "the day as the page has it, whatever its zone");
    assert_eq!(meta.publisher.as_deref(), Some("Example News"));
    assert_eq!(meta.uri.as_deref(), Some("https://example.org/border"));
    assert_eq!(meta.language.as_deref(), Some("en-GB"));
    assert_eq!(meta.licence.as_deref(), Some("CC-BY-4.0"));
}

#[test]
fn the_day_of_publication_is_told_in_many_ways() {
    let day = |head: &str, body: &str| {
        let date = one(page(head, &format!("{body}<article>{}</article>", paragraphs(1)))).meta.published;
        date.map(|date| date.to_string()).unwrap_or_default()
    };
    for head in [
        "<meta property='article:published_time' content='2024-05-01T10:00:00+00:00'>",
        "<meta name=DC.date.issued content=2024-05-01>",
        "<meta itemprop=datePublished content='May 1, 2024'>",
        "<meta name=pubdate content='20240501'>",
        "<script type='application/ld+json'>[{\"@type\":[\"Thing\",\"ReportageNewsArticle\"],\"datePublished\":\"2024-05-01\"}]</script>",
        "<script type='application/ld+json'>{broken</script><meta name=date content=2024-05-01>",
    ] {
        assert_eq!(day(head, ""), "2024-05-01", "{head}");
    }
    assert_eq!(day("", "<time pubdate datetime='2024-05-01T10:00'>1 May</time>"), "2024-05-01");
    assert_eq!(day("", "<article><time datetime='2024-05-01'>1 May</time>"), "2024-05-01");
    assert_eq!(day("", "<aside><time datetime='2024-05-01'>1 May</time></aside>"), "", "another story's");
    assert_eq!(day("<meta name=date content=yesterday>", ""), "");
    assert_eq!(
        day(
            "<script type='application/ld+json'>{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\",\"datePublished\":\"2024-05-01\"}]}</script>",
            ""
        ),
        "",
        "another article's"
    );
}

#[test]
fn titles_and_authors_are_bare() {
    let meta = |head: &str| one(page(head, &format!("<article>{}</article>", paragraphs(1)))).meta;
    let named = "<meta property=og:site_name content='Example News'>";
    assert_eq!(meta(&format!("<title>A deal | Example News</title>{named}")).title.as_deref(), Some("A deal"));
    assert_eq!(meta("<title>A deal | Example News</title>").title.as_deref(), Some("A deal | Example News"));
    assert_eq!(meta("<meta name=author content='By Jane  Doe'>").author.as_deref(), Some("Jane Doe"));
    assert_eq!(meta("<meta property=article:author content='https://example.org/jane'>").author, None);
}

#[test]
fn pages_in_any_encoding_are_read() {
    for (head, bytes) in [
        ("<meta charset=windows-1252>", &b"K\xF6ln"[..]),
        ("<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>", b"K\xF6ln"),
        ("", b"K\xF6ln"),
        ("<meta charset=utf-8>", "Köln".as_bytes()),
        ("<meta charset=latin1>", "Köln".as_bytes()),
    ] {
        let text = paragraphs(2);
        let content = [
            format!("<html><head>{head}</head><body><article><p>").as_bytes(),
            bytes,
            b" agreed.</p>",
            text.as_bytes(),
        ]
        .concat();
        assert!(one(content).text.starts_with("Köln agreed."), "{head}");
    }
}

#[test]
fn pages_without_an_article_are_rejected() {
    let links: String = (0..200)
        .map(|i| format!("<p><a href=/{i}>Ministers of two states met on day {i}, an aide said</a></p>"))
        .collect();
    for body in ["", "<p>Please enable JavaScript.</p>", &links] {
        let outcomes = read("a.html", page("<title>News</title>", body));
        assert!(matches!(&outcomes[..], [Err(Rejection { reason: Reason::NoArticle, .. })]), "{:?}", short(&outcomes));
    }
    let linked = "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"BODY\"}</script>";
    let body = "Peru and Chile agreed to open the border. ".repeat(10);
    assert!(one(page(&linked.replace("BODY", &body), "<div id=app></div>")).text.starts_with("Peru and Chile"));
}

#[test]
fn pages_are_told_by_name_and_by_content() {
    for (name, content) in [("a.htm", newspaper()), ("a", newspaper()), ("b", format!("\u{FEFF} {}", newspaper()))] {
        assert_eq!(
            short(&read(name, content))[0],
            "Peru and Chile agreed on day 0 of their talks to open the border again, to free the fishermen who had been held since spring, and to meet once more before the year ends, the ministry said"
        );
    }
}

/// Pages that are built to hurt, by class.
fn hostile() -> Vec<(&'static str, Vec<u8>)> {
    let text = paragraphs(3);
    let many = |open: &str, n: usize, close: &str| {
        format!("<html><body>{}{text}{}", open.repeat(n), close.repeat(n)).into_bytes()
    };
    let attributes: String = (0..100_000).map(|i| format!(" a{i}=\"{i}\"")).collect();
    let formats: String = (0..60_000).map(|i| format!("<b class=c{i}><p>x")).collect();
    vec![
        ("depth 10^6", many("<div>", 1_000_000, "</div>")),
        ("depth 10^6, unclosed", many("<div>", 1_000_000, "")),
        ("nested lists", many("<ul><li>", 130_000, "")),
        ("nested tables", many("<table><tr><td>", 100_000, "")),
        ("nested links", many("<a href=x>", 200_000, "")),
        ("paragraphs that end", many("<p>x</p>", 300_000, "")),
        ("unclosed paragraphs", many("<p>x", 300_000, "")),
        (
            "depth at the limit, again and again",
            [
                b"<body>".to_vec(),
                format!("{}{text}{}", "<div>".repeat(511), "</div>".repeat(511)).repeat(75).into_bytes(),
            ]
            .concat(),
        ),
        ("10^5 attributes", format!("<html><body><div{attributes}>{text}").into_bytes()),
        (
            "3M attributes",
            [b"<body><div ".to_vec(), b"a b ".repeat(2_000_000), b">".to_vec(), text.clone().into_bytes()].concat(),
        ),
        ("an attribute of 10 MB", format!("<html><body><div class=\"{}\">{text}", "x".repeat(10 << 20)).into_bytes()),
        ("unclosed everything", many("<div><p><b><i><a><span><section><h1><blockquote>", 20_000, "")),
        ("formats that reach over paragraphs", format!("<body>{formats}{text}").into_bytes()),
        ("crossed formats", many("<b><i></b></i>", 200_000, "")),
        ("end tags of nothing", many("</div></p></li></table>", 300_000, "")),
        (
            "end tags that do not reach",
            format!("<body>{}{}{text}", "<b><table><td>".repeat(150), "</b></div>".repeat(500_000)).into_bytes(),
        ),
        ("an unclosed comment", format!("<body>{text}<!--{}", "-".repeat(10 << 20)).into_bytes()),
        ("an unclosed script", format!("<body>{text}<script>{}", "<".repeat(10 << 20)).into_bytes()),
        ("an unclosed tag", format!("<body>{text}<div {}", "x".repeat(10 << 20)).into_bytes()),
        ("entities", format!("<body>{text}<p>{}", "&amp;&notit;&#x110000;&#0;".repeat(400_000)).into_bytes()),
        (
            "external entities",
            format!("<!DOCTYPE html [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><body>{text}<p>&x;").into_bytes(),
        ),
        (
            "linked data, deep",
            format!("<head><script type='application/ld+json'>{}</script><body>{text}", "[".repeat(1_000_000))
                .into_bytes(),
        ),
        (
            "linked data, wide",
            format!(
                "<head><script type='application/ld+json'>[{}]</script><body>{text}",
                vec!["{\"@graph\":[]}"; 70_000].join(",")
            )
            .into_bytes(),
        ),
        (
            "many scripts of linked data",
            format!(
                "{}<body>{text}",
                "<script type=application/ld+json>{\"@type\":\"Article\"}</script>".repeat(100_000)
            )
            .into_bytes(),
        ),
        ("a word of 10 MB", format!("<body>{text}<p>{}", "x".repeat(10 << 20)).into_bytes()),
        ("a sentence of 1M words", format!("<body>{text}<p>{}", "word ".repeat(1_000_000)).into_bytes()),
        ("noise", (0..4_000_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8 | 1).collect()),
        (
            "noise in tags",
            (0..3_000_000_u32)
                .map(|i| b"<>/abpdiv \"'=&;!-"[(i.wrapping_mul(2_654_435_761) >> 15) as usize % 17])
                .collect(),
        ),
    ]
}

#[test]
fn hostile_pages_are_one_outcome_each_in_bounded_time_and_memory() {
    for (name, content) in hostile() {
        peak();
        let (outcomes, time) =
            cpu(|| std::thread::spawn(move || cpu(move || read("a.html", content))).join().unwrap()).0;
        assert_eq!(outcomes.len(), 1, "{name}");
        let peak = peak().unwrap_or(0);
        println!("{name}: {time:?}, {peak} MiB, {:.80}", short(&outcomes)[0]);
        if let Ok(document) = &outcomes[0] {
            assert!(document.sentences.iter().all(|s| document.text.get(s.span.start..s.span.end).is_some()), "{name}");
            assert!(!document.text.contains("root:"), "{name}");
        }
        assert!(time < Duration::from_secs(2), "{name}: {time:?}");
        assert!(peak < 256, "{name}: {peak} MiB");
    }
}

#[test]
fn deep_pages_are_flattened_and_say_so() {
    let document = one(format!("<body>{}{}", "<div>".repeat(2_000), paragraphs(4)));
    assert!(document.text.contains("Nepal and Oman agreed"), "{}", document.text);
    assert!(document.problems[0].what.contains("512 elements within elements"), "{:?}", document.problems);
    let outcomes = read("a.html", format!("<body>{}{}", "<p>x</p>".repeat(50_000), paragraphs(4)));
    assert_eq!(short(&outcomes), ["the page has more than 40000 elements"]);
}

#[test]
fn tags_that_are_left_open_end_where_html_says() {
    let list: String =
        (0..5).map(|i| format!("<li>Peru and Chile met on day {i} and agreed to open the border.")).collect();
    let document =
        one(format!("<body><article>{}<ul>{list}</ul><p>End of the list.<p>And of the report.", paragraphs(5)));
    let last: Vec<&str> = document.text.split("\n\n").collect();
    assert_eq!(
        &last[last.len() - 3..],
        ["Peru and Chile met on day 4 and agreed to open the border.", "End of the list.", "And of the report."]
    );
}
