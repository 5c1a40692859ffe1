//! What phrases stand for.

use super::{party, shown};

#[track_caller]
fn check(day: &str, text: &str, want: &str) {
    check_with(day, text, &[], want);
}

#[track_caller]
fn check_with(day: &str, text: &str, names: &[(&str, usize, usize)], want: &str) {
    let (tree, found) = party(text, day, names);
    assert_eq!(shown(&tree, found.as_ref()), want, "{text}");
}

#[test]
fn states_by_name_capital_and_adjective() {
    check("1987-03-01", "Iran/PROPN/0/root", "IRNGOV Iran = Iran");
    check(
        "1987-03-01",
        "The/DET/3/det United/ADJ/3/amod States/PROPN/0/root",
        "USAGOV The United States = United States",
    );
    check("1987-03-01", "the/DET/2/det U.S./PROPN/0/root", "USAGOV the U.S. = United States");
    check("1987-03-01", "US/PROPN/0/root", "USAGOV US = United States");
    check("1987-03-01", "us|we/PRON/0/root", "-");
    check("1987-03-01", "turkey/NOUN/0/root", "-");
    check("1987-03-01", "Washington/PROPN/0/root", "USAGOV Washington = United States");
    check(
        "2019-02-26",
        "the/DET/3/det Islamic/ADJ/3/amod Republic/PROPN/0/root of/ADP/5/case Iran/PROPN/3/nmod",
        "IRNGOV the Islamic Republic of Iran = Iran",
    );
    check("2019-02-26", "the/DET/2/det Iranians/PROPN/0/root", "IRNGOV the Iranians");
    check("2019-02-26", "the/DET/2/det British/ADJ/0/root", "GBRGOV the British");
    check("2015-08-21", "the/DET/2/det DPRK/PROPN/0/root", "PRKGOV the DPRK = North Korea");
}

#[test]
fn states_of_their_time() {
    check("1987-03-01", "the/DET/3/det Soviet/ADJ/3/amod Union/PROPN/0/root", "SUNGOV the Soviet Union = Soviet Union");
    check(
        "2005-03-01",
        "the/DET/3/det Soviet/ADJ/3/amod Union/PROPN/0/root",
        "SUNGOV the Soviet Union = Soviet Union (former)",
    );
    check("1987-03-01", "Moscow/PROPN/0/root", "SUNGOV Moscow = Soviet Union");
    check("2015-03-01", "Moscow/PROPN/0/root", "RUSGOV Moscow = Russia");
    check("1987-03-01", "a/DET/3/det Soviet/ADJ/3/amod spokesman/NOUN/0/root", "SUNGOV a Soviet spokesman");
    check("1987-03-01", "the/DET/2/det Kremlin/PROPN/0/root", "SUNGOV the Kremlin = Kremlin");
    check("2015-03-01", "the/DET/2/det Kremlin/PROPN/0/root", "RUSGOV the Kremlin = Kremlin");
}

