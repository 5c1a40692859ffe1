//! GDELT, ICEWS, POLECAT and Phoenix: their columns, and what is put in each.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod support;

use readout_export::{Counted, Format, Options, pair_number};
use readout_record::Status;
use support::{bytes, cells, facts, reports, text};

/// The rows of a format for the invented reports, without the header.
fn rows(format: Format, header: bool) -> Vec<Vec<String>> {
    let all = cells(&text(&reports(), format, &facts()));
    all[usize::from(header)..].to_vec()
}

/// Named cells of a row: columns counted from 1, as the formats' descriptions do.
fn check(row: &[String], expect: &[(usize, &str)]) {
    for (column, value) in expect {
        assert_eq!(row[column - 1], *value, "column {column} of {row:?}");
    }
}

#[test]
fn each_format_has_its_columns() {
    for (format, columns, header) in [
        (Format::Gdelt, 61, false),
        (Format::GdeltMentions, 16, false),
        (Format::Icews, 20, true),
        (Format::Polecat, 40, true),
        (Format::Phoenix, 26, false),
    ] {
        let (out, summary) = bytes(&reports(), format, &facts());
        let text = String::from_utf8(out).unwrap();
        assert!(text.ends_with('\n') && !text.contains(['"', '\r']), "{format:?}");
        let all = cells(&text);
        assert!(all.iter().all(|r| r.len() == columns), "{format:?}: {all:?}");
        assert_eq!(all.len() - usize::from(header), usize::try_from(summary.rows).unwrap(), "{format:?}");
        assert!(all.len() > 5, "{format:?}");
    }
}

#[test]
fn gdelt_events() {
    let rows = rows(Format::Gdelt, false);
    // Ghana and Togo condemned Mali: told in a-1 (twice), in a-2, and again by two near duplicates of a-1.
    let id = pair_number("a1010000000000000000", 0).to_string();
    check(
        &rows[0],
        &[
            (1, &id),
            (2, "20190226"),
            (3, "201902"),
            (4, "2019"),
            (5, "2019.1534"),
            (6, "GHAGOV"),
            (7, "GHANA"),
            (8, "GHA"),
            (13, "GOV"),
            (16, "MLIGOV"),
            (18, "MLI"),
            (26, "1"),
            (27, "111"),
            (28, "111"),
            (29, "11"),
            (30, "3"),
            (31, "-2.0"),
            (32, "6"), // two in a-1, one in a-2, one in a-3 (which lacks the second), two in a-4, which was not coded
            (33, "4"),
            (34, "4"),
            (35, ""),
            (36, "0"),
            (44, "0"),
            (52, "0"),
            (60, "20190226000000"),
            (61, "https://www.gazette.example/a?x=1&y=2"),
        ],
    );
    check(&rows[1], &[(1, &pair_number("a1010000000000000000", 1).to_string()), (6, "TGOGOV"), (16, "MLIGOV")]);
    // Peru and Chile met: both ways, and not again for the near duplicate, whose mention it is.
    check(&rows[2], &[(2, "20190225"), (6, "PERGOV"), (16, "CHLGOV"), (27, "040"), (28, "040"), (29, "04"), (30, "1")]);
    check(
        &rows[2],
        &[(52, "5"), (53, "Lima, Peru"), (54, "PE"), (55, "PE"), (57, "-12.04"), (58, "-77.03"), (32, "3")],
    );
    check(&rows[3], &[(6, "CHLGOV"), (16, "PERGOV"), (26, "0")]);
    // The United Nations and rebels of no known country; New York as a state of the U.S.
    check(&rows[4], &[(6, "IGOUNO"), (7, "UNITED NATIONS"), (8, ""), (9, "UNO"), (13, "IGO"), (16, "REB"), (18, "")]);
    check(&rows[4], &[(17, "REBELS IN THE HILLS 'THERE'"), (23, "REB"), (52, "2"), (53, "New York, United States")]);
    check(&rows[4], &[(54, "US"), (55, "USNY"), (61, "urn:b:1")]);
    check(&rows[5], &[(6, "YEMMIL"), (7, "ALI SALEH"), (52, "4"), (54, "GZ"), (55, "GZ"), (31, "-10.0")]);
    check(&rows[6], &[(6, "FRACOP"), (7, "POLICE"), (16, "FRALAB"), (52, "1"), (53, "France"), (54, "FR"), (59, "FR")]);
}

#[test]
fn gdelt_mentions_are_as_many_as_the_events_say() {
    let (events, mentions) = (rows(Format::Gdelt, false), rows(Format::GdeltMentions, false));
    for event in &events {
        let count = mentions.iter().filter(|m| m[0] == event[0]).count();
        assert_eq!(count.to_string(), event[31], "{}", event[0]);
        let articles: std::collections::BTreeSet<&str> =
            mentions.iter().filter(|m| m[0] == event[0]).map(|m| m[5].as_str()).collect();
        assert_eq!(articles.len().to_string(), event[33], "{}", event[0]);
        let added = mentions.iter().filter(|m| m[0] == event[0]).all(|m| m[1] == event[59]);
        assert!(added, "EventTimeDate is DATEADDED");
    }
    let id = pair_number("a1010000000000000000", 1).to_string();
    let of: Vec<&Vec<String>> = mentions.iter().filter(|m| m[0] == id).collect();
    check(
        of[0],
        &[(3, "20190226000000"), (4, "1"), (5, "gazette.example"), (7, "1"), (8, "10"), (9, "30"), (10, "40")],
    );
    check(of[0], &[(11, "1"), (12, "80"), (13, "299"), (14, ""), (15, ""), (16, "")]);
    check(of[1], &[(7, "3"), (8, "-1"), (9, "-1")]); // "condemnation": Togo is not told there
    check(of[2], &[(3, "20190227000000"), (5, "accra.example"), (10, "20")]);
    // A near duplicate that was not coded: where in it the words stand is not known.
    check(of[4], &[(3, "20190228000000"), (5, "wire.example"), (7, ""), (8, "-1"), (10, "-1"), (11, ""), (12, "80")]);
    let pronoun = pair_number("b1020000000000000000", 0).to_string();
    let raw = mentions.iter().find(|m| m[0] == pronoun).unwrap();
    check(raw, &[(4, "2"), (5, "Daily 'Tab' News"), (6, "urn:b:1"), (11, "0"), (12, "46")]);
}

