//! From an act to its event: sides, speakers, status, time and place, and whether it is worth coding.

use readout_text::Span;

use crate::act::Act;
use crate::arguments::is_passive;
use crate::chain::{Chains, written_words};
use crate::context::contexts;
use crate::coreference::phrase;
use crate::saying::{Saying, Source};
use crate::scene::{Ref, Scene, Sentence};
use crate::time::{self, Phrase};
use crate::worth::{Worth, is_by_nature, worth};
use crate::{Event, Side, Speaker, Status, Time, party, place, status};
use readout_actors::PartyClass;

/// The event of an act and whether it stands by itself; `None` where nobody acts in it, or it is neither told nor
/// announced.
pub(crate) fn event(chains: &Chains, s: &Sentence, act: &Act, phrases: &[Phrase]) -> Option<(Event, Worth)> {
    let scene = chains.scene;
    let around: Vec<&Saying> = chains.around(s, act.word).into_iter().filter(|x| x.vouches).collect();
    let speakers: Vec<Speaker> = around.iter().map(|x| chains.speaker(x)).collect();
    let collect = |words: &[usize]| -> Vec<Side> {
        let mut out: Vec<Side> = Vec::new();
        for (w, side) in words.iter().flat_map(|&w| party::sides(scene, s, w).into_iter().map(move |side| (w, side))) {
            // A thing or place that belongs to nobody known is no party.
            let place = || scene.parties_at(s, w).iter().all(|r| r.class == PartyClass::Territory);
            let thing = |r: &Ref| matches!(r.class, PartyClass::Thing | PartyClass::Territory);
            let nobody = side.code == "---"
                && (side.name.is_none() || place())
                && side.inferred.is_none()
                && scene.parties_at(s, w).iter().all(thing);
            if nobody {
                continue;
            }
            if out.iter().all(|o| o.code != side.code) {
                out.push(side);
            }
        }
        out
    };
    let mut actor = collect(&act.actor);
    let mut recipient = collect(&act.recipient);
    recipient.retain(|r| !is_own_thing(scene, s, act, &actor, r));
    if act.by_speaker && actor.is_empty() {
        actor = around
            .first()
            .map(|x| chains.refs(x))
            .unwrap_or_default()
            .iter()
            .filter(|r| act.only_speaker || r.code.sector() != Some("MED"))
            .map(|r| Side {
                text: speakers.first().and_then(|p| p.text.clone()).unwrap_or_default(),
                span: speakers.first().and_then(|p| p.span).unwrap_or_default(),
                name: r.name.clone(),
                code: r.code.as_str().to_owned(),
                inferred: Some("speaker"),
            })
            .collect();
        if actor.is_empty() && act.only_speaker {
            return None;
        }
    }
    if recipient.is_empty() && matches!(act.kind.as_str(), "ASSAULT" | "COERCE") {
        recipient.extend(home_thing(scene, s, act, &actor));
    }
    // "Such reckless action": a judgement in passing judges somebody, or is no act.
    let charge = act.kind == "ACCUSE" && act.mode.as_deref() == Some("allege");
    if act.only_speaker && recipient.is_empty() && (charge || s.tree.rel(act.word) == "amod") {
        return None;
    }
    // "Officials involved in the case": which of them are meant, and no charge.
    if act.only_speaker && s.tree.deprel(act.word) == "acl" {
        return None;
    }
    fill_from_sentence(chains, s, act, &mut actor, &mut recipient);
    party::governments(scene, s, &act.actor, &mut actor);
    if act.kind == "ASSAULT" {
        party::fighters(scene, s, &act.actor, &mut actor, false);
        party::fighters(scene, s, &act.recipient, &mut recipient, true);
    }
    if act.mode.as_deref() == Some("resign")
        && let Some(sector) = party::office_left(scene, s, act.word)
    {
        actor.iter_mut().filter(|x| x.code.len() == 6).for_each(|x| x.code.replace_range(3.., &sector));
    }
    recipient.retain(|r| actor.iter().all(|a| a.code != r.code || a.span != r.span));
    let mut words: Vec<usize> = std::iter::once(act.word).chain(act.via.iter().copied()).collect();
    words.extend(act.trigger.iter().copied().filter(|w| *w != act.word));
    let cues: Vec<usize> = chains
        .sayings
        .iter()
        .filter(|x| x.sentence == s.index)
        .flat_map(|x| x.cue.iter().copied())
        .filter(|c| !words.contains(c))
        .collect();
    let intended = matches!(act.kind.as_str(), "AGREE" | "REQUEST" | "THREATEN" | "REJECT")
        || matches!(act.status, Some(Status::Future | Status::Hypothetical));
    // A judgement is passed as it is spoken, whatever the date of what it is about.
    let dating = time::dating(s.tree, phrases, &words, &cues, intended).filter(|_| !act.by_speaker);
    let self_spoken = around.first().is_some_and(|x| {
        let said: Vec<String> =
            chains.refs(x).iter().map(|r| r.code.as_str().get(..3).unwrap_or("").to_owned()).collect();
        actor.iter().any(|a| said.iter().any(|c| a.code.starts_with(c.as_str()) && c != "---"))
    });
    let setting = status::Setting {
        self_spoken,
        spoken: !around.is_empty(),
        historical: match &dating {
            Some(d) => time::is_historical(d, scene.day),
            None => !act.by_speaker && time::is_older(s.tree, phrases, &words, &cues, scene.day),
        },
        to_come: dating.as_ref().is_some_and(|d| time::is_to_come(d, scene.day)),
    };
    let (kind, mode, status) = status::settle(scene, s, act, setting)?;
    let reported = !speakers.is_empty()
        && is_passive(s.tree, act.word)
        && act.recipient.iter().any(|&w| s.tree.upos(w) != "PRON")
        && matches!(kind.as_str(), "ASSAULT" | "COERCE");
    if kind == "ASSAULT" && actor.is_empty() && is_by_nature(scene, s, act) {
        return None;
    }
    let worth = if reported { Worth::Firm } else { worth(scene.register, s, act, &actor, &recipient) };
    if worth == Worth::Nothing {
        return None;
    }
    let ontology = &scene.codebook.ontology;
    let contexts = contexts(scene, s, act);
    // What a rule says more narrowly than its type stands; else contexts may tell.
    let plain = ontology.cameo_for::<&str>(&kind, mode.as_deref(), &[]);
    let own = act.cameo.as_deref().filter(|&c| kind == act.kind && Some(c) != plain);
    let cameo = own.or_else(|| ontology.cameo_for(&kind, mode.as_deref(), &contexts)).map(str::to_owned);
    let (trigger, spans) = written_words(scene, s, &act.trigger);
    let span = spans.iter().copied().reduce(Span::join).unwrap_or_default();
    let goldstein = cameo.as_deref().and_then(|c| ontology.goldstein(c));
    let mut sides: Vec<usize> = act.actor.iter().chain(&act.recipient).copied().collect();
    sides.retain(|&w| !scene.parties_at(s, w).is_empty());
    let sought = place::Sought {
        words: &words,
        trigger: &act.trigger,
        sides: &sides,
        cues: &cues,
        times: phrases,
        material: matches!(ontology.quad(&kind), 2 | 4),
        force: matches!(kind.as_str(), "ASSAULT" | "COERCE" | "MOBILIZE"),
    };
    let event = Event {
        sentence: s.index,
        trigger: if spans.len() > 1 { span.of(&scene.document.text).to_owned() } else { trigger },
        span,
        quad: ontology.quad(&kind),
        score: ontology.score(&kind, mode.as_deref()),
        goldstein,
        cameo,
        contexts,
        confidence: 0.0, // once all else is known
        kind,
        mode,
        place: place::of(scene, s, &sought),
        when: dating.map(|d| {
            let (text, span) = scene.text(s, d.phrase.words.clone());
            let days = d.phrase.days(d.ahead, d.lasting, scene.day);
            Time { text, span, days, granularity: d.phrase.grain().filter(|_| days.is_some()) }
        }),
        actor,
        recipient,
        status,
        said_by: speakers,
        rule: act.rule.clone(),
    };
    Some((event, worth))
}

