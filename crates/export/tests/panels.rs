//! Panels: balanced, with explicit zeros, and nothing lost between the acts and the cells.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use readout_export::{
    Codes, Countries, Format, Keys, Options, PanelOptions, Period, Report, Role, Sectors, System, Unit,
};
use serde_json::json;
use support::{bytes, event, facts, one, reports};

/// A panel's rows by column name, and what the export says it counted.
fn panel(reports: &[Report], options: &Options) -> (Vec<BTreeMap<String, String>>, u64) {
    let (out, summary) = bytes(reports, Format::PanelCsv, options);
    let text = String::from_utf8(out).unwrap();
    let mut lines = text.lines().map(|l| l.split(',').map(str::to_owned).collect::<Vec<_>>());
    let head = lines.next().unwrap();
    let rows = lines.map(|cells| head.iter().cloned().zip(cells).collect());
    (rows.collect(), summary.counted)
}

fn options(panel: PanelOptions) -> Options {
    Options { panel, ..facts() }
}

/// The rows in which something was counted: keys joined, and the number of events.
fn filled(rows: &[BTreeMap<String, String>], keys: &[&str]) -> Vec<String> {
    let counted = rows.iter().filter(|r| r["events"] != "0");
    let key = |r: &BTreeMap<String, String>| keys.iter().map(|k| r[*k].clone()).collect::<Vec<_>>().join(" ");
    counted.map(|r| format!("{} {}", key(r), r["events"])).collect()
}

#[test]
fn the_columns_are_those_that_others_join_by() {
    let (ours, theirs) = (Keys::Peacesciencer, Keys::States);
    for (unit, period, codes, keys, expect) in [
        (
            Unit::Dyad,
            Period::Month,
            Codes::Cow,
            ours,
            "ccode1,ccode2,year,month,month_id,date,events,verbal_cooperation",
        ),
        (Unit::Dyad, Period::Year, Codes::Gw, ours, "gwcode1,gwcode2,year,events,verbal_cooperation"),
        (Unit::Dyad, Period::Year, Codes::Iso, ours, "iso3c_1,iso3c_2,year,events,verbal_cooperation"),
        (Unit::Country, Period::Month, Codes::Gw, ours, "gwcode,year,month,month_id,date,events,verbal_cooperation"),
        (Unit::Country, Period::Year, Codes::Cow, ours, "ccode,year,events,verbal_cooperation"),
        (Unit::Country, Period::Year, Codes::Cow, theirs, "cowcode,year,events,verbal_cooperation"),
        (Unit::Country, Period::Year, Codes::Iso, ours, "iso3c,year,events,verbal_cooperation"),
    ] {
        let (out, _) =
            bytes(&[], Format::PanelCsv, &options(PanelOptions { unit, period, codes, keys, ..Default::default() }));
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with(expect), "{text}");
        let rest = "material_cooperation,verbal_conflict,material_conflict,agree,consult,support,cooperate,aid,concede,retreat,\
            request,accuse,reject,threaten,protest,sanction,mobilize,coerce,assault,plover_score,goldstein\n";
        assert!(text.ends_with(rest), "{text}");
    }
}

#[test]
fn directed_dyads_by_month() {
    let mut all = options(PanelOptions::default());
    (all.from, all.to) = (Some(date(2019, 2, 1)), Some(date(2019, 3, 31)));
    let (rows, counted) = panel(&reports(), &all);
    let keys = ["ccode1", "ccode2", "year", "month", "month_id", "date"];
    assert_eq!(
        filled(&rows, &keys),
        [
            "135 155 2019 2 470 2019-02-01 1",
            "155 135 2019 2 470 2019-02-01 1",
            "452 432 2019 2 470 2019-02-01 1",
            "461 432 2019 2 470 2019-02-01 1"
        ]
    );
    assert_eq!(counted, 4);
    let states = Countries::embedded().members(System::Cow).filter(|m| m.within(date(2019, 2, 1), date(2019, 3, 31)));
    let states: BTreeSet<u16> = states.map(|m| m.number).collect();
    assert_eq!(rows.len(), states.len() * (states.len() - 1) * 2, "each with each, each month");
    let mali = rows.iter().find(|r| r["ccode1"] == "452" && r["ccode2"] == "432" && r["month"] == "2").unwrap();
    for (column, value) in
        [("accuse", "1"), ("verbal_conflict", "1"), ("consult", "0"), ("plover_score", "-2.0"), ("goldstein", "-2.0")]
    {
        assert_eq!(mali[column], value, "{column}");
    }
}

