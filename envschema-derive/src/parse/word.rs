//! The words of `#[env(…)]`: read one after the other, each by its line in a table, on past every mistake.

use envschema_core::suggest;
use proc_macro2::{Span, TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitBool, LitChar, LitStr, Token, parenthesized};

use crate::problems::Problems;

/// One word that may stand in an attribute, and how what follows it is read.
pub(crate) struct Word<W> {
    pub(crate) name: &'static str,
    pub(crate) repeats: bool,
    pub(crate) read: fn(&mut W, &Ident, ParseStream<'_>) -> syn::Result<()>,
}

/// A word that stands once.
pub(crate) const fn once<W>(
    name: &'static str,
    read: fn(&mut W, &Ident, ParseStream<'_>) -> syn::Result<()>,
) -> Word<W> {
    Word { name, repeats: false, read }
}

/// A word that may stand more than once.
pub(crate) const fn many<W>(
    name: &'static str,
    read: fn(&mut W, &Ident, ParseStream<'_>) -> syn::Result<()>,
) -> Word<W> {
    Word { name, repeats: true, read }
}

/// What the words of one place become.
pub(crate) trait Words {
    /// Words that people write because another crate has them, and what they are called here.
    const FOREIGN: &'static [(&'static str, &'static str)] = &[];

    /// Reads what follows `name`; `None` if there is no such word.
    fn read(&mut self, name: &Ident, input: ParseStream<'_>) -> Option<syn::Result<()>>;

    /// The words there are.
    fn names(&self) -> Vec<&'static str>;

    /// The words that have been read and may not be again.
    fn given(&mut self) -> &mut Vec<Ident>;
}

/// Reads what follows `name` by its line in `table`.
pub(crate) fn read_by<W>(
    table: &[Word<W>],
    words: &mut W,
    given: impl FnOnce(&mut W) -> &mut Vec<Ident>,
    name: &Ident,
    input: ParseStream<'_>,
) -> Option<syn::Result<()>> {
    let word = table.iter().find(|word| name == word.name)?;
    let given = given(words);
    if !word.repeats && given.contains(name) {
        return Some(Err(syn::Error::new(name.span(), format!("`{name}` is given twice"))));
    }
    given.push(name.clone());
    Some((word.read)(words, name, input))
}

/// Reads every `#[env(…)]` of `attributes`.
pub(crate) fn read_attributes<W: Words>(attributes: &[Attribute], words: &mut W, problems: &mut Problems) {
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("env")) {
        let read = attribute.parse_args_with(|input: ParseStream<'_>| {
            read_words(input, words, problems);
            Ok(())
        });
        if let Err(error) = read {
            problems.push(error);
        }
    }
}

/// Reads words with commas between them; a mistake ends at the next comma.
fn read_words<W: Words>(input: ParseStream<'_>, words: &mut W, problems: &mut Problems) {
    while !input.is_empty() {
        if let Err(error) = read_word(input, words).and_then(|()| end_of_item(input)) {
            problems.push(error);
            skip_item(input);
        }
    }
}

/// Reads words with commas between them inside another one; the first mistake ends it.
pub(crate) fn read_inner_words<W: Words>(input: ParseStream<'_>, words: &mut W) -> syn::Result<()> {
    while !input.is_empty() {
        read_word(input, words)?;
        end_of_item(input)?;
    }
    Ok(())
}

fn read_word<W: Words>(input: ParseStream<'_>, words: &mut W) -> syn::Result<()> {
    let name = Ident::parse_any(input)?;
    words.read(&name, input).unwrap_or_else(|| Err(unknown::<W>(&name, &words.names())))
}

fn unknown<W: Words>(name: &Ident, names: &[&'static str]) -> syn::Error {
    let written = name.to_string();
    let foreign = || W::FOREIGN.iter().find(|(foreign, _)| *foreign == written).map(|(_, ours)| *ours);
    let help = match suggest::nearest(&written, names.iter().copied()) {
        Some(near) => format!("\nhelp: did you mean `{near}`?"),
        None => foreign().map(|ours| format!("\nhelp: {ours}")).unwrap_or_default(),
    };
    syn::Error::new(name.span(), format!("unknown attribute `{written}`{help}"))
}

pub(crate) fn end_of_item(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() { Ok(()) } else { input.parse::<Token![,]>().map(drop) }
}

fn skip_item(input: ParseStream<'_>) {
    while !input.is_empty() && !input.peek(Token![,]) {
        // There is a token, and any token is one.
        let _ = input.parse::<TokenTree>();
    }
    let _ = input.parse::<Option<Token![,]>>();
}

/// A word without which something of `envschema` is not there means nothing.
pub(crate) fn needs_feature(word: &Ident, feature: &str, is_there: bool) -> syn::Result<()> {
    let message = || format!("`{word}` needs the feature `{feature}` of `envschema`");
    if is_there { Ok(()) } else { Err(syn::Error::new(word.span(), message())) }
}

/// `= "text"`
pub(crate) fn text(input: ParseStream<'_>) -> syn::Result<LitStr> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// `= 'c'`
pub(crate) fn character(input: ParseStream<'_>) -> syn::Result<LitChar> {
    input.parse::<Token![=]>()?;
    input.parse()
}

/// `= true`, `= false`, or nothing for `true`.
pub(crate) fn flag(input: ParseStream<'_>) -> syn::Result<bool> {
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        return Ok(input.parse::<LitBool>()?.value);
    }
    Ok(true)
}

/// `("text", "text")`: at least one.
pub(crate) fn texts(input: ParseStream<'_>) -> syn::Result<Vec<LitStr>> {
    list(input, <LitStr as Parse>::parse)
}

/// `(item, item)`: at least one.
pub(crate) fn list<T>(
    input: ParseStream<'_>,
    read: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<T>> {
    in_parens(input, |content, place| {
        let mut items = Vec::new();
        while !content.is_empty() {
            items.push(read(content)?);
            end_of_item(content)?;
        }
        if items.is_empty() {
            return Err(syn::Error::new(place, "expected something between the parentheses"));
        }
        Ok(items)
    })
}

/// What stands between parentheses. After a mistake nothing is left of it, or syn would report the rest as well.
pub(crate) fn in_parens<T>(
    input: ParseStream<'_>,
    read: impl FnOnce(ParseStream<'_>, Span) -> syn::Result<T>,
) -> syn::Result<T> {
    let content;
    let parens = parenthesized!(content in input);
    let read = read(&content, parens.span.join());
    if read.is_err() {
        // Any tokens are a stream of tokens.
        let _ = content.parse::<TokenStream>();
    }
    read
}
