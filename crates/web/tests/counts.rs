//! Pages of counts: over time, who with whom, where. Their sums are the search's, their forms say the same.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod support;

use serde_json::Value;
use support::{Site, report};

fn sum(list: &Value, field: &str) -> u64 {
    list.as_array().unwrap().iter().map(|one| one[field].as_u64().unwrap()).sum()
}

fn facet(site: &Site, query: &str, name: &str) -> Vec<(String, u64)> {
    let json = site.get(&format!("/search.json?{query}")).json();
    let count = |c: &Value| (c["value"].as_str().unwrap().to_owned(), c["events"].as_u64().unwrap());
    json["facets"][name].as_array().unwrap().iter().map(count).collect()
}

/// Filters, and how many of the six events each leaves.
const FILTERS: [(&str, u64); 6] = [
    ("", 6),
    ("type=ASSAULT", 4),
    ("status=fact&publisher=Kenya", 1),
    ("q=uganda", 2),
    ("acts=1&sure=80", 6),
    ("at=1.50,2.50", 6),
];

#[test]
fn all_pages_count_the_same_events() {
    let site = Site::plain();
    for (query, events) in FILTERS {
        for page in ["search", "series", "dyads", "network", "map"] {
            let json = site.get(&format!("/{page}.json?{query}")).json();
            assert_eq!(json["total"], events, "{page} {query}");
            assert_eq!(json["truncated"], false, "{page} {query}");
        }
        let series = site.get(&format!("/series.json?{query}")).json();
        assert_eq!(
            sum(&series["series"][0]["bins"], "events") + series["outside"].as_u64().unwrap(),
            events,
            "{query}"
        );
        let map = site.get(&format!("/map.json?{query}")).json();
        assert_eq!((sum(&map["places"], "events"), &map["with_coordinates"]), (events, &events.into()), "{query}");
        let dyads = site.get(&format!("/dyads.json?{query}")).json();
        let of_facet: u64 = facet(&site, query, "dyad").iter().map(|(_, n)| n).sum();
        assert_eq!(sum(&dyads["dyads"], "events"), of_facet, "{query}");
    }
    assert_eq!(site.get("/series.json?at=3,4").json()["total"], 0);
    assert_eq!(site.get("/series?at=north").status, 400);
}

#[test]
fn series_are_in_steps_and_side_by_side() {
    let site = Site::plain();
    let bins =
        |query: &str| site.get(&format!("/series.json?{query}")).json()["series"][0]["bins"].as_array().unwrap().len();
    assert_eq!((bins(""), bins("step=week"), bins("step=month"), bins("step=year")), (10, 2, 2, 1));
    assert_eq!(bins("from=2019-03-01&to=2019-03-06"), 6);
    let page = site.get("/series?step=week");
    assert_eq!(page.text("table.bins tbody th"), ["week of 2019-02-25", "week of 2019-03-04"]);
    let link = page.page().select("table.bins tbody a").iter().next().unwrap().attr("href").unwrap().to_string();
    assert_eq!(link, "/search?from=2019-02-25&to=2019-03-03");
    assert_eq!(site.get(&link).text(".summary h1 .num"), ["2"]);
    assert_eq!(page.page().select("figure.plot svg.bars[aria-label]").length(), 1);
    assert!(page.text(".peaks li a").concat().contains("week of 2019-03-04"));
    let several = site.get("/series.json?compare=publisher").json();
    let told: Vec<(&str, u64)> = several["series"]
        .as_array()
        .unwrap()
        .iter()
        .map(|s| (s["value"].as_str().unwrap(), sum(&s["bins"], "events")))
        .collect();
    assert_eq!(told, [("Kenya", 2), ("Peru", 2), ("Uganda", 2)]);
    let page = site.get("/series?compare=publisher&publisher=Peru&publisher=Kenya");
    assert_eq!(page.text("figure.plot figcaption b"), ["Kenya", "Peru"]);
    // Choices of the page stay when one of the filter is taken back.
    assert_eq!(page.page().select(".chips a[href='/series?publisher=Kenya&compare=publisher']").length(), 1);
    assert_eq!(site.get("/series.csv?compare=publisher&step=month").body.lines().count(), 7);
}

