//! From an event with many parties to pairs, and numbers for them.

use readout_record::{Event, Party};
use sha2::{Digest, Sha256};

use crate::codes::is_mutual;

/// One actor and one recipient of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair<'a> {
    /// Who acts.
    pub actor: Option<&'a Party>,
    /// Whom it reaches.
    pub recipient: Option<&'a Party>,
    /// Which pair of the event it is, from 0.
    pub place: usize,
}

/// The pairs of an event: each actor with each recipient, in order. A side that is not told is `None`.
///
/// Where all parties are actors of an act that is done to each other ("met", "clashed": the codebook's frames with `&`, and
/// `data/export/types.tsv`), each is paired with each other one, both ways.
pub fn pairs(event: &Event) -> Vec<Pair<'_>> {
    let (actors, recipients) = (&event.actor, &event.recipient);
    let sides: Vec<(Option<&Party>, Option<&Party>)> = match (actors.as_slice(), recipients.as_slice()) {
        ([], []) => Vec::new(),
        ([_, _, ..], []) if is_mutual(event) => each_with_each(actors).collect(),
        (_, []) => actors.iter().map(|a| (Some(a), None)).collect(),
        ([], _) => recipients.iter().map(|r| (None, Some(r))).collect(),
        _ => actors.iter().flat_map(|a| recipients.iter().map(move |r| (Some(a), Some(r)))).collect(),
    };
    sides.into_iter().enumerate().map(|(place, (actor, recipient))| Pair { actor, recipient, place }).collect()
}

fn each_with_each(parties: &[Party]) -> impl Iterator<Item = (Option<&Party>, Option<&Party>)> {
    let all = || parties.iter().enumerate();
    all().flat_map(move |(i, a)| all().filter(move |(j, _)| *j != i).map(move |(_, b)| (Some(a), Some(b))))
}

/// A number for a pair of an act, 1 to 2^63 - 1, the same at every export: of the first pair, the first 63 bits of the act's
/// id (16 hexadecimal digits, halved); of later ones, of the SHA-256 of the id, a slash and the pair's place.
pub fn pair_number(act: &str, place: usize) -> i64 {
    let plain = act.get(..16).and_then(|x| u64::from_str_radix(x, 16).ok()).filter(|_| place == 0);
    let bits = plain.unwrap_or_else(|| hashed(&format!("{act}/{place}")));
    i64::try_from(bits >> 1).unwrap_or(i64::MAX).max(1)
}

/// The first 64 bits of a text's SHA-256.
pub(crate) fn hashed(text: &str) -> u64 {
    Sha256::digest(text).iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: &str, rule: &str, actors: &[&str], recipients: &[&str]) -> Event {
        let side = |codes: &[&str]| -> Vec<_> {
            codes.iter().map(|c| serde_json::json!({"text": c, "span": [0, 0], "code": c})).collect()
        };
        serde_json::from_value(serde_json::json!({
            "id": "0", "sent": 0, "trigger": "", "span": [0, 0], "type": kind, "rule": rule, "quad": 1, "score": 0.0,
            "actor": side(actors), "recipient": side(recipients), "status": "fact",
        }))
        .unwrap()
    }

    fn check(kind: &str, actors: &[&str], recipients: &[&str], expect: &[&str]) {
        check_rule(kind, "", actors, recipients, expect);
    }

    fn check_rule(kind: &str, rule: &str, actors: &[&str], recipients: &[&str], expect: &[&str]) {
        let event = event(kind, rule, actors, recipients);
        let code = |p: Option<&Party>| p.map_or("-".to_owned(), |p| p.code.clone());
        let got: Vec<String> =
            pairs(&event).iter().map(|p| format!("{}>{}", code(p.actor), code(p.recipient))).collect();
        assert_eq!(got, expect, "{kind} {actors:?} {recipients:?}");
    }

    #[test]
    fn each_actor_is_paired_with_each_recipient() {
        check("ACCUSE", &["GHA", "TGO"], &["MLI", "NER"], &["GHA>MLI", "GHA>NER", "TGO>MLI", "TGO>NER"]);
        check("ACCUSE", &["GHA"], &[], &["GHA>-"]);
        check("ACCUSE", &["GHA", "TGO"], &[], &["GHA>-", "TGO>-"]);
        check("ASSAULT", &[], &["MLI"], &["->MLI"]);
        check("ASSAULT", &[], &[], &[]);
    }

    #[test]
    fn acts_of_all_on_all_are_paired_both_ways() {
        check("CONSULT", &["PER", "CHL"], &[], &["PER>CHL", "CHL>PER"]);
        let six = ["A>B", "A>C", "B>A", "B>C", "C>A", "C>B"];
        check("CONSULT", &["A", "B", "C"], &[], &six);
        check("CONSULT", &["PER"], &["CHL"], &["PER>CHL"]);
    }

    #[test]
    fn the_rule_tells_whether_an_act_is_done_to_each_other() {
        let (both, joint) = (["PER>CHL", "CHL>PER"], ["PER>-", "CHL>-"]);
        for (kind, rule, expect) in [
            ("ASSAULT", "assault/fight", both),
            ("ASSAULT", "assault/noun", joint),
            ("ASSAULT", "of/another-codebook", joint),
            ("AGREE", "promise/agree+cooperate/cooperate", both),
            ("REJECT", "refuse/refuse+consult/meet", joint),
            ("CONSULT", "of/another-codebook", both),
        ] {
            check_rule(kind, rule, &["PER", "CHL"], &[], &expect);
        }
    }

    #[test]
    fn numbers_are_those_of_the_id_and_never_change() {
        assert_eq!(pair_number("6783bf16f84518070c2a", 0), 0x6783_bf16_f845_1807 >> 1);
        assert_eq!(pair_number("ffffffffffffffffffff", 0), i64::MAX);
        assert_eq!(pair_number("00000000000000000000", 0), 1);
        assert_eq!(pair_number("6783bf16f84518070c2a", 1), pair_number("6783bf16f84518070c2a", 1));
        assert_ne!(pair_number("6783bf16f84518070c2a", 1), pair_number("6783bf16f84518070c2a", 2));
        assert!(pair_number("not hexadecimal", 0) > 0);
    }
}
