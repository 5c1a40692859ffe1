//! The format, case by case: what a line is read as, and what is found wrong with it.
#![allow(clippy::indexing_slicing, clippy::panic)] // helpers of tests, outside their functions

use readout_codebook::{Codebook, Expect, Owner, Pos, check};

const ONTOLOGY: &str = "\
type ACCUSE
  quad     verbal conflict
  score    -3
  mode     disapprove -2 : blames
  mode     allege - : accuses
  cameo    110
  cameo    111 disapprove
  cameo    1123 allege if military
type AGREE
  quad     verbal cooperation
  score    2.5
  cameo    030
  cameo    0312 if military
contexts
  military : armed forces
  economic : trade
sectors
  GOV : government
  MIL : armed forces
cameo 03
  03    4.0  AGREE : will cooperate
  030   4.0  AGREE : will cooperate
  0312  5.2  AGREE military : will cooperate militarily
cameo 11
  110  -2.0  ACCUSE/disapprove : disapproves
  111  -2.0  ACCUSE/disapprove : denounces
  1123 -2.0  ACCUSE/allege military : accuses of aggression
class preposition
  of, by, against, with, for
";

fn book(lexicon: &str) -> (Codebook, Vec<String>) {
    let (book, findings) = Codebook::from_files([("ontology.txt", ONTOLOGY), ("acts/x.txt", lexicon)]);
    (book, findings.iter().map(|f| f.to_string()).collect())
}

/// The entries of a rule, one a line: part of speech, words with the head in brackets, frame, mode, CAMEO code.
fn check_entries(line: &str, expect: &str) {
    let rule = format!("rule x/x\n  type ACCUSE disapprove\n  {line}\n  codes A. = IRNGOV > USAMIL\n");
    let (book, findings) = book(&rule);
    assert!(findings.is_empty(), "{findings:?}");
    let rule = &book.rules()[0];
    let show = |e: &readout_codebook::Entry| {
        let words = e.words.iter().enumerate().map(|(i, w)| if i == e.head { format!("[{w}]") } else { w.clone() });
        let words = words.collect::<Vec<_>>().join(" ");
        let cameo = rule.cameo_of(e, &book.ontology, &["military"]).unwrap_or("none");
        format!("{} {words} ({}) {} {cameo}", e.pos.name(), e.frame, rule.mode_of(e).unwrap_or("-"))
    };
    assert_eq!(rule.entries.iter().map(show).collect::<Vec<_>>().join("\n"), expect);
}

#[test]
fn entries() {
    check_entries("verb subj > obj|of : condemn", "verb [condemn] (subj > obj|of) disapprove 111");
    check_entries("verb subj > against : lash out", "verb [lash] out (subj > against) disapprove 111");
    check_entries("verb subj & with|obj > : meet", "verb [meet] (subj & with|obj > ) disapprove 111");
    check_entries("noun poss > of : war of words", "noun [war] of words (poss > of) disapprove 111");
    check_entries("noun poss > of : sharp rebuke", "noun sharp [rebuke] (poss > of) disapprove 111");
    check_entries("adj subj > of : critical@110", "adj [critical] (subj > of) disapprove 110");
    check_entries("verb subj > obj : charge/allege", "verb [charge] (subj > obj) allege 1123");
    check_entries("verb subj > obj : chide/-", "verb [chide] (subj > obj) - 110");
    check_entries(
        "noun speaker > subj : stand-off",
        "noun [stand-off] (speaker > subj) disapprove 111\nnoun stand [off] (speaker > subj) disapprove 111",
    );
    check_entries(
        "verb subj : scold,\n         rail # loudly",
        "verb [scold] (subj) disapprove 111\nverb [rail] (subj) disapprove 111",
    );
    check_entries("noun > against : in protest", "noun in [protest] ( > against) disapprove 111");
}

