//! `invalid-schema`: a schema that does not say what it should.
//!
//! What is wrong with the text of a schema file, whoever reads it reports, where it stands; and so it does for names. For a
//! schema that never was a text, names are looked up here. Phases are not: which there are is no part of the model.

use crate::diagnostic::Diagnostic;
use crate::mention::{Fault, Known, Mention, Named};
use crate::registry::{Check, Run};
use crate::schema::{Condition, Rule};
use crate::subject::{Subject, VariablePart};
use crate::table::{Row, RowId, RuleRow, Table};

/// The check.
pub static CHECK: Check = Check {
    code: "invalid-schema",
    summary: "a schema that does not say what it should",
    page: include_str!("invalid_schema.md"),
    run: Run::Schema(run),
};

fn run(table: &Table<'_>, report: &mut Vec<Diagnostic>) {
    let names = Names { table, known: Known::new(table, &[]) };
    for (id, row) in table.iter() {
        names.check_row(id, row, report);
    }
    for (index, rule) in (0..).zip(&table.rules) {
        names.check_rule(index, rule, report);
    }
    let default = table.schema.default_profile.as_deref();
    if let Some(name) = default {
        let by = "`default_profile` of the schema";
        let mention = Mention { what: Named::Profile, name, prefix: "", by };
        report.extend(names.look_up(&mention, &Subject::Environment));
    }
}

struct Names<'s> {
    table: &'s Table<'s>,
    known: Known<'s>,
}

impl Names<'_> {
    fn look_up(&self, mention: &Mention<'_>, subject: &Subject) -> impl Iterator<Item = Diagnostic> {
        let diagnostic = |fault: Fault| {
            Diagnostic::error(CHECK.code, subject.clone(), fault.headline)
                .severity(fault.severity)
                .help(fault.help)
        };
        self.known.faults(mention).into_iter().map(diagnostic)
    }

    fn check_row(&self, id: RowId, row: &Row<'_>, report: &mut Vec<Diagnostic>) {
        let prefix = row.group.map_or("", |group| &self.table.groups[group].prefix);
        let whose = |word| format!("`{word}` of `{}`", row.key);
        for name in row.variable.services.iter() {
            let by = whose("services");
            let mention = Mention { what: Named::Service, name, prefix, by: &by };
            report.extend(self.look_up(&mention, &Subject::variable(id, VariablePart::Services)));
        }
        let replaced_by = row.variable.deprecated.as_ref().and_then(|said| said.replaced_by.as_deref());
        if let Some(name) = replaced_by {
            let by = whose("replaced_by");
            let mention = Mention { what: Named::Variable, name, prefix, by: &by };
            report.extend(self.look_up(&mention, &Subject::variable(id, VariablePart::Deprecated)));
        }
        for (index, when) in (0..).zip(row.variable.when.iter()) {
            let by = format!("a condition of `{}`", row.key);
            let subject = Subject::variable(id, VariablePart::When(index));
            self.check_condition(&when.condition, prefix, &by, &subject, report);
        }
    }

    fn check_condition(
        &self,
        condition: &Condition,
        prefix: &str,
        by: &str,
        subject: &Subject,
        report: &mut Vec<Diagnostic>,
    ) {
        let named = [
            (Named::Profile, &condition.profiles),
            (Named::Service, &condition.services),
            (Named::Variable, &condition.set),
        ];
        for (what, names) in named {
            for name in names.iter() {
                report.extend(self.look_up(&Mention { what, name, prefix, by }, subject));
            }
        }
        for (name, literals) in condition.values.iter() {
            let literals: Vec<&str> = literals.iter().map(AsRef::as_ref).collect();
            let mention = Mention { what: Named::Value(&literals), name, prefix, by };
            report.extend(self.look_up(&mention, subject));
        }
    }

    fn check_rule(&self, index: u32, row: &RuleRow<'_>, report: &mut Vec<Diagnostic>) {
        let subject = Subject::Rule(index);
        let prefix = &row.prefix;
        let by = format!("`{}` of a rule", word(row.rule));
        for (number, name) in row.rule.keys().into_iter().enumerate() {
            let is_list = number == 0 && matches!(row.rule, Rule::Contains { .. });
            let what = if is_list { Named::List } else { Named::Variable };
            report.extend(self.look_up(&Mention { what, name, prefix, by: &by }, &subject));
        }
    }
}