/// "Rejected its quota", "promoted the campaign for a new Greek flag": what belongs to the actor is no other party. What a
/// party of one state does to another of the same stays, and so do attacks and seizures on one's own soil.
fn is_own_thing(scene: &Scene, s: &Sentence, act: &Act, actor: &[Side], side: &Side) -> bool {
    let named = |&w: &usize| scene.parties_at(s, w).iter().any(|r| r.code.as_str() == side.code);
    let own = |a: &Side| side.inferred == Some("pronoun") && a.code == side.code && !act.recipient.iter().any(named);
    let aside = || act.recipient.iter().all(|&w| matches!(s.tree.rel(w), "nmod" | "obl"));
    let at_home = matches!(act.kind.as_str(), "ASSAULT" | "COERCE");
    let bare = |a: &Side| !at_home && side.code.len() == 3 && a.code.starts_with(&side.code) && aside();
    // Troops moved among one's own: they face nobody.
    let among = |a: &Side| {
        let public = |code: &str| matches!(code.get(3..).unwrap_or(""), "" | "MIL" | "GOV" | "COP");
        act.kind == "MOBILIZE" && a.code.get(..3) == side.code.get(..3) && public(&a.code) && public(&side.code)
    };
    side.code != "---" && actor.iter().any(|a| own(a) || bare(a) || among(a))
}

