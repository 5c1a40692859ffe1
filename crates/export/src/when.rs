//! The day of an act, for formats that want one day.

use jiff::civil::Date;
use readout_record::{Event, Status};

/// When an act was, as far as it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// The day that stands for it: the day that is told; the first of several; the day of publication where they include it.
    pub day: Date,
    /// First day that it may have been on.
    pub first: Date,
    /// Last day that it may have been on.
    pub last: Date,
}

/// When an event was that a report of this day tells of.
///
/// Days that include the day of publication ("this year") stand for that day, since nothing later was known. Where
/// nothing dates the event, it is the day of publication; but of what happened long ago (`historical`) there is no day.
/// `None` where no day is known.
pub fn when(event: &Event, published: Option<Date>) -> Option<When> {
    let one = |day| When { day, first: day, last: day };
    let Some(days) = event.date else {
        return published.filter(|_| event.status != Status::Historical).map(one);
    };
    let (first, last) = (days.first(), days.last());
    match published {
        Some(day) if first <= day && day <= last && first != last => Some(one(day)),
        _ => Some(When { day: first, first, last }),
    }
}

/// A day as `20190226`.
pub(crate) fn digits(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(date: Option<&str>, status: &str, published: Option<&str>, expect: Option<[&str; 3]>) {
        let event: Event = serde_json::from_value(serde_json::json!({
            "id": "0", "sent": 0, "trigger": "", "span": [0, 0], "type": "AID", "quad": 2, "score": 10.0, "actor": [],
            "recipient": [], "status": status, "date": date,
        }))
        .unwrap();
        let got = when(&event, published.map(|p| p.parse().unwrap()));
        let got = got.map(|w| [w.day.to_string(), w.first.to_string(), w.last.to_string()]);
        assert_eq!(got, expect.map(|e| e.map(str::to_owned)), "{date:?} {status} {published:?}");
    }

    #[test]
    fn a_day_stands_for_an_act() {
        let day = ["2019-02-26"; 3];
        check(Some("2019-02-26"), "fact", Some("2019-02-27"), Some(day));
        check(None, "fact", Some("2019-02-26"), Some(day));
        check(None, "fact", None, None);
        check(None, "historical", Some("2019-02-26"), None);
        check(Some("2019-01-01/2019-12-31"), "fact", Some("2019-02-26"), Some(day));
        let last_year = ["2018-01-01", "2018-01-01", "2018-12-31"];
        check(Some("2018-01-01/2018-12-31"), "historical", Some("2019-02-26"), Some(last_year));
        check(Some("2018-01-01/2018-12-31"), "fact", None, Some(last_year));
    }
}