#[test]
fn what_is_left_out_of_a_series_is_said() {
    let site = Site::limited(|l| l.series_bins = 5);
    let page = site.get("/series?step=day");
    assert!(page.text(".summing").concat().contains("more than 5 bars"), "{:?}", page.text(".summing"));
    assert_eq!(site.get("/series.csv?step=day").body.lines().count(), 11);
    let many = Site::of((0..8).map(|i| report(&format!("r{i}"), &format!("P{i}"), "2019-02-26", "ASSAULT")).collect());
    let page = many.get("/series?compare=publisher");
    assert_eq!(page.page().select("figure.plot").length(), 6);
    assert!(page.text(".summing").concat().contains("6 most frequent of 8"));
    assert_eq!(many.get("/series.json?compare=publisher").json()["values_left_out"], 2);
}

#[test]
fn a_matrix_has_links_and_a_table() {
    let site = Site::plain();
    let page = site.get("/dyads?by=code");
    let told: Vec<String> = page
        .page()
        .select("svg.matrix a[data-row]")
        .iter()
        .map(|a| a.attr("aria-label").unwrap().to_string())
        .collect();
    assert!(
        told.contains(&"Peru, government to Peru, government: 2 events, 100 % conflict, mean score −9.5".to_owned()),
        "{told:?}"
    );
    assert_eq!(page.page().select(".as-table tbody tr").length(), 3);
    let link = page.page().select("svg.matrix a[data-row]").iter().next().unwrap().attr("href").unwrap().to_string();
    assert_eq!(site.get(&link).text(".summary h1 .num"), ["2"], "{link}");
    let cut = Site::limited(|l| (l.linked_rows, l.table_rows, l.most_rows) = (1, 1, 2));
    let page = cut.get("/dyads?by=code&sort=together");
    assert_eq!(page.page().select("svg.matrix a[data-row]").length(), 1);
    assert!(page.text(".as-table").concat().contains("1 most frequent of 3"));
    assert_eq!(cut.get("/dyads.json?by=code").json()["truncated"], true);
    assert!(cut.get("/dyads.csv?by=code").header("content-disposition").contains("dyads-1-to-2-of-3"));
}

#[test]
fn a_network_has_nodes_and_lines() {
    let mut meeting = report("four", "Kenya", "2019-03-08", "CONSULT");
    for event in &mut meeting.record.events {
        event.recipient[0].code = "UGAGOV".to_owned();
        event.quad = 1;
    }
    let site = Site::of(vec![report("one", "Kenya", "2019-02-26", "ASSAULT"), meeting]);
    let page = site.get("/network");
    assert_eq!(page.page().select("svg.network .nodes a").length(), 2);
    let document = page.page();
    let line = document.select("svg.network .edges a");
    assert_eq!((line.length(), line.attr("data-n").unwrap().to_string()), (1, "2".to_owned()));
    let href = line.attr("href").unwrap().to_string();
    assert_eq!(site.get(&href).text(".summary h1 .num"), ["2"]);
    assert_eq!(site.get("/network?least=3").text(".empty h2").len(), 1);
    let json = site.get("/network.json").json();
    assert_eq!((json["nodes"].as_array().unwrap().len(), &json["lines"][0]["events"]), (2, &2.into()));
    assert_eq!(json, site.get("/network.json").json(), "the same every time");
}

