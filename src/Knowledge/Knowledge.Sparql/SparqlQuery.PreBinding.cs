using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <content>Queries with some variables given from outside.</content>
public sealed partial class SparqlQuery
{
    private SparqlQuery(SparqlQuery other, IReadOnlyDictionary<string, Term> values)
    {
        (Text, _syntax, Variables) = (other.Text, other._syntax, other.Variables);
        _algebra = new PreBinding(values).Apply(other._algebra);
    }

    /// <summary>The query with terms in place of variables, everywhere: in patterns, expressions, EXISTS and sub-selects. Selected variables keep their columns.</summary>
    /// <param name="values">Terms by variable, without question marks. A blank node means the node that has this label in the source.</param>
    /// <remarks>Source: SHACL, appendix A, Pre-binding of Variables in SPARQL Queries. Unlike VALUES it reaches filters of inner groups.</remarks>
    /// <exception cref="NotSupportedException">
    /// The query has MINUS, VALUES or SERVICE, assigns one of the variables, or has a sub-select that does not project all of them (but <c>shapesGraph</c> and <c>currentShape</c>):
    /// what it would mean is not defined.
    /// </exception>
    public SparqlQuery PreBind(IReadOnlyDictionary<string, Term> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new SparqlQuery(this, values);
    }
}
