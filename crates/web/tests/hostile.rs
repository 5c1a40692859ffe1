//! Markup in every field of a store stays text: a second parser finds the template's nodes and no others.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod support;

use dom_query::NodeRef;
use readout_web::Settings;
use support::{Answer, Site, report};

/// What would run or break out somewhere: in text, in attributes, in addresses, in JSON, in CSV.
const EVIL: [&str; 8] = [
    "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)' x='",
    "</textarea></title></style><img src=x onerror=alert(1)>",
    "javascript:alert(1)//<svg/onload=alert(1)>",
    "<!--<a href=\"javascript:alert(1)\">-->",
    "=HYPERLINK(\"http://evil.example\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "&lt;script&gt;\u{2028}</script><x-evil>",
];

/// Tags with the names of their attributes, in order.
fn nodes(answer: &Answer) -> Vec<String> {
    let document = answer.page();
    let name = |node: NodeRef<'_>| {
        let mut attributes: Vec<String> = node.attrs().iter().map(|a| a.name.local.to_string()).collect();
        attributes.sort();
        format!("{} {}", node.node_name().unwrap_or_default(), attributes.join(" "))
    };
    document.select("*").nodes().iter().map(|node| name(*node)).collect()
}

/// The pages of a store that says `say` everywhere.
fn pages(say: &str) -> Vec<(String, Answer)> {
    let settings = Settings { corrections: Some("c.jsonl".into()), ..Settings::default() };
    let site = Site::with(vec![report("one", say, "2019-02-26", say)], settings);
    let quoted: String = form_urlencoded::byte_serialize(say.as_bytes()).collect();
    let search = format!("/search?publisher={quoted}&actor={quoted}&speaker={quoted}&place={quoted}&type={quoted}");
    let counts = ["/series?", "/dyads?by=code&", "/network?by=code&", "/map?"];
    let mut all: Vec<(String, Answer)> = [
        "/".to_owned(),
        search,
        site.report(),
        "/series".to_owned(),
        "/dyads".to_owned(),
        "/network".to_owned(),
        "/map".to_owned(),
        "/series?compare=publisher".to_owned(),
        "/series?compare=actor&step=month".to_owned(),
        "/map?shade=place&arcs=80".to_owned(),
        "/code".to_owned(),
        "/help".to_owned(),
        "/claims".to_owned(),
        claims(&site),
        sql(),
    ]
    .into_iter()
    .chain(counts.map(|page| format!("{page}actor={quoted}&speaker={quoted}&publisher={quoted}&type={quoted}")))
    .map(|path| (path.clone(), site.get(&path)))
    .collect();
    let form = correction(&site);
    let page = site.get(&form);
    let proof = page.page().select("input[name=proof]").attr("value").unwrap().to_string();
    // What parts codes is no part of one; the letter before makes them differ from what was coded, whatever that is.
    let code: String = form_urlencoded::byte_serialize(say.replace([',', ';'], "").as_bytes()).collect();
    let fields = format!("actor=x{code}&recipient=x{code}&said_by=x{code}&mode={quoted}&reason={quoted}&name={quoted}");
    let sent = site.post(&form, &format!("proof={proof}&verdict=amended&type=AID&status=fact&{fields}"));
    assert!(sent.status == 303 || say.chars().count() > 100, "{}", sent.body);
    let (missed, words) = missed(&site, say);
    let fields = format!("{fields}&{words}&proof={proof}&type=AID&status=fact");
    let sent = site.post(&missed, &fields);
    assert!(sent.status == 303 || say.chars().count() > 100, "{}", sent.body);
    all.extend(
        [format!("{missed}?{words}"), format!("{missed}?words={quoted}"), missed]
            .map(|path| (path.clone(), site.get(&path))),
    );
    all.extend([form, "/corrections".to_owned(), site.report()].map(|path| (path.clone(), site.get(&path))));
    let tried = format!(
        "file=acts/accuse.txt&block=&do=try&text=%23+{quoted}%0Arule+accuse/x%0A++type+ACCUSE%0A++verb+subj+>+obj+:+strike%0A"
    );
    all.push(("POST /codebook".to_owned(), site.post("/codebook", &tried)));
    all.push(("/codebook".to_owned(), site.get(&format!("/codebook?q={quoted}"))));
    all.push(("POST /code".to_owned(), site.post("/code", &format!("text={quoted}&publisher={quoted}"))));
    all
}

/// The claims around the first event.
fn claims(site: &Site) -> String {
    let id = site.get("/search.json").json()["events"][0]["event"]["id"].as_str().unwrap().to_owned();
    format!("/claims?event={id}")
}

/// The form for the first event.
fn correction(site: &Site) -> String {
    let id = site.get("/search.json").json()["events"][0]["event"]["id"].as_str().unwrap().to_owned();
    format!("/corrections/{id}")
}

