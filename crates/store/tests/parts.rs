//! Stores made in parts and merged, and stores compared.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)] // tests fail by panicking

mod support;

use readout_store::{Change, Comparison, Store, StoreError, Version, What};
use support::{arrival, batch, folder, open, report, stored, version};

#[test]
fn parts_merge_to_the_whole() {
    let (_w, whole) = folder();
    let expected = stored(&whole, &[batch()]);
    let (_a, one) = folder();
    let (_b, two) = folder();
    let (odd, even): (Vec<_>, Vec<_>) = batch().into_iter().partition(|a| a.ordinal.unwrap() % 2 == 1);
    stored(&one, &[odd]);
    stored(&two, &[even]);
    for order in [[&one, &two], [&two, &one]] {
        let (_m, path) = folder();
        let mut merged = open(&path);
        let run = merged.begin("merge", &version()).unwrap();
        for part in order {
            merged.absorb(run, &Store::open(part).unwrap(), "standard input", |_| ()).unwrap();
        }
        // Once more changes nothing.
        merged.absorb(run, &Store::open(&one).unwrap(), "standard input", |_| ()).unwrap();
        merged.link(1).unwrap();
        assert_eq!(merged.contents().unwrap().hash, expected);
    }
}

#[test]
fn parts_of_another_coder_are_refused() {
    let (_a, one) = folder();
    let (_b, two) = folder();
    stored(&one, &[batch()]);
    let other = Version { model: "n".into(), ..version() };
    let mut store = Store::open_or_create(&two, &other).unwrap();
    let run = store.begin("merge", &other).unwrap();
    let error = store.absorb(run, &Store::open(&one).unwrap(), "", |_| ()).unwrap_err();
    assert!(matches!(error, StoreError::OtherCoder { what: "model", .. }), "{error}");
}

#[test]
fn differences_are_found() {
    let (_a, one) = folder();
    let (_b, two) = folder();
    stored(&one, &[batch()]);
    let mut changed = batch();
    for (n, arrival) in changed.iter_mut().enumerate() {
        let What::Report(report) = &mut arrival.what else { continue };
        match n {
            0 => report.record.events.clear(),
            1 => report.record.events[0].kind = "AID".into(),
            2 => report.record.events[0].recipient.clear(),
            3 => report.record.events[0].span = [0, 5],
            _ => {}
        }
    }
    changed.remove(5);
    changed.push(arrival("more", 0, report("new", Some("2019-05-11"), None, "AID")));
    stored(&two, &[changed]);
    let mut seen = Vec::new();
    let comparison = Comparison::of(&Store::open(&one).unwrap(), &Store::open(&two).unwrap(), |d| {
        let kind = match &d.change {
            Change::Gained(_) => "gained".to_owned(),
            Change::Lost(_) => "lost".to_owned(),
            Change::Changed { fields, .. } => fields.join(" "),
        };
        assert!(d.sentence.contains(&d.document), "{d:?}");
        seen.push(format!("{} {kind}", d.document));
        Ok::<_, StoreError>(())
    })
    .unwrap();
    seen.sort();
    assert_eq!(seen, ["r0 lost", "r1 type", "r2 recipient", "r3 gained", "r3 lost"]);
    assert_eq!((comparison.same, comparison.gained, comparison.lost, comparison.changed), (5, 1, 2, 2));
    assert_eq!(comparison.unmatched, 2);
}
