//! Arguments of a word by their meaning: who does it, to whom, with which preposition; through passives, relative
//! clauses, participles, control and shared subjects.

use readout_codebook::Slot;
use readout_syntax::Tree;

/// Governors followed on the way to an understood subject.
const DEEPEST: usize = 6;

/// Verbs whose infinitive is done by their subject although they have an object ("promised Iran to withdraw").
const SUBJECT_CONTROL: [&str; 4] = ["promise", "vow", "threaten", "pledge"];

pub(crate) fn is_relative(tree: &Tree, i: usize) -> bool {
    matches!(tree.get(i).map(|w| &*w.xpos), Some("WDT" | "WP" | "WP$"))
        || (tree.lemma(i) == "that" && tree.upos(i) == "PRON")
}

/// Whether word `v` is a passive: its surface subject is what it is done to.
pub(crate) fn is_passive(tree: &Tree, v: usize) -> bool {
    let has = |rel: &str| tree.children(v).iter().any(|&c| tree.deprel(c) == rel);
    if has("aux:pass") {
        return true;
    }
    if has("nsubj:pass") || has("csubj:pass") {
        // "had asked" is no passive, whatever its subject is labelled.
        return !tree.children_by(v, "aux").any(|c| tree.lemma(c) == "have");
    }
    // "A report received in London": a clause without subject or object is no finite one, whatever the tag.
    let reduced = tree.rel(v) == "acl"
        && tree.get(v).is_some_and(|w| &*w.xpos == "VBD")
        && !tree
            .children(v)
            .iter()
            .any(|&c| matches!(tree.rel(c), "obj" | "ccomp" | "xcomp" | "mark") || c < v && is_relative(tree, c));
    let participle = tree.get(v).is_some_and(|w| &*w.xpos == "VBN")
        || reduced
        || (tree.upos(v) == "ADJ" && tree.rel(v) == "amod" && tree.get(v).is_some_and(|w| w.form.ends_with("ed")));
    if !participle || tree.children(v).iter().any(|&c| tree.rel(c) == "aux" || tree.rel(c) == "nsubj") {
        return false;
    }
    match tree.rel(v) {
        "acl" | "amod" => true,
        "conj" => tree.head(v).is_some_and(|h| is_passive(tree, h)) && tree.child(v, "obj").is_none(),
        "advcl" | "xcomp" | "root" | "ccomp" | "parataxis" | "dep" => tree.child(v, "obj").is_none(),
        _ => false,
    }
}

/// `i` and the words coordinated with it.
pub(crate) fn with_conjuncts(tree: &Tree, i: usize) -> Vec<usize> {
    let mut out = vec![i];
    let mut at = 0;
    while let Some(&x) = out.get(at) {
        let coordinated = tree.children_by(x, "conj").filter(|&c| tree.child(c, "nsubj").is_none());
        out.extend(coordinated.collect::<Vec<_>>());
        out.extend(companions(tree, x));
        out.extend(beside_name(tree, x));
        at += 1;
    }
    out.sort_unstable();
    out
}

/// "Iran, along with Syria": whoever does or undergoes it beside word `x`; the parse may hang them on its verb.
fn companions(tree: &Tree, x: usize) -> Vec<usize> {
    let beside = |c: &usize| {
        matches!(
            preposition(tree, *c).as_str(),
            "along with" | "together with" | "alongside" | "as well as" | "besides"
        )
    };
    let subject = tree.head(x).filter(|_| tree.rel(x) == "nsubj");
    let of_verb = subject.into_iter().flat_map(|v| tree.children_by(v, "obl").filter(move |&c| c < v));
    tree.children_by(x, "nmod").chain(of_verb).filter(beside).collect()
}

/// Words coordinated with the name that a title stands before: "Kenyan leader X and President Y" hangs Y on X, or on the
/// title as a second name.
fn beside_name(tree: &Tree, title: usize) -> Vec<usize> {
    let singular = tree.get(title).is_some_and(|w| matches!(&*w.xpos, "NN" | "NNP"));
    let named = |&a: &usize| singular && a > title && tree.upos(a) == "PROPN" && preposition(tree, a).is_empty();
    let names: Vec<usize> = tree.children_by(title, "appos").filter(named).collect();
    let further = names.iter().copied().filter(|&a| tree.child(a, "cc").is_some_and(|c| c < a));
    further.chain(names.iter().flat_map(|&a| tree.children_by(a, "conj"))).collect()
}

