//! Who says what of the same matter, told in short: one line a mention.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)] // helpers of tests fail as tests do

use readout_record::Event;
use readout_record::claims::{Claims, Mention, Odds, Stance, Standing, Voice};
use serde_json::json;

/// Mentions from lines "DAY OUTLET[=PRINT] SPEAKER TYPE ACTOR > RECIPIENT [status|rule=…|date]…", "-" for none.
fn check(lines: &[&str], look: impl FnOnce(&Claims)) {
    let told: Vec<(Event, jiff::civil::Date, String, String)> =
        lines.iter().enumerate().map(|(i, l)| read(i, l)).collect();
    let mentions: Vec<Mention<'_>> = told
        .iter()
        .map(|(event, day, outlet, print)| Mention {
            event,
            published: Some(*day),
            outlet: Some(outlet),
            report: print,
            print,
        })
        .collect();
    let kind_of = |rule: &str| Some(rule.split('/').next()?.to_uppercase());
    look(&Claims::of(&mentions, &kind_of));
}

fn read(i: usize, line: &str) -> (Event, jiff::civil::Date, String, String) {
    let w: Vec<&str> = line.split(' ').collect();
    let party = |codes: &str| -> Vec<serde_json::Value> {
        codes.split(',').filter(|c| *c != "-").map(|c| json!({"text": c, "span": [0, 1], "code": c})).collect()
    };
    let quad = match w[3] {
        "ASSAULT" => 4,
        "ACCUSE" | "REJECT" => 3,
        "AID" | "RETREAT" => 2,
        _ => 1,
    };
    let said: Vec<_> = (w[2] != "-").then(|| json!({"text": "he", "code": w[2]})).into_iter().collect();
    let mut event = json!({"id": format!("e{i}"), "sent": 0, "trigger": "t", "span": [i, i + 1], "type": w[3], "quad": quad,
        "score": 0.0, "actor": party(w[4]), "recipient": party(w[6]), "status": "fact", "said_by": said});
    for extra in &w[7..] {
        match extra.split_once('=') {
            Some((name, value)) => event[name] = value.into(),
            None if extra.contains('-') => event["date"] = (*extra).into(),
            None => event["status"] = (*extra).into(),
        }
    }
    let (outlet, print) = w[1].split_once('=').unwrap_or((w[1], line));
    (serde_json::from_value(event).unwrap(), w[0].parse().unwrap(), outlet.to_owned(), print.to_owned())
}

fn speaker(code: &str) -> Voice {
    Voice::Speaker(code.to_owned())
}

fn outlet(name: &str) -> Voice {
    Voice::Outlet(name.to_owned())
}

#[test]
fn two_voices_agree() {
    check(&["2024-05-02 Daily - ASSAULT UGAMIL > KENGOV", "2024-05-03 Weekly KENGOV ASSAULT UGAGOV > KENCVL"], |c| {
        let [matter] = c.matters.as_slice() else { panic!("{c:?}") };
        assert_eq!((matter.standing, matter.independent, matter.parties_only), (Standing::Agreed, 2, false));
        assert_eq!(matter.voices(), [&outlet("Daily"), &speaker("KENGOV")]);
        assert!(matter.is_party(&speaker("KENGOV")) && !matter.is_party(&speaker("TZAGOV")));
        assert!(matter.relays.contains("Weekly") && matter.silent.is_empty());
    });
}

#[test]
fn a_reprint_is_no_second_voice() {
    check(&["2024-05-02 Daily=x - ASSAULT UGAMIL > KENGOV", "2024-05-02 Weekly=x - ASSAULT UGAMIL > KENGOV"], |c| {
        assert_eq!((c.matters[0].standing, c.matters[0].independent), (Standing::Single, 1));
        assert_eq!(c.voices.len(), 2);
    });
}

#[test]
fn speakers_of_one_country_are_one_voice_more() {
    let lines = ["2024-05-02 Daily KENGOV ASSAULT UGAMIL > KENGOV", "2024-05-02 Daily KENMIL ASSAULT UGAMIL > KENGOV"];
    check(&lines, |c| {
        assert_eq!((c.matters[0].standing, c.matters[0].independent, c.voices.len()), (Standing::Single, 1, 3));
    });
}

#[test]
fn what_one_asserts_another_denies() {
    check(
        &["2024-05-02 Daily KENGOV ASSAULT UGAMIL > KENGOV", "2024-05-02 Daily UGAGOV ASSAULT UGAMIL > KENGOV negated"],
        |c| {
            assert_eq!(c.matters.len(), 1);
            assert_eq!(c.matters[0].standing, Standing::Contested);
            assert!(c.matters[0].parties_only);
            assert_eq!(c.matters[0].stance(&speaker("UGAGOV")), Some(Stance::Denies));
        },
    );
}