/// A vehicle, vessel or building without an owner in the text is taken for one of the country the report is from.
/// Not so between two states at war, whose forces hit the other's.
fn home_thing(scene: &Scene, s: &Sentence, act: &Act, actor: &[Side]) -> Option<Side> {
    const THINGS: [&str; 4] = ["vehicles", "ships", "structures", "homes"];
    let home = scene.home.as_deref()?;
    let at_war = |a: &Side| a.code.starts_with(home) && (a.code.ends_with("MIL") || a.code.ends_with("GOV"));
    if scene.rival && (actor.len() > 1 || actor.iter().any(at_war)) {
        return None;
    }
    let thing =
        |w: &&usize| THINGS.iter().any(|class| scene.codebook.class_has(class, &s.tree.lemma(**w).to_lowercase()));
    let &w = act.recipient.iter().find(thing)?;
    let (text, span) = scene.text(s, phrase(s, w));
    Some(Side { text, span, name: None, code: home.to_owned(), inferred: Some("document") })
}

/// A side that its own words leave empty, where the sentence names just one other party (conventions 15).
fn fill_from_sentence(chains: &Chains, s: &Sentence, act: &Act, actor: &mut Vec<Side>, recipient: &mut Vec<Side>) {
    let scene = chains.scene;
    let country = |code: &str| code.get(..3).unwrap_or("").to_owned();
    let reciprocal = matches!(act.kind.as_str(), "CONSULT" | "AGREE" | "COOPERATE");
    if reciprocal || actor.is_empty() == recipient.is_empty() || act.by_speaker {
        return;
    }
    let hostile = matches!(act.kind.as_str(), "ASSAULT" | "COERCE" | "ACCUSE" | "THREATEN" | "SANCTION");
    // An accuser whom the words do not name may be anybody.
    let open = actor.is_empty() && (is_passive(s.tree, act.word) || act.kind == "ACCUSE");
    // Propaganda has an audience, and no victim to look for.
    let heard = act.mode.as_deref() == Some("misinformation");
    if !hostile || open || heard {
        return;
    }
    let given: Vec<String> = actor.iter().chain(recipient.iter()).map(|x| country(&x.code)).collect();
    let mut others: Vec<(usize, Ref)> = Vec::new();
    // Whoever only tells of it neither does it nor is whom it reaches.
    let tellers: Vec<usize> = chains
        .around(s, act.word)
        .into_iter()
        .filter_map(|x| match x.source {
            Source::Word(w) => Some(w),
            _ => None,
        })
        .collect();
    // "Peruvian army posts": part of a party's name, and no party beside it.
    let part = |w: usize| {
        matches!(s.tree.rel(w), "compound" | "amod" | "flat")
            && s.tree.head(w).is_some_and(|h| !scene.parties_at(s, h).is_empty())
    };
    for w in (0..s.tree.len()).filter(|&w| !part(w) && !tellers.iter().any(|&t| s.tree.is_under(w, t))) {
        for r in scene.parties_at(s, w) {
            let counts =
                matches!(r.class, PartyClass::State | PartyClass::Armed | PartyClass::Person | PartyClass::Body)
                    && r.code.country().is_some()
                    && r.inferred != Some("pronoun")
                    && !given.contains(&country(r.code.as_str()));
            if counts && others.iter().all(|(_, o)| o.code.country() != r.code.country()) {
                others.push((w, r.clone()));
            }
        }
    }
    if let [(_, r)] = others.as_slice() {
        let (text, span) = scene.text(s, r.words.clone());
        let side =
            Side { text, span, name: r.name.clone(), code: r.code.as_str().to_owned(), inferred: Some("sentence") };
        if actor.is_empty() { actor.push(side) } else { recipient.push(side) }
    }
}
