//! Codebook: entries are found, changed in a copy, tried out over the store, and taken away.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // helpers of tests fail as tests do

mod support;

use support::Site;

const NEW: &str = "rule accuse/strike-out\n  type     ACCUSE disapprove\n  verb     subj > obj : strike\n  codes    Kenya struck Uganda. = KENGOV > UGAGOV\n";

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[test]
fn entries_are_found_by_word_and_type() {
    let site = Site::plain();
    let page = site.get("/codebook?q=condemn");
    assert!(
        page.text(".block summary b").contains(&"rule accuse/condemn".to_owned()),
        "{:?}",
        page.text(".block summary b")
    );
    assert!(page.text(".block pre").iter().any(|text| text.contains("codes    ")));
    let json = site.get("/codebook.json?type=ACCUSE").json();
    assert!(json["total"].as_u64().unwrap() > 5);
    assert_eq!(json["types"].as_array().unwrap().len(), 16);
    let edit = page.page().select(".block a").attr("href").unwrap().to_string();
    assert!(
        site.get(&edit).text("textarea[name=text]").concat().starts_with('#')
            || site.get(&edit).text("textarea[name=text]").concat().starts_with("rule")
    );
    assert_eq!(site.get("/codebook?edit=rule+no/such").status, 404);
    assert!(site.get("/codebook?edit=new").text("select[name=file] option").len() > 20);
    assert!(site.get("/codebook?q=zzzz").text(".shelf").concat().contains("dictionary forms"));
}

#[test]
fn a_change_is_tried_out_over_the_store() {
    let site = Site::plain();
    let body = format!("file=acts/accuse.txt&block=&do=try&text={}", encoded(NEW));
    let page = site.post("/codebook", &body);
    assert_eq!(page.status, 200, "{}", page.body);
    // The coder of these tests changes the first event of each report, and loses the second.
    assert_eq!(page.text(".tally span"), ["+0 gained", "−3 lost", "3 changed"]);
    assert_eq!(page.text(".difference").len(), 6);
    assert!(page.text(".tally").concat().contains("in 3 reports with the words that the change is about: strike"));
    assert!(page.text("section.wrong pre").concat().contains("<b>accuse/strike-out</b>"));
    let json = site.post("/codebook.json", &body).json();
    assert_eq!(json["differences"].as_array().unwrap().len(), 6);
    assert_eq!(site.post("/codebook.csv", &body).body.lines().count(), 10);
    // Words that no sentence has change nothing.
    let other =
        format!("file=acts/accuse.txt&block=&do=try&text={}", encoded(&NEW.replace("obj : strike", "obj : upbraid")));
    assert!(site.post("/codebook", &other).text(".empty").concat().contains("Nothing changes"));
    let cut = Site::limited(|l| l.bench_reports = 1).post("/codebook", &body);
    assert!(cut.text(".notice").concat().contains("the newest 1 were coded"), "{:?}", cut.text(".notice"));
}

#[test]
fn errors_are_told_with_file_line_and_mend() {
    let site = Site::plain();
    let wrong = NEW.replace("ACCUSE disapprove", "ACCUZE");
    let page = site.post("/codebook", &format!("file=acts/accuse.txt&block=&do=try&text={}", encoded(&wrong)));
    let told = page.text(".findings li").concat();
    assert!(told.contains("Error in acts/accuse.txt:") && told.contains(';'), "{told}");
    assert!(page.text(".notice").concat().contains("mend the errors first"));
}

#[test]
fn a_change_is_taken_away_as_a_file_or_a_patch() {
    let site = Site::plain();
    let body = |what: &str| format!("file=acts/accuse.txt&block=&do={what}&text={}", encoded(NEW));
    let file = site.post("/codebook", &body("file"));
    assert!(file.header("content-disposition").contains("accuse.txt") && file.body.ends_with(NEW));
    let patch = site.post("/codebook", &body("patch"));
    assert!(patch.header("content-disposition").contains("accuse.patch"));
    assert!(
        patch.body.starts_with("--- a/codebook/acts/accuse.txt\n")
            && patch.body.contains("\n+rule accuse/strike-out\n")
    );
}

#[test]
fn what_makes_no_sense_is_said() {
    let site = Site::limited(|l| l.bench_bytes = 200);
    for (body, status) in [
        (format!("file=acts/accuse.txt&text={}", "x".repeat(300)), 413),
        ("file=acts/accuse.txt&text=".to_owned(), 400),
        ("file=../../etc/passwd&text=x".to_owned(), 400),
        ("file=acts/accuse.txt&block=rule+no/such&text=x".to_owned(), 404),
        ("file=acts/agree.txt&block=rule+accuse/condemn&text=x".to_owned(), 404),
    ] {
        assert_eq!(site.post("/codebook", &body).status, status, "{body}");
    }
}