/// The word that a relative pronoun of clause `v` stands for.
fn antecedent(tree: &Tree, v: usize) -> Option<usize> {
    let mut at = v;
    for _ in 0..DEEPEST {
        if tree.rel(at) == "acl" {
            return tree.head(at);
        }
        at = tree.head(at)?;
    }
    None
}

/// The subject as it stands, or as it is understood, of word `v`.
pub(crate) fn surface_subject(tree: &Tree, v: usize) -> Option<usize> {
    understood(tree, v, 0)
}

fn understood(tree: &Tree, v: usize, depth: usize) -> Option<usize> {
    if depth > DEEPEST {
        return None;
    }
    if let Some(s) = tree.child(v, "nsubj").or_else(|| tree.child(v, "csubj")) {
        return if is_relative(tree, s) { antecedent(tree, v).or(Some(s)) } else { Some(s) };
    }
    let head = tree.head(v)?;
    let verbal = |i: usize| {
        matches!(tree.upos(i), "VERB" | "AUX") || tree.child(i, "cop").is_some() || tree.child(i, "nsubj").is_some()
    };
    match tree.deprel(v) {
        "conj" => understood(tree, head, depth + 1),
        "acl:relcl" => Some(head),
        "ccomp" if is_finite(tree, v) => None,
        "xcomp" | "ccomp" if verbal(head) || tree.upos(head) == "ADJ" => {
            let object = tree.child(head, "obj").or_else(|| tree.child(head, "iobj"));
            match object.filter(|_| !is_passive(tree, head) && !SUBJECT_CONTROL.contains(&tree.lemma(head))) {
                Some(o) => Some(o),
                None => understood(tree, head, depth + 1),
            }
        }
        "advcl" | "advcl:relcl" if verbal(head) => understood(tree, head, depth + 1),
        "acl" => {
            // "The plan to attack", "suspicion of attacking": done by whoever plans or is suspected.
            let marked = tree.children(v).iter().any(|&c| matches!(tree.rel(c), "mark" | "case"));
            if marked { owner_of(tree, head, depth + 1) } else { Some(head) }
        }
        "amod" => Some(head),
        _ if matches!(tree.rel(v), "obl" | "nmod" | "obj") && tree.get(v).is_some_and(|w| &*w.xpos == "VBG") => {
            understood(tree, head, depth + 1)
        }
        _ => None,
    }
}

fn is_finite(tree: &Tree, v: usize) -> bool {
    tree.get(v).is_some_and(|w| matches!(&*w.xpos, "VBD" | "VBZ" | "VBP"))
        || tree
            .children_by(v, "aux")
            .any(|c| tree.get(c).is_some_and(|w| matches!(&*w.xpos, "VBD" | "VBZ" | "VBP" | "MD")))
}

/// Subjects right before a finite verb that the parser hung elsewhere: the tail of a list ("in Sochi, Iran, Russia and
/// Turkey stressed"), or the phrase since the last comma ("after talks with X, President Y said").
pub(crate) fn stray_subjects(tree: &Tree, v: usize) -> Vec<usize> {
    let nominal = |i: usize| matches!(tree.upos(i), "NOUN" | "PROPN");
    let Some(before) = v.checked_sub(1).filter(|&b| is_finite(tree, v) && nominal(b)) else { return Vec::new() };
    if tree.rel(before) == "conj" {
        let Some(first) = tree.head(before) else { return Vec::new() };
        let mut out: Vec<usize> = tree.children_by(first, "conj").filter(|&c| c < v).collect();
        if preposition(tree, first).is_empty() {
            out.insert(0, first);
        }
        return out;
    }
    let comma = (0..v).rev().find(|&i| tree.get(i).is_some_and(|w| w.form == ","));
    let mut at = before;
    while let Some(h) = tree.head(at).filter(|&h| h < v && nominal(h)) {
        if tree.subtree(h).first().copied() <= comma {
            break;
        }
        at = h;
    }
    if comma.is_some() && preposition(tree, at).is_empty() { vec![at] } else { Vec::new() }
}

