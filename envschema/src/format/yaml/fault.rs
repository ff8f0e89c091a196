//! What is wrong with a YAML text, in our words: the parser's kind of error decides, nothing of the text is in it.

use granit_parser::ErrorKind;

use envschema_core::span::Span;

use crate::format::tree::{Cause, Fault};

/// The fault for an error of the parser at `span`.
pub(super) fn describe(kind: &ErrorKind, span: Span) -> Fault {
    let (message, help) = words(kind);
    let cause = if matches!(kind, ErrorKind::RecursionLimitExceeded) { Cause::Limit } else { Cause::Syntax };
    Fault { cause, help, ..Fault::syntax(message, span) }
}

fn words(kind: &ErrorKind) -> (&'static str, Option<&'static str>) {
    use ErrorKind as K;
    const QUOTE: Option<&str> = Some("put the text in quotes");
    const SPACES: Option<&str> = Some("indent with spaces");
    match kind {
        K::MappingValueNotAllowed | K::InvalidColonPlacement => {
            ("`:` inside text that is not in quotes, or a key at the wrong indentation", QUOTE)
        }
        K::SimpleKeyExpected | K::InvalidSimpleKey | K::ExpectedBlockMappingKey | K::MappingKeyNotAllowed => {
            ("expected a key and `:`", Some("write `KEY: value`, at the indentation of the keys above"))
        }
        K::UnexpectedCharacter { .. } | K::PlainScalarStartsWithDashFlowIndicator => {
            ("text may not start with this character", QUOTE)
        }
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::TabInPlainScalar => ("indented with a tab", SPACES),
        K::InvalidIndentation
        | K::InvalidFlowScalarIndent
        | K::InvalidBlockScalarIndent
        | K::ZeroBlockScalarIndent => ("wrong indentation", Some("indent it like the lines beside it")),
        K::UnclosedQuotedScalar | K::InvalidQuotedScalarIndent | K::DocumentIndicatorInQuotedScalar => {
            ("a quote before this place is never closed", None)
        }
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => {
            ("unexpected text behind the closing quote", Some("put the whole text in quotes, or none of it"))
        }
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidLowSurrogateHexEscape
        | K::InvalidLowSurrogate
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate
        | K::InvalidUnicodeEscape => {
            ("unknown escape in this text", Some("write `\\\\` for a backslash, or use single quotes"))
        }
        K::UnclosedFlowCollection { .. }
        | K::UnexpectedEofFlowSequence
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping => ("this bracket is never closed", None),
        K::MisplacedFlowCollectionEnd | K::MismatchedFlowCollectionEnd { .. } => {
            ("this bracket closes nothing", None)
        }
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator => {
            ("missing comma or closing bracket", None)
        }
        K::ExpectedBlockSequenceEntry
        | K::BlockSequenceEntryNotAllowed
        | K::BlockEntryInFlowCollection
        | K::InvalidBlockEntryWhitespace => {
            ("misplaced `-`", Some("a list stands below its key, each item on a line of its own"))
        }
        K::CommentNotSeparated | K::CommentInterceptedScalar => {
            ("misplaced comment", Some("put a blank before `#`, or quote the text"))
        }
        K::InvalidBlockScalarHeader => ("unexpected text behind `|` or `>`", None),
        K::RecursionLimitExceeded => ("nested more than 128 levels deep", None),
        K::MissingAnchorOrAliasName | K::UnknownAnchor | K::AnchorCountOverflow => {
            ("not an anchor or alias", QUOTE)
        }
        _ => directive_words(kind),
    }
}

fn directive_words(kind: &ErrorKind) -> (&'static str, Option<&'static str>) {
    use ErrorKind as K;
    match kind {
        K::DuplicateVersionDirective
        | K::UnsupportedYamlMajorVersion
        | K::DuplicateTagDirective
        | K::MissingDocumentEndBeforeDirective
        | K::InvalidDirectiveTerminator
        | K::MissingYamlVersionSeparator
        | K::MissingDirectiveName
        | K::InvalidDirectiveName
        | K::DirectiveByteLimitExceeded { .. }
        | K::YamlVersionTooLong
        | K::MissingYamlVersion
        | K::ExpectedTagDirectiveBang
        | K::InvalidTagDirectiveTerminator => {
            ("not a YAML directive", Some("leave out the line that starts with `%`"))
        }
        K::UndeclaredTagHandle
        | K::ExpectedTagBang
        | K::InvalidGlobalTagCharacter
        | K::InvalidTagTerminator
        | K::MissingTagUri
        | K::UnclosedVerbatimTag
        | K::InvalidTagEscape
        | K::InvalidTagUtf8LeadingByte
        | K::InvalidTagUtf8TrailingByte
        | K::InvalidTagUtf8 => ("not a YAML tag", Some("put text that starts with `!` in quotes")),
        K::InvalidDocumentEnd | K::ExpectedDocumentStart | K::BomInsideDocument => {
            ("unexpected text between documents", None)
        }
        _ => ("not valid YAML", None),
    }
}
