//! Reads phrases of time word by word: which words they take, which days they stand for.

use jiff::civil::Date;
use readout_syntax::{NameKind, Tree};

use super::days::{self, Days, around, on_or_after, on_or_before, part, step};
use super::words::{self, Unit, Word, edge, is_part, month, number, rank, season, unit, weekday, year};

/// How a phrase of time stands to what it dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// On its days.
    At,
    /// Up to now ("since 1984", "the past month").
    UpToNow,
    /// For a length of time ("for two years", "the seven-week offensive").
    For,
    /// Long ago, without a date.
    Past,
}

/// What a phrase of time means. Without a date of the report most have no days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Meaning {
    /// Its days where what it dates is told as past.
    pub back: Option<Days>,
    /// Its days where that is still to come.
    pub ahead: Option<Days>,
    /// The unit in which the words speak.
    pub grain: Option<Unit>,
    pub reach: Reach,
}

impl Meaning {
    fn vague(reach: Reach) -> Self {
        Meaning { back: None, ahead: None, grain: None, reach }
    }

    fn both(found: Option<Days>, grain: Unit) -> Self {
        Meaning { back: found, ahead: found, grain: Some(grain), reach: Reach::At }
    }

    /// "The seven-week offensive" goes on to now; "a three-day visit" is only so long.
    pub fn of_adjective(self, tree: &Tree, head: usize) -> Self {
        let known = |c: &usize| tree.deprel(*c) == "nmod:poss" || tree.rel(*c) == "det" && tree.lemma(*c) == "the";
        let definite = tree.head(head).is_some_and(|noun| tree.children(noun).iter().any(known));
        let long = self.grain.is_some_and(|g| g >= Unit::Week);
        Meaning { reach: if definite && long { Reach::UpToNow } else { Reach::For }, ..self }
    }

    fn map(self, f: impl Fn(Days) -> Option<Days>) -> Self {
        Meaning { back: self.back.and_then(&f), ahead: self.ahead.and_then(&f), ..self }
    }
}

/// Words that make one phrase, and what it means.
pub(crate) type Read = (usize, Meaning);

/// A sentence's words in lower case, and the day of the report.
pub(crate) struct Reader<'t> {
    pub tree: &'t Tree,
    low: Vec<String>,
    day: Option<Date>,
}

impl<'t> Reader<'t> {
    pub fn new(tree: &'t Tree, day: Option<Date>) -> Self {
        Reader { tree, low: tree.words().iter().map(|w| w.form.to_lowercase()).collect(), day }
    }

    /// Word `i` in lower case, or "".
    pub fn at(&self, i: usize) -> &str {
        self.low.get(i).map_or("", String::as_str)
    }

    /// The word before `i`, or "".
    pub fn before(&self, i: usize) -> &str {
        i.checked_sub(1).map_or("", |b| self.at(b))
    }

    fn on_day(&self, f: impl Fn(Date) -> Option<Days>) -> Option<Days> {
        self.day.and_then(f)
    }

    /// The longest phrase of time that starts at word `i`.
    pub fn phrase(&self, i: usize) -> Option<Read> {
        self.edged(i).or_else(|| self.ranked(i)).or_else(|| self.range(i)).or_else(|| self.plain(i))
    }

    fn plain(&self, i: usize) -> Option<Read> {
        self.date(i)
            .or_else(|| self.relative(i))
            .or_else(|| self.counted(i))
            .or_else(|| self.years(i))
            .or_else(|| self.weekday(i))
            .or_else(|| self.seasonal(i))
            .or_else(|| self.fixed(i))
    }