/// Whose plan, decision or refusal a noun is: its possessor, or the subject of the verb it is an argument of.
fn owner_of(tree: &Tree, noun: usize, depth: usize) -> Option<usize> {
    if let Some(p) = tree.child(noun, "nmod:poss") {
        return Some(p);
    }
    let head = tree.head(noun)?;
    match tree.rel(noun) {
        "obj" | "obl" | "xcomp" | "conj" | "nsubj" if tree.upos(head) == "VERB" => understood(tree, head, depth),
        _ => None,
    }
}

/// Text of the preposition before nominal `n`: its case words in order ("on", "on behalf of").
pub(crate) fn preposition(tree: &Tree, n: usize) -> String {
    let mut words = Vec::new();
    for c in tree.children(n).iter().copied().filter(|&c| tree.rel(c) == "case" && tree.deprel(c) != "case:poss") {
        words.push(c);
        words.extend(tree.children(c).iter().copied().filter(|&f| matches!(tree.rel(f), "fixed" | "case")));
    }
    words.sort_unstable();
    words.iter().map(|&i| tree.lemma(i).to_lowercase()).collect::<Vec<_>>().join(" ")
}

/// Nominals that hang on `h` by preposition `p`.
pub(crate) fn by_preposition(tree: &Tree, h: usize, p: &str) -> Vec<usize> {
    tree.children(h)
        .iter()
        .copied()
        .filter(|&c| matches!(tree.rel(c), "obl" | "nmod" | "advcl" | "advmod" | "acl" | "xcomp" | "iobj" | "obj"))
        .filter(|&c| {
            let case = preposition(tree, c);
            case == p
                || (!case.is_empty() && case.rsplit(' ').next() == Some(p))
                || (tree.rel(c) == "advcl" || tree.rel(c) == "acl")
                    && tree.children(c).iter().any(|&m| tree.rel(m) == "mark" && tree.lemma(m) == p)
        })
        .collect()
}

/// Whether phrases with this preposition tell whom an act is aimed at.
fn aims(p: &str) -> bool {
    matches!(p, "into" | "against" | "at" | "toward" | "towards")
}

/// Nominals with preposition `p` on `o` or on the phrases that hang on it one below the other ("letters about X to Y").
fn below_by_preposition(tree: &Tree, o: usize, p: &str) -> Vec<usize> {
    let mut at = Some(o);
    for _ in 0..DEEPEST {
        let Some(here) = at else { break };
        let found = by_preposition(tree, here, p);
        // "Of" belongs to the noun before it.
        if !found.is_empty() || p == "of" {
            return found;
        }
        at = tree.children_by(here, "nmod").filter(|&c| c > here).last();
    }
    Vec::new()
}

/// Who does `v`, by meaning: the subject, or the by-phrase of a passive.
pub(crate) fn agent(tree: &Tree, v: usize) -> Option<usize> {
    if !is_passive(tree, v) {
        return surface_subject(tree, v);
    }
    // "Supplied to the rebels by X": the by-phrase may hang on another phrase of the verb's.
    let below = || tree.children_by(v, "obl").flat_map(|c| by_preposition(tree, c, "by")).next();
    by_preposition(tree, v, "by").into_iter().next().or_else(below)
}