#[test]
fn roles_with_their_country() {
    let d = "2019-02-26";
    check(d, "Iranian/ADJ/2/amod forces/NOUN/0/root", "IRNMIL Iranian forces");
    check(d, "U.S./PROPN/2/compound troops/NOUN/0/root", "USAMIL U.S. troops");
    check(d, "81/NUM/3/nummod Iraqi/ADJ/3/amod brigades/NOUN/0/root", "IRQMIL 81 Iraqi brigades");
    check(
        d,
        "the/DET/4/det Kuwaiti/ADJ/4/amod Foreign/PROPN/4/compound Ministry/PROPN/0/root",
        "KWTGOV the Kuwaiti Foreign Ministry",
    );
    check(d, "the/DET/3/det Syrian/ADJ/3/amod people/NOUN/0/root", "SYRCVL the Syrian people");
    check(d, "Iranian/ADJ/2/amod sailors/NOUN/0/root", "IRNCVL Iranian sailors");
    check(
        d,
        "the/DET/3/det New/ADJ/3/amod Zealand/PROPN/4/compound government/NOUN/0/root",
        "NZLGOV the New Zealand government",
    );
    check(d, "the/DET/2/det government/NOUN/0/root of/ADP/4/case Chad/PROPN/2/nmod", "TCDGOV the government of Chad");
    check(d, "Peru/PROPN/3/nmod:poss 's/PART/1/case army/NOUN/0/root", "PERMIL Peru 's army");
    check(d, "police|police/NOUN/0/root in/ADP/3/case Kenya/PROPN/1/nmod", "KENCOP police in Kenya");
    check(d, "troops/NOUN/0/root in/ADP/3/case Kenya/PROPN/1/nmod", "---MIL troops");
    check(d, "its/PRON/2/nmod:poss forces/NOUN/0/root", "---MIL its forces");
    check(d, "rebels/NOUN/0/root", "---REB rebels");
    check(d, "police|police/NOUN/0/root", "---COP police");
    check(d, "rebel/NOUN/2/compound commander/NOUN/0/root", "---REB rebel commander");
    check(
        d,
        "a/DET/4/det Chilean/ADJ/4/amod army/NOUN/4/compound spokesman/NOUN/0/root",
        "CHLMIL a Chilean army spokesman",
    );
    check(
        d,
        "the/DET/2/det ambassador/NOUN/0/root of/ADP/4/case Ghana/PROPN/2/nmod to/ADP/6/case Togo/PROPN/2/nmod",
        "GHAGOV the ambassador of Ghana",
    );
    check(
        d,
        "the/DET/3/det U.S./PROPN/3/compound ambassador/NOUN/0/root to/ADP/5/case Togo/PROPN/3/nmod",
        "USAGOV the U.S. ambassador",
    );
    check(
        d,
        "the/DET/3/det Syrian/ADJ/3/amod government/NOUN/0/root and/CCONJ/5/cc *nation/NOUN/3/conj",
        "SYRCVL nation",
    );
    check(d, "the/DET/3/det Syrian/ADJ/3/amod government/NOUN/0/root and/CCONJ/5/cc *army/NOUN/3/conj", "SYRMIL army");
}

#[test]
fn hyphened_adjectives_do_not_always_own() {
    let d = "2019-02-26";
    check(
        d,
        "Iranian/ADJ/3/obl:unmarked -/PUNCT/3/punct backed|back/VERB/4/amod rebels/NOUN/0/root",
        "---REB Iranian - backed rebels",
    );
    check(
        d,
        "Iranian/ADJ/3/obl:unmarked -/PUNCT/3/punct backed|back/VERB/5/amod Yemeni/ADJ/5/amod rebels/NOUN/0/root",
        "YEMREB Iranian - backed Yemeni rebels",
    );
    check(d, "pro/ADJ/3/amod -/PUNCT/3/punct Iranian/ADJ/4/amod militia/NOUN/0/root", "---REB pro - Iranian militia");
    check(
        "1991-02-26",
        "the/DET/5/det U.S./PROPN/4/obl:unmarked -/PUNCT/4/punct led|lead/VERB/5/amod coalition/NOUN/0/root",
        "USAMIL the U.S. - led coalition",
    );
    check(
        d,
        "a/DET/6/det U.S./PROPN/4/compound -/PUNCT/4/punct flagged/ADJ/6/amod Kuwaiti/ADJ/6/amod ship/NOUN/0/root",
        "KWT a U.S. - flagged Kuwaiti ship",
    );
}

