//! Balanced panels: dyads or countries by month or year, a row for each while they are members of the system of states,
//! with zeros where nothing was told.

mod cells;
mod count;
mod options;
mod units;

pub use options::{Codes, Keys, PanelOptions, Period, Role, Sectors, Unit};

use crate::acts::Acts;
use crate::tables::{Cell, Column, Kind, Sheet, column};
use crate::{Archive, Error, Options, Summary};
use cells::{Balanced, Sums};
use count::count;
use units::Units;

/// The panel's columns: its keys, then counts and sums.
pub(crate) fn columns(options: &PanelOptions) -> Vec<Column> {
    let countries: &[&'static str] = match (options.unit, options.codes) {
        (Unit::Dyad, Codes::Cow) => &["ccode1", "ccode2"],
        (Unit::Dyad, Codes::Gw) => &["gwcode1", "gwcode2"],
        (Unit::Dyad, Codes::Iso) => &["iso3c_1", "iso3c_2"],
        (Unit::Country, Codes::Cow) if options.keys == Keys::States => &["cowcode"],
        (Unit::Country, Codes::Cow) => &["ccode"],
        (Unit::Country, Codes::Gw) => &["gwcode"],
        (Unit::Country, Codes::Iso) => &["iso3c"],
    };
    let kind = if options.codes == Codes::Iso { Kind::Code } else { Kind::Whole };
    let mut all: Vec<Column> = countries.iter().map(|name| column(name, kind)).collect();
    all.extend(options.period.columns().iter().map(|(name, kind)| column(name, *kind)));
    all.push(column("events", Kind::Whole));
    all.extend(Sums::names().map(|name| column(name, Kind::Whole)));
    all.extend(["plover_score", "goldstein"].map(|name| column(name, Kind::Real)));
    all
}

/// Counts the acts that were asked for and writes the panel.
pub(crate) fn write(
    archive: &dyn Archive,
    options: &Options,
    mut sheet: Box<dyn Sheet + '_>,
    summary: &mut Summary,
) -> Result<(), Error> {
    let acts = Acts::count(archive, options.counted)?;
    let units = Units::of(&options.panel);
    let sums = count(archive, &acts, options, &units, summary)?;
    for (key, cell) in Balanced::new(&options.panel, &units, &sums, options.from, options.to) {
        let codes = key.units().filter_map(|u| units.code(u));
        let mut row: Vec<Cell<'_>> = codes.collect();
        row.extend(options.panel.period.cells(key.period));
        row.extend(cell.cells());
        sheet.row(&row)?;
        summary.rows += 1;
    }
    sheet.end()
}