    /// "Early this month", "mid-October", "the end of 2019", "earlier this week", "late on Monday".
    fn edged(&self, i: usize) -> Option<Read> {
        let w = self.at(i);
        let (which, from) = match w {
            "earlier" | "later" => (None, i + 1),
            _ if edge(w).is_some() => (edge(w), i + 1),
            _ => {
                // "mid-October" is one word.
                let (head, tail) = w.split_once('-')?;
                let m = month(tail).filter(|_| edge(head).is_some())?;
                let read = self.month_and_year(i, m);
                return Some((read.0, read.1.map(|d| part(d, edge(head)?))));
            }
        };
        let linked = matches!(self.at(from), "of" | "in" | "on" | "-");
        let mut j = from + usize::from(linked);
        j += usize::from(linked && self.at(j) == "the" && unit(self.at(j + 1)).is_none());
        let (length, meaning) = match (self.at(j), unit(self.at(j + 1)), linked) {
            // "Earlier in the day", "at the end of the month".
            ("the", Some(u), true) => (2, Meaning::both(self.on_day(|d| around(d, u)), u)),
            _ => self.range(j).or_else(|| self.plain(j))?,
        };
        if meaning.reach != Reach::At {
            return None;
        }
        let long = meaning.grain.is_some_and(|g| g >= Unit::Month);
        let meaning = match (which, w) {
            (Some(e), _) if long => meaning.map(|d| part(d, e)),
            (Some(_), _) => meaning,
            (None, "earlier") => {
                Meaning { ahead: meaning.back, ..meaning }.map(|d| Some((d.0, self.day?.clamp(d.0, d.1))))
            }
            _ => Meaning { back: meaning.ahead, ..meaning }.map(|d| Some((self.day?.clamp(d.0, d.1), d.1))),
        };
        Some((j - i + length, meaning))
    }

    /// "The first quarter of 2020", "the second half of this year".
    fn ranked(&self, i: usize) -> Option<Read> {
        let n = rank(self.at(i))?;
        let parts = match self.at(i + 1) {
            "half" => 2,
            "quarter" => 4,
            _ => return None,
        };
        if self.at(i + 2) != "of" {
            return None;
        }
        let the_year = self.at(i + 3) == "the" && self.at(i + 4) == "year";
        let (length, whole) = match self.plain(i + 3) {
            Some(found) => found,
            None if the_year => (2, Meaning::both(self.on_day(|d| around(d, Unit::Year)), Unit::Year)),
            None => return None,
        };
        let nth = if n < 0 { parts - 1 } else { n - 1 };
        let months = 12 / parts;
        let cut = |d: Days| {
            let first = step(around(d.0, Unit::Year)?.0, nth * months, Unit::Month)?;
            days::months(first.year(), first.month(), months)
        };
        Some((3 + length, Meaning { grain: Some(Unit::Quarter), ..whole.map(cut) }))
    }

    /// "From 1910 to 1945", "between May 3 and May 5", "July to December", "2014-2016".
    fn range(&self, i: usize) -> Option<Read> {
        let (first, from) = self.plain(i)?;
        let opened = matches!(self.before(i), "from" | "between");
        let joined = match self.at(i + first) {
            "to" | "until" | "till" | "through" => true,
            "-" | "–" => self.date(i).is_some() || self.years(i).is_some(),
            "and" => self.before(i) == "between",
            _ => false,
        };
        let dated = |m: &Meaning| m.reach == Reach::At && m.grain.is_some_and(|g| g >= Unit::Day);
        if !joined || !dated(&from) {
            return None;
        }
        let j = i + first + 1;
        let (second, to) = self.plain(j).or_else(|| self.rest_of_range(j, from))?;
        if !dated(&to) || !(opened || self.at(i + first) != "to" || to.grain == from.grain) {
            return None;
        }
        let join = |a: Option<Days>, b: Option<Days>| a.zip(b).map(|(a, b)| (a.0.min(b.0), a.1.max(b.1)));
        Some((j - i + second, Meaning { back: join(from.back, to.back), ahead: join(from.ahead, to.ahead), ..from }))
    }

    /// Whether a run of days from one to another starts at `i`.
    pub fn is_range(&self, i: usize) -> bool {
        self.range(i + usize::from(self.at(i) == "the")).is_some()
    }

    /// "1914-18", "May 3-5": the second part leaves out what both share.
    fn rest_of_range(&self, j: usize, from: Meaning) -> Option<Read> {
        let n: i16 = self.at(j).trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']).parse().ok()?;
        let whole = |first: Date| -> Option<Days> {
            match from.grain {
                Some(Unit::Year) if n < 100 => days::year(first.year().div_euclid(100) * 100 + n),
                Some(Unit::Day) => Date::new(first.year(), first.month(), i8::try_from(n).ok()?).ok().map(|d| (d, d)),
                _ => None,
            }
        };
        Some((1, from.map(|d| whole(d.0))))
    }