#[test]
fn icews() {
    let rows = rows(Format::Icews, true);
    check(
        &rows[0],
        &[
            (2, "2019-02-26"),
            (3, "Ghana"),
            (4, "Government"),
            (5, "Ghana"),
            (7, "111"),
            (8, "-2.0"),
            (9, "Mali"),
            (13, "1"),
            (14, "The Lomé Gazette"),
        ],
    );
    check(&rows[2], &[(15, ""), (17, "Lima"), (18, "Peru"), (19, "-12.04")]);
    check(
        &rows[6],
        &[(3, "Police (France)"), (4, "Police,Government"), (9, "Labor (France)"), (15, ""), (18, "France")],
    );
    let ids: std::collections::BTreeSet<&str> = rows.iter().map(|r| r[0].as_str()).collect();
    assert_eq!(ids.len(), rows.len());
    assert!(rows.iter().all(|r| r[0].parse::<i32>().unwrap() > 0 && r[11].parse::<i32>().unwrap() > 0));
}

#[test]
fn polecat() {
    let rows = rows(Format::Polecat, true);
    check(
        &rows[0],
        &[
            (1, "20190226-a1010000000000000000-0"),
            (2, "2019-02-26"),
            (3, "ACCUSE"),
            (4, "disapprove"),
            (5, "-2.0"),
            (6, "VERBAL CONFLICT"),
            (7, "military; territory"),
            (8, "Ghana"),
            (9, "GHA"),
            (10, "452"),
            (11, "GOV"),
            (12, "GOV"),
            (13, "None"),
            (14, "Ghana"),
            (15, "None"),
            (16, "Mali"),
            (18, "432"),
            (24, "None"),
            (34, "The Lomé Gazette"),
            (35, "2019-02-26"),
            (39, "en"),
            (40, "readout test"),
        ],
    );
    check(
        &rows[4],
        &[(9, "None"), (10, "None"), (11, "IGO"), (17, "None"), (19, "REB"), (27, "New York"), (28, "USA")],
    );
    assert!(rows.iter().flatten().all(|c| !c.is_empty()), "what is missing is None");
}

#[test]
fn phoenix() {
    let rows = rows(Format::Phoenix, false);
    check(
        &rows[0],
        &[
            (2, "20190226"),
            (3, "2019"),
            (4, "02"),
            (5, "26"),
            (6, "GHAGOV"),
            (7, "GHA"),
            (8, "GOV"),
            (9, ""),
            (10, "MLIGOV"),
            (14, "111"),
            (15, "11"),
            (16, "3"),
            (17, "-2.0"),
            (18, "military;territory"),
            (24, "a-1_1"),
            (
                25,
                "https://www.gazette.example/a?x=1&y=2;https://accra.example/p;https://kumasi.example/q;https://wire.example/uncoded",
            ),
            (26, "The Lomé Gazette;Accra Post;Kumasi Times;wire.example"),
        ],
    );
    check(&rows[4], &[(6, "IGOUNO"), (7, "IGO"), (8, "UNO"), (10, "---REB"), (11, "---"), (12, "REB")]);
}

#[test]
fn what_has_no_day_or_no_party_is_left_out_and_told() {
    let (_, summary) = bytes(&reports(), Format::Gdelt, &facts());
    let left: Vec<(&str, u64)> = summary.left_out.iter().map(|(why, n)| (*why, *n)).collect();
    assert_eq!(left, [("without a day", 1), ("without a party", 1)]);
}

#[test]
fn the_user_chooses_statuses() {
    let with = |statuses: &[Status]| {
        let options = Options { statuses: statuses.to_vec(), ..Options::default() };
        cells(&text(&reports(), Format::Polecat, &options)).len() - 1
    };
    assert_eq!(with(&[Status::Future]), 1);
    assert_eq!(with(&[Status::Historical]), 1);
    assert_eq!(with(&[]), with(&[Status::Fact]) + 2);
}

#[test]
fn every_mention_by_itself() {
    let options = Options { counted: Counted::Mentions, ..facts() };
    let rows = cells(&text(&reports(), Format::Gdelt, &options));
    let of_ghana = rows.iter().filter(|r| r[5] == "GHAGOV").count();
    assert_eq!(of_ghana, 4, "three mentions linked, one in a near duplicate");
    assert!(rows.iter().all(|r| r[31] == "1" && r[33] == "1"));
}

#[test]
fn one_a_day_keeps_the_first() {
    let options = Options { counted: Counted::Mentions, one_a_day: true, ..facts() };
    let rows = cells(&text(&reports(), Format::Gdelt, &options));
    let of_ghana: Vec<&str> = rows.iter().filter(|r| r[5] == "GHAGOV").map(|r| r[1].as_str()).collect();
    // One of the day and one of the next; the mention without a recipient is another one.
    assert_eq!(of_ghana, ["20190226", "20190226", "20190227"]);
}
