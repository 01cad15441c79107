namespace Knowledge.Sparql;

/// <summary>Names of the built-in functions and how many arguments they take. Source: SPARQL 1.2, [121] BuiltInCall.</summary>
internal static class BuiltIns
{
    private static readonly Dictionary<string, (int Least, int Most)> s_arities = new(StringComparer.OrdinalIgnoreCase)
    {
        ["STR"] = (1, 1), ["LANG"] = (1, 1), ["LANGMATCHES"] = (2, 2), ["LANGDIR"] = (1, 1), ["DATATYPE"] = (1, 1), ["BOUND"] = (1, 1),
        ["IRI"] = (1, 1), ["URI"] = (1, 1), ["BNODE"] = (0, 1), ["RAND"] = (0, 0), ["ABS"] = (1, 1), ["CEIL"] = (1, 1), ["FLOOR"] = (1, 1), ["ROUND"] = (1, 1),
        ["CONCAT"] = (0, int.MaxValue), ["SUBSTR"] = (2, 3), ["STRLEN"] = (1, 1), ["REPLACE"] = (3, 4), ["UCASE"] = (1, 1), ["LCASE"] = (1, 1),
        ["ENCODE_FOR_URI"] = (1, 1), ["CONTAINS"] = (2, 2), ["STRSTARTS"] = (2, 2), ["STRENDS"] = (2, 2), ["STRBEFORE"] = (2, 2), ["STRAFTER"] = (2, 2),
        ["YEAR"] = (1, 1), ["MONTH"] = (1, 1), ["DAY"] = (1, 1), ["HOURS"] = (1, 1), ["MINUTES"] = (1, 1), ["SECONDS"] = (1, 1), ["TIMEZONE"] = (1, 1), ["TZ"] = (1, 1),
        ["NOW"] = (0, 0), ["UUID"] = (0, 0), ["STRUUID"] = (0, 0), ["MD5"] = (1, 1), ["SHA1"] = (1, 1), ["SHA256"] = (1, 1), ["SHA384"] = (1, 1), ["SHA512"] = (1, 1),
        ["COALESCE"] = (0, int.MaxValue), ["IF"] = (3, 3), ["STRLANG"] = (2, 2), ["STRLANGDIR"] = (3, 3), ["STRDT"] = (2, 2), ["SAMETERM"] = (2, 2),
        ["ISIRI"] = (1, 1), ["ISURI"] = (1, 1), ["ISBLANK"] = (1, 1), ["ISLITERAL"] = (1, 1), ["ISNUMERIC"] = (1, 1), ["HASLANG"] = (1, 1), ["HASLANGDIR"] = (1, 1),
        ["REGEX"] = (2, 3), ["ISTRIPLE"] = (1, 1), ["TRIPLE"] = (3, 3), ["SUBJECT"] = (1, 1), ["PREDICATE"] = (1, 1), ["OBJECT"] = (1, 1),
    };

    /// <summary>Least and most arguments of a function; most is negative where there is no such function.</summary>
    public static (int Least, int Most) Arity(ReadOnlySpan<char> name) =>
        s_arities.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var arity) ? arity : (0, -1);
}
