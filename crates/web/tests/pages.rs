//! What the pages show, and that their three forms say the same.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod support;

use axum::body::Body;
use axum::http::Request;
use support::{Site, add, report};

fn totals(site: &Site, query: &str) -> (u64, String, usize) {
    let json = site.get(&format!("/search.json?{query}")).json();
    let html = site.get(&format!("/search?{query}"));
    let csv = site.get(&format!("/search.csv?{query}"));
    (json["total"].as_u64().unwrap(), html.text(".summary h1 .num").concat(), csv.body.lines().count() - 1)
}

#[test]
fn a_filter_finds_the_same_in_every_form() {
    let site = Site::plain();
    for (query, expect) in [
        ("", 6),
        ("type=ASSAULT", 4),
        ("type=ASSAULT&type=CONSULT", 6),
        ("quad=4&type=CONSULT", 6),
        ("quad=1", 2),
        ("quad=2", 0),
        ("status=negated", 3),
        ("actor=PERGOV", 2),
        ("actor=PER*", 2),
        ("publisher=Uganda&status=fact", 1),
        ("dyad=KEN-KEN", 2),
        ("speaker=KENGOV", 2),
        ("place=Kenya", 2),
        ("from=2019-03-01", 4),
        ("from=2019-03-01&to=2019-03-05", 2),
        ("q=Uganda", 2),
        ("q=uganda+OR+peru", 4),
        ("q=%22unclosed", 0),
        ("sure=90", 0),
        ("sure=80", 6),
        ("actor=nobody", 0),
    ] {
        assert_eq!(totals(&site, query), (expect, expect.to_string(), expect as usize), "{query}");
    }
}

#[test]
fn counts_of_facets_are_the_same_in_html_and_json() {
    let site = Site::plain();
    let json = site.get("/search.json?status=fact").json();
    let html = site.get("/search?status=fact");
    for (facet, value) in [("publisher", "Kenya"), ("status", "negated"), ("actor", "PERGOV"), ("type", "ASSAULT")] {
        let counts = json["facets"][facet].as_array().unwrap();
        let count = counts.iter().find(|c| c["value"] == value).unwrap()["events"].to_string();
        let selector = format!("label:has(input[name={facet}][value={value}]) .count");
        assert_eq!(html.text(&selector), [count], "{facet} {value}");
    }
}

#[test]
fn pages_go_on_where_the_last_one_ended() {
    let site = Site::limited(|l| l.page_rows = 4);
    let first = site.get("/search.json").json();
    assert_eq!((first["shown"].as_u64(), &first["truncated"]), (Some(4), &true.into()));
    let second = site.get(first["next"].as_str().unwrap()).json();
    assert_eq!((second["shown"].as_u64(), &second["truncated"]), (Some(2), &false.into()));
    let id = |page: &serde_json::Value, i: usize| page["events"][i]["event"]["id"].clone();
    assert_ne!(id(&first, 3), id(&second, 0));
    assert_eq!(site.get("/").text("nav.pager a[rel=next]"), ["Next →"]);
    assert_eq!(site.get("/?page=2").text("nav.pager a"), ["← Before"]);
}

#[test]
fn what_is_cut_is_said() {
    let site = Site::limited(|l| (l.page_rows, l.deepest_row, l.most_rows) = (2, 4, 3));
    assert_eq!(site.get("/search?page=2").text("p.notice").len(), 1);
    assert_eq!(site.get("/search?page=3").status, 404);
    let csv = site.get("/search.csv");
    assert_eq!(csv.body.lines().count(), 4);
    assert!(csv.header("content-disposition").contains("events-1-to-3-of-6"), "{:?}", csv.headers);
}

#[test]
fn pages_are_packed_for_whoever_takes_them_so() {
    let site = Site::plain();
    for (path, accept, expect) in
        [("/", "gzip, br", "gzip"), ("/", "br", ""), ("/", "gzip", "gzip"), ("/search.json", "gzip", "")]
    {
        let request = Request::get(path).header("host", "localhost").header("accept-encoding", accept);
        let answer = site.send(request.body(Body::empty()).unwrap());
        assert_eq!(answer.header("content-encoding"), expect, "{path} {accept}");
        assert_eq!(answer.header("vary"), "accept-encoding");
        assert_eq!(
            answer.body.contains("total") || answer.body.contains("</html>"),
            expect.is_empty(),
            "{path} {accept}"
        );
    }
}

#[test]
fn nothing_found_gives_advice() {
    let site = Site::plain();
    let page = site.get("/search?q=nowhere&from=2019-01-01");
    assert_eq!(page.status, 200);
    assert_eq!(page.text(".empty li").len(), 4);
    assert!(Site::of(Vec::new()).get("/").text(".empty").concat().contains("readout add"));
}

