using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>One solution: terms by variable.</summary>
public sealed class Solution : IReadOnlyList<Term?>
{
    private readonly IReadOnlyList<string> _variables;
    private readonly Term?[] _terms;
    private readonly int _start;

    /// <summary>A solution.</summary>
    /// <param name="variables">Names, without question marks.</param>
    /// <param name="terms">Terms in the same order; null where a variable is unbound.</param>
    public Solution(IReadOnlyList<string> variables, Term?[] terms)
    {
        ArgumentNullException.ThrowIfNull(variables);
        ArgumentNullException.ThrowIfNull(terms);
        if (variables.Count != terms.Length)
            throw new ArgumentException($"{terms.Length} terms for {variables.Count} variables; one for each is needed.", nameof(terms));
        (_variables, _terms) = (variables, terms);
    }

    /// <summary>A solution among others.</summary>
    /// <param name="variables">Names, without question marks.</param>
    /// <param name="terms">Terms of several solutions.</param>
    /// <param name="start">Where those of this one begin.</param>
    internal Solution(IReadOnlyList<string> variables, Term?[] terms, int start) => (_variables, _terms, _start) = (variables, terms, start);

    /// <summary>Names of the variables, bound or not, in the order of the query.</summary>
    public IReadOnlyList<string> Variables => _variables;

    /// <inheritdoc/>
    public int Count => _variables.Count;

    /// <summary>The term in a column; null where it is unbound.</summary>
    /// <param name="index">Place of the variable among <see cref="Variables"/>.</param>
    public Term? this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return _terms[_start + index];
        }
    }


    /// <summary>The term of a variable; null where it is unbound.</summary>
    /// <param name="variable">A name, without its question mark.</param>
    /// <exception cref="KeyNotFoundException">The query does not select the variable.</exception>
    public Term? this[string variable]
    {
        get
        {
            for (var i = 0; i < Count; i++)
                if (_variables[i] == variable)
                    return _terms[_start + i];
            throw new KeyNotFoundException($"?{variable} is not selected; there are {string.Join(", ", _variables.Select(v => "?" + v))}.");
        }
    }

    /// <inheritdoc/>
    public IEnumerator<Term?> GetEnumerator() => new ArraySegment<Term?>(_terms, _start, Count).AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The bound variables with their terms.</summary>
    public override string ToString() => "{" + string.Join(", ", _variables.Zip(this).Where(p => p.Second is not null).Select(p => $"?{p.First} = {p.Second}")) + "}";
}

/// <summary>Solutions in memory: what readers of result formats give.</summary>
/// <param name="Variables">Names, without question marks.</param>
/// <param name="Rows">Terms of each solution, in the order of <paramref name="Variables"/>; null where one is unbound.</param>
[SuppressMessage("Naming", "CA1710", Justification = "a table is what it is")]
public sealed record SolutionTable(IReadOnlyList<string> Variables, IReadOnlyList<Term?[]> Rows) : IEnumerable<Solution>
{
    /// <inheritdoc/>
    public IEnumerator<Solution> GetEnumerator() => Rows.Select(r => new Solution(Variables, r)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
