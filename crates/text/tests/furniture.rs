//! Furniture: what is found in a text, and what is left of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use jiff::civil::date;
use readout_text::{Document, FurnitureKind, Meta};

fn read(text: &str) -> Document {
    let meta = Meta { published: Some(date(2019, 2, 27)), ..Meta::default() };
    Document::from_text(text.to_owned(), meta)
}

/// Checks furniture ("Kind=value", divided by "; ") and the body that is left, as token forms.
#[track_caller]
fn check(text: &str, furniture: &str, body: &str) {
    let document = read(text);
    let found: Vec<String> =
        document.furniture.iter().map(|f| format!("{:?}={}", f.kind, f.value.as_deref().unwrap_or("-"))).collect();
    assert_eq!(found.join("; "), furniture, "furniture of {text:?}");
    let forms: Vec<&str> = document.sentences.iter().flat_map(|s| s.tokens.iter().map(|t| t.form.as_str())).collect();
    assert_eq!(forms.join(" "), body, "body of {text:?}");
}

#[test]
fn datelines() {
    check("LONDON, Feb 26 - Iran agreed.", "Dateline=London", "Iran agreed .");
    check("TEHRAN – Iran agreed.", "Dateline=Tehran", "Iran agreed .");
    check("TEHRAN, Feb. 26 (MNA) – Iran agreed.", "Dateline=Tehran", "Iran agreed .");
    check("KYIV, Ukraine (AP) — Talks began.", "Dateline=Kyiv, Ukraine", "Talks began .");
    check("NEW YORK (Reuters) - Talks began.", "Dateline=New York", "Talks began .");
    check("(Reuters) - Talks began.", "Dateline=-", "Talks began .");
    check("Ottawa, Apr 7- The bank met.", "Dateline=Ottawa", "The bank met .");
    check("CASTRIES, St. Lucia, May 3 -- Talks began.", "Dateline=Castries, St. Lucia", "Talks began .");
    check("MOSCOW/KYIV, March 3 (Reuters) - Talks began.", "Dateline=Moscow/Kyiv", "Talks began .");
    check("ISLAMABAD, Feb 26 (APP): Talks began.", "Dateline=Islamabad", "Talks began .");
    check("A Headline\n\nPARIS, Jan 2 (AFP) - Talks began.", "Dateline=Paris", "A Headline Talks began .");
    check("OTTAWA, March 12, Reuter - The bank met.", "Dateline=Ottawa", "The bank met .");
    check("ARNHEM, the Netherlands, April 1 - The bank met.", "Dateline=Arnhem, the Netherlands", "The bank met .");
    check("NEWPORT NEWS, Va., Arpil 1 - The bank met.", "Dateline=Newport News, Va.", "The bank met .");
    check("LA CROSSE, WIS. - The bank met.", "Dateline=La Crosse, Wis.", "The bank met .");
    check("Friday, August 21, 2015\n\nTalks began.", "Dateline=-", "Talks began .");
}

#[test]
fn what_is_no_dateline() {
    for text in [
        "Iran - a party to the talks - agreed.",
        "Rouhani – who spoke on Monday – left.",
        "VOTERS LIKE THE ECONOMY, NOT THE MAYOR - Poll of the town",
        "IRAN - IRAQ TALKS END",
        "NATO - the alliance - agreed.",
        "EXCLUSIVE - Talks began.",
        "The U.S. - Iran talks began.",
        "Talks in Tehran, Feb 26 - the last ones - failed.",
        "POLL: Voters agree.",
    ] {
        assert!(read(text).furniture.is_empty(), "{text:?}: {:?}", read(text).furniture);
    }
}