#[test]
fn a_denial_is_about_the_act_that_its_rule_names() {
    let lines = [
        "2024-05-01 Daily - AID UGAGOV > KENGOV",
        "2024-05-02 Daily KENGOV ASSAULT UGAMIL > KENGOV",
        "2024-05-03 Weekly - REJECT UGAGOV > - rule=refuse/deny+assault/noun",
    ];
    check(&lines, |c| {
        let assault = c.matters.iter().find(|m| m.kind == "ASSAULT").unwrap();
        assert_eq!((c.matters.len(), assault.standing), (2, Standing::Contested));
        assert_eq!(assault.holding(Stance::Denies), [&speaker("UGAGOV")].into());
    });
    // Far from it in time, a denial is a matter of its own.
    check(
        &[
            "2024-05-02 Daily - ASSAULT UGAMIL > KENGOV",
            "2024-05-20 Daily - REJECT UGAGOV > - rule=refuse/deny+assault/noun",
        ],
        |c| {
            assert_eq!(c.matters.iter().map(|m| m.standing).collect::<Vec<_>>(), [Standing::Single; 2]);
        },
    );
    // Without an act it answers a charge.
    check(
        &[
            "2024-05-02 Daily - ACCUSE KENGOV > UGAGOV",
            "2024-05-02 Daily - REJECT UGAGOV > - rule=reject/dismiss-claims",
        ],
        |c| {
            assert_eq!((c.matters.len(), c.matters[0].standing), (1, Standing::Contested));
        },
    );
}

#[test]
fn a_charge_asserts_what_it_charges_with() {
    let lines = [
        "2024-05-02 Daily - ASSAULT UGAMIL > -",
        "2024-05-02 Weekly - ACCUSE KENGOV > UGAGOV rule=accuse/of+assault/noun",
    ];
    check(&lines, |c| {
        assert_eq!((c.matters.len(), c.matters[0].standing, c.matters[0].independent), (1, Standing::Agreed, 2));
    });
    check(&lines[1..], |c| assert_eq!(c.matters[0].kind, "ACCUSE"));
}

#[test]
fn other_days_types_and_parties_are_other_matters() {
    for other in [
        "2024-05-09 Daily - ASSAULT UGAMIL > KENGOV",
        "2024-05-02 Daily - AID UGAMIL > KENGOV",
        "2024-05-02 Daily - ASSAULT TZAMIL > KENGOV",
        "2024-05-02 Daily - ASSAULT UGAMIL > RWAGOV",
        "2024-05-02 Daily - ASSAULT UGAMIL > KENGOV 1998-01-01/1998-12-31",
    ] {
        check(&["2024-05-02 Daily - ASSAULT UGAMIL > KENGOV", other], |c| assert_eq!(c.matters.len(), 2, "{other}"));
    }
    // Within a country sectors tell parties apart.
    check(&["2024-05-02 Daily - ASSAULT KENREB > KENGOV", "2024-05-02 Daily - ASSAULT KENCRM > KENGOV"], |c| {
        assert_eq!(c.matters.len(), 2);
        assert!(c.matters[0].odds.is_empty());
    });
}

#[test]
fn matters_are_at_odds_where_different_voices_tell_them() {
    for (lines, expect) in [
        (
            ["2024-05-02 Daily KENGOV ASSAULT UGAMIL > KENMIL", "2024-05-02 Daily UGAGOV ASSAULT KENMIL > UGAMIL"],
            Some(Odds::Turned),
        ),
        (
            ["2024-05-02 Daily KENGOV ASSAULT UGAMIL > KENMIL", "2024-05-02 Daily UGAGOV ASSAULT SOMREB > KENGOV"],
            Some(Odds::Blamed),
        ),
        (
            ["2024-05-02 Daily KENGOV ASSAULT UGAMIL > KENMIL", "2024-05-04 Daily UGAGOV AID UGAGOV > KENGOV"],
            Some(Odds::Opposite),
        ),
        (["2024-05-02 Daily KENGOV ASSAULT UGAMIL > KENMIL", "2024-05-02 Daily KENGOV ASSAULT KENMIL > UGAMIL"], None),
        (["2024-05-02 Daily KENGOV ASSAULT UGAMIL > KENMIL", "2024-05-12 Daily UGAGOV AID UGAGOV > KENGOV"], None),
    ] {
        check(&lines, |c| assert_eq!(c.matters[0].odds.first().copied(), expect.map(|o| (o, 1)), "{lines:?}"));
    }
}

#[test]
fn silent_is_who_speaks_then_but_not_of_this() {
    let lines = [
        "2024-05-02 Daily KENGOV ASSAULT UGAMIL > KENMIL",
        "2024-05-03 Weekly TZAGOV REQUEST KENGOV > UGAGOV",
        "2024-05-20 Monthly - REQUEST KENGOV > UGAGOV",
    ];
    check(&lines, |c| {
        let assault = c.matters.iter().find(|m| m.kind == "ASSAULT").unwrap();
        assert_eq!(assault.silent, [speaker("TZAGOV"), outlet("Weekly")].into());
    });
}

#[test]
fn what_is_only_expected_is_open_and_only_denied_is_denied() {
    check(&["2024-05-02 Daily - CONSULT KENGOV,UGAGOV > - future"], |c| {
        assert_eq!(c.matters[0].standing, Standing::Open)
    });
    check(&["2024-05-02 Daily - CONSULT KENGOV,UGAGOV > - negated"], |c| {
        assert_eq!(c.matters[0].standing, Standing::Denied)
    });
}

#[test]
fn speakers_without_a_party_are_known_by_what_they_are_called() {
    check(&["2024-05-02 Daily --- ASSAULT UGAMIL > KENMIL"], |c| {
        assert_eq!(c.voices, [speaker("he"), outlet("Daily")])
    });
}
