//! Everything that is wrong with an input. A macro runs rarely, so it goes on and reports all of it at once.

use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::ToTokens;

/// What was found so far.
#[derive(Default)]
pub(crate) struct Problems {
    errors: Vec<syn::Error>,
}

impl Problems {
    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.errors.len()
    }

    /// Takes note of a mistake that syn or a parser of ours found.
    pub(crate) fn push(&mut self, error: syn::Error) {
        self.errors.push(error);
    }

    /// Takes note of a mistake in `tokens`.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl Display) {
        self.errors.push(syn::Error::new_spanned(tokens, message));
    }

    /// What was made of the input, or the mistakes and a stub that keeps other code from complaining.
    pub(crate) fn or(self, made: Option<TokenStream>, stub: impl FnOnce() -> TokenStream) -> TokenStream {
        if let (Some(made), []) = (made, self.errors.as_slice()) {
            return made;
        }
        let errors = self.errors.iter().map(syn::Error::to_compile_error);
        errors.chain([stub()]).collect()
    }
}
