//! Days of the calendar that phrases of time stand for: no words here.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use super::words::{Edge, Unit};

/// First and last day, both included.
pub(crate) type Days = (Date, Date);

/// Longest step, in units, that is followed.
const FARTHEST: i32 = 10_000;

/// `d` and `n` units on; back for a negative `n`.
pub(crate) fn step(d: Date, n: i32, unit: Unit) -> Option<Date> {
    let n = n.clamp(-FARTHEST, FARTHEST);
    let span = match unit {
        Unit::Hour => 0.days(),
        Unit::Day => n.days(),
        Unit::Week => n.weeks(),
        Unit::Fortnight => (2 * n).weeks(),
        Unit::Month => n.months(),
        Unit::Quarter | Unit::Season => (3 * n).months(),
        Unit::Year => n.years(),
        Unit::Decade => (10 * n).years(),
        Unit::Century => (100 * n).years(),
    };
    d.checked_add(span).ok()
}

/// The day, the week from Monday, the month … that `d` is in.
pub(crate) fn around(d: Date, unit: Unit) -> Option<Days> {
    match unit {
        Unit::Hour | Unit::Day => Some((d, d)),
        Unit::Week | Unit::Fortnight => {
            let monday = on_or_before(d, 1)?;
            Some((monday, step(monday, 6, Unit::Day)?))
        }
        Unit::Month => month(d.year(), d.month()),
        Unit::Quarter => months(d.year(), d.month() - (d.month() - 1) % 3, 3),
        Unit::Season => {
            let into = d.month() % 3;
            let first = step(d.first_of_month(), -i32::from(into), Unit::Month)?;
            months(first.year(), first.month(), 3)
        }
        Unit::Year => year(d.year()),
        Unit::Decade => years(d.year().div_euclid(10) * 10, 10),
        Unit::Century => years((d.year() - 1).div_euclid(100) * 100 + 1, 100),
    }
}

/// Month `m` of year `y`.
pub(crate) fn month(y: i16, m: i8) -> Option<Days> {
    months(y, m, 1)
}

/// `count` months from month `m` of year `y`.
pub(crate) fn months(y: i16, m: i8, count: i32) -> Option<Days> {
    let first = Date::new(y, m, 1).ok()?;
    Some((first, step(first, count - 1, Unit::Month)?.last_of_month()))
}

pub(crate) fn year(y: i16) -> Option<Days> {
    years(y, 1)
}

/// `count` years from `y`.
pub(crate) fn years(y: i16, count: i16) -> Option<Days> {
    Some((Date::new(y, 1, 1).ok()?, Date::new(y.checked_add(count - 1)?, 12, 31).ok()?))
}

/// The last day of the week `wanted` (1 is Monday) up to `d`, which may be `d` itself.
pub(crate) fn on_or_before(d: Date, wanted: i8) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(wanted).ok()?;
    if d.weekday() == wanted { Some(d) } else { d.nth_weekday(-1, wanted).ok() }
}

/// The first day of the week `wanted` from `d` on, which may be `d` itself.
pub(crate) fn on_or_after(d: Date, wanted: i8) -> Option<Date> {
    let wanted = Weekday::from_monday_one_offset(wanted).ok()?;
    if d.weekday() == wanted { Some(d) } else { d.nth_weekday(1, wanted).ok() }
}

/// The early, middle or late part: thirds of a year or decade; of a month the first ten days, those around its middle,
/// those from the twentieth on.
pub(crate) fn part(days: Days, edge: Edge) -> Option<Days> {
    let (first, last) = days;
    let whole = i32::from(last.year() - first.year()) * 12 + i32::from(last.month()) - i32::from(first.month()) + 1;
    if whole == 1 {
        let day = |n: i8| Date::new(first.year(), first.month(), n).ok();
        return match edge {
            Edge::Early => Some((first, day(10)?)),
            Edge::Mid => Some((day(10)?, day(20)?)),
            Edge::Late => Some((day(20)?, last)),
        };
    }
    let third = whole / 3;
    let start = |n: i32| step(first, n, Unit::Month);
    match edge {
        Edge::Early => Some((first, start(third)?.yesterday().ok()?)),
        Edge::Mid => Some((start(third)?, start(whole - third)?.yesterday().ok()?)),
        Edge::Late => Some((start(whole - third)?, last)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn days(a: &str, b: &str) -> Option<Days> {
        Some((a.parse().unwrap(), b.parse().unwrap()))
    }

    #[test]
    fn units_around_a_day() {
        let d = date(2024, 5, 15);
        for (unit, first, last) in [
            (Unit::Week, "2024-05-13", "2024-05-19"),
            (Unit::Month, "2024-05-01", "2024-05-31"),
            (Unit::Quarter, "2024-04-01", "2024-06-30"),
            (Unit::Season, "2024-03-01", "2024-05-31"),
            (Unit::Decade, "2020-01-01", "2029-12-31"),
            (Unit::Century, "2001-01-01", "2100-12-31"),
        ] {
            assert_eq!(around(d, unit), days(first, last), "{unit:?}");
        }
        assert_eq!(around(date(2024, 1, 5), Unit::Season), days("2023-12-01", "2024-02-29"));
    }

    #[test]
    fn parts_of_months_and_years() {
        let may = month(2024, 5).unwrap();
        assert_eq!(part(may, Edge::Mid), days("2024-05-10", "2024-05-20"));
        assert_eq!(part(year(1984).unwrap(), Edge::Early), days("1984-01-01", "1984-04-30"));
        assert_eq!(part(year(1984).unwrap(), Edge::Late), days("1984-09-01", "1984-12-31"));
        assert_eq!(part(years(1980, 10).unwrap(), Edge::Mid), days("1983-05-01", "1986-08-31"));
    }

    #[test]
    fn days_of_the_week_on_both_sides() {
        let wednesday = date(2024, 5, 15);
        assert_eq!(on_or_before(wednesday, 3), Some(wednesday));
        assert_eq!(on_or_before(wednesday, 5), Some(date(2024, 5, 10)));
        assert_eq!(on_or_after(wednesday, 1), Some(date(2024, 5, 20)));
    }
}
