//! The keywords of JSON Schema: which of them the model can say, which another engine has to judge, and which only tell.

/// What is done with a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The model says it, or part of it.
    Model,
    /// It says something about values that the model has no word for.
    Foreign,
    /// It says nothing about values.
    Annotation,
    /// It cannot be followed.
    Unsupported,
}

/// Every keyword of draft-07 and 2020-12, and those that editors have added.
pub(crate) static KEYWORDS: [(&str, Role); 76] = [
    ("$defs", Role::Model),
    ("$ref", Role::Model),
    ("definitions", Role::Model),
    ("additionalProperties", Role::Model),
    ("allOf", Role::Model),
    ("anyOf", Role::Model),
    ("const", Role::Model),
    ("contentEncoding", Role::Model),
    ("default", Role::Model),
    ("dependencies", Role::Model),
    ("dependentRequired", Role::Model),
    ("deprecated", Role::Model),
    ("deprecationMessage", Role::Model),
    ("description", Role::Model),
    ("else", Role::Model),
    ("enum", Role::Model),
    ("example", Role::Model),
    ("examples", Role::Model),
    ("exclusiveMaximum", Role::Model),
    ("exclusiveMinimum", Role::Model),
    ("format", Role::Model),
    ("if", Role::Model),
    ("items", Role::Model),
    ("markdownDescription", Role::Model),
    ("maximum", Role::Model),
    ("maxItems", Role::Model),
    ("maxLength", Role::Model),
    ("minimum", Role::Model),
    ("minItems", Role::Model),
    ("minLength", Role::Model),
    ("oneOf", Role::Model),
    ("pattern", Role::Model),
    ("patternProperties", Role::Model),
    ("properties", Role::Model),
    ("required", Role::Model),
    ("then", Role::Model),
    ("title", Role::Model),
    ("type", Role::Model),
    ("unevaluatedProperties", Role::Model),
    ("writeOnly", Role::Model),
    ("additionalItems", Role::Foreign),
    ("contains", Role::Foreign),
    ("dependentSchemas", Role::Foreign),
    ("maxContains", Role::Foreign),
    ("maxProperties", Role::Foreign),
    ("minContains", Role::Foreign),
    ("minProperties", Role::Foreign),
    ("multipleOf", Role::Foreign),
    ("not", Role::Foreign),
    ("prefixItems", Role::Foreign),
    ("propertyNames", Role::Foreign),
    ("unevaluatedItems", Role::Foreign),
    ("uniqueItems", Role::Foreign),
    ("$anchor", Role::Annotation),
    ("$comment", Role::Annotation),
    ("$id", Role::Annotation),
    ("$schema", Role::Annotation),
    ("$vocabulary", Role::Annotation),
    ("allowTrailingCommas", Role::Annotation),
    ("contentMediaType", Role::Annotation),
    ("contentSchema", Role::Annotation),
    ("defaultSnippets", Role::Annotation),
    ("doNotSuggest", Role::Annotation),
    ("enumDescriptions", Role::Annotation),
    ("enumDetails", Role::Annotation),
    ("enumSortTexts", Role::Annotation),
    ("errorMessage", Role::Annotation),
    ("id", Role::Annotation),
    ("markdownEnumDescriptions", Role::Annotation),
    ("patternErrorMessage", Role::Annotation),
    ("readOnly", Role::Annotation),
    ("suggestSortText", Role::Annotation),
    ("$dynamicAnchor", Role::Unsupported),
    ("$dynamicRef", Role::Unsupported),
    ("$recursiveAnchor", Role::Unsupported),
    ("$recursiveRef", Role::Unsupported),
];

/// Keywords too short to tell a slip from another word.
const UNMISTAKABLE: [&str; 6] = ["$id", "id", "if", "not", "then", "else"];

/// What is done with the keyword `name`; `None` if there is no such keyword.
pub(crate) fn role(name: &str) -> Option<Role> {
    KEYWORDS.iter().find(|(known, _)| *known == name).map(|(_, role)| *role)
}

/// The keywords that a slip of the pen may have meant.
pub(crate) fn candidates() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().map(|(name, _)| *name).filter(|name| !UNMISTAKABLE.contains(name))
}

#[cfg(test)]
mod tests {
    use super::KEYWORDS;

    #[test]
    fn every_keyword_is_listed_once() {
        for (name, _) in KEYWORDS {
            assert_eq!(KEYWORDS.iter().filter(|(other, _)| *other == name).count(), 1, "{name}");
        }
    }
}