/// What `v` is done to, by meaning: the object, or the subject of a passive.
pub(crate) fn patient(tree: &Tree, v: usize) -> Option<usize> {
    if is_passive(tree, v) {
        return match tree.rel(v) {
            "amod" => tree.head(v),
            _ => surface_subject(tree, v),
        };
    }
    if let Some(o) = tree.child(v, "obj") {
        return if is_relative(tree, o) { antecedent(tree, v).or(Some(o)) } else { Some(o) };
    }
    if tree.deprel(v) == "acl:relcl" && tree.child(v, "nsubj").is_some_and(|s| !is_relative(tree, s)) {
        return tree.head(v);
    }
    // "The town that rebels tried to take", "what concessions Chad is ready to make".
    let clause =
        std::iter::successors(Some(v), |&x| tree.head(x).filter(|_| tree.rel(x) == "xcomp")).take(DEEPEST).last();
    if let Some(c) = clause.filter(|&c| c != v && tree.deprel(c) == "acl:relcl")
        && tree.child(c, "nsubj").is_some_and(|s| !is_relative(tree, s))
        && !tree.children(v).iter().any(|&x| matches!(tree.rel(x), "ccomp" | "xcomp"))
        && tree.child(c, "obj").is_none()
    {
        return tree.head(c);
    }
    if tree.rel(v) == "conj"
        && let Some(h) = tree.head(v).filter(|&h| tree.upos(h) == "VERB" && !is_passive(tree, h))
        && tree.children(v).iter().all(|&c| c < v || !matches!(tree.rel(c), "obl" | "ccomp" | "xcomp"))
    {
        return tree.child(h, "obj").filter(|&o| o > v);
    }
    // A verb conjoined with a later one that has the object of both ("condemned and rejected the plan").
    tree.children_by(v, "conj").filter(|&c| tree.upos(c) == "VERB" && c == v + 2).find_map(|c| tree.child(c, "obj"))
}

/// Infinitives and predicates of the object that hang on `h`.
fn predicates(tree: &Tree, h: usize) -> Vec<usize> {
    let infinitive = |c: usize| tree.children(c).iter().any(|&m| tree.rel(m) == "mark" && tree.lemma(m) == "to");
    let found: Vec<usize> = tree
        .children(h)
        .iter()
        .copied()
        .filter(|&c| {
            matches!(tree.rel(c), "xcomp" | "acl" | "advcl" | "ccomp")
                && tree.deprel(c) != "acl:relcl"
                && (tree.rel(c) == "xcomp" || infinitive(c))
        })
        .collect();
    if !found.is_empty() {
        return found;
    }
    // An adjective in quotation marks after the object is its predicate ("called the vote "unfair and illegal"").
    let object = tree.child(h, "obj");
    object.into_iter().flat_map(|o| tree.children_by(o, "appos")).filter(|&c| tree.upos(c) == "ADJ").collect()
}

