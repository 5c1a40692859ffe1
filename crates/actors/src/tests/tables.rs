//! The embedded tables hold together.

use jiff::civil::date;

use crate::{Actors, EMBEDDED};

#[test]
fn embedded_tables_have_no_mistakes() {
    if let Err(problems) = Actors::from_texts(&EMBEDDED) {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"));
    }
}

#[test]
fn a_mistake_is_told_with_file_line_and_hint() {
    let text = "# comment\niso3\tname\tnames\tadjectives\tstart\tend\nIrn\tIran\tIran\tIranian\t\t\nFRA\tFrance\tFrance\tFrench\t19x0\t\n";
    let problems = Actors::from_texts(&[("countries.tsv", text)]).expect_err("two mistakes");
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].starts_with("countries.tsv:3: 'Irn' in column 'iso3'"), "{lines:?}");
    assert!(lines[1].starts_with("countries.tsv:4: '19x0' in column 'start'"), "{lines:?}");
}

#[test]
fn rows_given_later_add_to_the_embedded_ones() {
    let mine = "iso3\tname\taliases\nQAT\tExample Widgets\tExWi\n";
    let mut files = EMBEDDED.to_vec();
    files.push(("companies.tsv", mine));
    let (actors, _) = crate::build::build(&files);
    assert!(actors.phrases.exact("Example Widgets").len() == 1);
    assert!(actors.role("foreign ministries").is_some());
}

#[test]
fn offices_have_their_holders() {
    let a = Actors::embedded();
    let who =
        |iso3: &str, office: &str, y: i16, m: i8, d: i8| a.holder(iso3, office, date(y, m, d)).map(|p| p.name.clone());
    assert_eq!(who("IRN", "president", 2019, 2, 26).as_deref(), Some("Hassan Rouhani"));
    assert_eq!(who("IRN", "leader", 2019, 2, 26).as_deref(), Some("Ali Khamenei"));
    assert_eq!(who("GBR", "premier", 1987, 3, 25).as_deref(), Some("Margaret Thatcher"));
    assert_eq!(who("USA", "president", 1987, 3, 24).as_deref(), Some("Ronald Reagan"));
    assert_eq!(who("USA", "king", 1987, 3, 24), None);
}

#[test]
fn places_have_coordinates() {
    let a = Actors::embedded();
    let at = |name: &str, near: Option<&str>| {
        a.place(name, near).map(|p| (p.iso3.clone(), p.lat.round() as i32, p.lon.round() as i32))
    };
    assert_eq!(at("Sochi", None), Some(("RUS".into(), 44, 40)));
    assert_eq!(at("Birmingham", None).map(|p| p.0).as_deref(), Some("GBR"));
    assert_eq!(at("Birmingham", Some("USA")).map(|p| p.0).as_deref(), Some("USA"));
    assert_eq!(at("Nosuchtown", None), None);
}

#[test]
fn datelines_tell_the_country() {
    let a = Actors::embedded();
    for (place, want) in [
        ("KUWAIT", Some("KWT")),
        ("BAHRAIN", Some("BHR")),
        ("Tehran", Some("IRN")),
        ("LONDON", Some("GBR")),
        ("NEW YORK", Some("USA")),
        ("Kyiv, Ukraine", Some("UKR")),
        ("Tbilisi, Georgia", Some("GEO")),
        ("ATLANTA, Georgia", Some("USA")),
        ("Springfield, Illinois", Some("USA")),
        ("UNITED NATIONS", None),
        ("the Hague", Some("NLD")),
        ("Nosuchtown", None),
        ("", None),
        ("PARIS", Some("FRA")),
        ("LUXEMBOURG", Some("LUX")),
        ("Washington", Some("USA")),
        ("Beirut, Lebanon", Some("LBN")),
        ("Moscow", Some("RUS")),
        ("Nosuchtown, Chad", Some("TCD")),
        ("Lima, Nosuchland", Some("PER")),
        ("Persian Gulf", None),
        ("SAO PAULO", Some("BRA")),
        ("PORT-AU-PRINCE", Some("HTI")),
    ] {
        assert_eq!(a.country_of_place(place), want, "{place}");
    }
}

#[test]
fn media_are_found_by_name_and_code() {
    let a = Actors::embedded();
    let code = |n: &str| a.medium(n).map(|m| m.code.clone());
    assert_eq!(code("Tehran Radio").as_deref(), Some("TehranRadio"));
    assert_eq!(code("the Guardian").as_deref(), Some("Guardian"));
    assert_eq!(code("IRNA").as_deref(), Some("IRNA"));
}

#[test]
fn a_state_of_the_day_stands_in() {
    let a = Actors::embedded();
    assert_eq!(a.state_of_the_day("RUS", Some(date(1987, 1, 1))), "SUN");
    assert_eq!(a.state_of_the_day("RUS", Some(date(2015, 1, 1))), "RUS");
    assert_eq!(a.state_of_the_day("IRN", Some(date(1987, 1, 1))), "IRN");
}

/// Time and size of the compiled tables: `cargo test -p readout-actors -- --ignored --nocapture measure`.
#[test]
#[ignore = "a measurement"]
fn measure() {
    let resident = || {
        std::fs::read_to_string("/proc/self/status")
            .ok()
            .and_then(|s| s.lines().find(|l| l.starts_with("VmRSS")).map(str::to_owned))
    };
    // Nanoseconds on a processor, so that other work on the machine does not count.
    let ran = || {
        std::fs::read_to_string("/proc/thread-self/schedstat")
            .ok()
            .and_then(|s| s.split(' ').next()?.parse::<u64>().ok())
            .unwrap_or(0)
    };
    for (file, text) in EMBEDDED {
        let start = ran();
        let _ = crate::build::build(&[EMBEDDED[0], (file, text)]);
        println!("{file}: {} us", (ran() - start) / 1000);
    }
    let (before, start) = (resident(), ran());
    let actors = Actors::embedded();
    println!(
        "built in {} ms; {before:?} -> {:?}; {} persons",
        (ran() - start) / 1_000_000,
        resident(),
        actors.persons.len()
    );
}
