//! Values on their way to PostgreSQL and back; many rows as one array a column.

use std::error::Error;

use bytes::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};

use super::fault;
use crate::engine::{Fault, FaultKind, Row, Statement, Val};

impl Row for postgres::Row {
    fn width(&self) -> usize {
        self.len()
    }

    fn val(&self, column: usize) -> Result<Val<'_>, Fault> {
        let kind = self.columns().get(column).map(postgres::Column::type_).ok_or_else(Fault::shape)?;
        let wrong = |error| fault::of("reading a row", error);
        let value = if *kind == Type::INT8 {
            self.try_get::<_, Option<i64>>(column).map_err(wrong)?.map(Val::Int)
        } else if *kind == Type::INT4 {
            self.try_get::<_, Option<i32>>(column).map_err(wrong)?.map(|number| Val::Int(number.into()))
        } else if *kind == Type::TEXT {
            self.try_get::<_, Option<&str>>(column).map_err(wrong)?.map(Val::Text)
        } else if *kind == Type::BYTEA {
            self.try_get::<_, Option<&[u8]>>(column).map_err(wrong)?.map(Val::Bytes)
        } else {
            return Err(Fault::shape());
        };
        Ok(value.unwrap_or(Val::Null))
    }
}

impl ToSql for Val<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match *self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) if *kind == Type::INT8 => number.to_sql(kind, out),
            Self::Int(number) if *kind == Type::INT4 => i32::try_from(number)?.to_sql(kind, out),
            Self::Text(text) if *kind == Type::TEXT => text.to_sql(kind, out),
            Self::Bytes(bytes) if *kind == Type::BYTEA => bytes.to_sql(kind, out),
            _ => Err(format!("a value of another type than {kind}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// The values of one column.
#[derive(Debug)]
enum Column<'v> {
    Ints(Vec<Option<i64>>),
    Texts(Vec<Option<&'v str>>),
    Bytes(Vec<Option<&'v [u8]>>),
}

/// Many rows, column by column.
#[derive(Debug)]
pub(super) struct Columns<'v>(Vec<Column<'v>>);

impl<'v> Columns<'v> {
    /// Turns rows into columns of the types that the statement's parameters have.
    pub(super) fn of(
        statement: &'static Statement,
        types: &[Type],
        width: usize,
        values: &[Val<'v>],
    ) -> Result<Self, Fault> {
        if types.len() != width || !values.len().is_multiple_of(width) {
            return Err(Fault::new(FaultKind::Setup, statement.name));
        }
        let column = |place: usize| Column::of(&types[place], values.iter().skip(place).step_by(width));
        let columns: Option<Vec<Column<'v>>> = (0..width).map(column).collect();
        columns.map(Self).ok_or(Fault::new(FaultKind::Setup, statement.name))
    }

    /// The columns as parameters.
    pub(super) fn params(&self) -> Vec<&(dyn ToSql + Sync)> {
        self.0.iter().map(Column::param).collect()
    }
}

impl<'v> Column<'v> {
    fn param(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Ints(values) => values,
            Self::Texts(values) => values,
            Self::Bytes(values) => values,
        }
    }

    fn of<'a>(kind: &Type, values: impl Iterator<Item = &'a Val<'v>>) -> Option<Self>
    where
        'v: 'a,
    {
        match *kind {
            Type::INT8 => values
                .map(|value| match *value {
                    Val::Int(number) => Some(Some(number)),
                    Val::Null => Some(None),
                    _ => None,
                })
                .collect::<Option<_>>()
                .map(Column::Ints),
            Type::TEXT => values
                .map(|value| match *value {
                    Val::Text(text) => Some(Some(text)),
                    Val::Null => Some(None),
                    _ => None,
                })
                .collect::<Option<_>>()
                .map(Column::Texts),
            Type::BYTEA => values
                .map(|value| match *value {
                    Val::Bytes(bytes) => Some(Some(bytes)),
                    Val::Null => Some(None),
                    _ => None,
                })
                .collect::<Option<_>>()
                .map(Column::Bytes),
            _ => None,
        }
    }
}

/// The statement that takes arrays where the plain one takes `VALUES ($1, $2, …)`, or deletes what equals `$1`.
pub(super) fn bulk_text(statement: &'static Statement, types: &[Type]) -> Result<String, Fault> {
    let array = |place: usize, kind: &Type| format!("CAST(${place} AS {}[])", kind.name());
    let arrays: Vec<String> = (1..).zip(types).map(|(place, kind)| array(place, kind)).collect();
    let (plain, bulk) = if let ([one], true) = (arrays.as_slice(), statement.text.starts_with("DELETE")) {
        ("= $1".to_owned(), format!("= ANY({one})"))
    } else {
        let list: Vec<String> = (1..=types.len()).map(|place| format!("${place}")).collect();
        (format!("VALUES ({})", list.join(", ")), format!("SELECT * FROM unnest({})", arrays.join(", ")))
    };
    let text = statement.text.replacen(&plain, &bulk, 1);
    if text == statement.text { Err(Fault::new(FaultKind::Setup, statement.name)) } else { Ok(text) }
}