    /// A day of the month, a month, each with or without its year.
    fn date(&self, i: usize) -> Option<Read> {
        let w = self.at(i);
        if let Some(d) = w.parse::<Date>().ok().filter(|_| w.len() == 10) {
            return Some((1, Meaning::both(Some((d, d)), Unit::Day)));
        }
        if let Some(m) = month(w) {
            let person = self.tree.name_at(i).is_some_and(|n| n.kind == NameKind::Person);
            let named = self.tree.upos(i) == "PROPN" && !person || self.day_number(i + 1).is_some();
            return named.then(|| self.month_first(i, m));
        }
        // "16 May", "the 16th of May 2020".
        let d = self.day_number(i)?;
        let of = usize::from(self.at(i + 1) == "of");
        let m = month(self.at(i + 1 + of)).filter(|_| self.tree.upos(i + 1 + of) == "PROPN")?;
        let comma = usize::from(self.at(i + 2 + of) == ",");
        let y = year(self.at(i + 2 + of + comma));
        let length = 2 + of + y.map_or(0, |_| comma + 1);
        Some((length, self.day_of(y, m, d)))
    }

    fn day_number(&self, i: usize) -> Option<i8> {
        let w = self.at(i).trim_end_matches(['s', 't', 'n', 'd', 'r', 'h']);
        w.parse::<i8>().ok().filter(|d| (1..=31).contains(d))
    }

    fn month_first(&self, i: usize, m: i8) -> Read {
        let Some(d) = self.day_number(i + 1) else { return self.month_and_year(i, m) };
        let comma = usize::from(self.at(i + 2) == ",");
        let y = year(self.at(i + 2 + comma));
        (2 + y.map_or(0, |_| comma + 1), self.day_of(y, m, d))
    }

    /// A month at word `i`, with its year where that follows.
    fn month_and_year(&self, i: usize, m: i8) -> Read {
        let link = usize::from(matches!(self.at(i + 1), "of" | ","));
        if let Some(y) = year(self.at(i + 1 + link)) {
            return (2 + link, Meaning::both(days::month(y, m), Unit::Month));
        }
        let of_year = |f: fn(i8, i8) -> i16| self.on_day(|d| days::month(d.year().checked_add(f(m, d.month()))?, m));
        let back = of_year(|m, now| -i16::from(m > now));
        let ahead = of_year(|m, now| i16::from(m < now));
        (1, Meaning { back, ahead, grain: Some(Unit::Month), reach: Reach::At })
    }

    fn day_of(&self, y: Option<i16>, m: i8, d: i8) -> Meaning {
        if let Some(y) = y {
            return Meaning::both(Date::new(y, m, d).ok().map(|d| (d, d)), Unit::Day);
        }
        let in_year = |by: i16| self.day.and_then(|now| Date::new(now.year().checked_add(by)?, m, d).ok());
        let one = |d: Option<Date>| d.map(|d| (d, d));
        let past = |x: &Date| self.day.is_some_and(|now| *x <= now);
        let back = in_year(0).filter(past).or_else(|| in_year(-1));
        let ahead = in_year(0).filter(|x| self.day.is_some_and(|now| *x >= now)).or_else(|| in_year(1));
        Meaning { back: one(back), ahead: one(ahead), grain: Some(Unit::Day), reach: Reach::At }
    }

