//! Literals: whatever Rust calls them, the schema knows their text.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::parse::{Parse, ParseStream};
use syn::{Expr, ExprLit, ExprUnary, Lit, Token, UnOp, bracketed, token};

/// A number, text, `true` or `false`, or a list of them.
#[derive(Clone)]
pub(crate) struct Literal {
    /// Where it is written.
    pub(crate) tokens: TokenStream,
    text: String,
    items: Option<Vec<Literal>>,
}

impl Literal {
    /// Its text; that of a list has `separator` between the items.
    pub(crate) fn text(&self, separator: char) -> String {
        let Some(items) = &self.items else { return self.text.clone() };
        let items: Vec<_> = items.iter().map(|item| item.text.as_str()).collect();
        items.join(separator.encode_utf8(&mut [0; 4]))
    }

    /// The text of a literal that is no list, as every literal in a list of words is.
    pub(crate) fn word(&self) -> String {
        self.text.clone()
    }

    /// Whether it is a list.
    pub(crate) const fn is_list(&self) -> bool {
        self.items.is_some()
    }

    /// The items of a list, or the literal itself.
    pub(crate) fn each(&self) -> &[Self] {
        self.items.as_deref().unwrap_or(std::slice::from_ref(self))
    }

    /// The item of a list that holds `separator`, and so would be read as two.
    pub(crate) fn item_with(&self, separator: char) -> Option<&Self> {
        self.items.iter().flatten().find(|item| item.text.contains(separator))
    }

    /// Reads a literal that is no list.
    pub(crate) fn parse_one(input: ParseStream<'_>) -> syn::Result<Self> {
        let minus = input.parse::<Option<Token![-]>>()?;
        if !input.peek(Lit) {
            return Err(input.error("expected a literal: a number, a text, `true` or `false`"));
        }
        let literal: Lit = input.parse()?;
        Self::of(&literal, minus.is_some(), minus.to_token_stream())
    }

    /// The literal that an expression is, if it is one.
    pub(crate) fn of_expression(expression: &Expr) -> Option<Self> {
        match expression {
            Expr::Lit(ExprLit { lit, .. }) => Self::of(lit, false, TokenStream::new()).ok(),
            Expr::Unary(ExprUnary { op: UnOp::Neg(minus), expr, .. }) => match &**expr {
                Expr::Lit(ExprLit { lit, .. }) => Self::of(lit, true, minus.to_token_stream()).ok(),
                _ => None,
            },
            _ => None,
        }
    }

    fn of(literal: &Lit, negative: bool, minus: TokenStream) -> syn::Result<Self> {
        let text = match literal {
            Lit::Int(number) => number.base10_digits().to_owned(),
            Lit::Float(number) => number.base10_digits().to_owned(),
            Lit::Str(text) if !negative => text.value(),
            Lit::Char(character) if !negative => character.value().to_string(),
            Lit::Bool(value) if !negative => value.value.to_string(),
            _ => {
                return Err(syn::Error::new_spanned(
                    literal,
                    "expected a literal: a number, a text, `true` or `false`",
                ));
            }
        };
        let text = if negative { format!("-{text}") } else { text };
        let mut tokens = minus;
        literal.to_tokens(&mut tokens);
        Ok(Self { tokens, text, items: None })
    }
}

/// Reads a literal or a list of literals in brackets.
impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if !input.peek(token::Bracket) {
            return Self::parse_one(input);
        }
        let content;
        let brackets = bracketed!(content in input);
        let items = content.parse_terminated(Self::parse_one, Token![,])?;
        let mut tokens = TokenStream::new();
        brackets.surround(&mut tokens, |tokens| items.to_tokens(tokens));
        Ok(Self { tokens, text: String::new(), items: Some(items.into_iter().collect()) })
    }
}

/// Where it is written.
impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}
