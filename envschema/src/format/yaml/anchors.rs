//! What aliases stand for, within bounds.

use std::collections::HashMap;

use super::MAX_SHARED;
use crate::format::tree::{Data, MAX_DEPTH, Node};

/// The values of the anchors passed so far.
#[derive(Default)]
pub(super) struct Anchors<'t> {
    known: HashMap<usize, Shared<'t>>,
    /// How many values are kept and were handed out.
    shared: usize,
}

/// The value of an anchor.
struct Shared<'t> {
    node: Node<'t>,
    size: usize,
    height: usize,
}

impl<'t> Anchors<'t> {
    /// Keeps the value of an anchor for its aliases; 0 is no anchor.
    pub(super) fn keep(&mut self, anchor: usize, node: impl FnOnce() -> Node<'t>) {
        if anchor == 0 || self.shared >= MAX_SHARED {
            return;
        }
        let node = node();
        let (size, height) = measure(&node);
        self.shared += size;
        if self.shared < MAX_SHARED {
            self.known.insert(anchor, Shared { node, size, height });
        }
    }

    /// The value of an anchor, to stand `depth` levels deep; otherwise why it cannot.
    pub(super) fn value(&mut self, anchor: usize, depth: usize) -> Result<Node<'t>, &'static str> {
        const MANY: &str = "aliases stand for more than 10000 values";
        match self.known.get(&anchor) {
            Some(shared) if self.shared + shared.size > MAX_SHARED => Err(MANY),
            Some(shared) if depth + shared.height > MAX_DEPTH => Err("nested more than 128 levels deep"),
            Some(shared) => {
                self.shared += shared.size;
                Ok(shared.node.clone())
            }
            // An anchor is known to the parser before its value is whole; or its value was too large to keep.
            None if self.shared >= MAX_SHARED => Err(MANY),
            None => Err("an alias stands inside the value it stands for"),
        }
    }
}

/// How many values a value is made of, and how deep it is nested.
fn measure(node: &Node<'_>) -> (usize, usize) {
    let join = |(size, height): (usize, usize), child: &Node<'_>| {
        let inner = measure(child);
        (size + inner.0, height.max(inner.1))
    };
    let (size, height) = match &node.value {
        Data::Array(items) => items.iter().fold((0, 0), join),
        Data::Table(members) => members.iter().map(|member| &member.value).fold((0, 0), join),
        _ => return (1, 0),
    };
    (size + 1, height + 1)
}
