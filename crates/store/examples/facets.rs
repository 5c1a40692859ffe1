//! How long counts over many events take: `cargo run --release -p readout-store --example facets -- [EVENTS]`.
//!
//! Makes that many events (3,000,000 by default) with sides, speakers and publishers as skewed as news has them, and times
//! eight facets and a monthly series: of all of them, and after choices in three facets and a stretch of days.

use std::collections::BTreeSet;
use std::time::Instant;

use readout_store::columns::{Columns, Facet, Row, Selection, Spot, Unit};

/// Types, four of each quad class.
const TYPES: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "COOPERATE",
    "AID",
    "CONCEDE",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];
const STATUSES: [&str; 5] = ["fact", "fact", "future", "hypothetical", "historical"];
const SECTORS: [&str; 8] = ["GOV", "GOV", "GOV", "MIL", "OPP", "COP", "REB", "CVL"];

/// Repeats each choice this often.
const ROUNDS: u32 = 5;

fn main() {
    let events = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(3_000_000_u32);
    let clock = Instant::now();
    let mut columns = Columns::default();
    let mut dice = Dice(20);
    for id in 0..events {
        let kind = dice.skewed(TYPES.len());
        let actor = (0..=dice.below(4) / 3).map(|_| code(&mut dice)).collect();
        columns.push(&Row {
            id,
            day: Some(10_000 + dice.below(6_000) as i64),
            kind: pick(&TYPES, kind),
            quad: 1 + (kind / 4) as u8,
            status: pick(&STATUSES, dice.below(5)),
            actor,
            recipient: vec![code(&mut dice)],
            speaker: if dice.below(3) == 0 { String::new() } else { code(&mut dice) },
            publisher: format!("Outlet {}", dice.skewed(400)),
            place: country(dice.skewed(200)),
            spot: Spot::new(dice.below(140) as f64 - 60.0, dice.below(30) as f64),
            place_name: "Town".to_owned(),
            score: dice.below(200) as f32 / 10.0 - 10.0,
        });
    }
    println!(
        "{} events in {} MB, made in {:.1} s",
        columns.len(),
        columns.bytes() / 1_000_000,
        clock.elapsed().as_secs_f64()
    );
    let of = |facet, value: &str| (facet, BTreeSet::from([value.to_owned()]));
    let some = Selection {
        values: [of(Facet::Type, "ACCUSE"), of(Facet::Status, "fact"), of(Facet::Publisher, "Outlet 3")].into(),
        from: "2000-01-01".parse().ok(),
        to: "2010-12-31".parse().ok(),
        ..Selection::default()
    };
    for (name, selection) in [("all", Selection::default()), ("three choices and eleven years", some)] {
        let clock = Instant::now();
        let mut seen = 0;
        for _ in 0..ROUNDS {
            seen = columns.facets(&selection).events;
        }
        let each = clock.elapsed() / ROUNDS;
        let time = |what: &str, ask: &dyn Fn()| {
            let clock = Instant::now();
            (0..ROUNDS).for_each(|_| ask());
            println!("{name}: {what} in {:.0} ms", (clock.elapsed() / ROUNDS).as_secs_f64() * 1e3);
        };
        time("days", &|| drop(columns.daily(&selection)));
        let six: Vec<String> = columns
            .facets(&selection)
            .counts
            .get(&Facet::Dyad)
            .into_iter()
            .flatten()
            .take(6)
            .map(|c| c.value.clone())
            .collect();
        time("days of six dyads", &|| drop(columns.daily_by(&selection, Facet::Dyad, &six)));
        time("sums by country and place", &|| {
            let sums = columns.sums(&selection);
            drop((sums.dyads(Unit::Country), sums.places()));
        });
        time("sums by code", &|| drop(columns.sums(&selection).dyads(Unit::Code)));
        println!("{name}: {seen} events, 9 facets and a monthly series in {:.0} ms", each.as_secs_f64() * 1e3);
    }
}

fn pick(from: &[&str], n: usize) -> String {
    from.get(n).copied().unwrap_or_default().to_owned()
}

fn country(n: usize) -> String {
    let letter = |n: usize| char::from(b'A' + (n % 26) as u8);
    [letter(n / 26), letter(n), letter(n * 7)].iter().collect()
}

fn code(dice: &mut Dice) -> String {
    country(dice.skewed(200)) + &pick(&SECTORS, dice.below(8))
}

/// Numbers without order, the same in every run (SplitMix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    /// Below `n`, the small ones often.
    fn skewed(&mut self, n: usize) -> usize {
        let (a, b) = (self.below(n), self.below(n));
        a * b / n.max(1)
    }
}