#[test]
fn a_report_shows_its_events_in_its_text() {
    let site = Site::plain();
    let page = site.get(&site.report());
    assert_eq!(page.status, 200);
    assert_eq!(page.text(".card").len(), 2);
    let act = page.page().select(".article a.act").iter().next().unwrap().attr("href").unwrap().to_string();
    assert_eq!(page.page().select(&format!("{act}.card")).length(), 1);
    // Kenya acts in both events: one mark for both.
    assert_eq!(page.page().select(".article .actor").iter().next().unwrap().attr("data-e").unwrap().to_string(), "1 2");
    let text = page.text(".article").concat();
    assert_eq!(text, "minister Kenya said Kenya had Kenya struck Kenya in Kenya on Monday.");
    let chain = page.text(".voices li p");
    assert_eq!(chain, ["Kenya, published by Kenya", "Kenya, according to Kenya, published by Kenya"]);
    assert_eq!(page.page().select(".article .said .said").length(), 1, "what is said within what is said");
    let json = site.get(&format!("{}.json", site.report())).json();
    assert_eq!(json["record"]["events"].as_array().unwrap().len(), 2);
    assert_eq!(site.get(&format!("{}.csv", site.report())).body.lines().count(), 3);
}

#[test]
fn copies_are_told() {
    let long = |name: &str| {
        let mut report = report(
            name,
            "a Kenyan minister who spoke for half an hour to reporters in the old town hall",
            "2019-02-26",
            "ASSAULT",
        );
        report.record.publisher = Some(name.to_owned());
        readout_store::Report::new(report.text, false, true, report.record)
    };
    let site = Site::of(vec![long("Daily"), long("Weekly")]);
    let page = site.get(&site.report());
    assert_eq!(page.text(".carried summary"), ["carried by 2 outlets"]);
    assert_eq!(page.text(".carried li").len(), 1);
}

#[test]
fn a_text_is_coded_at_once_and_not_kept() {
    let site = Site::plain();
    assert_eq!(site.get("/code").text("form.stack textarea").len(), 1);
    let page = site.post("/code", "text=Chile&publisher=Daily&published=2019-02-26");
    assert_eq!(page.status, 200, "{}", page.body);
    assert_eq!(page.text(".card").len(), 2);
    assert_eq!(page.text(".trees pre"), ["Chile"]);
    assert!(page.text(".card .chain").concat().contains("published by Daily"));
    assert_eq!(site.post("/code.json", "text=Chile").json()["record"]["events"].as_array().unwrap().len(), 2);
    assert_eq!(site.post("/code", "text=fault").status, 500);
    assert_eq!(site.post("/code", "text=x&published=never").status, 400);
    assert_eq!(totals(&site, "").0, 6);
}

#[test]
fn what_is_added_to_the_store_is_seen() {
    let site = Site::plain();
    add(&site.path, vec![report("four", "Chile", "2019-03-08", "AID")]);
    site.explorer.refresh();
    assert_eq!(totals(&site, "").0, 8);
    // Another store in its place.
    std::fs::remove_file(&site.path).unwrap();
    add(&site.path, vec![report("five", "Chile", "2019-03-08", "AID")]);
    site.explorer.refresh();
    assert_eq!(totals(&site, "").0, 2);
}

#[test]
fn every_page_names_source_and_licence() {
    let site = Site::plain();
    for path in [
        "/",
        "/code",
        "/help",
        "/claims",
        "/claims?between=KEN-UGA",
        "/sql",
        "/codebook",
        "/codebook?q=condemn",
        "/codebook?edit=new",
        "/corrections",
        &site.report(),
        "/nothing",
    ] {
        let page = site.get(path);
        let foot = page.text("footer").concat();
        assert!(page.status != 200 || foot.contains("news.db") && foot.contains("Kenya (1)"), "{path}: {foot}");
        assert_eq!(page.page().select("a.skip[href='#main']").length(), 1, "{path}");
        assert_eq!(page.page().select("main#main h1").length(), 1, "{path}");
        assert!(page.body.len() < 100_000, "{path} has {} bytes", page.body.len());
    }
    assert_eq!(site.get("/help.json").json()["types"].as_array().unwrap().len(), 16);
}

#[test]
fn pages_say_how_they_work_and_the_help_says_more() {
    let site = Site::plain();
    let help = site.get("/help").page();
    for path in [
        "/series",
        "/dyads",
        "/network",
        "/map",
        "/claims",
        "/claims?between=KEN-UGA",
        "/codebook",
        "/corrections",
        "/sql",
    ] {
        let page = site.get(path).page();
        let to = page.select("details.hint a").attr("href").unwrap_or_default().to_string();
        let part = to.strip_prefix("/help#").unwrap_or_else(|| panic!("{path} leads to {to}"));
        assert_eq!(help.select(&format!("h2[id='{part}']")).length(), 1, "{path}: {part}");
    }
    for link in help.select("ul.parts a").iter() {
        let part = link.attr("href").unwrap().to_string();
        assert_eq!(help.select(&format!("[id='{}']", part.trim_start_matches('#'))).length(), 1, "{part}");
    }
}

#[test]
fn of_a_long_report_the_beginning_is_shown_first() {
    let site = Site::limited(|l| (l.report_bytes, l.report_events) = (20, 1));
    let short = site.get(&site.report());
    assert_eq!((short.text(".article").concat().as_str(), short.text(".card").len()), ("minister Kenya said ", 1));
    let whole = short.page().select(".notice a").attr("href").unwrap().to_string();
    let page = site.get(&whole);
    assert_eq!((page.text(".card").len(), page.text(".notice").len()), (2, 0), "{whole}");
    assert!(page.text(".article").concat().ends_with("on Monday."));
}