#[test]
fn persons_in_and_out_of_office() {
    let rouhani = "President/PROPN/2/nmod:desc Hassan/PROPN/0/root Rouhani/PROPN/2/flat";
    check("2019-02-26", rouhani, "IRNGOV Hassan Rouhani = Hassan Rouhani");
    check("2024-02-26", rouhani, "IRNCVL Hassan Rouhani = Hassan Rouhani (former)");
    check("1987-03-24", "Reagan/PROPN/0/root", "USAGOV Reagan = Ronald Reagan");
    check("2015-03-24", "Reagan/PROPN/0/root", "-");
    check(
        "1987-03-24",
        "Reagan/PROPN/2/compound administration/NOUN/3/compound officials/NOUN/0/root",
        "USAGOV Reagan administration officials",
    );
    check("2015-03-24", "the/DET/3/det Obama/PROPN/3/compound government/NOUN/0/root", "USAGOV the Obama government");
    check("2019-02-26", "President/PROPN/2/nmod:desc Assad/PROPN/0/root", "SYRGOV President Assad = Bashar al-Assad");
    check(
        "2019-02-26",
        "Bashar/PROPN/0/root al/PROPN/1/flat -/PUNCT/4/punct Assad/PROPN/1/flat",
        "SYRGOV Bashar al - Assad = Bashar al-Assad",
    );
    check("2015-05-07", "Mr/PROPN/2/nmod:desc Key/PROPN/0/root", "NZLGOV Mr Key = John Key");
    check("2015-05-07", "Jane/PROPN/0/root Key/PROPN/1/flat", "-");
    check_with(
        "1990-01-01",
        "Jordan/PROPN/0/root Smith/PROPN/1/flat",
        &[("PER", 1, 2)],
        "--- Jordan Smith = Jordan Smith",
    );
    check("1990-01-01", "Jordan/PROPN/0/root", "JORGOV Jordan = Jordan");
}

#[test]
fn offices_stand_for_their_holders() {
    check(
        "2019-02-26",
        "The/DET/3/det Iranian/ADJ/3/amod president/NOUN/0/root",
        "IRNGOV The Iranian president = Hassan Rouhani?",
    );
    check(
        "2019-02-26",
        "a/DET/4/det former/ADJ/4/amod Iranian/ADJ/4/amod president/NOUN/0/root",
        "IRNCVL a former Iranian president (former)",
    );
    check("2019-02-26", "Iranian/ADJ/2/amod presidents/NOUN/0/root", "IRNGOV Iranian presidents");
    check(
        "1987-03-25",
        "Britain/PROPN/4/nmod:poss 's/PART/1/case prime/ADJ/4/amod minister/NOUN/0/root",
        "GBRGOV Britain 's prime minister = Margaret Thatcher?",
    );
}

#[test]
fn offices_of_towns_and_groups_are_not_the_state_s() {
    check(
        "2005-06-01",
        "the/DET/2/det leader/NOUN/0/root of/ADP/5/case the/DET/5/det Taliban/PROPN/2/nmod",
        "AFGREB the leader of the Taliban",
    );
    check("2005-06-01", "the/DET/3/det Texas/PROPN/3/compound president/NOUN/0/root", "USAGOV the Texas president");
}

#[test]
fn persons_in_no_table_take_the_code_of_their_office() {
    let d = "1987-03-25";
    check_with(
        d,
        "Junior/ADJ/3/amod Belgian/ADJ/3/amod Minister/PROPN/4/nmod:desc Tim/PROPN/0/root Xanders/PROPN/4/flat",
        &[("PER", 4, 5)],
        "BELGOV Tim Xanders = Tim Xanders",
    );
    check_with(
        d,
        "Tim/PROPN/0/root Xanders/PROPN/1/flat ,/PUNCT/6/punct a/DET/6/det Belgian/ADJ/6/amod lawmaker/NOUN/1/appos",
        &[("PER", 1, 2)],
        "BELLEG Tim Xanders = Tim Xanders",
    );
    check_with(d, "Tim/PROPN/0/root Xanders/PROPN/1/flat", &[("PER", 1, 2)], "--- Tim Xanders = Tim Xanders");
    check(
        d,
        "Brazil/PROPN/2/compound spokesperson/NOUN/0/root Ana/PROPN/2/flat Xavier/PROPN/2/flat",
        "BRAGOV Ana Xavier = Ana Xavier",
    );
    check(d, "Colonel/PROPN/2/nmod:desc Xanders/PROPN/0/root", "---MIL Colonel Xanders = Xanders");
}

