//! Every text that a kind accepts, the exported schemas accept; of what it rejects, they reject a good part.

use envschema::core::kind::Kind;
use envschema::core::schema::{Entry, Presence, Schema, Variable};
use envschema::export::Form;
use serde_json::json;

use crate::tables;
use crate::validator::{EXPORTS, Judge};
use crate::values::scalars;

fn schema(kind: &Kind, presence: &Presence) -> Schema {
    let variable = Variable { presence: presence.clone(), ..Variable::new("A".into(), kind.clone()) };
    Schema { entries: vec![Entry::Variable(variable)].into(), ..Schema::default() }
}

#[test]
fn what_a_kind_accepts_is_accepted() {
    let mut wrong = Vec::new();
    for table in tables::all() {
        for presence in [Presence::Required, Presence::Optional] {
            let schema = schema(&table.kind, &presence);
            for (form, draft) in EXPORTS {
                let judge = Judge::new(&schema, form, draft);
                for text in table.accepted.iter().filter(|text| !text.is_empty()) {
                    let objections = judge.objections(&json!({ "A": text }));
                    if !objections.is_empty() {
                        wrong.push(format!("{} {form:?} {text:?}: {objections:?}", table.kind.name()));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_empty_text_is_accepted_where_nothing_is_required() {
    for table in tables::all() {
        let judge = |presence| Judge::new(&schema(&table.kind, &presence), Form::Env, EXPORTS[0].1);
        let name = table.kind.name();
        assert!(judge(Presence::Optional).objections(&json!({ "A": "" })).is_empty(), "{name}");
        assert!(!judge(Presence::Required).objections(&json!({ "A": "" })).is_empty(), "{name}");
        assert!(!judge(Presence::Required).objections(&json!({})).is_empty(), "{name}");
    }
}

/// How many texts of all that kinds reject the exported schemas reject. The rest they cannot say.
#[test]
fn most_of_what_a_kind_rejects_is_rejected() {
    let (mut rejected, mut all) = (0, 0);
    for table in scalars() {
        let judge = Judge::new(&schema(&table.kind, &Presence::Required), Form::Env, EXPORTS[0].1);
        let count =
            table.rejected.iter().filter(|text| !judge.objections(&json!({ "A": text })).is_empty()).count();
        let is_open = matches!(table.kind, Kind::String | Kind::Regex | Kind::Json);
        assert!(is_open || count > 0, "{}", table.kind.name());
        if !is_open {
            (rejected, all) = (rejected + count, all + table.rejected.len());
        }
    }
    assert!(rejected * 100 >= all * 60, "{rejected} of {all}");
}