#[test]
fn datelines_are_dated_by_the_report() {
    assert_eq!(read("LONDON, Feb 26 - Iran agreed.").furniture[0].date, Some(date(2019, 2, 26)));
    let meta = Meta { published: Some(date(2020, 1, 2)), ..Meta::default() };
    let document = Document::from_text("PARIS, Dec 31 - It ended.".to_owned(), meta);
    assert_eq!(document.furniture[0].date, Some(date(2019, 12, 31)));
    let undated = Document::from_text("PARIS, Dec 31 - It ended.".to_owned(), Meta::default());
    assert_eq!(undated.furniture[0].date, None);
}

#[test]
fn a_dateline_lies_in_the_first_sentence() {
    let document = read("LONDON, Feb 26 - Iran agreed. Iraq did not.");
    assert_eq!(document.sentences[0].span.of(&document.text), "LONDON, Feb 26 - Iran agreed.");
    assert_eq!(document.sentences[0].tokens[0].form, "Iran");
    assert!(document.sentences[0].starts_paragraph);
}

#[test]
fn bylines() {
    check("By Jane Doe\n\nTalks began.", "Byline=Jane Doe", "Talks began .");
    check("By Jane Doe and John Roe, Reuters\n\nTalks began.", "Byline=Jane Doe and John Roe", "Talks began .");
    check("By Monday evening talks had begun.", "", "By Monday evening talks had begun .");
    check("Talks began. MH/PA", "Byline=MH/PA", "Talks began .");
    check(
        "Talks began.\n\n(Reporting by Jane Doe; Editing by John Roe)",
        "Byline=Reporting by Jane Doe; Editing by John Roe",
        "Talks began .",
    );
    check("Talks began. Reporting by Jane Doe.", "Byline=Reporting by Jane Doe", "Talks began .");
    check(
        "He was charged. Reporting by the paper was fair, he said.",
        "",
        "He was charged . Reporting by the paper was fair , he said .",
    );
}

#[test]
fn credits() {
    check("Talks began. (AP)", "Credit=AP", "Talks began .");
    check("Talks began. - AFP", "Credit=AFP", "Talks began .");
    check("Talks began.\n\n(Reuters)", "Credit=Reuters", "Talks began .");
    check("He spoke to Reuters.", "", "He spoke to Reuters .");
}

#[test]
fn licences() {
    let line =
        "All Content by Mehr News Agency is licensed under a Creative Commons Attribution 4.0 International License.";
    check(&format!("Talks began. MH/PA {line}"), "Byline=MH/PA; Licence=CC-BY-4.0", "Talks began .");
    let document = read(&format!("Talks began. MH/PA {line}"));
    assert_eq!(document.meta.licence.as_deref(), Some("CC-BY-4.0"));
    assert_eq!(document.sentences.len(), 2);
    assert!(document.sentences[1].tokens.is_empty());
    check("Talks began.\n\n© 2019 Example News. All rights reserved.", "Licence=-", "Talks began .");
    check("Talks began. Copyright 2019 Example News.", "Licence=-", "Talks began .");
    check(
        "The minister said the maps were licensed under a Creative Commons licence.",
        "",
        "The minister said the maps were licensed under a Creative Commons licence .",
    );
}

#[test]
fn page_furniture() {
    check("Talks began.\n\nADVERTISEMENT\n\nThey ended.", "Page=-", "Talks began . They ended .");
    check("Talks began.\n\nRead more: Ten things to know", "Page=-", "Talks began .");
    check("Talks began.\n REUTER", "Page=-", "Talks began .");
    check("Talks began. Reuter&#3;", "Page=Reuter", "Talks began .");
    check("Talks began.\n\nPage 2 of 3", "Page=-", "Talks began .");
}

#[test]
fn furniture_is_in_order_and_of_its_kind() {
    let document = read("By Jane Doe\n\nPARIS (AFP) - Talks began. (AFP)");
    let kinds: Vec<FurnitureKind> = document.furniture.iter().map(|f| f.kind).collect();
    assert_eq!(kinds, [FurnitureKind::Byline, FurnitureKind::Dateline, FurnitureKind::Credit]);
}
