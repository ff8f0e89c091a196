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

/// Where the cause of an error stands that the parser `met` elsewhere: the quote that is never closed, somewhere behind `read`, and
/// the tab on a line below the text that it would be part of.
pub(super) fn place(text: &str, kind: &ErrorKind, read: usize, met: usize) -> Option<usize> {
    match kind {
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent
        | ErrorKind::DocumentIndicatorInQuotedScalar => {
            opening_quote(text.get(read..met)?).map(|at| read + at)
        }
        ErrorKind::TabInPlainScalar => {
            let mut lines = text.get(met..)?.match_indices('\n').map(|(at, _)| met + at + 1);
            lines.find_map(|start| {
                let line = text.get(start..)?;
                let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
                line.get(..blanks)?.find('\t').map(|tab| start + tab)
            })
        }
        _ => None,
    }
}

/// The first quote that is no part of a comment.
fn opening_quote(text: &str) -> Option<usize> {
    let mut is_comment = false;
    let mut before = ' ';
    for (at, character) in text.char_indices() {
        match character {
            '\n' => is_comment = false,
            '#' if matches!(before, ' ' | '\t' | '\n') => is_comment = true,
            '"' | '\'' if !is_comment => return Some(at),
            _ => {}
        }
        before = character;
    }
    None
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
            ("this quote is never closed", None)
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
