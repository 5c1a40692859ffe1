//! Tokens, one case a line: a text and its token forms, sentences divided by " | ".

use readout_text::{Document, Meta};

#[track_caller]
fn check(input: &str, expect: &str) {
    let document = Document::from_text(input.to_owned(), Meta::default());
    let sentence = |s: &readout_text::Sentence| s.tokens.iter().map(|t| t.form.clone()).collect::<Vec<_>>().join(" ");
    let found: Vec<String> = document.sentences.iter().map(sentence).collect();
    assert_eq!(found.join(" | "), expect, "in {input:?}");
}

#[test]
fn contractions_split_as_in_ewt() {
    check("They don't know.", "They do n't know .");
    check("It can't and won't.", "It ca n't and wo n't .");
    check("They cannot go.", "They can not go .");
    check(
        "He's sure we'll see they've gone; I'd say I'm fine.",
        "He 's sure we 'll see they 've gone ; I 'd say I 'm fine .",
    );
    check("Let’s say it’s Iran’s.", "Let 's say it 's Iran 's .");
    check("You shouldn't've come.", "You should n't 've come .");
    check("dont and didnt", "do nt and did nt");
    check("gonna and wanna", "gon na and wan na");
}

#[test]
fn possessives_split() {
    check("Kuwait's oil minister", "Kuwait 's oil minister");
    check("the United States' fleet", "the United States ' fleet");
    check("without Damascus’ permission", "without Damascus ' permission");
    check("In the 1980's and '90s.", "In the 1980's and '90s .");
}

#[test]
fn names_with_apostrophes_stay_whole() {
    check("Mr O'Neill met the charge d'affaires in Sana'a.", "Mr O'Neill met the charge d'affaires in Sana'a .");
}

#[test]
fn hyphens_split_but_for_prefixes() {
    check("a war-torn, U.S.-led, 6-year-old state", "a war - torn , U.S. - led , 6 - year - old state");
    check("anti-ship and pre-war and re-elected", "anti-ship and pre-war and re-elected");
    check("an anti- aircraft gun", "an anti - aircraft gun");
    check("Bashar al-Assad and al-Qaeda", "Bashar al - Assad and al - Qaeda");
    check("an F-16 and an AK-47", "an F - 16 and an AK - 47");
    check("from 1980-1988", "from 1980 - 1988");
    check("a 6-1/2 year war", "a 6-1/2 year war");
    check("call 713-853-1234", "call 713-853-1234");
    check("on 2019-02-26", "on 2019-02-26");
    check("by e-mail", "by e-mail");
}

#[test]
fn money_percent_and_numbers() {
    check("It cost $5 and £3.5bn, up 25%.", "It cost $ 5 and £ 3.5 bn , up 25 % .");
    check("US$26 million", "US$ 26 million");
    check("1,500 vehicles and 16.6 mln bpd", "1,500 vehicles and 16.6 mln bpd");
    check("at 7:30PM, 10km away", "at 7:30 PM , 10 km away");
    check("the 21st of 9/11", "the 21st of 9/11");
    check("1/2 and and/or", "1 / 2 and and / or");
}

#[test]
fn quotes_brackets_and_dashes() {
    check("“We agree,” he said.", "\" We agree , \" he said .");
    check("''We agree,'' he said.", "\" We agree , \" he said .");
    check("the 'hero' of it", "the ' hero ' of it");
    check("Iran (and Iraq) [sic]", "Iran ( and Iraq ) [ sic ]");
    check("talks—now in doubt—went on -- slowly", "talks -- now in doubt -- went on -- slowly");
    check("its army...,\" it said", "its army ... , \" it said");
    check("and so…", "and so ...");
}

#[test]
fn addresses_and_mentions_stay_whole() {
    check("See https://example.org/a-b/c, or www.example.org.", "See https://example.org/a-b/c , or www.example.org .");
    check("write to jane.doe@example.org now", "write to jane.doe@example.org now");
    check("said @example on #Syria", "said @example on #Syria");
}

#[test]
fn abbreviations_keep_their_full_stop() {
    check(
        "Gen. Haig and Mr. Smith of Acme Inc. met Sen. Dole.",
        "Gen. Haig and Mr. Smith of Acme Inc. met Sen. Dole .",
    );
    check("The U.N. met at 5 a.m. on Feb. 26.", "The U.N. met at 5 a.m. on Feb. 26 .");
    check("It left the U.S.", "It left the U.S .");
}

#[test]
fn odd_characters() {
    check("Ira\u{200B}n\u{AD}ian", "Iranian");
    check("re\u{301}sume\u{301}", "résumé");
    check("non\u{2011}nuclear", "non-nuclear");
    check("a\u{A0}b", "a b");
    check("\u{FEFF}Tehran said", "Tehran said");
    check("", "");
    check(" \n\t ", "");
}
