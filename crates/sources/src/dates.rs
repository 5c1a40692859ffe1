//! Days from the notations that feeds and tables write them in.

use jiff::civil::Date;
use jiff::fmt::strtime;
use jiff::{Timestamp, tz::TimeZone};

/// Which of two numbers is the month, where both could be: `03/04/2019`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateOrder {
    /// Month, day, year.
    Mdy,
    /// Day, month, year.
    Dmy,
}

/// Why a text gives no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoDay {
    /// It is no date of a known notation.
    NotADate,
    /// It is one of two days, and nothing says which.
    Ambiguous,
}

/// Characters of a date that are looked at; what stands beyond them is no part of a day.
const LOOKED_AT: usize = 64;

/// Notations with a month's name, after punctuation and the name of a weekday have been set aside.
const NAMED: [&str; 3] = ["%d %b %Y", "%b %d %Y", "%Y %b %d"];

/// The day that `text` names, as it stands: the time that may follow and its zone do not move it. Known are ISO 8601
/// (also without hyphens), RFC 2822, days with the month's English name in any order, three numbers with the year
/// first or last, and seconds or milliseconds since 1970 (UTC). Two numbers that could both be the month need `order`.
pub fn day(text: &str, order: Option<DateOrder>) -> Result<Date, NoDay> {
    let text: String = text.trim().chars().take(LOOKED_AT).collect();
    if all_digits(&text) {
        return digits(&text).ok_or(NoDay::NotADate);
    }
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|part| !part.is_empty())
        .map(|part| part.split_once('T').map_or(part, |(day, _)| if all_digits(day) { day } else { part }))
        .collect();
    match parts.as_slice() {
        [year, month, day, ..] if year.len() == 4 && [year, month, day].into_iter().all(|p| is_number(p)) => {
            date(year, month, day).ok_or(NoDay::NotADate)
        }
        [first, second, year, ..] if [first, second, year].into_iter().all(|p| is_number(p)) => {
            numbers(first, second, year, order)
        }
        [one] => digits(one).ok_or(NoDay::NotADate), // such as 20190226T101500Z
        [weekday, rest @ ..] if weekday.bytes().all(|b| b.is_ascii_alphabetic()) => {
            named(&parts).or_else(|| named(rest)).ok_or(NoDay::NotADate)
        }
        _ => named(&parts).ok_or(NoDay::NotADate),
    }
}

fn is_number(part: &str) -> bool {
    part.len() <= 4 && all_digits(part)
}

fn all_digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Digits without any mark between them: YYYYMMDD, with hours, minutes and seconds, or time since 1970.
fn digits(text: &str) -> Option<Date> {
    let day = || date(text.get(..4)?, text.get(4..6)?, text.get(6..8)?);
    let number: i64 = text.parse().ok()?;
    let since = match text.len() {
        8 | 12 | 14 => return day(),
        9 | 10 => Timestamp::from_second(number).ok()?,
        13 => Timestamp::from_millisecond(number).ok()?,
        _ => return None,
    };
    Some(since.to_zoned(TimeZone::UTC).date())
}

/// Three numbers with the year last.
fn numbers(first: &str, second: &str, year: &str, order: Option<DateOrder>) -> Result<Date, NoDay> {
    if year.len() != 4 {
        return Err(NoDay::NotADate); // "03/04/05" is more than two days
    }
    let (mdy, dmy) = (date(year, first, second), date(year, second, first));
    match (mdy, dmy, order) {
        (Some(one), Some(other), _) if one == other => Ok(one),
        (Some(day), _, Some(DateOrder::Mdy)) | (_, Some(day), Some(DateOrder::Dmy)) => Ok(day),
        (Some(_), Some(_), None) => Err(NoDay::Ambiguous),
        (Some(day), None, None) | (None, Some(day), None) => Ok(day),
        _ => Err(NoDay::NotADate),
    }
}

/// Day, month by name and year, in any order, at the head of `parts`.
fn named(parts: &[&str]) -> Option<Date> {
    let [a, b, c, ..] = parts else { return None };
    let text = [a, b, c].map(|part| tidy(part)).join(" ");
    NAMED.iter().find_map(|format| strtime::parse(format, &text).ok()?.to_date().ok())
}

/// A day without its ending ("3rd"), a month cut to the three letters by which it is known; other words stay.
fn tidy(part: &str) -> String {
    let number = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    if !number.is_empty() && part.len() == number.len() + 2 {
        return number.to_owned();
    }
    let month = strtime::parse("%B", part).is_ok() || part.len() == 4;
    match part.get(..3) {
        Some(short) if month && strtime::parse("%b", short).is_ok() => short.to_owned(),
        _ => part.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn check(text: &str, expect: &str) {
        let shown = match day(text, None) {
            Ok(day) => day.to_string(),
            Err(NoDay::NotADate) => "none".to_owned(),
            Err(NoDay::Ambiguous) => "ambiguous".to_owned(),
        };
        assert_eq!(shown, expect, "{text}");
    }

    #[test]
    fn clear_notations_are_read() {
        for text in [
            "2019-02-26",
            " 2019-02-26 ",
            "2019-02-26T23:59:59-05:00",
            "2019-02-26 10:15:00",
            "2019/02/26",
            "2019.2.26",
            "20190226",
            "20190226T101500Z",
            "20190226101500",
            "Tue, 26 Feb 2019 10:15:00 GMT",
            "Tue, 26 Feb 2019 23:15:00 -0800",
            "26 Feb 2019 10:15 EST",
            "26 February 2019",
            "February 26, 2019",
            "Feb. 26, 2019, 3:15 p.m.",
            "Tuesday, February 26th, 2019",
            "26-Feb-2019",
            "2019 Feb 26",
            "26/02/2019",
            "02/26/2019",
            "26.02.2019 11:00",
            "1551175200",
            "1551175200000",
        ] {
            check(text, "2019-02-26");
        }
        check("Sept. 5, 2020", "2020-09-05");
        check("05/05/2020", "2020-05-05");
    }

    #[test]
    fn what_could_be_two_days_is_not_guessed() {
        check("03/04/2019", "ambiguous");
        check("3.4.2019 10:00", "ambiguous");
        assert_eq!(day("03/04/2019", Some(DateOrder::Mdy)).unwrap().to_string(), "2019-03-04");
        assert_eq!(day("03/04/2019", Some(DateOrder::Dmy)).unwrap().to_string(), "2019-04-03");
        assert_eq!(day("13/04/2019", Some(DateOrder::Mdy)), Err(NoDay::NotADate));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in [
            "",
            " ",
            "yesterday",
            "2019",
            "2019-02",
            "2019-02-30",
            "32/01/2019",
            "03/04/19",
            "99999999",
            "Mayor 3 2019",
            "26 Fog 2019",
            "T",
            "TTT T T",
            "\u{0}\u{202e}",
            "٢٠١٩-٠٢-٢٦",
            "1e9",
        ] {
            check(text, "none");
        }
        check(&"9".repeat(100_000), "none");
        check(&"- ".repeat(100_000), "none");
    }
}
