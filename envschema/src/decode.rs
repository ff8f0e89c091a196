//! From a judged environment to a typed configuration: field by field, in the order of the schema.

use envschema_core::diagnostic::Diagnostic;
use envschema_core::element::Element;
use envschema_core::environment::Standing;
use envschema_core::judge::Judgement;
use envschema_core::kind::{Kind, Mistake};
use envschema_core::raw::Raw;
use envschema_core::schema::Presence;
use envschema_core::subject::{Part, Subject, VariablePart};
use envschema_core::table::RowId;
use envschema_core::value::{Item, Value};

use crate::leaf::{Given, Leaf};

/// Hands out the values of an environment, one row after the other.
///
/// It runs only when no check found an error, so what can still fail are rules that exist as Rust functions alone.
pub struct Decoder<'d> {
    judgement: &'d Judgement<'d>,
    next: u32,
    problems: Vec<Diagnostic>,
}

impl<'d> Decoder<'d> {
    /// A decoder at the first row.
    #[must_use]
    pub const fn new(judgement: &'d Judgement<'d>) -> Self {
        Self { judgement, next: 0, problems: Vec::new() }
    }

    /// What could not be decoded.
    #[must_use]
    pub fn into_problems(self) -> Vec<Diagnostic> {
        self.problems
    }

    /// The next field; `None` after a problem, which is noted.
    pub fn field<T: Leaf>(&mut self) -> Option<T> {
        self.field_with(T::decode, T::absent)
    }

    /// The next field, decoded by `decode`, or by `absent` if it is not set.
    pub fn field_with<T>(
        &mut self,
        decode: impl Fn(Given<'_>) -> Result<T, Mistake>,
        absent: impl Fn() -> Option<T>,
    ) -> Option<T> {
        let row = RowId(self.next);
        self.next += 1;
        let table = self.judgement.environment.table;
        let variable = table.row(row).variable;
        let decoded = match self.judgement.environment.winner(row) {
            Some(winner) => self.with_winner(winner, &variable.kind, decode),
            None => match self.judgement.presence(row).0 {
                Presence::Default(text) => with_text(&variable.kind, text, decode),
                Presence::Required | Presence::Optional => match absent() {
                    Some(value) => return Some(value),
                    None => Err(Mistake { message: "is not set, and its type cannot be absent", at: 0..0 }),
                },
            },
        };
        decoded.map_err(|mistake| self.note(row, &mistake)).ok()
    }

    /// An optional group of `rows` rows: `None` inside if nothing of it is set.
    pub fn group<T>(&mut self, rows: u32, decode: impl FnOnce(&mut Self) -> Option<T>) -> Option<Option<T>> {
        let range = self.next..self.next + rows;
        if range.clone().any(|row| self.judgement.environment.winner(RowId(row)).is_some()) {
            return decode(self).map(Some);
        }
        self.next = range.end;
        Some(None)
    }

    fn with_winner<T>(
        &self,
        winner: u32,
        kind: &Kind,
        decode: impl Fn(Given<'_>) -> Result<T, Mistake>,
    ) -> Result<T, Mistake> {
        let raw = &self.judgement.environment.entry_of(winner).raw;
        let elements = || self.judgement.elements(winner).unwrap_or_default();
        match (kind, raw) {
            (Kind::List(_), _) => {
                let item = |element: Element<'d>| Item {
                    value: element.value.unwrap_or(Value::Text(element.text)),
                    text: element.text,
                    at: element.at.unwrap_or_default(),
                };
                let items = elements().into_iter().map(item).collect();
                decode(Given { value: &Value::List(items), text: text_of(raw) })
            }
            (Kind::Map(_), Raw::Table(members)) => {
                let key = |key: &'d str| Item { value: Value::Text(key), text: key, at: 0..0 };
                let pairs = members.iter().zip(elements()).map(|((name, ..), element)| {
                    let value = element.value.unwrap_or(Value::Text(element.text));
                    (key(name), Item { value, text: element.text, at: 0..0 })
                });
                decode(Given { value: &Value::Map(pairs.collect()), text: "" })
            }
            (Kind::Map(_), _) => with_text(kind, text_of(raw), decode),
            _ => match self.judgement.element(winner) {
                Some(element) => {
                    let literal = Value::Text(element.text);
                    decode(Given { value: element.value.as_ref().unwrap_or(&literal), text: element.text })
                }
                // An empty value that the variable allows.
                None => decode(Given { value: &Value::Text(""), text: "" }),
            },
        }
    }

    /// Notes a problem with `row`, in words that show nothing of a secret.
    fn note(&mut self, row: RowId, mistake: &Mistake) {
        let environment = self.judgement.environment;
        let key = environment.table.row(row).key.as_ref();
        let winner = environment.winner(row).map(|winner| environment.occurrences[winner as usize]);
        let subject = winner.filter(|winner| winner.standing == Standing::Wins).map_or_else(
            || Subject::variable(row, VariablePart::Default),
            |winner| Subject::entry(winner.id, Part::Value),
        );
        let headline = format!("`{key}` {}", mistake.message);
        self.problems.push(Diagnostic::error("invalid-value", subject, headline).key(key));
    }
}

fn text_of<'r>(raw: &'r Raw<'_>) -> &'r str {
    match raw {
        Raw::Text(text) | Raw::Content(text) | Raw::Number(text) => text,
        _ => "",
    }
}

fn with_text<T>(
    kind: &Kind,
    text: &str,
    decode: impl Fn(Given<'_>) -> Result<T, Mistake>,
) -> Result<T, Mistake> {
    let value = kind.parse(text).unwrap_or(Value::Text(text));
    decode(Given { value: &value, text })
}
