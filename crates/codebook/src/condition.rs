//! Conditions on what fills a slot.

use crate::slot::{Slot, slots};

/// Kinds of filler that the actor tables or the form of the phrase tell, whatever the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Builtin {
    /// A person, or persons.
    Person,
    /// Forces, police, an armed group or its members.
    Armed,
    /// A state or its government.
    State,
    /// Any party that the actor tables resolve.
    Party,
    /// A thing: no party.
    Thing,
    /// A number or a counted thing.
    Number,
    /// A sum of money.
    Money,
    /// Nothing: the slot is empty.
    None,
}

impl Builtin {
    /// All, with their names in the files.
    pub const ALL: [(Builtin, &str); 8] = [
        (Builtin::Person, "person"),
        (Builtin::Armed, "armed"),
        (Builtin::State, "state"),
        (Builtin::Party, "party"),
        (Builtin::Thing, "thing"),
        (Builtin::Number, "number"),
        (Builtin::Money, "money"),
        (Builtin::None, "none"),
    ];

    /// The built-in class with that name.
    pub fn from_name(name: &str) -> Option<Builtin> {
        Self::ALL.iter().find(|(_, n)| *n == name).map(|(b, _)| *b)
    }
}

/// A class of fillers. A word list may bear the name of a built-in class; then either suffices.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClassRef {
    /// Name, for [`crate::Codebook::class_has`].
    pub name: String,
    /// The built-in class of that name.
    pub builtin: Option<Builtin>,
}

/// `when SLOT is CLASS` or `when SLOT not CLASS`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Condition {
    /// The slots looked at (`obj|of`): those that the word at hand has.
    pub slots: Vec<Slot>,
    /// False for `is`: some filler must be in some class. True for `not`: no filler may be in any.
    pub negated: bool,
    /// The classes.
    pub classes: Vec<ClassRef>,
}

impl Condition {
    /// Reads what follows `when`; `Err` says what is wrong.
    pub(crate) fn read(text: &str) -> Result<Condition, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let at = words.iter().position(|w| matches!(*w, "is" | "not"));
        let Some((left, [verb, right @ ..])) = at.and_then(|at| words.split_at_checked(at)) else {
            return Err("no `is` or `not`".to_string());
        };
        let (right, flip) = match right {
            ["not", rest @ ..] => (rest, true),
            rest => (rest, false),
        };
        let classes: Vec<ClassRef> = right
            .concat()
            .split('|')
            .filter(|c| !c.is_empty())
            .map(|c| ClassRef { name: c.to_string(), builtin: Builtin::from_name(c) })
            .collect();
        let slots = slots(&left.join(" "));
        match (slots.is_empty(), classes.is_empty()) {
            (true, _) => Err("no slot before `is` or `not`".to_string()),
            (_, true) => Err("no class after `is` or `not`".to_string()),
            _ => Ok(Condition { slots, negated: *verb == "not" || flip, classes }),
        }
    }
}
