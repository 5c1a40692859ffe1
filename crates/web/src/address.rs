//! The state of a page is in its address: which events are wanted, in which order, from which on.
//!
//! [`Address::query`] writes it in one order whatever order it came in, so that one state has one address.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::Uri;
use form_urlencoded::Serializer;
use jiff::civil::Date;
use readout_store::columns::{Facet, Selection, Spot};
use readout_store::{Filter, Order};

use crate::answer::Fault;
use crate::limits::Limits;

/// Stands in an address for the value "": no speaker, no publisher, no place.
pub(crate) const NONE: &str = "-";

/// Ends a value that stands for all values that begin so ("IRN*").
const ANY_END: char = '*';

/// Orders with their names in addresses; the first is left out there.
pub(crate) const ORDERS: [(Order, &str, &str); 3] = [
    (Order::Newest, "newest", "newest first"),
    (Order::Oldest, "oldest", "oldest first"),
    (Order::Surest, "surest", "surest first"),
];

/// The pairs behind the `?` of an address, or of a form that was sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// Reads `a=b&c=d`.
    pub(crate) fn parse(text: &[u8]) -> Query {
        Query(form_urlencoded::parse(text).into_owned().collect())
    }

    /// Reads what stands behind the `?` of an address.
    pub(crate) fn of(uri: &Uri) -> Query {
        Query::parse(uri.query().unwrap_or_default().as_bytes())
    }

    /// All pairs, as they were given.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// All values under a name that say something.
    pub(crate) fn all<'q>(&'q self, name: &'q str) -> impl Iterator<Item = &'q str> {
        self.0.iter().filter(move |(n, v)| n == name && !v.trim().is_empty()).map(|(_, v)| v.trim())
    }

    /// The first value under a name.
    pub(crate) fn get<'q>(&'q self, name: &'q str) -> Option<&'q str> {
        self.all(name).next()
    }

    /// The day under a name.
    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, Fault> {
        let Some(text) = self.get(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| Fault::bad(format!("“{text}” is not a day"), "days are written 2019-02-26"))
    }

    /// The whole number under a name, at least `least`.
    pub(crate) fn number(&self, name: &str, least: usize) -> Result<Option<usize>, Fault> {
        let Some(text) = self.get(name) else { return Ok(None) };
        let number = text.parse().ok().filter(|n| *n >= least);
        number.map(Some).ok_or_else(|| Fault::bad(format!("“{text}” is not a number"), "give a whole number"))
    }
}

/// Which events are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Address {
    /// Words of the sentence; "" for any.
    pub(crate) words: String,
    /// Values chosen by facet.
    pub(crate) chosen: BTreeMap<Facet, BTreeSet<String>>,
    /// First day.
    pub(crate) from: Option<Date>,
    /// Last day.
    pub(crate) to: Option<Date>,
    /// Places on the map.
    pub(crate) spots: BTreeSet<Spot>,
    /// Least confidence in per cent.
    pub(crate) sure: Option<u8>,
    /// Whether each act is wanted once.
    pub(crate) acts: bool,
    /// In which order.
    pub(crate) order: Order,
    /// Which page, from 0.
    pub(crate) page: usize,
    /// What a page keeps beside the filter: how it shows what it shows.
    pub(crate) own: Vec<(&'static str, String)>,
}

impl Address {
    /// The address that `query` gives; names that it does not know belong to the page.
    pub(crate) fn of(query: &Query, limits: &Limits) -> Result<Address, Fault> {
        let mut chosen = BTreeMap::new();
        let mut choices = 0;
        for (facet, name) in Facet::ALL {
            let values: BTreeSet<String> =
                query.all(name).map(|v| if v == NONE { String::new() } else { v.to_owned() }).collect();
            choices += values.len();
            if !values.is_empty() {
                chosen.insert(facet, values);
            }
        }
        if choices > limits.choices {
            let most = limits.choices;
            return Err(Fault::bad(format!("{choices} values are chosen"), format!("choose {most} at most")));
        }
        let order = query.get("order").unwrap_or_default();
        Ok(Address {
            words: query.get("q").unwrap_or_default().to_owned(),
            chosen,
            from: query.day("from")?,
            to: query.day("to")?,
            spots: query.all("at").map(spot).collect::<Result<_, _>>()?,
            sure: query.number("sure", 0)?.map(|n| u8::try_from(n.min(100)).unwrap_or(100)).filter(|n| *n > 0),
            acts: query.get("acts").is_some(),
            order: ORDERS.iter().find(|(_, name, _)| *name == order).map(|(o, ..)| *o).unwrap_or_default(),
            page: query.number("page", 1)?.map_or(0, |n| n - 1),
            own: Vec::new(),
        })
    }

    /// As it stands behind the `?`; "" where all events are wanted.
    pub(crate) fn query(&self) -> String {
        let mut out = Serializer::new(String::new());
        let mut put = |name: &str, value: &str| {
            if !value.is_empty() {
                out.append_pair(name, value);
            }
        };
        put("q", &self.words);
        for (facet, name) in Facet::ALL {
            for value in self.chosen.get(&facet).into_iter().flatten() {
                put(name, if value.is_empty() { NONE } else { value });
            }
        }
        put("from", &self.from.map(|d| d.to_string()).unwrap_or_default());
        put("to", &self.to.map(|d| d.to_string()).unwrap_or_default());
        for spot in &self.spots {
            put("at", &spot.to_string());
        }
        put("sure", &self.sure.map(|n| n.to_string()).unwrap_or_default());
        put("acts", if self.acts { "1" } else { "" });
        let order = ORDERS.iter().skip(1).find(|(o, ..)| *o == self.order);
        put("order", order.map_or("", |(_, name, _)| name));
        put("page", &if self.page > 0 { (self.page + 1).to_string() } else { String::new() });
        for (name, value) in &self.own {
            put(name, value);
        }
        out.finish()
    }

