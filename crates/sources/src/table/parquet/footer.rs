//! What a Parquet file says of itself at its end: columns, and where their values lie.

use super::Broken;
use super::thrift::{Kind, Thrift};
use crate::table::TABLE_COLUMNS;

/// Groups of rows, and columns in them, of a file.
const MOST_PARTS: usize = 1 << 20;

/// How the values of a column are stored, and what they mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Text, or bytes taken for it.
    Text,
    Int32,
    Int64,
    /// Days since 1970.
    Days,
    /// Time since 1970; so many of its units are a day.
    Time(i64),
    /// Nanoseconds of the day, and the Julian day.
    Time96,
    /// Nothing that a record has.
    Other,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    pub name: String,
    pub kind: Type,
    /// Whether values may be missing.
    pub optional: bool,
    /// Whether it stands in the table itself, not within a list or structure.
    pub flat: bool,
}

/// The values of one column in a group of rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Chunk {
    pub codec: i64,
    /// First byte in the file, and bytes.
    pub start: u64,
    pub length: u64,
}

/// A group of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub rows: u64,
    /// As many as there are leaves.
    pub chunks: Vec<Chunk>,
}

/// What the footer says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Footer {
    pub leaves: Vec<Leaf>,
    pub groups: Vec<Group>,
}

impl Footer {
    pub fn parse(bytes: &[u8]) -> Result<Self, Broken> {
        let (mut elements, mut groups, mut parts) = (Vec::new(), Vec::new(), 0);
        Thrift::new(bytes).fields(|thrift, id, kind| match (id, kind) {
            (2, Kind::List) => thrift.elements(|thrift, kind| {
                if elements.len() > 2 * TABLE_COLUMNS {
                    return Err(Broken::TooManyColumns);
                }
                elements.push(element(thrift, kind)?);
                Ok(())
            }),
            (4, Kind::List) => thrift.elements(|thrift, kind| {
                let group = group(thrift, kind)?;
                parts += 1 + group.chunks.len();
                groups.push(group);
                if parts > MOST_PARTS { Err(Broken::Metadata) } else { Ok(()) }
            }),
            _ => thrift.pass(kind),
        })?;
        Ok(Footer { leaves: leaves(&elements)?, groups })
    }
}

/// An element of the schema: a column, or what holds columns.
#[derive(Default)]
struct Element {
    name: String,
    physical: Option<i64>,
    repetition: i64,
    children: i64,
    /// What its values mean, where it is said.
    meaning: Option<Type>,
}

fn element(thrift: &mut Thrift, kind: Kind) -> Result<Element, Broken> {
    let mut element = Element::default();
    structure(thrift, kind, |thrift, id, kind| {
        match (id, kind) {
            (1, Kind::Int) => element.physical = Some(thrift.int()?),
            (3, Kind::Int) => element.repetition = thrift.int()?,
            (4, Kind::Binary) => element.name = String::from_utf8_lossy(thrift.binary()?).into_owned(),
            (5, Kind::Int) => element.children = thrift.int()?,
            (6, Kind::Int) => {
                let converted = match thrift.int()? {
                    6 => Some(Type::Days),
                    9 => Some(Type::Time(86_400_000)),
                    10 => Some(Type::Time(86_400_000_000)),
                    _ => None,
                };
                element.meaning = element.meaning.or(converted);
            }
            (10, Kind::Struct) => element.meaning = logical(thrift)?.or(element.meaning),
            _ => thrift.pass(kind)?,
        }
        Ok(())
    })?;
    Ok(element)
}