#[test]
fn bodies_groups_and_parties() {
    let d = "2016-03-01";
    check(d, "Islamic/ADJ/2/amod State/PROPN/3/compound militants/NOUN/0/root", "IMGISI Islamic State militants");
    check(d, "U.N./PROPN/3/compound sanctions/NOUN/3/compound experts/NOUN/0/root", "IGOUNO U.N. sanctions experts");
    check(d, "EU/PROPN/3/compound foreign/ADJ/3/amod ministers/NOUN/0/root", "IGOEEC EU foreign ministers");
    check(d, "Pentagon/PROPN/2/compound officials/NOUN/0/root", "USAGOV Pentagon officials");
    check(
        d,
        "members/NOUN/0/root of/ADP/5/case the/DET/5/det Security/PROPN/5/compound Council/PROPN/1/nmod",
        "IGOUNO members of the Security Council",
    );
    check(d, "dozens/NOUN/0/root of/ADP/4/case Yemeni/ADJ/4/amod rebels/NOUN/1/nmod", "YEMREB dozens of Yemeni rebels");
    check(d, "head/NOUN/0/root of/ADP/4/case the/DET/4/det CIA/PROPN/1/nmod", "USASPY head of the CIA");
}

#[test]
fn things_and_land_take_the_bare_country() {
    let d = "1987-10-19";
    check(d, "an/DET/4/det Iranian/ADJ/4/amod oil/NOUN/4/compound platform/NOUN/0/root", "IRN an Iranian oil platform");
    check(d, "Kuwaiti/ADJ/2/amod tankers/NOUN/0/root", "KWT Kuwaiti tankers");
    check(d, "Iraqi/ADJ/2/amod territory/NOUN/0/root", "IRQ Iraqi territory");
    check(
        d,
        "a/DET/2/det loudspeaker/NOUN/0/root in/ADP/5/case South/ADJ/5/amod Korea/PROPN/2/nmod",
        "KOR a loudspeaker in South Korea",
    );
    check(d, "southern/ADJ/2/amod Iraq/PROPN/0/root", "IRQ southern Iraq = Iraq");
}

#[test]
fn names_that_only_look_like_countries() {
    let d = "2016-03-01";
    check_with(d, "the/DET/3/det Chicago/PROPN/3/compound Bears/PROPN/0/root", &[("ORG", 2, 3)], "-");
    check(d, "Bank/PROPN/0/root of/ADP/3/case America/PROPN/1/nmod", "USABUS Bank of America = Bank of America");
    check(d, "Iran/PROPN/2/compound Street/PROPN/0/root", "-");
    check(d, "American/PROPN/2/compound Airlines/PROPN/0/root", "USABUS American Airlines = American Airlines");
}

#[test]
fn phrases_that_only_point_back() {
    let d = "2016-03-01";
    check(d, "both/DET/2/det countries|country/NOUN/0/root", "-");
    check(d, "the/DET/3/det two/NUM/3/nummod sides/NOUN/0/root", "-");
    check(d, "regional/ADJ/2/amod countries|country/NOUN/0/root", "---GOV regional countries");
    check(d, "he/PRON/0/root", "-");
}

#[test]
fn headlines_in_capitals() {
    let d = "1987-06-29";
    let line = "IRAQ/PROPN/2/nsubj REJECTS|reject/VERB/0/root NEW/ADJ/6/amod OPEC/PROPN/6/compound OIL/NOUN/6/compound QUOTA/NOUN/2/obj OF/ADP/8/case US|we/PRON/6/nmod";
    check(d, &line.replacen("IRAQ", "*IRAQ", 1), "IRQGOV IRAQ = Iraq");
    check(d, &line.replacen("US|we", "*US|we", 1), "-");
    check(d, &line.replacen("QUOTA", "*QUOTA", 1), "IGOOPC NEW OPEC OIL QUOTA");
}

#[test]
fn surnames_need_evidence() {
    check("2005-06-01", "Mohamed/PROPN/0/root", "-");
    check("2005-06-01", "God/PROPN/0/root", "-");
    check("2005-06-01", "March/PROPN/0/root", "-");
    check(
        "2005-06-01",
        "former/ADJ/3/amod President/PROPN/3/nmod:desc Clinton/PROPN/0/root",
        "USACVL President Clinton = Bill Clinton (former)",
    );
    check("2005-06-01", "President/PROPN/2/nmod:desc Bush/PROPN/0/root", "USAGOV President Bush = George W. Bush");
    check("1990-06-01", "President/PROPN/2/nmod:desc Bush/PROPN/0/root", "USAGOV President Bush = George H.W. Bush");
    check("2005-06-01", "G./PROPN/0/root W./PROPN/1/flat *Bush/PROPN/1/flat", "USAGOV G. W. Bush = George W. Bush");
    check(
        "1987-06-01",
        "the/DET/3/det late/ADJ/3/amod Indira/PROPN/0/root Gandhi/PROPN/3/flat",
        "INDCVL Indira Gandhi = Indira Gandhi (former)",
    );
}

