namespace Knowledge.Sparql;

/// <summary>Kinds of tokens, after the terminals of the SPARQL 1.2 grammar.</summary>
internal enum TokenKind : byte
{
    End,
    Iri,
    PrefixedName,
    BlankLabel,
    Variable,
    LanguageTag,
    Integer,
    Decimal,
    Double,
    String,
    Word,
    Punctuation,
}

/// <summary>One token: its kind and where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset after its last character.</param>
/// <param name="Mark">What punctuation it is, or which of a token's forms.</param>
internal readonly record struct Token(TokenKind Kind, int Start, int End, Mark Mark);

/// <summary>Punctuation, and what the lexer noticed about names and strings.</summary>
internal enum Mark : byte
{
    None,

    /// <summary>A name, string or IRI with escapes in it.</summary>
    Escaped,

    /// <summary>A string in three quotes.</summary>
    Long,

    /// <summary>A string in three quotes with escapes in it.</summary>
    LongEscaped,
    LeftBrace,
    RightBrace,
    LeftParenthesis,
    RightParenthesis,
    LeftBracket,
    RightBracket,
    Dot,
    Semicolon,
    Comma,
    Star,
    Slash,
    Pipe,
    OrOr,
    AndAnd,
    Caret,
    CaretCaret,
    Bang,
    NotEqual,
    Equal,
    Less,
    Greater,
    LessEqual,
    GreaterEqual,
    Plus,
    Minus,
    Question,
    Tilde,
    TripleOpen,
    TripleClose,
    ReifiedOpen,
    ReifiedClose,
    AnnotationOpen,
    AnnotationClose,
}