    /// "In 2011", "the 2003 attack", "the 1980s", "the 19th century".
    fn years(&self, i: usize) -> Option<Read> {
        let w = self.at(i);
        if let Some(y) = w.strip_suffix('s').and_then(year).filter(|y| y % 10 == 0) {
            return Some((1, Meaning::both(days::years(y, 10), Unit::Decade)));
        }
        if self.at(i + 1) == "century" {
            let n = self.day_number(i).filter(|_| !w.chars().all(|c| c.is_ascii_digit()))?;
            return Some((2, Meaning::both(days::years((i16::from(n) - 1) * 100 + 1, 100), Unit::Century)));
        }
        let y = year(w).filter(|_| self.tree.upos(i) == "NUM")?;
        let b = i.checked_sub(1)?;
        let led = matches!(self.tree.upos(b), "ADP" | "SCONJ" | "DET" | "PART" | "PUNCT")
            || self.tree.deprel(b) == "nmod:poss"
            || edge(self.at(b)).is_some()
            || season(self.at(b)).is_some()
            || matches!(self.at(b), "to" | "-" | "–" | "and");
        let counts = self.tree.rel(i) == "nummod"
            && self.tree.head(i).is_some_and(|h| h > i && self.tree.get(h).is_some_and(|x| &*x.xpos == "NNS"))
            && self.tree.upos(b) != "DET";
        let by_rate = matches!(self.at(b), "of" | "by") && self.tree.rel(i) == "nummod";
        (led && !counts && !by_rate).then(|| (1, Meaning::both(days::year(y), Unit::Year)))
    }

    fn weekday(&self, i: usize) -> Option<Read> {
        let w = weekday(self.at(i))?;
        let one = |d: Option<Date>| d.map(|d| (d, d));
        let back = one(self.day.and_then(|d| on_or_before(d, w)));
        let ahead = one(self.day.and_then(|d| on_or_after(d, w)));
        let mut length = 1 + usize::from(is_part(self.at(i + 1)));
        let mut meaning = Meaning { back, ahead, grain: Some(Unit::Day), reach: Reach::At };
        // "Friday, August 16": the date decides.
        let comma = usize::from(self.at(i + length) == ",");
        if let Some((more, date)) = self.date(i + length + comma).filter(|(_, m)| m.grain == Some(Unit::Day)) {
            length += comma + more;
            meaning = date;
        }
        Some((length, meaning))
    }

    /// "Summer 2019", "the summer of 2019".
    fn seasonal(&self, i: usize) -> Option<Read> {
        let m = season(self.at(i))?;
        let of = usize::from(self.at(i + 1) == "of");
        let y = year(self.at(i + 1 + of))?;
        Some((2 + of, Meaning::both(days::months(y, m, 3), Unit::Season)))
    }

    fn fixed(&self, i: usize) -> Option<Read> {
        let w = self.at(i);
        let found = words::word(w, |x| match x {
            Word::Day(n) => Some(Meaning::both(self.on_day(|d| step(d, n, Unit::Day).map(|d| (d, d))), Unit::Day)),
            Word::Recent => Some(Meaning::vague(Reach::At)),
            Word::Past => Some(Meaning::vague(Reach::Past)),
            _ => None,
        });
        if let Some(meaning) = found {
            return Some((1 + usize::from(is_part(self.at(i + 1)) && self.tree.rel(i + 1) != "obj"), meaning));
        }
        match w {
            "overnight" if self.tree.upos(i) == "ADV" || self.tree.rel(i) != "amod" => {
                Some((1, Meaning::both(self.on_day(|d| Some((step(d, -1, Unit::Day)?, d))), Unit::Day)))
            }
            "weekend" => Some((1, self.weekend(0))),
            "then" if matches!(self.before(i), "since") => Some((1, Meaning::vague(Reach::UpToNow))),
            "long" if self.at(i + 1) == "ago" => Some((2, Meaning::vague(Reach::Past))),
            "once" if self.once_past(i) => Some((1, Meaning::vague(Reach::Past))),
            _ if is_part(w) && matches!(self.before(i), "at" | "before" | "after" | "around" | "until" | "by") => {
                Some((1, Meaning::vague(Reach::At)))
            }
            _ => None,
        }
    }

    /// "Once" right before a verb told as past, not "once again", "once they …".
    fn once_past(&self, i: usize) -> bool {
        self.tree.rel(i) == "advmod"
            && self.tree.head(i) == Some(i + 1)
            && self.tree.get(i + 1).is_some_and(|w| matches!(&*w.xpos, "VBD" | "VBN"))
            && i > 0
    }

