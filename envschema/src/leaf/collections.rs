//! Lists, sets and maps. The separator is a comma unless the field says otherwise.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::rc::Rc;
use std::sync::Arc;

use envschema_core::kind::{Kind, List, Map, Mistake, Shared};
use envschema_core::scalar;
use envschema_core::schema::Constraint;
use envschema_core::value::{Item, Value};

use super::{Given, Leaf, unsuitable};

/// The kind of a list of `T`. The model has no lists of lists and no empty items.
const fn list_of<T: Leaf + 'static>() -> Kind {
    assert!(is_item::<T>(), "an item cannot be a list, a map or an `Option`");
    Kind::List(List { separator: ',', items: Shared::Static(const { &T::KIND }) })
}

/// The kind of a map to `T`.
const fn map_to<T: Leaf + 'static>() -> Kind {
    assert!(is_item::<T>(), "a value of a map cannot be a list, a map or an `Option`");
    Kind::Map(Map { separator: ',', assign: '=', values: Shared::Static(const { &T::KIND }) })
}

const fn is_item<T: Leaf>() -> bool {
    !T::OPTIONAL && !matches!(const { &T::KIND }, Kind::List(_) | Kind::Map(_))
}

fn items<T: Leaf, C: FromIterator<T>>(given: Given<'_>) -> Result<C, Mistake> {
    let Value::List(items) = given.value else { return unsuitable() };
    items.iter().map(decode_item).collect()
}

fn pairs<T: Leaf, C: FromIterator<(String, T)>>(given: Given<'_>) -> Result<C, Mistake> {
    let Value::Map(pairs) = given.value else { return unsuitable() };
    pairs.iter().map(|(key, value)| Ok((key.text.to_owned(), decode_item(value)?))).collect()
}

fn decode_item<T: Leaf>(item: &Item<'_>) -> Result<T, Mistake> {
    T::decode(Given { value: &item.value, text: item.text })
}

macro_rules! collections {
    ($($(#[$doc:meta])* [$($generics:tt)*] $type:ty, $kind:ident, $collect:ident;)*) => {$(
        $(#[$doc])*
        impl<T: Leaf + 'static $($generics)*> Leaf for $type {
            const KIND: Kind = $kind::<T>();
            const BOUNDS: &'static [Constraint] = scalar::of_items(T::BOUNDS);
            const SENSITIVE: bool = T::SENSITIVE;

            fn decode(given: Given<'_>) -> Result<Self, Mistake> {
                $collect::<T, Self>(given)
            }
        }
    )*};
}

collections! {
    /// `list`
    [] Vec<T>, list_of, items;
    /// `list`
    [] Box<[T]>, list_of, items;
    /// `list`
    [] Rc<[T]>, list_of, items;
    /// `list`
    [] Arc<[T]>, list_of, items;
    /// `list`
    [] LinkedList<T>, list_of, items;
    /// `list`
    [] VecDeque<T>, list_of, items;
    /// `list`; an item that stands twice counts once.
    [+ Ord] BTreeSet<T>, list_of, items;
    /// `list`; an item that stands twice counts once.
    [+ Eq + Hash, S: BuildHasher + Default] HashSet<T, S>, list_of, items;
    /// `map`
    [] BTreeMap<String, T>, map_to, pairs;
    /// `map`
    [, S: BuildHasher + Default] HashMap<String, T, S>, map_to, pairs;
}