#[test]
fn coordinated_modifiers_give_one_party_each() {
    let (tree, head) = super::tree("Israeli/ADJ/4/amod and/CCONJ/3/cc Palestinian/ADJ/1/conj leaders/NOUN/0/root");
    let actors = crate::Actors::embedded();
    let day = Some(jiff::civil::date(2016, 3, 1));
    let mentions = actors.mentions(&tree, day);
    let codes: Vec<String> = actors.parties(&tree, &mentions, head, day).iter().map(|p| p.code.to_string()).collect();
    assert_eq!(codes, ["ISRGOV", "PSEGOV"]);
}

#[test]
fn coordinated_owners_give_one_party_each() {
    let check = |noun: &str, rest: &str, codes: &[&str]| {
        let (tree, head) = super::tree(&format!("the/DET/2/det {noun}/NOUN/0/root of/ADP/4/case {rest}"));
        let actors = crate::Actors::embedded();
        let day = Some(jiff::civil::date(2016, 3, 1));
        let mentions = actors.mentions(&tree, day);
        let found = actors.parties(&tree, &mentions, head, day);
        assert_eq!(found.iter().map(|p| p.code.to_string()).collect::<Vec<_>>(), codes, "{noun} of {rest}");
    };
    let three = "Kenya/PROPN/2/nmod ,/PUNCT/6/punct Uganda/PROPN/4/conj and/CCONJ/8/cc Rwanda/PROPN/4/conj";
    check("presidents|president", three, &["KENGOV", "UGAGOV", "RWAGOV"]);
    check("armies|army", "Kenya/PROPN/2/nmod and/CCONJ/6/cc Uganda/PROPN/4/conj", &["KENMIL", "UGAMIL"]);
    // One person has one country.
    check("president", "Kenya/PROPN/2/nmod and/CCONJ/6/cc Uganda/PROPN/4/conj", &["KENGOV"]);
}

#[test]
fn opposition_and_unlisted_organisations() {
    let d = "2016-03-01";
    check(d, "Kenyan/ADJ/3/amod opposition/NOUN/3/compound lawmaker/NOUN/0/root", "KENOPP Kenyan opposition lawmaker");
    check(d, "Iran/PROPN/2/nmod:poss allies|ally/NOUN/0/root", "---GOV Iran allies");
    check_with(
        d,
        "the/DET/4/det Northern/PROPN/4/amod Foo/PROPN/4/compound Inc/PROPN/0/root",
        &[("ORG", 2, 4)],
        "---BUS Northern Foo Inc = Northern Foo Inc",
    );
    check(d, "a/DET/3/det Peruvian/ADJ/3/amod ornithologist/NOUN/0/root", "PERCVL a Peruvian ornithologist");
}

#[test]
fn parties_govern_or_oppose() {
    let labour = "the/DET/2/det *Labour/PROPN/3/nsubj said|say/VERB/0/root";
    check("1987-03-25", labour, "GBROPP the Labour = Labour Party");
    check("2005-03-25", labour, "GBRGOV the Labour = Labour Party");
    check(
        "2005-03-25",
        "opposition/NOUN/3/compound Labour/PROPN/3/compound Party/PROPN/0/root",
        "GBROPP Labour Party = Labour Party",
    );
    let member = "a/DET/2/det *member/NOUN/0/root of/ADP/7/case Britain/PROPN/7/nmod:poss 's/PART/4/case opposition/NOUN/7/compound Labour/PROPN/8/compound Party/PROPN/2/nmod";
    check("1987-03-25", &member.replace("/7/", "/8/"), "GBROPP a member of Britain 's opposition Labour Party");
}