/// A logical type: a union, of which days and times matter.
fn logical(thrift: &mut Thrift) -> Result<Option<Type>, Broken> {
    let mut found = None;
    thrift.fields(|thrift, id, kind| {
        match id {
            6 => found = Some(Type::Days),
            8 => {
                return structure(thrift, kind, |thrift, id, kind| match id {
                    2 => structure(thrift, kind, |thrift, unit, kind| {
                        found = match unit {
                            1 => Some(Type::Time(86_400_000)),
                            2 => Some(Type::Time(86_400_000_000)),
                            3 => Some(Type::Time(86_400_000_000_000)),
                            _ => None,
                        };
                        thrift.pass(kind)
                    }),
                    _ => thrift.pass(kind),
                });
            }
            _ => {}
        }
        thrift.pass(kind)
    })?;
    Ok(found)
}

fn group(thrift: &mut Thrift, kind: Kind) -> Result<Group, Broken> {
    let mut group = Group::default();
    structure(thrift, kind, |thrift, id, kind| match (id, kind) {
        (1, Kind::List) => thrift.elements(|thrift, kind| {
            group.chunks.push(chunk(thrift, kind)?);
            if group.chunks.len() > 2 * TABLE_COLUMNS { Err(Broken::TooManyColumns) } else { Ok(()) }
        }),
        (3, Kind::Int) => {
            group.rows = u64::try_from(thrift.int()?).map_err(|_| Broken::Metadata)?;
            Ok(())
        }
        _ => thrift.pass(kind),
    })?;
    Ok(group)
}

fn chunk(thrift: &mut Thrift, kind: Kind) -> Result<Chunk, Broken> {
    let mut found = Chunk::default();
    structure(thrift, kind, |thrift, id, kind| match (id, kind) {
        (1, Kind::Binary) => Err(Broken::Elsewhere),
        (3, Kind::Struct) => {
            let (mut length, mut data, mut dictionary) = (0, 0, None);
            thrift.fields(|thrift, id, kind| {
                match (id, kind) {
                    (4, Kind::Int) => found.codec = thrift.int()?,
                    (7, Kind::Int) => length = thrift.int()?,
                    (9, Kind::Int) => data = thrift.int()?,
                    (11, Kind::Int) => dictionary = Some(thrift.int()?).filter(|at| *at > 0),
                    _ => thrift.pass(kind)?,
                }
                Ok(())
            })?;
            let start = dictionary.map_or(data, |at| at.min(data));
            found.start = u64::try_from(start).map_err(|_| Broken::Metadata)?;
            found.length = u64::try_from(length).map_err(|_| Broken::Metadata)?;
            Ok(())
        }
        _ => thrift.pass(kind),
    })?;
    Ok(found)
}

/// The columns in the order of their chunks: the ends of the tree that the elements make, the first being its root.
fn leaves(elements: &[Element]) -> Result<Vec<Leaf>, Broken> {
    let mut out = Vec::new();
    let mut open: Vec<i64> = elements.first().map(|root| root.children).into_iter().collect();
    for element in elements.iter().skip(1) {
        while open.last().is_some_and(|left| *left <= 0) {
            open.pop();
        }
        let depth = open.len();
        *open.last_mut().ok_or(Broken::Metadata)? -= 1;
        if element.children > 0 {
            open.push(element.children);
            continue;
        }
        let kind = match (element.physical, element.meaning) {
            (Some(6), _) => Type::Text,
            (Some(1), Some(Type::Days)) => Type::Days,
            (Some(2), Some(time @ Type::Time(_))) => time,
            (Some(1), None) => Type::Int32,
            (Some(2), None) => Type::Int64,
            (Some(3), _) => Type::Time96,
            _ => Type::Other,
        };
        let flat = depth == 1 && element.repetition != 2;
        out.push(Leaf { name: element.name.clone(), kind, optional: element.repetition == 1, flat });
    }
    Ok(out)
}

/// Hands the fields of a structure on; what is none is passed over.
pub(super) fn structure(
    thrift: &mut Thrift,
    kind: Kind,
    field: impl FnMut(&mut Thrift, i64, Kind) -> Result<(), Broken>,
) -> Result<(), Broken> {
    if kind == Kind::Struct { thrift.fields(field) } else { thrift.pass(kind) }
}