#[test]
fn undirected_dyads_have_the_larger_code_second() {
    let mut all = options(PanelOptions { undirected: true, period: Period::Year, ..Default::default() });
    (all.from, all.to) = (Some(date(2019, 1, 1)), Some(date(2019, 12, 31)));
    let (rows, counted) = panel(&reports(), &all);
    assert_eq!(filled(&rows, &["ccode1", "ccode2"]), ["135 155 1", "432 452 1", "432 461 1"]);
    assert_eq!(counted, 3);
    assert!(rows.iter().all(|r| r["ccode1"].parse::<u16>().unwrap() < r["ccode2"].parse().unwrap()));
}

#[test]
fn systems_differ_on_who_is_who() {
    // East Germany, the Soviet Union and West Germany agreed with each other in November 1989.
    for (codes, keys, expect) in [
        (Codes::Cow, ["ccode1", "ccode2"], ["260 265", "260 365", "265 260", "265 365", "365 260", "365 265"]),
        (Codes::Gw, ["gwcode1", "gwcode2"], ["260 265", "260 365", "265 260", "265 365", "365 260", "365 265"]),
        (Codes::Iso, ["iso3c_1", "iso3c_2"], ["DDR DEU", "DDR SUN", "DEU DDR", "DEU SUN", "SUN DDR", "SUN DEU"]),
    ] {
        let mut all = options(PanelOptions { codes, ..Default::default() });
        (all.from, all.to) = (Some(date(1989, 11, 1)), Some(date(1989, 11, 30)));
        let (rows, _) = panel(&reports(), &all);
        let expect: Vec<String> = expect.iter().map(|e| format!("{e} 1")).collect();
        assert_eq!(filled(&rows, &keys), expect, "{codes:?}");
    }
    // After unification Germany is 255 for the Correlates of War and 260 for Gleditsch and Ward; Serbia 345 and 340.
    let act = [one("a", "2010-05-05", "P", event("01", "ACCUSE", &["DEUGOV"], &["SRBGOV"], json!({})))];
    for (codes, keys, expect) in
        [(Codes::Cow, ["ccode1", "ccode2"], "255 345 1"), (Codes::Gw, ["gwcode1", "gwcode2"], "260 340 1")]
    {
        let (rows, _) = panel(&act, &options(PanelOptions { codes, ..Default::default() }));
        assert_eq!(filled(&rows, &keys), [expect]);
    }
}

#[test]
fn countries_count_by_role_and_sector() {
    let act = |id, kind, actor: &[&str], recipient: &[&str], more| event(id, kind, actor, recipient, more);
    let all = [
        one("a", "2019-05-05", "P", act("01", "ACCUSE", &["GHAGOV"], &["MLIREB"], json!({}))),
        one(
            "b",
            "2019-05-06",
            "P",
            act(
                "02",
                "PROTEST",
                &["GHACVL"],
                &["GHAGOV"],
                json!({"place": {"text": "Accra",
            "span": [0, 1], "country": "GHA"}}),
            ),
        ),
        one("c", "2019-05-07", "P", act("03", "AID", &["IGOUNO"], &["MLI"], json!({}))),
    ];
    let check = |role, sectors: Sectors, expect: &[&str]| {
        let mut options =
            options(PanelOptions { unit: Unit::Country, period: Period::Year, role, sectors, ..Default::default() });
        (options.from, options.to) = (Some(date(2019, 1, 1)), Some(date(2019, 12, 31)));
        let (rows, counted) = panel(&all, &options);
        assert_eq!(filled(&rows, &["ccode"]), expect, "{role:?}");
        let sum: u64 = rows.iter().map(|r| r["events"].parse::<u64>().unwrap()).sum();
        assert_eq!(sum, counted, "{role:?}");
    };
    check(Role::Actor, Sectors::All, &["452 2"]);
    check(Role::Actor, Sectors::State, &["452 1"]);
    check(Role::Actor, Sectors::These(vec!["CVL".into()]), &["452 1"]);
    check(Role::Recipient, Sectors::All, &["432 2", "452 1"]);
    check(Role::Recipient, Sectors::State, &["432 1", "452 1"]); // land without a sector counts with the state
    check(Role::Either, Sectors::All, &["432 2", "452 2"]);
    check(Role::Place, Sectors::All, &["452 1"]);
}

#[test]
fn domestic_acts_are_counted_where_they_are_asked_for() {
    for (domestic, expect) in [(false, 0), (true, 1)] {
        let mut all = options(PanelOptions { domestic, ..Default::default() });
        (all.from, all.to) = (Some(date(2020, 3, 1)), Some(date(2020, 3, 31)));
        let (rows, _) = panel(&reports(), &all);
        let french = rows.iter().filter(|r| r["ccode1"] == "220" && r["ccode2"] == "220" && r["coerce"] == "1");
        assert_eq!(french.count(), expect);
    }
}