/// The form for an event that was missed, and words for it.
fn missed(site: &Site, say: &str) -> (String, String) {
    (site.report().replace("/reports/", "/missed/"), format!("words=said&at={}", "minister ".len() + say.len() + 1))
}

/// All that a store says, by SQL.
fn sql() -> String {
    "/sql?q=SELECT+d.title,d.publisher,d.text,s.code,p.text+FROM+documents+d,speakers+s,parties+p".to_owned()
}

#[test]
fn a_second_parser_finds_only_the_templates_nodes() {
    for evil in EVIL {
        let plain: String = evil.chars().map(|_| 'a').collect();
        for ((path, hostile), (_, harmless)) in pages(evil).into_iter().zip(pages(&plain)) {
            assert_eq!(hostile.status, 200, "{path} {evil}");
            let (found, expect) = (nodes(&hostile), nodes(&harmless));
            let differs = found.iter().zip(&expect).find(|(f, e)| f != e);
            assert_eq!((differs, found.len()), (None, expect.len()), "{path} {evil}");
            for node in hostile.page().select("[href], [src], [action]").nodes() {
                for name in ["href", "src", "action"] {
                    let to = node.attr(name).map(|a| a.to_string()).unwrap_or_default();
                    assert!(
                        to.is_empty() || to.starts_with(['/', '#']) && !to.starts_with("//"),
                        "{path}: {name}={to}"
                    );
                }
            }
            for node in hostile.page().select("script").nodes() {
                assert!(node.attr("src").is_some() && node.text().is_empty(), "{path}: a script within the page");
            }
            assert_eq!(hostile.page().select("style, [style], iframe, object, base").length(), 0, "{path}");
        }
    }
}

#[test]
fn what_is_chosen_or_searched_for_stays_text_too() {
    let site = Site::plain();
    for evil in EVIL {
        let quoted: String = form_urlencoded::byte_serialize(evil.as_bytes()).collect();
        for path in [
            format!("/search?q={quoted}"),
            format!("/search?actor={quoted}&from={quoted}"),
            format!("/search?dyad={quoted}"),
            format!("/series?compare=dyad&dyad={quoted}&step={quoted}"),
            format!("/dyads?by=code&actor={quoted}&sort={quoted}"),
            format!("/network?dyad={quoted}&least={quoted}"),
            format!("/map?place={quoted}&at={quoted}&part={quoted}"),
        ] {
            let page = site.get(&path);
            assert!(page.status == 200 || page.status == 400, "{path}: {}", page.status);
            assert_eq!(
                page.page().select("main script, img, x-evil, svg[onload], [onmouseover], [onerror]").length(),
                0,
                "{path}"
            );
        }
    }
}

#[test]
fn json_gives_the_words_back_as_they_are() {
    for evil in EVIL {
        let site = Site::of(vec![report("one", evil, "2019-02-26", evil)]);
        let search = site.get("/search.json");
        assert_eq!(search.header("content-type"), "application/json; charset=utf-8");
        assert_eq!(search.json()["events"][0]["report"]["title"], evil);
        assert_eq!(site.get(&format!("{}.json", site.report())).json()["record"]["publisher"], evil);
    }
}

#[test]
fn csv_runs_no_formula() {
    for evil in ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "=1,\"2\""] {
        let site = Site::of(vec![report("one", evil, "2019-02-26", evil)]);
        let counts = ["/dyads.csv?by=code", "/map.csv", "/series.csv?compare=publisher"].map(str::to_owned);
        for path in ["/search.csv".to_owned(), format!("{}.csv", site.report())].into_iter().chain(counts) {
            let csv = site.get(&path).body;
            assert!(
                path.starts_with("/dyads") && evil == "-1"
                    || csv.contains(&format!("'{}", evil.split('"').next().unwrap())),
                "{csv}"
            );
            for start in [",", "\n", ",\"", "\n\""] {
                for formula in ["=", "+", "@", "\t", "\r", "-1"] {
                    assert!(
                        !csv.contains(&format!("{start}{formula}")) || formula == "-1" && evil != "-1",
                        "{path} {evil:?}: {csv}"
                    );
                }
            }
        }
    }
}

#[test]
fn what_browsers_hide_is_shown() {
    let site = Site::of(vec![report("one", "Ke\u{202e}ny\u{200b}a", "2019-02-26", "ASSAULT")]);
    for path in ["/".to_owned(), site.report()] {
        let page = site.get(&path);
        let shown = page.text("main").concat();
        assert!(shown.contains("Ke‹U+202E›ny‹U+200B›a") && !shown.contains(['\u{202e}', '\u{200b}']), "{path}");
    }
}
