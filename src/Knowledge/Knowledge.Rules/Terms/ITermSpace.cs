namespace Knowledge.Rules;

/// <summary>Terms of ids and ids of terms, with room for terms that rules make.</summary>
internal interface ITermSpace
{
    /// <summary>The term of an id.</summary>
    Term Term(TermId id);

    /// <summary>The id of a term; one is made where there is none.</summary>
    TermId Id(Term term);
}