/// The one finding of a rule with this line in place of a good one.
fn check_finding(line: &str, expect: &str) {
    let rule = format!(
        "rule x/x\n  type ACCUSE\n  verb subj > obj : blame\n  codes Iran blamed Iraq. = IRNGOV > IRQGOV\n  {line}\n"
    );
    let (_, findings) = book(&rule);
    assert_eq!(findings.join("\n"), expect, "{line}");
}

#[test]
fn findings() {
    check_finding("type ACUSE", "acts/x.txt:5: error: unknown type `ACUSE`; did you mean `ACCUSE`");
    check_finding(
        "type ACCUSE investigate",
        "acts/x.txt:5: error: ACCUSE has no mode `investigate`; it can be disapprove, allege",
    );
    check_finding("context militry", "acts/x.txt:5: error: unknown context `militry`; did you mean `military`");
    check_finding("cameo 999", "acts/x.txt:5: error: `999` is no CAMEO code; codebook/cameo.txt has them all");
    check_finding("status futur", "acts/x.txt:5: error: `futur` is no status; did you mean `future`");
    check_finding("vreb subj : scold", "acts/x.txt:5: error: unknown key `vreb`; did you mean `verb`");
    check_finding("verb subject : scold", "acts/x.txt:5: error: unknown slot `subject`; did you mean `subj`");
    check_finding(
        "verb subj > obj scold",
        "acts/x.txt:5: error: no `:` between frame and words; write `verb FRAME : word, word`",
    );
    check_finding(
        "verb subj > obj > of : scold",
        "acts/x.txt:5: error: `subj > obj > of` has more than one `>`, or an `&` after it; write `ACTOR > RECIPIENT` or `ACTOR & PARTNER > RECIPIENT`",
    );
    check_finding(
        "verb subj > obj :",
        "acts/x.txt:5: error: no words after `verb subj > obj :`; add some or remove the line",
    );
    check_finding(
        "verb subj > obj : scolded",
        "acts/x.txt:5: warning: `scolded` in `scolded` looks inflected; write the lemma, or add it to the class `invariable` if it is one",
    );
    check_finding(
        "verb subj > obj : scold/loudly",
        "acts/x.txt:5: error: ACCUSE has no mode `loudly`; it can be disapprove, allege",
    );
    check_finding("when obj is wepons", "acts/x.txt:5: error: unknown class `wepons`; add codebook/classes/wepons.txt");
    check_finding(
        "when obj weapons",
        "acts/x.txt:5: error: no `is` or `not`; write `when SLOT is CLASS` or `when SLOT not CLASS`",
    );
    check_finding(
        "codes Iran blamed Iraq.",
        "acts/x.txt:5: error: no ` = ` between sentence and codes; write `codes SENTENCE = ACTOR[,ACTOR] > RECIPIENT[,RECIPIENT] [STATUS]`, as IRNGOV > USAMIL",
    );
    check_finding(
        "codes Iran blamed Iraq. = IRNGVO > IRQGOV",
        "acts/x.txt:5: error: `GVO` in `IRNGVO` is no sector; write `codes SENTENCE = ACTOR[,ACTOR] > RECIPIENT[,RECIPIENT] [STATUS]`, as IRNGOV > USAMIL",
    );
    check_finding(
        "codes Iran blamed Iraq. = AGREE IRNGOV > IRQGOV",
        "acts/x.txt:5: error: a `codes` line of rule `x/x` expects AGREE, but its type is ACCUSE; leave the type out, or move the sentence",
    );
    check_finding("ignores", "acts/x.txt:5: error: `ignores` without a sentence; add one or remove the line");
    check_finding("ignores It rained. ", "acts/x.txt:5: warning: space at the end of the line; remove it");
    check_finding("\tverb subj : scold", "acts/x.txt:5: warning: tab in the indent; indent by two spaces");
    check_finding("ignores Rule #3 was blamed.", "");
    check_finding("# verb subj : scold", "");
}