    /// The address of the view at `path` in this state.
    pub(crate) fn at(&self, path: &str) -> String {
        let query = self.query();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }

    /// The same with `change` made to it, from the first page on.
    pub(crate) fn but(&self, change: impl FnOnce(&mut Address)) -> Address {
        let mut other = Address { page: 0, ..self.clone() };
        change(&mut other);
        other.chosen.retain(|_, values| !values.is_empty());
        other
    }

    /// Whether a value of a facet is chosen.
    pub(crate) fn has(&self, facet: Facet, value: &str) -> bool {
        self.chosen.get(&facet).is_some_and(|values| values.contains(value))
    }

    /// Whether all events are wanted.
    pub(crate) fn is_everything(&self) -> bool {
        *self == Address { order: self.order, page: self.page, own: self.own.clone(), ..Address::default() }
    }

    /// What of it only the store can tell.
    pub(crate) fn filter(&self) -> Filter {
        Filter {
            text: Some(self.words.clone()).filter(|words| !words.is_empty()),
            confidence: self.sure.map(|n| f32::from(n) / 100.0),
            acts: self.acts,
            ..Filter::default()
        }
    }

    /// What of it columns in memory can tell. `values` gives all values of a facet, for those chosen by their beginning.
    /// A class that is chosen stands for its types (`types`), beside those that are chosen themselves.
    pub(crate) fn selection<'v>(
        &self,
        values: impl Fn(Facet) -> &'v [String],
        types: impl Fn(&str) -> Vec<String>,
    ) -> Selection {
        let mut chosen: BTreeMap<Facet, BTreeSet<String>> = BTreeMap::new();
        for (facet, wanted) in &self.chosen {
            let all = chosen.entry(*facet).or_default();
            for value in wanted {
                match value.strip_suffix(ANY_END) {
                    Some(start) => all.extend(values(*facet).iter().filter(|v| v.starts_with(start)).cloned()),
                    None => drop(all.insert(value.clone())),
                }
            }
            if all.is_empty() {
                all.extend(wanted.iter().cloned()); // nothing begins so: nothing is meant, rather than everything
            }
        }
        if let Some(classes) = chosen.remove(&Facet::Quad) {
            let of_class = |class: &String| {
                let types = types(class);
                if types.is_empty() { vec![class.clone()] } else { types } // no such class: again nothing
            };
            chosen.entry(Facet::Type).or_default().extend(classes.iter().flat_map(of_class));
        }
        Selection { values: chosen, from: self.from, to: self.to, spots: self.spots.clone(), only: None }
    }
}

fn spot(text: &str) -> Result<Spot, Fault> {
    text.parse().map_err(|()| {
        Fault::bad(format!("“{text}” is no place"), "places are written 30.51,47.78: degrees north, degrees east")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(query: &str) -> Address {
        Address::of(&Query::parse(query.as_bytes()), &Limits::default()).unwrap()
    }

    #[test]
    fn one_state_has_one_address() {
        let canonical = "q=peace+talks&type=ACCUSE&type=ASSAULT&quad=3&speaker=-&from=2019-01-01&at=30.51%2C-47.78&sure=50&acts=1&order=oldest&page=2";
        let shuffled = "page=2&sure=50&type=ASSAULT&order=oldest&acts=on&q=peace%20talks&quad=3&type=ACCUSE&to=&at=30.51,-47.78&speaker=-&from=2019-01-01&tab=x";
        assert_eq!(address(shuffled).query(), canonical);
        assert_eq!(address(canonical), address(shuffled));
        assert_eq!(Address::default().query(), "");
    }

    #[test]
    fn what_makes_no_sense_is_said() {
        for wrong in ["from=yesterday", "page=0", "sure=-1", "at=here", "at=91,0", "at=nan,0"] {
            assert!(Address::of(&Query::parse(wrong.as_bytes()), &Limits::default()).is_err(), "{wrong}");
        }
        let many: String = (0..=Limits::default().choices).map(|n| format!("actor=A{n}&")).collect();
        assert!(Address::of(&Query::parse(many.as_bytes()), &Limits::default()).is_err());
    }

    #[test]
    fn beginnings_and_classes_become_values() {
        let values = ["KENGOV", "KENMIL", "UGAGOV"].map(str::to_owned);
        let select = |query: &str| {
            let types = |class: &str| if class == "4" { vec!["ASSAULT".into(), "COERCE".into()] } else { vec![] };
            let selection = address(query).selection(|_| &values, types);
            selection.values.into_values().flatten().collect::<Vec<_>>()
        };
        assert_eq!(select("actor=KEN*"), ["KENGOV", "KENMIL"]);
        assert_eq!(select("actor=PER*"), ["PER*"]);
        assert_eq!(select("quad=4"), ["ASSAULT", "COERCE"]);
        assert_eq!(select("quad=4&type=AID"), ["AID", "ASSAULT", "COERCE"]);
        assert_eq!(select("quad=5"), ["5"]);
        assert_eq!(select("speaker=-"), [""]);
    }
}