/// The word for a rule in a schema file.
const fn word(rule: &Rule) -> &'static str {
    match rule {
        Rule::AllOrNone(_) => "all_or_none",
        Rule::ExactlyOne(_) => "exactly_one",
        Rule::AtLeastOne(_) => "at_least_one",
        Rule::AtMostOne(_) => "at_most_one",
        Rule::Contains { .. } => "contains",
        Rule::Equal(..) => "equal",
        Rule::Different(..) => "different",
    }
}

#[cfg(all(test, feature = "dotenv"))]
mod tests {
    use crate::kind::Kind;
    use crate::schema::{
        Condition, Deprecation, Entry, Group, Presence, Profile, Rule, Schema, Variable, When,
    };
    use crate::table::Table;
    use crate::testing::{list, texts, variable};

    fn found(schema: &Schema) -> Vec<String> {
        let mut report = Vec::new();
        super::run(&Table::new(schema), &mut report);
        report.into_iter().map(|found| found.headline).collect()
    }

    fn conditional(condition: Condition) -> Variable {
        let when = When { condition, presence: Some(Presence::Required), ..When::default() };
        Variable { when: vec![when].into(), ..variable("X", Kind::String) }
    }

    fn beside_port(variable: Variable) -> Schema {
        let port = Variable::new("PORT".into(), Kind::Port);
        let entries = [variable, port].map(Entry::Variable).to_vec();
        let services = texts(&["web"]);
        let profiles = vec![Profile { name: "production".into(), deployed: None }];
        Schema { entries: entries.into(), services, profiles: profiles.into(), ..Schema::default() }
    }

    #[test]
    fn every_name_in_a_variable_is_looked_up() {
        let compared = |key: &'static str, value| Condition {
            values: vec![(key.into(), texts(&[value]))].into(),
            ..Condition::default()
        };
        let deprecated = Deprecation { replaced_by: Some("PROT".into()), ..Deprecation::default() };
        let rows = [
            (conditional(compared("PORT", "80")), None),
            (
                conditional(compared("PORT", "http")),
                Some("a condition of `X` compares `PORT` with a text that is not a port from 1 to 65535"),
            ),
            (
                conditional(compared("PROT", "80")),
                Some("a condition of `X` names `PROT`, which is not declared"),
            ),
            (
                conditional(Condition { set: texts(&["PROT"]), ..Condition::default() }),
                Some("a condition of `X` names `PROT`, which is not declared"),
            ),
            (
                conditional(Condition { profiles: texts(&["prod"]), ..Condition::default() }),
                Some("a condition of `X` names a profile that the schema does not have"),
            ),
            (
                conditional(Condition { services: texts(&["wbe"]), ..Condition::default() }),
                Some("a condition of `X` names a service that the schema does not have"),
            ),
            (
                Variable { services: texts(&["wbe"]), ..variable("X", Kind::String) },
                Some("`services` of `X` names a service that the schema does not have"),
            ),
            (
                Variable { deprecated: Some(deprecated), ..variable("X", Kind::String) },
                Some("`replaced_by` of `X` names `PROT`, which is not declared"),
            ),
        ];
        for (variable, expected) in rows {
            assert_eq!(found(&beside_port(variable)), Vec::from_iter(expected));
        }
    }

    #[test]
    fn rules_and_the_default_profile_are_looked_up() {
        let entries = [variable("DB_URL", Kind::Url), variable("HOSTS", list(Kind::Host))];
        let group = Group {
            prefix: "DB_".into(),
            rules: vec![Rule::Equal("URL".into(), "HOSTS".into())].into(),
            ..Group::default()
        };
        let entries: Vec<_> = entries.map(Entry::Variable).into_iter().chain([Entry::Group(group)]).collect();
        let rules = vec![
            Rule::Contains { list: "DB_URL".into(), value: "HOSTS".into() },
            Rule::AllOrNone(texts(&["DB_URL", "HOST"])),
        ];
        let schema = Schema {
            entries: entries.into(),
            rules: rules.into(),
            profiles: vec![Profile { name: "production".into(), deployed: None }].into(),
            default_profile: Some("local".into()),
            ..Schema::default()
        };
        assert_eq!(
            found(&schema),
            [
                "`list` of `contains` of a rule names `DB_URL`, which is no list",
                "`all_or_none` of a rule names `HOST`, which is not declared",
                "`default_profile` of the schema names a profile that the schema does not have",
            ]
        );
    }
}