/// All findings of a lexicon.
fn check_findings(lexicon: &str, expect: &str) {
    let (_, findings) = book(lexicon);
    assert_eq!(findings.join("\n"), expect.trim());
}

#[test]
fn findings_across_blocks() {
    check_findings(include_str!("broken.txt"), include_str!("broken.expected"));
    assert!(check([("README.md", "rule nonsense")]).is_empty());
}

/// What an operator makes of an inner act, as `TYPE/mode status`.
fn check_outcome(lines: &str, inner: (&str, Option<&str>), expect: &str) {
    let text = format!(
        "operator x\n  verb subj > obj : urge\n  takes xcomp|obl:for\n  {lines}\n  codes A. = ACCUSE IRNGOV > -\n"
    );
    let (book, findings) = book(&text);
    assert!(findings.is_empty(), "{findings:?}");
    let outcome = book.operators()[0].outcome(&book.ontology, inner.0, inner.1);
    assert_eq!(format!("{:?} {:?} {:?}", outcome.act, outcome.status.map(|s| s.name()), outcome.cameo), expect);
}

#[test]
fn operators() {
    let accuse = ("ACCUSE", Some("allege"));
    check_outcome("gives ACCUSE allege", accuse, r#"Other("ACCUSE", Some("allege")) None None"#);
    check_outcome("gives keep future", accuse, r#"Keep Some("future") None"#);
    check_outcome("gives AGREE\n  over hostile = none", accuse, "Nothing None None");
    check_outcome("gives AGREE\n  over cooperative = none", accuse, r#"Other("AGREE", None) None None"#);
    check_outcome(
        "gives keep\n  over ACCUSE/allege|AGREE = AGREE @0312",
        accuse,
        r#"Other("AGREE", None) None Some("0312")"#,
    );
    check_outcome("gives keep\n  over ACCUSE/disapprove = AGREE", accuse, "Keep None None");
    check_outcome("gives keep\n  over verbal = none hypothetical", accuse, r#"Nothing Some("hypothetical") None"#);
}

/// An example as it is read.
fn check_example(block: &str, expect: &str) {
    let (book, findings) = book(block);
    assert!(findings.is_empty(), "{findings:?}");
    let Some((owner, example)) = book.examples().next() else { panic!("no example") };
    let shown = match &example.expect {
        Expect::Events(events) => events
            .iter()
            .map(|e| format!("{:?} {:?} {:?} > {:?} {:?}", e.kind, e.mode, e.actor, e.recipient, e.status))
            .collect::<Vec<_>>()
            .join("; "),
        other => format!("{other:?}"),
    };
    assert_eq!(format!("{} {}: {} | {shown}", matches!(owner, Owner::Cue(_)), owner.name(), example.text), expect);
}

#[test]
fn examples() {
    let rule =
        |codes: &str| format!("rule a/b\n  type ACCUSE\n  verb subj > obj : blame\n  codes Iran blamed it. = {codes}");
    check_example(
        &rule("IRNGOV,RUSGOV > USAMIL negated"),
        r#"false a/b: Iran blamed it. | None None ["IRNGOV", "RUSGOV"] > ["USAMIL"] Some(Negated)"#,
    );
    check_example(&rule("---GOV > -"), r#"false a/b: Iran blamed it. | None None ["---GOV"] > [] None"#);
    check_example(
        &rule("ACCUSE allege IRN >; ACCUSE/allege IRQ > IGOUNO [future]"),
        r#"false a/b: Iran blamed it. | Some("ACCUSE") Some("allege") ["IRN"] > [] None; Some("ACCUSE") Some("allege") ["IRQ"] > ["IGOUNO"] Some(Future)"#,
    );
    check_example(
        "cue c/d\n  verb : say\n  force assertive\n  takes clause|quote\n  codes Iran said it won. = IRNGOV : said : it won",
        r#"true c/d: Iran said it won. | Attribution(ExpectedAttribution { source: "IRNGOV", cue: "said", content: "it won" })"#,
    );
}

#[test]
fn look_up_gives_the_most_specific_first() {
    let rule = |name: &str, words: &str, when: &str| {
        format!(
            "rule {name}\n  type ACCUSE\n  verb subj > obj : {words}\n{when}  codes Iran hit Iraq. = IRNGOV > IRQGOV\n"
        )
    };
    let text = rule("a/plain", "hit", "")
        + &rule("b/out", "hit out", "")
        + &rule("c/when", "hit out", "  when obj is party\n");
    let (book, findings) = book(&text);
    assert!(findings.is_empty(), "{findings:?}");
    let names: Vec<&str> = book.entries_for(Pos::Verb, "hit").map(|(r, _)| r.name.as_str()).collect();
    assert_eq!(names, ["c/when", "b/out", "a/plain"]);
    assert_eq!(book.entries_for(Pos::Noun, "hit").count(), 0);
    assert!(book.heads().contains(&(Pos::Verb, "hit")));
}

#[test]
fn scores_and_codes() {
    let o = &book("").0.ontology;
    assert_eq!(
        (o.score("ACCUSE", Some("disapprove")), o.score("ACCUSE", Some("allege")), o.score("NONE", None)),
        (-2.0, -3.0, 0.0)
    );
    assert_eq!((o.quad("ACCUSE"), o.quad("AGREE"), o.quad("NONE")), (3, 1, 0));
    assert_eq!(o.cameo_for("ACCUSE", Some("allege"), &["economic"]), Some("110"));
    assert_eq!(o.cameo_for("ACCUSE", Some("allege"), &["military"]), Some("1123"));
    assert_eq!(o.cameo_for("AGREE", None, &["economic", "military"]), Some("0312"));
    assert_eq!((o.goldstein("0312"), o.goldstein("0314"), o.goldstein("99")), (Some(5.2), Some(4.0), None));
}

#[test]
fn classes() {
    let files = [
        ("classes/arms.txt", "class arms\n# comment\n  rifle, hand grenade\n\n  tank\n"),
        ("classes/ships.txt", "frigate\n  tanker, aircraft carrier\n"),
    ];
    let (book, findings) = Codebook::from_files(files);
    assert!(findings.is_empty(), "{findings:?}");
    assert!(
        book.class_has("arms", "hand grenade") && book.class_has("arms", "tank") && book.class_has("ships", "frigate")
    );
    assert!(!book.class_has("arms", "frigate") && !book.class_has("boats", "frigate"));
}

#[test]
fn the_hash_changes_with_name_and_text() {
    let hash = |name, text| Codebook::from_files([(name, text)]).0.hash().to_string();
    assert_eq!(hash("a.txt", "class a\n  b"), hash("a.txt", "class a\n  b"));
    assert_ne!(hash("a.txt", "class a\n  b"), hash("b.txt", "class a\n  b"));
    assert_ne!(hash("a.txt", "class a\n  b"), hash("a.txt", "class a\n  c"));
}

#[test]
fn confidence_is_read_and_its_mistakes_are_found() {
    let (book, findings) = book("confidence\n  base -1\n  actor missing 0.5\n  type ACCUSE 0.5\n");
    assert_eq!((findings.len(), book.confidence.of(["actor missing", "type ACCUSE"])), (0, 0.5));
    for (line, what) in [
        ("actor mising 1", "acts/x.txt:2: error: unknown ground `actor mising`; did you mean `actor missing`"),
        ("type ACUSE 1", "acts/x.txt:2: error: unknown ground `type ACUSE`"),
        ("base much", "acts/x.txt:2: error: `much` is no number"),
        ("base", "acts/x.txt:2: error: `base` has no weight"),
    ] {
        let (_, findings) = self::book(&format!("confidence\n  {line}\n"));
        assert!(findings.len() == 1 && findings[0].starts_with(what), "{findings:?}");
    }
}