#[test]
fn a_map_shows_places_countries_and_arcs() {
    let site = Site::plain();
    let page = site.get("/map");
    assert_eq!(page.page().select("svg.map .dots a").length(), 1);
    let link = page.page().select("svg.map .dots a").attr("href").unwrap().to_string();
    assert_eq!(link, "/search?at=1.50%2C2.50");
    assert_eq!(site.get(&link).text(".summary h1 .num"), ["6"]);
    assert_eq!(page.page().select("svg.map .countries a").length(), 3);
    let link = page.page().select("svg.map .countries a").attr("href").unwrap().to_string();
    assert_eq!(site.get(&link).text(".summary h1 .num"), ["2"], "{link}");
    assert_eq!(site.get("/map?shade=none").page().select("svg.map .countries a").length(), 0);
    assert_eq!(
        site.get("/map?arcs=25").page().select("svg.map .arcs a").length(),
        0,
        "nobody deals with another country"
    );
    assert_eq!(site.get("/map.csv").body.lines().count(), 2);
}

#[test]
fn nothing_found_gives_advice_here_too() {
    let site = Site::plain();
    for page in ["series", "dyads", "network", "map"] {
        let nothing = site.get(&format!("/{page}?q=nowhere&from=2019-01-01"));
        assert_eq!((nothing.status.as_u16(), nothing.text(".empty li").len()), (200, 3), "{page}");
        let empty = Site::of(Vec::new()).get(&format!("/{page}"));
        assert!(empty.text(".empty").concat().contains("readout add"), "{page}");
    }
}

#[test]
fn pages_are_light_and_say_who_they_are() {
    let site = Site::plain();
    for page in ["series", "dyads", "network", "map"] {
        let answer = site.get(&format!("/{page}"));
        assert!(answer.body.len() < 150_000, "{page} has {} bytes", answer.body.len());
        assert_eq!(answer.page().select("main#main h1").length(), 1, "{page}");
        assert_eq!(answer.page().select("nav.lenses a[aria-current]").length(), 1, "{page}");
        assert_eq!(answer.page().select("[style]").length(), 0, "{page}");
        assert!(answer.text("footer").concat().contains("news.db"), "{page}");
    }
}

/// The bytes that no page may weigh.
const HEAVIEST: usize = 400_000;

#[test]
fn no_page_is_heavy_however_much_there_is() {
    const COUNTRIES: &str =
        "KEN UGA TZA RWA BDI ETH SDN SSD SOM DJI ERI EGY LBY TUN DZA MAR MRT MLI NER TCD NGA GHA TGO BEN CMR";
    const SECTORS: &str = "GOV MIL COP OPP CVL JUD LEG REB";
    let codes: Vec<String> =
        SECTORS.split(' ').flat_map(|s| COUNTRIES.split(' ').map(move |c| format!("{c}{s}"))).collect();
    let first: jiff::civil::Date = "2018-01-01".parse().unwrap();
    let made = |i: usize| {
        let day = first.saturating_add(jiff::Span::new().days(i as i64 % 420)).to_string();
        let mut made = report(&format!("r{i}"), "Kenya", &day, if i.is_multiple_of(3) { "CONSULT" } else { "ASSAULT" });
        for (n, event) in made.record.events.iter_mut().enumerate() {
            event.actor[0].code.clone_from(&codes[i % 200]);
            event.recipient[0].code.clone_from(&codes[(i * 7 + i / 200 + n * 50 + 1) % 200]);
        }
        made
    };
    let site = Site::of((0..1000).map(made).collect());
    let chosen = "from=2018-01-01&to=2019-12-31&type=ASSAULT&type=CONSULT&status=fact&status=negated";
    for page in [
        "/",
        "/search?rows=1000",
        "/network?top=200&by=code&least=1",
        "/dyads?top=200&by=code",
        "/dyads?top=50&by=code",
        "/series?step=day",
        "/series?step=day&compare=actor",
        "/map?arcs=80",
        "/claims",
        "/claims?between=KEN-UGA",
        "/claims?between=KEN-KEN",
        "/sql?q=SELECT+*+FROM+documents",
    ] {
        let and = if page.contains('?') { '&' } else { '?' };
        for address in [page.to_owned(), format!("{page}{and}{chosen}")] {
            let answer = site.get(&address);
            assert_eq!(answer.status, 200, "{address}");
            assert!(answer.body.len() < HEAVIEST, "{address} has {} bytes", answer.body.len());
        }
    }
}