#[test]
fn what_is_dated_too_broadly_is_in_no_month_but_in_its_year() {
    // The firm sold to North Yemen "in 1989", which the report's own day is in: it stands for that day.
    let wide = |published| {
        let more = json!({"date": "2018-01-01/2018-12-31"});
        vec![one("a", published, "P", event("01", "ACCUSE", &["GHAGOV"], &["MLIGOV"], more))]
    };
    let by = |period, published| {
        let mut all = options(PanelOptions { period, ..Default::default() });
        (all.from, all.to) = (Some(date(2018, 1, 1)), Some(date(2018, 12, 31)));
        bytes(&wide(published), Format::PanelCsv, &all).1.counted
    };
    assert_eq!(by(Period::Month, "2019-02-01"), 0);
    assert_eq!(by(Period::Year, "2019-02-01"), 1);
    assert_eq!(by(Period::Month, "2018-05-01"), 1, "this year, as of May");
}

#[test]
fn territories_are_there_on_request() {
    let act = [one("a", "2019-05-05", "P", event("01", "ACCUSE", &["PSEGOV"], &["ISRGOV"], json!({})))];
    for (territories, expect) in [(false, 0), (true, 1)] {
        let all = options(PanelOptions { codes: Codes::Iso, territories, ..Default::default() });
        assert_eq!(bytes(&act, Format::PanelCsv, &all).1.counted, expect);
    }
}

/// Countries of which some come and go, or have other numbers elsewhere.
const CODES: [&str; 8] = ["DEUGOV", "DDRMIL", "YEMGOV", "YMDGOV", "SUNGOV", "RUSMIL", "USA", "IGOUNO"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// Every act that qualifies is counted once in its cell, and every pair of members has its row.
    #[test]
    fn nothing_is_lost_between_acts_and_cells(
        acts in prop::collection::vec((0..8_usize, 0..8_usize, 1990_i16..1992, 1_i8..13, 1_i8..29), 0..20),
        undirected: bool,
        domestic: bool,
        gw: bool,
    ) {
        let codes = if gw { Codes::Gw } else { Codes::Cow };
        let system = if gw { System::Gw } else { System::Cow };
        let reports: Vec<Report> = acts.iter().enumerate().map(|(i, (a, r, y, m, d))| {
            let day = date(*y, *m, *d).to_string();
            one(&format!("d{i}"), &day, "P", event(&format!("{i:02x}"), "ACCUSE", &[CODES[*a]], &[CODES[*r]], json!({})))
        }).collect();
        let mut all = options(PanelOptions { codes, undirected, domestic, period: Period::Year, ..Default::default() });
        (all.from, all.to) = (Some(date(1990, 1, 1)), Some(date(1991, 12, 31)));
        let (out, summary) = bytes(&reports, Format::PanelCsv, &all);
        let (text, counted) = (String::from_utf8(out).unwrap(), summary.counted);
        let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|l| l.split(',').take(4).collect()).collect();

        // Its number on the day; a state that has just gone, or is about to come, has its row in that year all the same.
        let number = |c: &str, day: Date| {
            let on = |day| Countries::embedded().number(system, c.get(..3).unwrap(), day);
            on(day).or_else(|| day.first_of_year().series(1.day()).take(366).filter(|d| d.year() == day.year()).find_map(on))
        };
        let qualify = acts.iter().filter(|(a, r, y, m, d)| {
            let day = date(*y, *m, *d);
            let (a, r) = (number(CODES[*a], day), number(CODES[*r], day));
            a.is_some() && r.is_some() && (domestic || a != r)
        }).count();
        prop_assert_eq!(counted, qualify as u64);
        let sum: u64 = rows.iter().map(|r| r[3].parse::<u64>().unwrap()).sum();
        prop_assert_eq!(sum, counted);
        let keys: BTreeSet<&[&str]> = rows.iter().map(|r| &r[..3]).collect();
        prop_assert_eq!(keys.len(), rows.len(), "no cell twice");
        for year in 1990..=1991 {
            let members: BTreeSet<u16> = Countries::embedded().members(system)
                .filter(|m| m.within(date(year, 1, 1), date(year, 12, 31))).map(|m| m.number).collect();
            let n = members.len();
            let expect = if undirected { n * (n - 1) / 2 } else { n * (n - 1) } + if domestic { n } else { 0 };
            let got = rows.iter().filter(|r| r[2] == year.to_string()).count();
            prop_assert_eq!(got, expect, "balanced in {}", year);
        }
    }
}