#[test]
fn countries_that_share_a_noun() {
    let (tree, head) = super::tree(
        "North/PROPN/4/compound and/CCONJ/3/cc South/PROPN/1/conj *Korea/PROPN/5/nsubj agreed|agree/VERB/0/root",
    );
    let actors = crate::Actors::embedded();
    let day = Some(jiff::civil::date(2015, 8, 21));
    let mentions = actors.mentions(&tree, day);
    let found = actors.parties(&tree, &mentions, head, day);
    let shown: Vec<String> = found.iter().map(|p| shown(&tree, Some(p))).collect();
    assert_eq!(shown, ["PRKGOV North = North Korea", "KORGOV South Korea = South Korea"]);
}

#[test]
fn what_a_unit_holds_is_the_unit() {
    let d = "1987-04-08";
    check(
        d,
        "the/DET/2/det headquarters|headquarters/NOUN/0/root of/ADP/6/case two/NUM/6/nummod Syrian/ADJ/6/amod brigades/NOUN/2/nmod",
        "SYRMIL two Syrian brigades",
    );
    check(d, "Syrian/ADJ/3/amod army/NOUN/3/compound posts/NOUN/0/root", "SYRMIL Syrian army posts");
    check(
        d,
        "the/DET/2/det headquarters|headquarters/NOUN/0/root of/ADP/4/case Syria/PROPN/2/nmod",
        "SYR the headquarters of Syria",
    );
    check(
        d,
        "the/DET/4/det Syrian/ADJ/4/amod war/NOUN/4/compound machine/NOUN/0/root",
        "SYRMIL the Syrian war machine",
    );
}

#[test]
fn people_aboard_belong_to_the_craft_s_country() {
    let d = "1987-10-19";
    check(
        d,
        "soldiers/NOUN/0/root on/ADP/5/case the/DET/5/det Libyan/ADJ/5/amod ferry/NOUN/1/nmod",
        "LBYMIL soldiers on the Libyan ferry",
    );
    check(
        d,
        "soldiers/NOUN/0/root on/ADP/5/case the/DET/5/det Libyan/ADJ/5/amod border/NOUN/1/nmod",
        "---MIL soldiers",
    );
    check(
        d,
        "Maltese/ADJ/2/amod soldiers/NOUN/0/root on/ADP/6/case the/DET/6/det Libyan/ADJ/6/amod ferry/NOUN/2/nmod",
        "MLTMIL Maltese soldiers",
    );
}

#[test]
fn weapons_without_an_owner_are_nobody_s() {
    check("1987-10-19", "missiles/NOUN/0/root", "--- missiles");
    check("1987-10-19", "200/NUM/2/nummod tanks/NOUN/0/root", "--- 200 tanks");
    check("1987-10-19", "Syrian/ADJ/2/amod guns/NOUN/0/root", "SYR Syrian guns");
}

#[test]
fn the_office_next_to_the_name_is_his() {
    let d = "1987-03-25";
    check_with(
        d,
        "Belgian/ADJ/2/amod Officer/PROPN/4/nmod:desc Minister/PROPN/4/nmod:desc Tim/PROPN/0/root Xanders/PROPN/4/flat",
        &[("PER", 4, 5)],
        "BELGOV Tim Xanders = Tim Xanders",
    );
    check_with(
        d,
        "Togolese/ADJ/2/amod President/PROPN/4/nmod:desc Gen./PROPN/4/nmod:desc Tim/PROPN/0/root Xanders/PROPN/4/flat",
        &[("PER", 4, 5)],
        "TGOGOV Tim Xanders = Tim Xanders",
    );
    check_with(
        d,
        "Togolese/ADJ/2/amod Charge/PROPN/0/root d'Affaires/PROPN/2/flat Tim/PROPN/2/flat Xanders/PROPN/4/flat",
        &[("PER", 4, 5)],
        "TGOGOV Tim Xanders = Tim Xanders",
    );
}

