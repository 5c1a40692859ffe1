//! SQL: statements that read, within limits, with the place of what is wrong.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod support;

use support::Site;

fn address(ending: &str, sql: &str) -> String {
    let sql: String = form_urlencoded::byte_serialize(sql.as_bytes()).collect();
    format!("/sql{ending}?q={sql}")
}

#[test]
fn a_statement_gives_the_same_rows_in_every_form() {
    let site = Site::plain();
    let sql = "SELECT type, count(*) AS n, NULL AS empty, 1.5 AS x FROM events GROUP BY 1 ORDER BY 1";
    let page = site.get(&address("", sql));
    assert_eq!(page.text(".grid thead th"), ["type", "n", "empty", "x"]);
    assert_eq!(page.text(".grid tbody tr:first-child td"), ["ASSAULT", "4", "–", "1.5"]);
    assert_eq!(page.text("textarea"), [sql]);
    let json = site.get(&address(".json", sql)).json();
    assert_eq!(json["rows"], serde_json::json!([["ASSAULT", 4, null, 1.5], ["CONSULT", 2, null, 1.5]]));
    assert_eq!(site.get(&address(".csv", sql)).body, "type,n,empty,x\nASSAULT,4,,1.5\nCONSULT,2,,1.5\n");
}

#[test]
fn every_example_runs() {
    let site = Site::plain();
    let start = site.get("/sql");
    let links: Vec<String> =
        start.page().select(".examples a").iter().map(|a| a.attr("href").unwrap().to_string()).collect();
    assert_eq!(links.len(), 6);
    for link in links {
        let page = site.get(&link);
        assert!(page.page().select(".wrong").is_empty() && page.status == 200, "{link}: {:?}", page.text(".wrong"));
    }
    assert!(start.text(".schema summary").contains(&"events".to_owned()));
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let site = Site::plain();
    let page = site.get(&address("", "SELECT id,\n  nowhere FROM events"));
    let told = page.text(".wrong").concat();
    assert!(told.contains("no such column: nowhere, in line 2, column 3"), "{told}");
    assert_eq!(page.text(".wrong pre"), ["  nowhere FROM events\n  ^"]);
    let json = site.get(&address(".json", "DELETE FROM events"));
    assert_eq!(json.status, 400);
    assert!(json.json()["hint"].as_str().unwrap().contains("SELECT"));
    let site = Site::limited(|l| l.sql_millis = 50);
    let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    assert!(site.get(&address("", endless)).text(".wrong").concat().contains("it was stopped after 0.05 s"));
    let page = site.get("/search.json").json();
    assert_eq!(page["total"], 6, "nothing is changed");
}

#[test]
fn what_is_cut_is_said() {
    let site = Site::limited(|l| (l.sql_page_rows, l.sql_rows) = (2, 3));
    let page = site.get(&address("", "SELECT id FROM events"));
    assert_eq!((page.text(".grid tbody tr").len(), page.text(".notice").len()), (2, 1));
    let json = site.get(&address(".json", "SELECT id FROM events")).json();
    assert_eq!((json["rows"].as_array().unwrap().len(), &json["truncated"]), (3, &true.into()));
    assert!(site.get(&address(".csv", "SELECT id FROM events")).header("content-disposition").contains("sql-first-3"));
}

#[test]
fn values_are_text_whatever_they_say() {
    let site = Site::plain();
    let evil = "SELECT '<script>alert(1)</script>' AS \"<img src=x onerror=alert(1)>\", '=1+1' AS f";
    let page = site.get(&address("", evil));
    assert_eq!(page.page().select("main script, main img").length(), 0);
    assert_eq!(page.text(".grid td")[0], "<script>alert(1)</script>");
    assert!(site.get(&address(".csv", evil)).body.ends_with("<script>alert(1)</script>,'=1+1\n"));
}