    /// The weekend of this week, or the last one that has begun; with `steps` the one before or after.
    fn weekend(&self, steps: i32) -> Meaning {
        let two = |saturday: Option<Date>| Some((saturday?, step(saturday?, 1, Unit::Day)?));
        let begun = |d: Date| on_or_before(d, 6);
        let of_week = |d: Date| step(on_or_before(d, 1)?, 5, Unit::Day);
        let on = |f: &dyn Fn(Date) -> Option<Date>| self.on_day(|d| two(f(d)));
        match steps {
            0 => Meaning { back: on(&begun), ahead: on(&of_week), grain: Some(Unit::Day), reach: Reach::At },
            1 => Meaning::both(on(&|d| step(of_week(d)?, 1, Unit::Week)), Unit::Day),
            _ => Meaning::both(on(&|d| begun(on_or_before(d, 1)?)), Unit::Day),
        }
    }

    /// "Last week", "this month", "next year", "last Friday", "last December", "the past month", "the last two weeks".
    fn relative(&self, i: usize) -> Option<Read> {
        let w = self.at(i);
        let steps = match w {
            "last" | "past" | "previous" => -1,
            "this" | "current" | "recent" => 0,
            "next" | "coming" | "following" => 1,
            _ => return None,
        };
        let next = self.at(i + 1);
        if w == "past" && self.before(i) == "the" && i > 1 && self.before(i - 1) == "in" && unit(next).is_none() {
            let alone = number(next).is_none() && self.tree.upos(i) == "NOUN";
            if alone {
                return Some((1, Meaning::vague(Reach::Past)));
            }
        }
        if let Some((length, count)) = self.quantity(i + 1)
            && let Some(u) = unit(self.at(i + 1 + length))
            && steps != 0
        {
            return Some((length + 2, self.stretch(count, u, steps)));
        }
        // Of another day than the report's.
        if matches!(w, "previous" | "following") {
            return unit(next).map(|_| (2, Meaning::vague(Reach::At)));
        }
        if w == "recent" {
            let plural = unit(next).is_some();
            return Some((1 + usize::from(plural), Meaning::vague(Reach::At)));
        }
        self.next_to_relative(i, steps)
    }

    fn next_to_relative(&self, i: usize, steps: i32) -> Option<Read> {
        let (w, next) = (self.at(i), self.at(i + 1));
        if next == "weekend" {
            return Some((2, self.weekend(steps)));
        }
        if let Some(d) = weekday(next) {
            let part = usize::from(is_part(self.at(i + 2)));
            let other = |n: i32| {
                self.on_day(|day| {
                    let found = if n < 0 {
                        on_or_before(day.yesterday().ok()?, d)
                    } else {
                        on_or_after(day.tomorrow().ok()?, d)
                    }?;
                    Some((found, found))
                })
            };
            let meaning = match steps {
                0 => self.weekday(i + 1)?.1,
                n => Meaning::both(other(n), Unit::Day),
            };
            return Some((2 + part, meaning));
        }
        if let Some(m) = month(next).filter(|_| self.tree.upos(i + 1) == "PROPN") {
            let found = self.on_day(|d| {
                let by = match steps {
                    -1 => -i16::from(m >= d.month()),
                    1 => i16::from(m <= d.month()),
                    _ => 0,
                };
                days::month(d.year().checked_add(by)?, m)
            });
            return Some((2, Meaning::both(found, Unit::Month)));
        }
        if let Some(m) = season(next).filter(|_| self.tree.upos(i + 1) == "NOUN") {
            return Some((2, self.season_by(m, steps)));
        }
        if is_part(next) && !(next == "night" && steps > 0) {
            let by = if steps < 0 { -1 } else { 0 };
            return Some((2, Meaning::both(self.on_day(|d| step(d, by, Unit::Day).map(|d| (d, d))), Unit::Day)));
        }
        let u = unit(next)?;
        match w {
            "past" | "coming" => Some((2, self.stretch(Some(1).filter(|_| !next.ends_with('s')), u, steps))),
            _ if u < Unit::Week => None,
            _ => Some((2, self.unit_by(u, steps))),
        }
    }

    /// The week, month, year `steps` from that of the report; that of the report itself up to, or from, its day.
    fn unit_by(&self, u: Unit, steps: i32) -> Meaning {
        let whole = self.on_day(|d| around(step(around(d, u)?.0, steps, u)?, u));
        let cut = |f: fn(Days, Date) -> Days| whole.zip(self.day).map(|(w, d)| f(w, d));
        match steps {
            0 => Meaning { back: cut(|w, d| (w.0, d)), ahead: cut(|w, d| (d, w.1)), grain: Some(u), reach: Reach::At },
            _ => Meaning::both(whole, u),
        }
    }