/// As [`fillers`], but of phrases with a preposition only those that hang on the entry's own words or on its object.
pub(crate) fn near_fillers(tree: &Tree, h: usize, extra: &[usize], last: Option<usize>, slot: &Slot) -> Vec<usize> {
    let Slot::Prep(p) = slot else { return fillers(tree, h, extra, last, slot) };
    let object = tree.child(h, "obj").filter(|o| !extra.contains(o));
    let own =
        std::iter::once(h).chain(extra.iter().copied()).flat_map(|w| by_preposition(tree, w, p)).collect::<Vec<_>>();
    let own = if own.is_empty() { object.map(|o| by_preposition(tree, o, p)).unwrap_or_default() } else { own };
    let mut out: Vec<usize> = own.into_iter().flat_map(|w| with_conjuncts(tree, w)).filter(|&w| w != h).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// Fillers of a slot of word `h`, coordinated words included, in order. `extra` are further words of the entry, on
/// which prepositions may hang; `last` is the last preposition of the entry, whose complement is the object.
pub(crate) fn fillers(tree: &Tree, h: usize, extra: &[usize], last: Option<usize>, slot: &Slot) -> Vec<usize> {
    let nominal = matches!(tree.upos(h), "NOUN" | "PROPN") && tree.child(h, "cop").is_none();
    let first: Vec<usize> = match slot {
        // "Syria, a backer of Iran": what stands in apposition says it of the noun before.
        Slot::Subj if nominal => {
            let described = tree.head(h).filter(|&g| tree.rel(h) == "appos" && g < h);
            tree.child(h, "nsubj").or(described).into_iter().collect()
        }
        Slot::Subj if tree.upos(h) == "ADJ" && tree.rel(h) == "amod" && !is_passive(tree, h) => {
            tree.head(h).into_iter().collect()
        }
        Slot::Subj => match agent(tree, h) {
            Some(a) => vec![a],
            None if is_passive(tree, h) => Vec::new(),
            None => {
                let first = if tree.rel(h) == "conj" { tree.head(h) } else { None };
                [Some(h), first]
                    .into_iter()
                    .flatten()
                    .map(|v| stray_subjects(tree, v))
                    .find(|found| !found.is_empty())
                    .unwrap_or_default()
            }
        },
        Slot::Obj => {
            let complement = last.and_then(|p| tree.head(p)).filter(|&c| c != h && !extra.contains(&c));
            let stranded = last.filter(|&p| tree.head(p) == Some(h)).and_then(|p| {
                tree.children(h).iter().copied().find(|&c| c > p && matches!(tree.rel(c), "obl" | "obj" | "ccomp"))
            });
            // "Jailed X for murder" has its own object, whatever the entry's preposition governs.
            let own =
                tree.child(h, "obj").filter(|o| complement.is_some() && !extra.contains(o) && !is_relative(tree, *o));
            own.or(complement)
                .or(stranded)
                .or_else(|| patient(tree, h))
                .or_else(|| tree.child(h, "iobj"))
                .filter(|o| !extra.contains(o))
                .into_iter()
                .collect()
        }
        Slot::Iobj => tree.child(h, "iobj").into_iter().collect(),
        Slot::Poss => tree
            .child(h, "nmod:poss")
            .or_else(|| extra.iter().find_map(|&x| tree.child(x, "nmod:poss")))
            .into_iter()
            .collect(),
        Slot::Adj => std::iter::once(h)
            .chain(extra.iter().copied())
            .flat_map(|x| tree.children(x).iter().copied().filter(move |&c| c < x))
            .filter(|&c| {
                matches!(tree.rel(c), "amod" | "compound" | "nmod")
                    && !extra.contains(&c)
                    && preposition(tree, c).is_empty()
                    && tree.deprel(c) != "nmod:poss"
            })
            .collect(),
        Slot::Xcomp => std::iter::once(h)
            .chain(extra.iter().copied().filter(|&x| tree.rel(x) == "obj"))
            .map(|x| predicates(tree, x))
            .find(|found| !found.is_empty())
            .unwrap_or_default(),
        Slot::Ccomp => tree
            .child(h, "ccomp")
            .into_iter()
            .chain(tree.children_by(h, "acl").filter(|&c| tree.deprel(c) != "acl:relcl"))
            .collect(),
        Slot::Speaker => Vec::new(),
        Slot::Prep(p) => {
            let mut found = by_preposition(tree, h, p);
            found.extend(extra.iter().flat_map(|&x| by_preposition(tree, x, p)));
            if found.is_empty() && nominal && matches!(p.as_str(), "to" | "from" | "by" | "with" | "against") {
                // "The pullout of troops from X": the parse hangs it on the of-phrase.
                found = by_preposition(tree, h, "of").into_iter().flat_map(|o| by_preposition(tree, o, p)).collect();
            }
            if found.is_empty() && !nominal {
                // A phrase that the parse hangs on the object belongs to the verb as often as not.
                let object = tree.child(h, "obj").filter(|o| !extra.contains(o));
                found = object
                    .into_iter()
                    .chain(extra.iter().copied())
                    .map(|o| below_by_preposition(tree, o, p))
                    .find(|f| !f.is_empty())
                    .unwrap_or_default();
            }
            if found.is_empty() && aims(p) {
                // "The operation launched into X", "fired rounds aimed at X": the participle leads there.
                let own = Some(h).filter(|_| nominal).or_else(|| tree.child(h, "obj"));
                let participles =
                    own.into_iter().flat_map(|o| tree.children_by(o, "acl")).filter(|&c| is_passive(tree, c));
                found = participles.flat_map(|c| by_preposition(tree, c, p)).collect();
            }
            if found.is_empty() && p == "by" && is_passive(tree, h) {
                found = agent(tree, h).into_iter().collect();
            }
            found
        }
    };
    let mut out: Vec<usize> = match slot {
        Slot::Xcomp | Slot::Ccomp => first,
        _ => first.into_iter().flat_map(|i| with_conjuncts(tree, i)).collect(),
    };
    out.sort_unstable();
    out.dedup();
    out.retain(|&i| i != h);
    out
}
