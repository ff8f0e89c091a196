//! What the tokens of a type tell: whether it may be absent, is secret, holds several values, and which kind they are.
//!
//! Types of the standard library are known by their path, or by their name alone. Of any other type nothing is known here;
//! the compiler asks the type itself.

use envschema_core::kind::Kind;
use envschema_core::scalar;
use envschema_core::schema::Constraint;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::spanned::Spanned;
use syn::{GenericArgument, Path, PathArguments, Type};

use crate::parse::field::Way;

/// What is known about the type of a field.
pub(crate) struct Shape<'t> {
    pub(crate) is_optional: bool,
    pub(crate) is_secret: bool,
    pub(crate) form: Form,
    pub(crate) base: Base,
    /// The innermost type: that of the items, for a list.
    pub(crate) innermost: &'t Type,
    /// A type inside a list that the model has no place for.
    pub(crate) misplaced: Option<&'t Type>,
}

/// How many values a type holds, as far as its tokens tell.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    One,
    List,
    Map,
}

/// What is known of the values themselves.
#[derive(Clone)]
pub(crate) enum Base {
    /// A type of the standard library.
    Scalar(Kind, &'static [Constraint]),
    /// Any type that reads text.
    Text,
    /// A type of the service; it has a kind, which the compiler knows.
    Unknown,
}

/// What stands around a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrapper {
    Option,
    Secret,
    SecretBox,
    Pointer,
    List,
    Map,
}

impl<'t> Shape<'t> {
    /// The shape of `ty`, whose values are read in this way.
    pub(crate) fn of(ty: &'t Type, way: Option<&Way>) -> Self {
        let mut wrappers: Vec<_> = std::iter::successors(unwrap(ty), |(_, inner)| unwrap(inner)).collect();
        let is_secret = wrappers.iter().any(|(wrapper, _)| wrapper.is_secret())
            || known_name(wrappers.last().map_or(ty, |(_, inner)| inner))
                .is_some_and(|name| name == "SecretString");
        let peeled = wrappers.iter().take_while(|(wrapper, _)| wrapper.is_peeled_by(way)).count();
        wrappers.truncate(peeled);
        let innermost = wrappers.last().map_or(ty, |(_, inner)| inner);
        let base = if way.is_some() { Base::Text } else { scalar_of(innermost) };
        let around_one = wrappers.iter().take_while(|(wrapper, _)| wrapper.form() == Form::One);
        let is_optional = around_one.map(|(wrapper, _)| *wrapper).any(|wrapper| wrapper == Wrapper::Option);
        let many = wrappers.iter().position(|(wrapper, _)| wrapper.form() != Form::One);
        let form = many.map_or(Form::One, |many| wrappers[many].0.form());
        let inside = many.map_or(&[][..], |many| &wrappers[many + 1..]);
        let has_misplaced =
            inside.iter().any(|(wrapper, _)| *wrapper == Wrapper::Option || wrapper.form() != Form::One);
        let misplaced = many.filter(|_| has_misplaced).map(|many| wrappers[many].1);
        Self { is_optional, is_secret, form, base, innermost, misplaced }
    }
}

impl Wrapper {
    const fn is_secret(self) -> bool {
        matches!(self, Self::Secret | Self::SecretBox)
    }

    const fn form(self) -> Form {
        match self {
            Self::List => Form::List,
            Self::Map => Form::Map,
            Self::Option | Self::Secret | Self::SecretBox | Self::Pointer => Form::One,
        }
    }

    /// Whether what reads the values reads those inside.
    const fn is_peeled_by(self, way: Option<&Way>) -> bool {
        match way {
            None => true,
            Some(Way::FromStr | Way::Deserialize) => !matches!(self, Self::SecretBox | Self::Pointer),
            Some(Way::With(_)) => matches!(self, Self::Option),
        }
    }
}

/// The type with its innermost type put into `leaf`: `Option<LogLevel>` becomes `Option<leaf<LogLevel>>`.
pub(crate) fn wrap_innermost(ty: &Type, innermost: &Type, leaf: &TokenStream) -> TokenStream {
    if std::ptr::eq(ty, innermost) {
        return quote_spanned!(ty.span()=> #leaf<#ty>);
    }
    let (Type::Path(path), Some((_, inner))) = (bare(ty), unwrap(ty)) else { return ty.to_token_stream() };
    let inner = wrap_innermost(inner, innermost, leaf);
    let mut outer = path.path.clone();
    let Some(PathArguments::AngleBracketed(arguments)) =
        outer.segments.last_mut().map(|segment| &mut segment.arguments)
    else {
        return ty.to_token_stream();
    };
    let position = arguments.args.iter().position(|argument| matches!(argument, GenericArgument::Type(_)));
    let is_map = matches!(unwrap(ty), Some((Wrapper::Map, _)));
    if let Some(argument) = arguments.args.iter_mut().nth(position.unwrap_or(0) + usize::from(is_map)) {
        *argument = GenericArgument::Type(Type::Verbatim(inner));
    }
    outer.to_token_stream()
}

/// The type inside `Option<…>`.
pub(crate) fn inside_option(ty: &Type) -> Option<&Type> {
    unwrap(ty).and_then(|(wrapper, inner)| (wrapper == Wrapper::Option).then_some(inner))
}

/// What stands around `ty`, and the type in it.
fn unwrap(ty: &Type) -> Option<(Wrapper, &Type)> {
    let Type::Path(path) = bare(ty) else { return None };
    let name = known_name(ty)?;
    let types = arguments(&path.path);
    let wrapper = match name.as_str() {
        "Option" => Wrapper::Option,
        "Secret" => Wrapper::Secret,
        "SecretBox" => Wrapper::SecretBox,
        "Box" | "Rc" | "Arc" | "Cow" => Wrapper::Pointer,
        "Vec" | "VecDeque" | "LinkedList" | "BTreeSet" | "HashSet" => Wrapper::List,
        "BTreeMap" | "HashMap" => Wrapper::Map,
        _ => return None,
    };
    let inner = *types.get(usize::from(wrapper == Wrapper::Map))?;
    match bare(inner) {
        Type::Slice(slice) if wrapper == Wrapper::Pointer => Some((Wrapper::List, &slice.elem)),
        _ => Some((wrapper, inner)),
    }
}

fn scalar_of(ty: &Type) -> Base {
    let Some(name) = known_name(ty) else { return Base::Unknown };
    if name == "SecretString" {
        return Base::Scalar(Kind::String, &[]);
    }
    scalar::named(&name).map_or(Base::Unknown, |(kind, bounds)| Base::Scalar(kind, bounds))
}

/// The last name of a path that stands alone or starts in a crate whose types are known.
fn known_name(ty: &Type) -> Option<String> {
    const CRATES: [&str; 6] = ["std", "core", "alloc", "envschema", "secrecy", "url"];
    let Type::Path(path) = bare(ty) else { return None };
    let segments = &path.path.segments;
    let is_known = segments.len() == 1 || CRATES.iter().any(|name| segments[0].ident == name);
    if path.qself.is_some() || !is_known {
        return None;
    }
    segments.last().map(|segment| segment.ident.to_string())
}

fn arguments(path: &Path) -> Vec<&Type> {
    let Some(PathArguments::AngleBracketed(arguments)) = path.segments.last().map(|last| &last.arguments)
    else {
        return Vec::new();
    };
    let types = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// The type without parentheses and the invisible groups that macros leave.
fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        _ => ty,
    }
}
