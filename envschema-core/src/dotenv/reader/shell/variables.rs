//! The variables of the shell while it reads the file.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::dotenv::{Assignment, Environ, Target, Value};

/// One variable.
#[derive(Clone, Debug)]
pub(super) struct Variable {
    pub(super) held: Held,
    pub(super) exported: bool,
    pub(super) read_only: bool,
    /// What `declare -i`, `-u` and `-l` make of every value.
    pub(super) form: Form,
}

/// What a variable holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// Nothing: it is unset, or only declared.
    Nothing,
    /// What the process environment has.
    Environ,
    /// The value of the assignment with this number.
    Assignment(u32),
    /// A value that no assignment of the reading has yet.
    Text(Vec<u8>),
    /// An array, which no program sees.
    Array,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Form {
    #[default]
    Text,
    Integer,
    Upper,
    Lower,
    /// In bash what once was an array stays one, which no program sees.
    Array,
}

/// All variables by name.
pub(super) struct Variables<'t, 'e> {
    environ: &'e Environ,
    known: HashMap<Cow<'t, [u8]>, Variable>,
    /// How many assignments of the reading are taken in.
    indexed: usize,
    /// What to restore at the end of a subshell: only kept inside one.
    undo: Vec<(Cow<'t, [u8]>, Option<Variable>)>,
    subshells: usize,
    /// What is put when the declaring command that runs has read all its arguments.
    late: Option<HashMap<Cow<'t, [u8]>, Variable>>,
    /// Whether a variable is read-only or changes what it is given: no line is plain then.
    pub(super) has_declared: bool,
}

impl<'t, 'e> Variables<'t, 'e> {
    pub(super) fn new(environ: &'e Environ) -> Self {
        Self {
            environ,
            known: HashMap::new(),
            indexed: 0,
            undo: Vec::new(),
            subshells: 0,
            late: None,
            has_declared: false,
        }
    }

    /// The variable called `name`, as it is behind `assignments`.
    pub(super) fn get(&mut self, assignments: &[Assignment<'t>], name: &[u8]) -> Variable {
        self.catch_up(assignments);
        self.known.get(name).cloned().unwrap_or_else(|| {
            let is_outside = self.environ.get(name).is_some();
            let held = if is_outside { Held::Environ } else { Held::Nothing };
            Variable { held, exported: is_outside, read_only: false, form: Form::Text }
        })
    }

    /// What the variable called `name` holds, and where that comes from.
    pub(super) fn look_up<'a>(
        &mut self,
        assignments: &'a [Assignment<'t>],
        name: &[u8],
    ) -> (Target, Option<Cow<'a, [u8]>>)
    where
        'e: 'a,
    {
        self.catch_up(assignments);
        let environ = self.environ.get(name);
        match self.known.get(name).map(|variable| &variable.held) {
            None | Some(Held::Environ) => match environ {
                Some(value) => (Target::Environ, Some(Cow::Borrowed(value))),
                None => (Target::Undefined, None),
            },
            Some(Held::Nothing | Held::Array) => (Target::Undefined, None),
            Some(Held::Text(text)) => (Target::Default, Some(Cow::Owned(text.clone()))),
            Some(Held::Assignment(index)) => {
                let value = assignments.get(*index as usize).map(|assignment| &assignment.value);
                match value {
                    Some(Value::Set(value)) => (Target::Assignment(*index), Some(Cow::Borrowed(value))),
                    _ => (Target::Undefined, None),
                }
            }
        }
    }

    /// Gives `name` a new variable. Assignments recorded up to now say nothing about it any more.
    pub(super) fn put(&mut self, assignments: &[Assignment<'t>], name: Cow<'t, [u8]>, variable: Variable) {
        self.catch_up(assignments);
        self.has_declared |= variable.read_only || variable.form != Form::Text;
        let before = self.known.insert(name.clone(), variable);
        if self.subshells > 0 {
            self.undo.push((name, before));
        }
    }

    /// As `put`; in a declaring command, when all its arguments are read.
    pub(super) fn put_late(
        &mut self,
        assignments: &[Assignment<'t>],
        name: Cow<'t, [u8]>,
        variable: Variable,
    ) {
        match &mut self.late {
            Some(late) => {
                late.insert(name, variable);
            }
            None => self.put(assignments, name, variable),
        }
    }

    /// Starts a declaring command, whose arguments are all expanded before it sets anything.
    pub(super) fn delay(&mut self) {
        self.late = Some(HashMap::new());
    }

    /// As `get`; in a declaring command, as its arguments before say.
    pub(super) fn get_late(&mut self, assignments: &[Assignment<'t>], name: &[u8]) -> Variable {
        match self.late.as_ref().and_then(|late| late.get(name)) {
            Some(variable) => variable.clone(),
            None => self.get(assignments, name),
        }
    }

    /// Puts what was put late up to now.
    pub(super) fn put_delayed(&mut self, assignments: &[Assignment<'t>]) {
        if let Some(late) = self.late.take() {
            for (name, variable) in late {
                self.put(assignments, name, variable);
            }
        }
    }

    /// Leaves the assignments recorded last as they are: what they do is put separately, if they do anything.
    pub(super) fn pass_over(&mut self, assignments: &[Assignment<'t>]) {
        self.indexed = assignments.len();
    }

    /// Takes in what plain lines assigned: they export what they set.
    pub(super) fn catch_up(&mut self, assignments: &[Assignment<'t>]) {
        for (index, assignment) in assignments.iter().enumerate().skip(self.indexed) {
            let held = Held::Assignment(u32::try_from(index).unwrap_or(u32::MAX));
            let variable = Variable { held, exported: true, read_only: false, form: Form::Text };
            self.known.insert(assignment.key.clone(), variable);
        }
        self.indexed = assignments.len();
    }

    /// Enters code whose effects are lost at its end. Returns what `leave` needs.
    pub(super) fn enter(&mut self) -> usize {
        self.subshells += 1;
        self.undo.len()
    }

    /// Undoes everything since the matching `enter`.
    pub(super) fn leave(&mut self, start: usize) {
        self.subshells = self.subshells.saturating_sub(1);
        for (name, before) in self.undo.drain(start.min(self.undo.len())..).rev() {
            match before {
                Some(variable) => self.known.insert(name, variable),
                None => self.known.remove(&name),
            };
        }
    }
}
