//! The country that a report is from or mostly about: that of parties whose words name none.

use std::collections::BTreeMap;

use readout_text::FurnitureKind;

use crate::scene::Scene;

/// Share of a document's mentions of countries that makes one of them its own.
const DOMINANT_PERCENT: usize = 40;

/// Tells the scene its country, whether another is named nearly as often, as in a war between two, and how often each is.
pub(crate) fn settle(scene: &mut Scene) {
    let mut counts = counts(scene);
    let dateline = dateline(scene);
    if let Some(country) = &dateline {
        *counts.entry(country.clone()).or_default() += 1;
    }
    let most = counts.values().copied().max().unwrap_or(0);
    let rival = counts.values().filter(|n| *n * 2 >= most).count() > 1;
    // Bureaus report from elsewhere: a dateline counts where the report names its country often enough.
    let there = |country: &String| counts.get(country).is_some_and(|n| n * 2 > most);
    scene.home = dateline.filter(there).or_else(|| dominant(&counts));
    scene.rival = rival;
    scene.countries = counts;
}

/// Whether country `other` is a guest in the report: named less than half as often as the report's own.
pub(crate) fn is_guest(scene: &Scene, other: &str) -> bool {
    let named = |country: &str| scene.countries.get(country).copied().unwrap_or(0);
    scene.home.as_deref().is_some_and(|home| home != other && named(other) * 2 < named(home))
}

fn counts(scene: &Scene) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    let mentions = scene.sentences.iter().flat_map(|s| &s.mentions);
    let places = mentions.filter(|m| m.entity.kind.is_place() || m.entity.kind.is_state());
    for country in places.filter_map(|m| m.entity.country.as_deref()) {
        *counts.entry(scene.actors.state_of_the_day(country, scene.day).to_owned()).or_default() += 1;
    }
    counts
}

/// The country that is named most, where one is named clearly more than others.
fn dominant(counts: &BTreeMap<String, usize>) -> Option<String> {
    let total: usize = counts.values().sum();
    let (top, most) = counts.iter().max_by_key(|&(_, n)| n)?;
    let alone = counts.values().filter(|n| *n == most).count() == 1;
    (alone && most * 100 >= total * DOMINANT_PERCENT).then(|| top.clone())
}

fn dateline(scene: &Scene) -> Option<String> {
    let furniture = scene.document.furniture.iter().filter(|f| f.kind == FurnitureKind::Dateline);
    let countries = furniture.filter_map(|f| scene.actors.country_of_place(f.value.as_deref()?));
    countries.map(|iso3| scene.actors.state_of_the_day(iso3, scene.day).to_owned()).next()
}