#[test]
fn two_offices_of_one_man() {
    let text = "Kuwait/PROPN/4/nmod:poss 's/PART/1/case Crown/ADJ/4/amod *Prince/PROPN/0/root and/CCONJ/8/cc Prime/ADJ/7/amod Minister/PROPN/8/nmod:desc Saad/PROPN/4/conj al-Abdullah/PROPN/8/flat al-Sabah/PROPN/8/flat";
    check("1990-08-19", text, "KWTGOV Saad al-Abdullah al-Sabah = Saad al-Abdullah al-Sabah");
}

#[test]
fn adjectives_cut_at_their_hyphen() {
    let (mut tree, head) = super::tree(
        "the/DET/5/det U.S./PROPN/6/obj -/PUNCT/4/punct flagged|flag/VERB/5/amod *ship/NOUN/6/obj sank|sink/VERB/0/root",
    );
    let glued: Vec<readout_syntax::Word> = tree
        .words()
        .iter()
        .enumerate()
        .map(|(i, w)| {
            let back = match i {
                2 => 1,
                3 => 2,
                _ => 0,
            };
            readout_syntax::Word { span: readout_text::Span::new(w.span.start - back, w.span.end - back), ..w.clone() }
        })
        .collect();
    tree = readout_syntax::Tree::new(glued, Vec::new());
    let actors = crate::Actors::embedded();
    let mentions = actors.mentions(&tree, None);
    assert_eq!(shown(&tree, actors.party(&tree, &mentions, head, None).as_ref()), "USA the U.S. - flagged ship");
    assert_eq!(actors.party(&tree, &mentions, 1, None), None);
}

#[test]
fn business_is_no_state_and_no_army() {
    let d = "1987-03-25";
    check_with(
        d,
        "the/DET/2/det president/NOUN/0/root of/ADP/5/case Foo/PROPN/5/compound Inc/PROPN/2/nmod",
        &[("ORG", 4, 5)],
        "---BUS the president of Foo Inc",
    );
    check_with(
        d,
        "a/DET/2/det division/NOUN/0/root of/ADP/5/case Foo/PROPN/5/compound Corp/PROPN/2/nmod",
        &[("ORG", 4, 5)],
        "---BUS a division of Foo Corp",
    );
    check_with(d, "Foo/PROPN/2/compound General/PROPN/0/root", &[("ORG", 1, 2)], "-");
    check(d, "private/ADJ/2/amod investors/NOUN/0/root", "---BUS private investors");
    check(d, "a/DET/3/det trading/NOUN/3/compound house/NOUN/0/root", "---BUS a trading house");
    check(d, "the/DET/2/det House/PROPN/0/root", "---LEG the House");
    check_with(
        d,
        "the/DET/3/det Paperworkers/PROPN/3/compound Union/PROPN/0/root",
        &[("ORG", 2, 3)],
        "---LAB the Paperworkers Union",
    );
}

#[test]
fn a_man_s_lawyers_are_on_his_side() {
    let lawyers = "Reagan/PROPN/3/nmod:poss 's/PART/1/case lawyers/NOUN/0/root";
    check("1987-03-24", lawyers, "USAGOV Reagan 's lawyers");
    check("1987-03-24", "Togolese/ADJ/2/amod lawyers/NOUN/0/root", "TGOCVL Togolese lawyers");
    check("1987-03-24", "the/DET/3/det resistance/NOUN/3/compound power/NOUN/0/root", "-");
}

#[test]
fn warships_are_the_navy_s() {
    check("1987-10-19", "Syrian/ADJ/2/amod warships/NOUN/0/root", "SYRMIL Syrian warships");
    check("1987-10-19", "Syrian/ADJ/2/amod missiles/NOUN/0/root", "SYRMIL Syrian missiles");
}

#[test]
fn a_title_is_no_surname_and_a_comma_no_half_of_a_name() {
    check("1999-03-25", "*Sen./PROPN/2/nmod:desc Foulke/PROPN/0/root", "-");
    check(
        "1987-03-25",
        "France/PROPN/0/root *,/PUNCT/5/punct and/CCONJ/5/cc West/ADJ/5/amod Germany/PROPN/1/conj",
        "-",
    );
}