    fn season_by(&self, m: i8, steps: i32) -> Meaning {
        let of = |y: i16| days::months(y, m, 3);
        let found = self.on_day(|d| {
            let this = of(d.year())?;
            match steps {
                -1 if this.1 < d => Some(this),
                -1 => of(d.year() - 1),
                1 if this.0 > d => Some(this),
                1 => of(d.year() + 1),
                _ if m == 12 && d.month() < 3 => of(d.year() - 1),
                _ => Some(this),
            }
        });
        Meaning::both(found, Unit::Season)
    }

    /// `count` units up to now, or from now on.
    fn stretch(&self, count: Option<i32>, u: Unit, steps: i32) -> Meaning {
        let far = |sign: i32| self.day.zip(count).and_then(|(d, n)| step(d, sign * n, u));
        let found = if steps < 0 { far(-1).zip(self.day) } else { self.day.zip(far(1)) };
        let reach = if steps < 0 { Reach::UpToNow } else { Reach::At };
        Meaning { reach, ..Meaning::both(found.filter(|_| u > Unit::Hour), u) }
    }

    /// A number with the words around it: "two", "a few", "a couple of", "several".
    pub fn quantity(&self, i: usize) -> Option<(usize, Option<i32>)> {
        let article = self.at(i) == "a" || self.at(i) == "the" && self.at(i + 1) != "few";
        let article = article && matches!(self.at(i + 1), "couple" | "few");
        match self.at(i + usize::from(article)) {
            "couple" => {
                Some((usize::from(article) + 1 + usize::from(self.at(i + usize::from(article) + 1) == "of"), Some(2)))
            }
            "few" if article => Some((2, None)),
            w => number(w).filter(|_| self.at(i) == w).map(|n| (1, n)),
        }
    }

    /// "Two weeks ago", "years ago", "a few hours later", "the seven-week offensive".
    fn counted(&self, i: usize) -> Option<Read> {
        let (length, count) = match self.quantity(i) {
            Some(found) => found,
            None if unit(self.at(i)).is_some() && self.at(i).ends_with('s') => (0, None),
            None => return None,
        };
        if self.at(i + length) == "-" && length > 0 {
            let u = unit(self.at(i + length + 1))?;
            let old = 2 * usize::from(self.at(i + length + 2) == "-");
            return Some((length + 2 + old, Meaning { reach: Reach::For, ..self.stretch(count, u, -1) }));
        }
        let u = unit(self.at(i + length))?;
        match self.at(i + length + 1) {
            "ago" => Some((length + 2, self.ago(count, u))),
            "earlier" | "later" | "afterwards" | "afterward" => Some((length + 2, Meaning::vague(Reach::At))),
            _ if self.led_by_for(i) => Some((length + 1, Meaning { reach: Reach::For, ..self.stretch(count, u, -1) })),
            _ if self.before(i) == "within" => Some((length + 1, Meaning::vague(Reach::At))),
            _ => None,
        }
    }

    /// How far back "for" stands, past "more than", "nearly", "the last".
    pub fn led_by_for(&self, i: usize) -> bool {
        (1..=4).any(|k| i.checked_sub(k).is_some_and(|b| self.at(b) == "for"))
            && (1..=4)
                .take_while(|k| i.checked_sub(*k).is_some_and(|b| self.at(b) != "for"))
                .all(|k| matches!(self.tree.upos(i - k), "ADV" | "ADJ" | "ADP" | "DET"))
    }

    fn ago(&self, count: Option<i32>, u: Unit) -> Meaning {
        match count {
            // "Years ago", "a few months ago".
            None if u >= Unit::Month => Meaning { grain: Some(u), ..Meaning::vague(Reach::Past) },
            None => Meaning { grain: Some(u), ..Meaning::vague(Reach::At) },
            Some(n) => {
                let unit = if u == Unit::Fortnight { Unit::Week } else { u };
                Meaning::both(self.on_day(|d| around(step(d, -n, u)?, unit)), unit)
            }
        }
    }
}
